//! Hostile files of Excel 97 to 2003 and of the binary form of today's.

pub mod xls;
pub mod xlsb;

/// Every such file, by a name that says what it tries. Some are opened all the same, and have to cost nothing.
pub fn specimens() -> Vec<(&'static str, Vec<u8>)> {
    [xls::specimens(), xlsb::specimens()].concat()
}
