//! Cargo's build script: asks the linker to leave in the page's WebAssembly what `.lab/split.mjs`
//! needs to take it apart (which bytes of it are addresses of what).

fn main() {
    println!("cargo::rerun-if-changed=.lab/build.rs");
    if std::env::var("CARGO_CFG_TARGET_FAMILY").as_deref() == Ok("wasm") {
        println!("cargo::rustc-link-arg-bin=page=--emit-relocs");
    }
}
