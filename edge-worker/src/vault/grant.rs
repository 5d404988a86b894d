//! A grant: one vendor's tokens for one portal (HubSpot) or one user of a portal (DocuSign).
//!
//! Only the Portal object refreshes a grant and raises its generation. KV may lag a minute or more behind, so
//! a reader compares generations and asks the object when its copy is older, expired or refused.

use serde::{Deserialize, Serialize};
use shared::time::Timestamp;

use super::seal::{self, Unsealable};
use crate::{config::SealingKeys, secret::Secret};

/// A token within this of its end is not used any more.
const MARGIN_SECONDS: i64 = 60;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// Counts the grants of this place, from 1; a higher one replaces all lower ones.
    pub generation: u64,
    pub access_token: Secret,
    pub refresh_token: Secret,
    pub expires_at: Timestamp,
}

/// Whose grant it is. Its text is the KV key and the associated data of the seal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Holder {
    HubSpot { portal: u64 },
    DocuSign { portal: u64, user: String },
}

impl Holder {
    /// `hubspot/<portal>` or `docusign/<portal>/<user>`.
    pub fn place(&self) -> String {
        match self {
            Self::HubSpot { portal } => format!("hubspot/{portal}"),
            Self::DocuSign { portal, user } => format!("docusign/{portal}/{user}"),
        }
    }
}

impl Grant {
    pub fn is_usable(&self, now: Timestamp) -> bool {
        self.expires_at > now.plus_seconds(MARGIN_SECONDS)
    }

    pub fn seal(&self, keys: &SealingKeys, holder: &Holder) -> Result<String, Unsealable> {
        let plain = serde_json::to_vec(self).map_err(|_| Unsealable::Malformed)?;
        seal::seal(keys, &holder.place(), &plain)
    }

    pub fn open(keys: &SealingKeys, holder: &Holder, sealed: &str) -> Result<Self, Unsealable> {
        let plain = seal::open(keys, &holder.place(), sealed)?;
        crate::json::read(&plain).map_err(|_| Unsealable::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SealingKey;

    #[test]
    fn a_grant_sealed_for_one_portal_does_not_open_for_another() {
        let keys = SealingKeys(vec![(1, SealingKey([7; 32]))]);
        let grant = Grant {
            generation: 3,
            access_token: Secret::new("a"),
            refresh_token: Secret::new("r"),
            expires_at: Timestamp(1_000_000),
        };
        let mine = Holder::DocuSign { portal: 1, user: "42".into() };
        let theirs = Holder::DocuSign { portal: 2, user: "42".into() };
        let sealed = grant.seal(&keys, &mine).expect("seals");
        assert!(!sealed.contains("access"));
        assert_eq!(Grant::open(&keys, &mine, &sealed), Ok(grant.clone()));
        assert_eq!(Grant::open(&keys, &theirs, &sealed), Err(Unsealable::Refused));
        assert!(grant.is_usable(Timestamp(0)));
        assert!(!grant.is_usable(Timestamp(940_000)));
    }
}
