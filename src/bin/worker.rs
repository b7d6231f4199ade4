//! Entry of the browser worker.

fn main() {
    mores::worker::run();
}
