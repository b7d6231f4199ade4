//! Files as others know them: what a run takes in and gives away.
//!
//! Imports `world`, `society`, `model` and `alignment`; works on text and bytes, never on a device.

pub mod any_row;
pub mod archive;
pub mod data_sets;
mod error;
pub mod external_memory;
pub mod hugging_face;
pub mod record;
pub mod safetensors;
pub mod stream;

pub use error::FormatError;

/// Files by name, in memory: what a folder is to a program that may run in a browser.
pub type Folder = std::collections::BTreeMap<String, Vec<u8>>;
