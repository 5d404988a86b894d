//! DocuSign Connect's HMAC (docusign facts §6.4): base64 of HMAC-SHA256 over the body's bytes as they came,
//! keyed with the UTF-8 bytes of the key's text.
//!
//! DocuSign sends one `X-DocuSign-Signature-N` per active key of the account, so that a key can be rotated
//! without a gap. A message is genuine when any of them fits any key of ours. No time is signed: replays are
//! caught by the Portal object, which knows every event it has seen.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::secret::Secret;

/// DocuSign signs with at most 100 keys (facts §6.4); headers beyond are not looked at.
pub const SIGNATURES_MAX: usize = 100;

/// The name of the header that carries signature number `n`, counted from 1.
pub fn header(n: usize) -> String {
    format!("x-docusign-signature-{n}")
}

/// The MAC of `body` under `key`, raw.
fn mac(key: &Secret, body: &[u8]) -> Option<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose().as_bytes()).ok()?;
    mac.update(body);
    Some(mac.finalize().into_bytes().into())
}

/// Whether a header's value has the form of a signature: 32 bytes in base64.
pub fn is_signature(header: &str) -> bool {
    STANDARD.decode(header.trim()).is_ok_and(|bytes| bytes.len() == 32)
}

/// Whether any of `signatures` (header values) fits any of `keys`. Every pair is compared, so that the time
/// does not tell which key is in use.
pub fn verify<'a>(keys: &[Secret], signatures: impl IntoIterator<Item = &'a str>, body: &[u8]) -> bool {
    let expected: Vec<[u8; 32]> = keys.iter().filter_map(|key| mac(key, body)).collect();
    let mut genuine = false;
    for signature in signatures.into_iter().take(SIGNATURES_MAX) {
        let Ok(given) = STANDARD.decode(signature.trim()) else { continue };
        for mac in &expected {
            genuine |= super::same(mac, &given);
        }
    }
    genuine
}

#[cfg(test)]
mod tests {
    use super::*;

    const K1: &str = "3sEcReTk3yForTests0000000000000000000000000=";
    const K2: &str = "r0tatedK3yForTests1111111111111111111111111=";
    const BODY: &str = concat!(
        r#"{"event":"envelope-completed","apiVersion":"v2.1","uri":"/restapi/v2.1/accounts/0cdb3ff3-0000-4000-8000-e43af011006d"#,
        r#"/envelopes/ea4cc25b-0000-4000-8000-a67a0a2a4f6c","retryCount":0,"configurationId":10501234,"#,
        r#""generatedDateTime":"2026-11-23T12:00:00.1234567Z","data":{"accountId":"0cdb3ff3-0000-4000-8000-e43af011006d","#,
        r#""userId":"fdb7fd81-0000-4000-8000-daa56da18c13","envelopeId":"ea4cc25b-0000-4000-8000-a67a0a2a4f6c"}}"#
    );

    fn keys(keys: &[&str]) -> Vec<Secret> {
        keys.iter().map(|k| Secret::new(*k)).collect()
    }

    #[test]
    fn the_known_vectors_fit() {
        for (key, body, signature) in [
            (K1, "", "0rrEzMsCJETnM7ZH2cWl0f+tE7+P1/BXBpVVVYDMvp8="),
            (K1, r#"{"event":"envelope-sent"}"#, "Ua3b+9hAXK7tFwGzOMj3m/L8tk9DHQ9AfGFdwKpdqbk="),
            (K1, BODY, "1ytlgfzJkx9NPFMZ0kV0k5c0kI23eaFNvrj+nrqG06E="),
            (K2, BODY, "AWs7XdOGbrjTASQ+5qZQUrPvC1wlZBDx1wxIJUFkTN4="),
            ("Jefe", "what do ya want for nothing?", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="),
        ] {
            assert!(verify(&keys(&[key]), [signature], body.as_bytes()), "{signature}");
        }
    }

    #[test]
    fn any_header_may_fit_any_key_so_that_keys_rotate_without_a_gap() {
        let k1 = "1ytlgfzJkx9NPFMZ0kV0k5c0kI23eaFNvrj+nrqG06E=";
        let k2 = "AWs7XdOGbrjTASQ+5qZQUrPvC1wlZBDx1wxIJUFkTN4=";
        assert!(verify(&keys(&["old", K2]), [k1, k2], BODY.as_bytes()));
        assert!(verify(&keys(&[K1, "new"]), ["nonsense", k1], BODY.as_bytes()));
        assert!(!verify(&keys(&["old", "new"]), [k1, k2], BODY.as_bytes()));
    }

    #[test]
    fn a_changed_byte_a_missing_signature_and_no_keys_are_refused() {
        let good = "1ytlgfzJkx9NPFMZ0kV0k5c0kI23eaFNvrj+nrqG06E=";
        assert!(!verify(&keys(&[K1]), [good], BODY.replacen("completed", "complet3d", 1).as_bytes()));
        assert!(!verify(&keys(&[K1]), [good], format!("{BODY}\n").as_bytes()));
        assert!(!verify(&keys(&[K1]), [], BODY.as_bytes()));
        assert!(!verify(&[], [good], BODY.as_bytes()));
        assert!(!verify(&keys(&[K1]), [""], BODY.as_bytes()));
        assert!(!verify(&keys(&[K1]), [&good[..20]], BODY.as_bytes()));
    }

    #[test]
    fn json_that_means_the_same_but_is_written_otherwise_is_refused() {
        let value: serde_json::Value = serde_json::from_str(BODY).expect("JSON");
        let again = serde_json::to_string_pretty(&value).expect("JSON");
        assert!(!verify(&keys(&[K1]), ["1ytlgfzJkx9NPFMZ0kV0k5c0kI23eaFNvrj+nrqG06E="], again.as_bytes()));
    }
}
