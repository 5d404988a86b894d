//! The bytes of an uploaded document: shared, never copied, base64 in the saved state.

use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use super::model::{decode_base64, encode_base64};

#[derive(Clone)]
pub struct Blob {
    bytes: Arc<Vec<u8>>,
    key: [u8; 32],
}

impl Blob {
    /// With a key of its own: hashing 32 MB would take longer than reading them.
    pub fn unique(bytes: Vec<u8>) -> Blob {
        Blob { bytes: Arc::new(bytes), key: Sha256::digest(super::model::new_id().as_bytes()).into() }
    }

    /// With a key that is the same for the same bytes.
    pub fn hashed(bytes: Vec<u8>) -> Blob {
        let key = Sha256::digest(&bytes).into();
        Blob { bytes: Arc::new(bytes), key }
    }

    pub fn bytes(&self) -> &Arc<Vec<u8>> {
        &self.bytes
    }

    /// Stands for the bytes in caches.
    pub fn key(&self) -> [u8; 32] {
        self.key
    }
}

impl std::fmt::Debug for Blob {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Blob of {} bytes", self.bytes.len())
    }
}

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&encode_base64(&self.bytes))
    }
}

impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        decode_base64(&text).map(Blob::unique).ok_or_else(|| serde::de::Error::custom("not base64"))
    }
}
