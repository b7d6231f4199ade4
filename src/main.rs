//! Entry of the browser page.

fn main() {
    mores::ui::run();
}
