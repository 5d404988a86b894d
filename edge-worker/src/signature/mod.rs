//! Proof that a request comes from HubSpot or DocuSign: computed over the raw bytes, compared in constant time.
//!
//! Nothing here reads the body's meaning. A signature that is present but wrong is final: no older scheme is
//! tried in its place.

pub mod docusign;
pub mod hubspot;

use subtle::ConstantTimeEq;

/// Compares without telling, by the time it takes, how much of it matched. Lengths are no secret.
fn same(expected: &[u8], given: &[u8]) -> bool {
    bool::from(expected.ct_eq(given))
}
