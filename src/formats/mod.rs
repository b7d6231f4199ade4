//! Files as others know them: what a run takes in and gives away.
//!
//! Imports `world`, `society`, `model` and `alignment`; works on text and bytes, never on a device.

mod error;
pub mod record;

pub use error::FormatError;
