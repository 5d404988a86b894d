//! The wasm-bindgen command line at the version that our Cargo.lock holds, for the worker-build tool.
//! (A program *named* wasm-bindgen may not be built in a package of another version; hence the name.)

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(std::env::args_os())
}
