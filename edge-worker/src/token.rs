//! Tokens of our own making: random, unguessable, and kept only as a hash.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// 256 random bits as 43 letters, digits, `-` and `_`: fit for addresses, headers and protocol names.
pub fn random() -> String {
    let mut bytes = [0u8; 32];
    fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A key as DocuSign makes them for Connect: 256 random bits in base64, 44 characters.
pub fn connect_key() -> String {
    let mut bytes = [0u8; 32];
    fill(&mut bytes);
    STANDARD.encode(bytes)
}

/// A token that says which portal's object knows it: `<portal>.<random>`.
pub fn for_portal(portal: u64) -> String {
    format!("{portal}.{}", random())
}

/// The portal of such a token. Says nothing about whether the token is good.
pub fn portal_of(token: &str) -> Option<u64> {
    let (portal, rest) = token.split_once('.')?;
    let well_formed = (16..=128).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    well_formed.then(|| portal_id(portal)).flatten()
}

/// A HubSpot portal id: digits only, at most 2^53, so that it passes through JavaScript unharmed.
pub fn portal_id(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|&id: &u64| digits && id > 0 && id <= 1 << 53)
}

/// What is stored instead of a token: SHA-256 in hex. The tokens are random, so no salt is needed.
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

/// A UUID made from the parts: the same parts give the same UUID, on any machine, for ever.
pub fn derived_uuid(parts: &[&str]) -> Uuid {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    let digest = hasher.finalize();
    let mut bytes = [0u8; 16];
    bytes.iter_mut().zip(digest.iter()).for_each(|(to, from)| *to = *from);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// PKCE's S256 challenge of a verifier (RFC 7636).
pub fn pkce_challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

/// Eight characters that name one failed request in the log.
pub fn support_id() -> String {
    let mut bytes = [0u8; 5];
    fill(&mut bytes);
    hex::encode(bytes)
}

/// A number below `limit`, to spread tries over time.
pub fn below(limit: u64) -> u64 {
    let mut bytes = [0u8; 8];
    fill(&mut bytes);
    u64::from_le_bytes(bytes) % limit.max(1)
}

/// Randomness cannot be had is no state this program can go on in; both platforms document it as infallible
/// after start.
fn fill(bytes: &mut [u8]) {
    if getrandom::fill(bytes).is_err() {
        std::process::abort();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_carries_its_portal_and_nothing_else_is_taken_for_one() {
        assert_eq!(portal_of(&for_portal(62515)), Some(62515));
        for bad in
            ["", ".", "62515", "62515.", "62515.short", "-1.aaaaaaaaaaaaaaaaaaaa", "x.aaaaaaaaaaaaaaaaaaaa"]
        {
            assert_eq!(portal_of(bad), None, "{bad}");
        }
        assert_eq!(portal_of("62515.aaaaaaaaaaaaaaaaaaaa/../"), None);
        assert_eq!(portal_of("99999999999999999999999.aaaaaaaaaaaaaaaaaaaa"), None);
    }

    #[test]
    fn two_tokens_differ_and_hash_to_other_things() {
        let (a, b) = (random(), random());
        assert_ne!(a, b);
        assert_ne!(hash(&a), hash(&b));
        assert_eq!(a.len(), 43);
    }

    #[test]
    fn a_derived_uuid_depends_on_every_part_and_on_where_parts_end() {
        assert_eq!(derived_uuid(&["a", "b"]), derived_uuid(&["a", "b"]));
        assert_ne!(derived_uuid(&["a", "b"]), derived_uuid(&["ab"]));
        assert_ne!(derived_uuid(&["a", "b"]), derived_uuid(&["", "ab"]));
    }

    #[test]
    fn the_pkce_challenge_is_that_of_rfc_7636_appendix_b() {
        assert_eq!(
            pkce_challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }
}
