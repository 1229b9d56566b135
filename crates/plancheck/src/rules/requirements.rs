//! Rules on the answers to the planning requirements.

pub(super) mod yes_borne_out;
