//! The bytes of an uploaded document: shared, never copied. The saved state has only their key; the bytes lie in a
//! file of that name, so that saving is quick however large they are.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

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
        to.serialize_str(&hex::encode(self.key))
    }
}

/// Without the bytes: [`Blob::load`] brings them.
impl<'de> Deserialize<'de> for Blob {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let mut key = [0; 32];
        hex::decode_to_slice(text, &mut key).map_err(serde::de::Error::custom)?;
        Ok(Blob { bytes: Arc::new(Vec::new()), key })
    }
}

impl Blob {
    fn file(&self, folder: &Path) -> PathBuf {
        folder.join(hex::encode(self.key))
    }

    /// Reads the bytes that [`keep`] wrote; a file that is gone leaves an empty document.
    pub fn load(&mut self, folder: &Path) {
        self.bytes = Arc::new(std::fs::read(self.file(folder)).unwrap_or_default());
    }
}

/// Makes the folder hold these blobs and no others.
///
/// # Errors
/// The folder cannot be written.
pub fn keep(blobs: &[Blob], folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let wanted: HashSet<PathBuf> = blobs.iter().map(|b| b.file(folder)).collect();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if !wanted.contains(&path) {
            std::fs::remove_file(path)?;
        }
    }
    for blob in blobs {
        let path = blob.file(folder);
        if !path.exists() {
            let draft = path.with_extension("new");
            std::fs::write(&draft, blob.bytes.as_slice())?;
            std::fs::rename(draft, path)?;
        }
    }
    Ok(())
}
