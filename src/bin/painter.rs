//! Entry of the worker that draws.

fn main() {
    #[cfg(target_arch = "wasm32")]
    mores::painter::run();
}
