//! Entry of the worker that is measured.

fn main() {
    #[cfg(target_arch = "wasm32")]
    mores::bench::run();
}
