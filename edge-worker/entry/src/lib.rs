//! What workerd loads: the Worker of `edge-worker`, linked as one wasm module.

pub use edge_worker::*;
