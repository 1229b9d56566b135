//! Damage to finished files, as a broken disk, a careless program or an enemy does it. The same seed does
//! the same damage every time.

pub mod bytes;
mod package;
mod random;
pub mod records;
pub mod xml;

pub use package::Package;
pub use random::Random;
