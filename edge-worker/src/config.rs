//! Configuration: every var and secret of the Worker, checked once per isolate. A setting that is missing or
//! malformed is said by name on `/healthz` and in the log of every request that could not be served.

use base64::{Engine, engine::general_purpose::STANDARD};
use url::Url;

use crate::secret::Secret;

/// All settings, known to be well-formed. What each means is told in `docs/SELF-HOSTING.md`.
#[derive(Debug, Clone)]
pub struct Config {
    /// Our own origin, without a trailing slash. The address HubSpot and DocuSign call us at.
    pub base_url: String,
    pub hubspot_client_id: String,
    pub hubspot_client_secret: Secret,
    pub hubspot_app_base: String,
    pub hubspot_api_base: String,
    pub docusign_integration_key: String,
    pub docusign_secret_key: Secret,
    /// HMAC keys of our integration's own DocuSign account, for messages it signs on customers' behalf.
    pub docusign_connect_keys: Vec<Secret>,
    pub docusign_auth_base: String,
    pub docusign_allowed_hosts: Vec<String>,
    pub sealing_keys: SealingKeys,
    /// Who may frame the app: the sources of CSP's `frame-ancestors`.
    pub frame_ancestors: String,
    /// Milliseconds before an effect that failed is tried again for the first time.
    pub outbox_retry_ms: i64,
    /// Seconds between two looks at DocuSign for what Connect did not tell.
    pub reconcile_seconds: i64,
}

/// The keys that seal tokens, by version. The highest one seals, all of them open.
#[derive(Debug, Clone)]
pub struct SealingKeys(pub Vec<(u32, SealingKey)>);

#[derive(Clone)]
pub struct SealingKey(pub [u8; 32]);

impl core::fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("SealingKey")
    }
}

/// A setting that is not as it must be. `why` never quotes the value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    pub name: &'static str,
    pub why: &'static str,
}

impl Config {
    /// Reads every setting through `get`, and names all that are wrong, not only the first.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Result<Self, Vec<Fault>> {
        let mut r = Reader { get, faults: Vec::new() };
        let config = Self {
            base_url: r.origin("BASE_URL", None),
            hubspot_client_id: r.text("HUBSPOT_CLIENT_ID"),
            hubspot_client_secret: Secret::new(r.text("HUBSPOT_CLIENT_SECRET")),
            hubspot_app_base: r.origin("HUBSPOT_APP_BASE", Some("https://app.hubspot.com")),
            hubspot_api_base: r.origin("HUBSPOT_API_BASE", Some("https://api.hubapi.com")),
            docusign_integration_key: r.text("DOCUSIGN_INTEGRATION_KEY"),
            docusign_secret_key: Secret::new(r.text("DOCUSIGN_SECRET_KEY")),
            docusign_connect_keys: r
                .list("DOCUSIGN_CONNECT_KEYS", None)
                .into_iter()
                .map(Secret::new)
                .collect(),
            docusign_auth_base: r.origin("DOCUSIGN_AUTH_BASE", Some("https://account.docusign.com")),
            docusign_allowed_hosts: r.list("DOCUSIGN_ALLOWED_HOSTS", Some("*.docusign.net,*.docusign.com")),
            sealing_keys: r.sealing_keys("SEALING_KEYS"),
            frame_ancestors: r
                .frame_ancestors("FRAME_ANCESTORS", "https://app.hubspot.com https://*.hubspot.com"),
            outbox_retry_ms: r.number("OUTBOX_RETRY_MS", 5_000, 10..=600_000),
            reconcile_seconds: r.number("RECONCILE_SECONDS", 1_200, 1..=86_400),
        };
        if r.faults.is_empty() { Ok(config) } else { Err(r.faults) }
    }

    /// Whether browsers reach us over TLS: decides `Secure` cookies and HSTS.
    pub fn is_https(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Whether tokens may be sent to `base_uri` (docusign facts §1.4): https and a host on the list. Plain
    /// http only to a loopback host that the list names.
    pub fn allows_docusign_host(&self, base_uri: &str) -> bool {
        let Ok(url) = Url::parse(base_uri) else { return false };
        let Some(host) = url.host_str() else { return false };
        if !url.username().is_empty() || url.password().is_some() {
            return false;
        }
        let loopback = is_loopback(host);
        if url.scheme() != "https" && !(url.scheme() == "http" && loopback) {
            return false;
        }
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        self.docusign_allowed_hosts.iter().any(|allowed| match allowed.strip_prefix("*.") {
            Some(parent) => {
                authority.strip_suffix(parent).is_some_and(|sub| sub.len() > 1 && sub.ends_with('.'))
            }
            None => authority == *allowed || (loopback && host == allowed),
        })
    }
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "127.0.0.1" | "localhost" | "[::1]")
}

struct Reader<G> {
    get: G,
    faults: Vec<Fault>,
}

impl<G: Fn(&str) -> Option<String>> Reader<G> {
    fn fault<T: Default>(&mut self, name: &'static str, why: &'static str) -> T {
        self.faults.push(Fault { name, why });
        T::default()
    }

    fn set(&self, name: &str) -> Option<String> {
        (self.get)(name).map(|v| v.trim().to_owned()).filter(|v| !v.is_empty())
    }

    fn text(&mut self, name: &'static str) -> String {
        match self.set(name) {
            Some(value) => value,
            None => self.fault(name, "is missing"),
        }
    }

    fn list(&mut self, name: &'static str, default: Option<&str>) -> Vec<String> {
        let value = self.set(name).or(default.map(str::to_owned));
        let items: Vec<String> = value
            .unwrap_or_default()
            .split(',')
            .map(|item| item.trim().to_owned())
            .filter(|i| !i.is_empty())
            .collect();
        if items.is_empty() { self.fault(name, "is missing") } else { items }
    }

    /// An absolute http(s) origin: no path, query, or user. http only for loopback hosts.
    fn origin(&mut self, name: &'static str, default: Option<&str>) -> String {
        let Some(value) = self.set(name).or(default.map(str::to_owned)) else {
            return self.fault(name, "is missing");
        };
        let Ok(url) = Url::parse(&value) else {
            return self.fault(name, "is not an absolute address such as https://sign.example.com");
        };
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        if !bare || !url.username().is_empty() || url.password().is_some() {
            return self.fault(name, "must be scheme, host and port only");
        }
        match (url.scheme(), url.host_str()) {
            ("https", Some(_)) => url.origin().ascii_serialization(),
            ("http", Some(host)) if is_loopback(host) => url.origin().ascii_serialization(),
            ("http", _) => self.fault(name, "must be https, unless the host is 127.0.0.1 or localhost"),
            _ => self.fault(name, "must be https"),
        }
    }

    /// `1:<base64 of 32 bytes>,2:<…>`.
    fn sealing_keys(&mut self, name: &'static str) -> SealingKeys {
        let mut keys: Vec<(u32, SealingKey)> = Vec::new();
        for item in self.list(name, None) {
            let Some((version, key)) = item.split_once(':') else {
                self.fault::<()>(name, "must be version:key, version:key, …");
                continue;
            };
            let Ok(version) = version.trim().parse::<u32>() else {
                self.fault::<()>(name, "has a version that is not a number");
                continue;
            };
            let bytes = STANDARD.decode(key.trim()).ok().and_then(|b| <[u8; 32]>::try_from(b).ok());
            let Some(bytes) = bytes else {
                self.fault::<()>(name, "has a key that is not the base64 of 32 bytes");
                continue;
            };
            if keys.iter().any(|(v, _)| *v == version) {
                self.fault::<()>(name, "has a version twice");
                continue;
            }
            keys.push((version, SealingKey(bytes)));
        }
        shared::sorted::by_number(&mut keys, |(version, _)| u64::from(*version));
        SealingKeys(keys)
    }

    fn number(&mut self, name: &'static str, default: i64, range: core::ops::RangeInclusive<i64>) -> i64 {
        let Some(value) = self.set(name) else { return default };
        match value.parse() {
            Ok(number) if range.contains(&number) => number,
            _ => self.fault(name, "is not a number, or out of range"),
        }
    }

    /// The value goes into a header, so nothing that could end the directive or the line is let through.
    fn frame_ancestors(&mut self, name: &'static str, default: &str) -> String {
        let value = self.set(name).unwrap_or_else(|| default.to_owned());
        let ok = value.bytes().all(|b| b.is_ascii_graphic() || b == b' ') && !value.contains([';', ',']);
        if ok { value } else { self.fault(name, "must be CSP sources with spaces between") }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A whole configuration of made-up values.
    pub fn sample(name: &str) -> Option<String> {
        Some(
            match name {
                "BASE_URL" => "https://sign.example.com",
                "HUBSPOT_CLIENT_ID" => "hs-client",
                "HUBSPOT_CLIENT_SECRET" => "hs-secret",
                "DOCUSIGN_INTEGRATION_KEY" => "ds-key",
                "DOCUSIGN_SECRET_KEY" => "ds-secret",
                "DOCUSIGN_CONNECT_KEYS" => "K1=, K2=",
                "SEALING_KEYS" => {
                    "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=,2:AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
                }
                _ => return None,
            }
            .to_owned(),
        )
    }

    fn with(name: &'static str, value: &'static str) -> Result<Config, Vec<Fault>> {
        Config::read(|n| if n == name { Some(value.to_owned()) } else { sample(n) })
    }

    #[test]
    fn a_full_configuration_is_read_and_production_is_the_default() {
        let config = Config::read(sample).expect("sample");
        assert_eq!(config.hubspot_api_base, "https://api.hubapi.com");
        assert_eq!(config.docusign_auth_base, "https://account.docusign.com");
        assert_eq!(config.docusign_connect_keys.len(), 2);
        assert_eq!(config.sealing_keys.0.last().map(|k| k.0), Some(2));
        assert!(config.is_https());
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once_and_no_value_is_quoted() {
        let faults = Config::read(|_| None).expect_err("nothing is set");
        let names: Vec<_> = faults.iter().map(|f| f.name).collect();
        assert_eq!(
            names,
            [
                "BASE_URL",
                "HUBSPOT_CLIENT_ID",
                "HUBSPOT_CLIENT_SECRET",
                "DOCUSIGN_INTEGRATION_KEY",
                "DOCUSIGN_SECRET_KEY",
                "DOCUSIGN_CONNECT_KEYS",
                "SEALING_KEYS"
            ]
        );
    }

    #[test]
    fn malformed_settings_are_refused_by_name() {
        for (name, value) in [
            ("BASE_URL", "sign.example.com"),
            ("BASE_URL", "http://sign.example.com"),
            ("BASE_URL", "https://sign.example.com/app"),
            ("BASE_URL", "https://user@sign.example.com"),
            ("HUBSPOT_API_BASE", "ftp://api.example.com"),
            ("SEALING_KEYS", "1:short"),
            ("SEALING_KEYS", "AAAA"),
            ("SEALING_KEYS", "x:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            ("FRAME_ANCESTORS", "https://a.example; script-src *"),
            ("FRAME_ANCESTORS", "https://a.example\r\nX: y"),
        ] {
            let faults = with(name, value).expect_err(value);
            assert!(faults.iter().all(|f| f.name == name), "{value}: {faults:?}");
        }
    }

    #[test]
    fn loopback_may_go_without_tls() {
        let config = with("BASE_URL", "http://127.0.0.1:4402").expect("loopback");
        assert_eq!(config.base_url, "http://127.0.0.1:4402");
        assert!(!config.is_https());
    }

    #[test]
    fn tokens_go_only_to_hosts_on_the_list() {
        let production = Config::read(sample).expect("sample");
        for (uri, allowed) in [
            ("https://na3.docusign.net", true),
            ("https://demo.docusign.net", true),
            ("https://docusign.net", false),
            ("https://evildocusign.net", false),
            ("https://docusign.net.evil.example", false),
            ("http://na3.docusign.net", false),
            ("https://na3.docusign.net@evil.example", false),
            ("https://x:y@na3.docusign.net", false),
            ("https://na3.docusign.net:8443", false),
            ("http://127.0.0.1:4401", false),
            ("javascript:alert(1)", false),
            ("", false),
        ] {
            assert_eq!(production.allows_docusign_host(uri), allowed, "{uri}");
        }
        let local = with("DOCUSIGN_ALLOWED_HOSTS", "127.0.0.1:4401").expect("local");
        assert!(local.allows_docusign_host("http://127.0.0.1:4401"));
        assert!(!local.allows_docusign_host("http://127.0.0.1:4400"));
        let any_port = with("DOCUSIGN_ALLOWED_HOSTS", "127.0.0.1").expect("any port");
        assert!(any_port.allows_docusign_host("http://127.0.0.1:4400"));
    }
}
