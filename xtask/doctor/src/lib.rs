//! Looks at a configuration and says in words what is wrong with it: an env file, by the Worker's own rules
//! and some about what goes wrong in practice, or a deployment, by what its `/healthz` says.
//!
//! It never prints a value: what it says may be pasted into an issue.

pub mod deployed;
pub mod env_file;

/// Everything the Worker reads, in the order of docs/SELF-HOSTING.md.
pub const SETTINGS: [Setting; 14] = [
    Setting::secret("HUBSPOT_CLIENT_SECRET", "HubSpot app → Auth → Client secret"),
    Setting::secret("DOCUSIGN_SECRET_KEY", "DocuSign → Apps and Keys → your app → Secret keys"),
    Setting::secret(
        "DOCUSIGN_CONNECT_KEYS",
        "DocuSign → Connect → Connect keys; several with commas between",
    ),
    Setting::secret("SEALING_KEYS", "make one: echo \"1:$(openssl rand -base64 32)\""),
    Setting::var("BASE_URL", "the Worker's own address, such as https://sign.example.com"),
    Setting::var("HUBSPOT_CLIENT_ID", "HubSpot app → Auth → Client ID"),
    Setting::var("DOCUSIGN_INTEGRATION_KEY", "DocuSign → Apps and Keys → your app → Integration key"),
    Setting::var("DOCUSIGN_AUTH_BASE", "leave out for production; https://account-d.docusign.com for demo"),
    Setting::var("DOCUSIGN_ALLOWED_HOSTS", "leave out unless DocuSign serves you from another domain"),
    Setting::var("HUBSPOT_APP_BASE", "leave out; HubSpot's own address is the default"),
    Setting::var("HUBSPOT_API_BASE", "leave out; HubSpot's own address is the default"),
    Setting::var("FRAME_ANCESTORS", "leave out; HubSpot's own addresses are the default"),
    Setting::var("OUTBOX_RETRY_MS", "leave out; 5000 is the default"),
    Setting::var("RECONCILE_SECONDS", "leave out; 1200 is the default"),
];

/// One setting, and where its value comes from.
pub struct Setting {
    pub name: &'static str,
    /// Set with `wrangler secret put`, never written into a file that is committed.
    pub is_secret: bool,
    pub from: &'static str,
}

impl Setting {
    const fn secret(name: &'static str, from: &'static str) -> Self {
        Self { name, is_secret: true, from }
    }

    const fn var(name: &'static str, from: &'static str) -> Self {
        Self { name, is_secret: false, from }
    }
}

/// Something that is wrong, or looks so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The Worker will not serve like this. The rest are warnings.
    pub is_fatal: bool,
    pub what: String,
    /// What to do about it.
    pub remedy: String,
}

impl Finding {
    fn fatal(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { is_fatal: true, what: what.into(), remedy: remedy.into() }
    }

    fn warning(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { is_fatal: false, what: what.into(), remedy: remedy.into() }
    }
}

/// The findings as a person reads them, fatal ones first.
pub fn report(findings: &[Finding]) -> String {
    let (fatal, warnings): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.is_fatal);
    let line = |mark: &str, f: &Finding| format!("{mark} {}\n  → {}\n", f.what, f.remedy);
    let mut text: String = fatal.iter().map(|f| line("✗", f)).collect();
    text.extend(warnings.iter().map(|f| line("!", f)));
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
    match (fatal.len(), warnings.len()) {
        (0, 0) => text.push_str("all is well\n"),
        (f, w) => text.push_str(&format!("{}, {}\n", count(f, "fault"), count(w, "warning"))),
    }
    text
}

/// Where a setting's value comes from.
fn remedy(name: &str) -> String {
    SETTINGS.iter().find(|setting| setting.name == name).map_or_else(
        || "see docs/SELF-HOSTING.md".to_owned(),
        |setting| {
            let put =
                if setting.is_secret { format!("wrangler secret put {name}") } else { format!("set {name}") };
            format!("{put} ({})", setting.from)
        },
    )
}
