//! Books written as files, byte for byte the same every time.

mod ods;
mod xlsb;
mod xlsx;
mod zipped;

pub use ods::ods;
pub use xlsb::xlsb;
pub use xlsx::xlsx;
pub use zipped::{Zipped, add_member, escaped, member, members, names, replace_member};
