//! Rules on the workbooks of one board and year, given together.

pub(super) mod one_of_each;
