//! Mappings as a file: taken out of a portal, and put back into the same one. Read at the edge, entry by entry, so
//! that what is broken is named.

use serde::{Deserialize, Serialize};

use super::Mapping;
use crate::time::Timestamp;

pub const FILE_FORMAT: &str = "countersign-mappings-1";
/// Two hundred mappings take a quarter of this.
pub const FILE_MAX_BYTES: usize = 256 * 1024;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingFile {
    pub format: String,
    pub portal_id: u64,
    pub exported_at: Timestamp,
    pub mappings: Vec<Mapping>,
}
