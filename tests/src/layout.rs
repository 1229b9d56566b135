//! Plans laid out in the sheets of a template.

pub mod capacity_demand_2022_23;
pub mod options;
pub mod planning_2022_23;
mod totals;
