//! Sealing: AES-256-GCM, a fresh 96-bit nonce for each box, and the place where the box belongs (the KV key)
//! as associated data, so that a box moved to another portal's key does not open.
//!
//! Written `<key version>.<base64url of nonce and ciphertext>`: the version says which key of `SEALING_KEYS`
//! opens it, so that keys can be added in front and old ones dropped once everything was sealed anew.

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use crate::config::{SealingKey, SealingKeys};

const NONCE: usize = 12;

/// Why a box did not open. Says nothing about its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsealable {
    #[error("the sealed text is malformed")]
    Malformed,
    #[error("the sealing key version {0} is not configured")]
    UnknownKey(u32),
    #[error("the sealed text was changed, moved, or sealed with another key")]
    Refused,
}

/// Seals `plain` for `place` with the newest key.
pub fn seal(keys: &SealingKeys, place: &str, plain: &[u8]) -> Result<String, Unsealable> {
    let (version, key) = keys.0.last().ok_or(Unsealable::UnknownKey(0))?;
    let mut nonce = [0u8; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| Unsealable::Refused)?;
    let cipher = cipher(key)?;
    let sealed = cipher
        .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: place.as_bytes() })
        .map_err(|_| Unsealable::Refused)?;
    let mut boxed = nonce.to_vec();
    boxed.extend(sealed);
    Ok(format!("{version}.{}", URL_SAFE_NO_PAD.encode(boxed)))
}

/// Opens what was sealed for `place`.
pub fn open(keys: &SealingKeys, place: &str, sealed: &str) -> Result<Vec<u8>, Unsealable> {
    let (version, text) = sealed.split_once('.').ok_or(Unsealable::Malformed)?;
    let version: u32 = version.parse().map_err(|_| Unsealable::Malformed)?;
    let boxed = URL_SAFE_NO_PAD.decode(text).map_err(|_| Unsealable::Malformed)?;
    let (nonce, ciphertext) = boxed.split_at_checked(NONCE).ok_or(Unsealable::Malformed)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Unsealable::Malformed)?;
    let (_, key) = keys.0.iter().find(|(v, _)| *v == version).ok_or(Unsealable::UnknownKey(version))?;
    cipher(key)?
        .decrypt(&Nonce::from(nonce), Payload { msg: ciphertext, aad: place.as_bytes() })
        .map_err(|_| Unsealable::Refused)
}

/// Whether the key that it was sealed with is still there.
pub fn has_key(keys: &SealingKeys, sealed: &str) -> bool {
    version(sealed).is_some_and(|version| keys.0.iter().any(|(known, _)| *known == version))
}

/// Whether it was sealed with the newest key.
pub fn is_newest(keys: &SealingKeys, sealed: &str) -> bool {
    keys.0.last().is_some_and(|(newest, _)| version(sealed) == Some(*newest))
}

fn version(sealed: &str) -> Option<u32> {
    sealed.split_once('.')?.0.parse().ok()
}

fn cipher(key: &SealingKey) -> Result<Aes256Gcm, Unsealable> {
    Aes256Gcm::new_from_slice(&key.0).map_err(|_| Unsealable::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(versions: &[u32]) -> SealingKeys {
        SealingKeys(versions.iter().map(|&v| (v, SealingKey([u8::try_from(v).unwrap_or(0); 32]))).collect())
    }

    #[test]
    fn what_is_sealed_opens_in_its_own_place_only() {
        let keys = keys(&[1]);
        let sealed = seal(&keys, "docusign/1/2", b"token").expect("seals");
        assert_eq!(open(&keys, "docusign/1/2", &sealed), Ok(b"token".to_vec()));
        assert_eq!(open(&keys, "docusign/1/3", &sealed), Err(Unsealable::Refused));
    }

    #[test]
    fn the_newest_key_seals_and_older_ones_still_open() {
        let old = seal(&keys(&[1]), "p", b"x").expect("seals");
        let new = seal(&keys(&[1, 2]), "p", b"x").expect("seals");
        assert!(old.starts_with("1.") && new.starts_with("2."));
        assert_eq!(open(&keys(&[1, 2]), "p", &old), Ok(b"x".to_vec()));
        assert_eq!(open(&keys(&[1]), "p", &new), Err(Unsealable::UnknownKey(2)));
        assert!(is_newest(&keys(&[1, 2]), &new) && !is_newest(&keys(&[1, 2]), &old));
        assert!(has_key(&keys(&[1, 2]), &old) && !has_key(&keys(&[2]), &old) && !has_key(&keys(&[2]), ""));
    }

    #[test]
    fn two_boxes_of_the_same_text_differ() {
        let keys = keys(&[1]);
        assert_ne!(seal(&keys, "p", b"x"), seal(&keys, "p", b"x"));
    }

    #[test]
    fn a_changed_cut_or_relabelled_box_does_not_open() {
        let keys = keys(&[1, 2]);
        let sealed = seal(&keys, "p", b"a token of some length").expect("seals");
        let relabelled = sealed.replacen('2', "1", 1);
        assert_eq!(open(&keys, "p", &relabelled), Err(Unsealable::Refused));
        for bad in ["", ".", "2", "2.", "x.AAAA", "2.AAAA", "2.!!!!", "2.AAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            assert!(open(&keys, "p", bad).is_err(), "{bad}");
        }
        for i in 2..sealed.len() {
            let mut bytes = sealed.clone().into_bytes();
            bytes[i] = if bytes[i] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).expect("ASCII");
            assert!(changed == sealed || open(&keys, "p", &changed).is_err(), "byte {i}");
        }
    }
}
