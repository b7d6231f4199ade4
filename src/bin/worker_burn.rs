//! Entry of the browser worker that has burn for graphics cards as well.

#[cfg(target_arch = "wasm32")]
unsafe extern "C" {
    fn __wasm_call_ctors();
}

fn main() {
    // cubecl registers itself through static constructors. Unless the program names
    // `__wasm_call_ctors`, the linker takes it for a command and runs every constructor again on
    // each call from JavaScript, which makes a training step a hundred times slower.
    #[cfg(target_arch = "wasm32")]
    // SAFETY: the linker defines this function; it runs once, here, before anything else does.
    unsafe {
        __wasm_call_ctors();
    }
    mores::worker::run();
}
