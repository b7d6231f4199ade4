//! Which build this is: the page and the worker must come from the same one.

use std::sync::LazyLock;

/// Version of the messages between page and worker; raised when their bytes change.
pub const PROTOCOL: u16 = 11;

/// Short identity of the source this was built from (`./lab` sets it from git), or the crate version. One whose products
/// are fused computes something else, and is another build.
pub fn id() -> &'static str {
    const ID: &str = match option_env!("MORES_BUILD") {
        Some(id) => id,
        None => env!("CARGO_PKG_VERSION"),
    };
    static FUSED: LazyLock<String> = LazyLock::new(|| format!("f-{ID}"));
    match cfg!(feature = "fused") {
        true => &FUSED,
        false => ID,
    }
}
