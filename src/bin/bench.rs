//! Entry of the worker that is measured.

#[cfg(target_arch = "wasm32")]
unsafe extern "C" {
    fn __wasm_call_ctors();
}

fn main() {
    // As in `worker.rs`: without this, every constructor runs again on each call from JavaScript.
    #[cfg(target_arch = "wasm32")]
    // SAFETY: the linker defines this function; it runs once, here, before anything else does.
    unsafe {
        __wasm_call_ctors();
    }
    #[cfg(target_arch = "wasm32")]
    mores::bench::run();
}
