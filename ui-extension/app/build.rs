//! The splitter needs the relocations that the linker usually drops.

fn main() {
    // The splitter reads relocations; native linkers, which only link this crate's empty tests, know no such flag.
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|arch| arch == "wasm32") {
        println!("cargo:rustc-link-arg=--emit-relocs");
    }
}
