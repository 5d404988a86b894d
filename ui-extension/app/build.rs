//! The splitter needs the relocations that the linker usually drops.

fn main() {
    println!("cargo:rustc-link-arg=--emit-relocs");
}
