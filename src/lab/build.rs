//! Which build this is: the page and the worker must come from the same one.

/// Version of the messages between page and worker; raised when their bytes change.
pub const PROTOCOL: u16 = 11;

/// Short identity of the source this was built from (`./lab` sets it from git), or the crate version.
pub fn id() -> &'static str {
    option_env!("MORES_BUILD").unwrap_or(env!("CARGO_PKG_VERSION"))
}
