//! Entry of the browser worker that computes on the processor.

fn main() {
    mores::worker::run();
}
