//! The app as it is registered at both vendors: fixed sample credentials.
//!
//! They open nothing but this sandbox; the Worker of the demo and of the tests is configured with the same.

pub const HUBSPOT_CLIENT_ID: &str = "5a9d1c02-sand-4b0x-9c1e-hubspotclient";
pub const HUBSPOT_CLIENT_SECRET: &str = "sandbox-hubspot-client-secret-0f6b2c9e";
pub const HUBSPOT_APP_ID: u64 = 4_417_001;

pub const DOCUSIGN_INTEGRATION_KEY: &str = "c0ffee00-5a4d-4b0b-9a11-d0c0516e0001";
pub const DOCUSIGN_SECRET_KEY: &str = "5a4db0b0-0000-4000-8000-d0c0516e5ec7";

/// The HMAC keys of the integration's own account, used for `integratorManaged` Connect messages. Two, so
/// that every message carries two signature headers and rotation is exercised all the time.
pub const DOCUSIGN_CONNECT_KEYS: [&str; 2] =
    ["c2FuZGJveC1jb25uZWN0LWtleS1vbmUtMDAwMDAwMDA=", "c2FuZGJveC1jb25uZWN0LWtleS10d28tMTExMTExMTE="];
