//! Files as a rep has them on their computer.

use std::path::PathBuf;

use anyhow::Result;

/// Files in a folder of their own, which goes with this.
pub struct Desk {
    folder: PathBuf,
}

impl Desk {
    pub fn new() -> Result<Self> {
        let folder = std::env::temp_dir().join(format!("countersign-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Writes a file and answers with its path, as a file chooser wants it.
    pub fn file(&self, name: &str, bytes: &[u8]) -> Result<String> {
        let path = self.folder.join(name);
        std::fs::write(&path, bytes)?;
        Ok(path.to_string_lossy().into_owned())
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
