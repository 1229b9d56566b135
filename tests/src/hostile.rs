//! Small files made to make a reader allocate, wait or fall over, written in code so that none has to be kept.

pub mod legacy;
