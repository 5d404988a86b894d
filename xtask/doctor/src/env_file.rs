//! A configuration in a file: `NAME=value` a line, as wrangler reads `.dev.vars`.

use std::collections::BTreeMap;

use edge_worker::config::Config;
use url::Url;

use crate::{Finding, SETTINGS, remedy};

/// Everything that is wrong with the settings in `text`.
pub fn examine(text: &str) -> Vec<Finding> {
    let (settings, mut findings) = parse(text);
    let config = Config::read(|name| settings.get(name).cloned());
    match config {
        Err(faults) => {
            for fault in faults {
                findings.push(Finding::fatal(format!("{} {}", fault.name, fault.why), remedy(fault.name)));
            }
        }
        Ok(config) => in_practice(&config, &mut findings),
    }
    for name in settings.keys() {
        if !SETTINGS.iter().any(|setting| setting.name == name) {
            findings.push(unknown(name));
        }
    }
    for (name, value) in &settings {
        if ["<", "…", "changeme", "your-"].iter().any(|mark| value.contains(mark)) {
            let what = format!("{name} still holds the text of the example");
            findings.push(Finding::fatal(what, remedy(name)));
        }
    }
    findings
}

/// What is well-formed and will not work, or not as intended.
fn in_practice(config: &Config, findings: &mut Vec<Finding>) {
    let host = |url: &str| Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    if !config.is_https() {
        findings.push(Finding::warning(
            "BASE_URL is this machine: HubSpot and DocuSign cannot call it",
            "fine for trying out; a deployment needs its https address",
        ));
    }
    let demo = host(&config.docusign_auth_base).is_some_and(|host| host == "account-d.docusign.com");
    if demo {
        findings.push(Finding::warning(
            "DOCUSIGN_AUTH_BASE is DocuSign's demo: envelopes have no legal force",
            "leave it out once the integration key was promoted to production",
        ));
    }
    if config.docusign_integration_key == config.docusign_secret_key.expose() {
        findings.push(Finding::fatal(
            "DOCUSIGN_SECRET_KEY is the integration key",
            "the secret key is shown once, when it is made: add another one in Apps and Keys",
        ));
    }
    if config.hubspot_client_id == config.hubspot_client_secret.expose() {
        findings
            .push(Finding::fatal("HUBSPOT_CLIENT_SECRET is the client id", remedy("HUBSPOT_CLIENT_SECRET")));
    }
    let sample = |text: &str| text.contains(".example");
    if host(&config.base_url).is_some_and(|host| host.ends_with(".example") || host.ends_with("example.com"))
    {
        findings.push(Finding::fatal("BASE_URL is the address of the example", remedy("BASE_URL")));
    }
    for (version, key) in &config.sealing_keys.0 {
        if key.0.windows(2).all(|pair| pair.first() == pair.last()) {
            findings.push(Finding::fatal(
                format!("SEALING_KEYS version {version} is one byte over and over, not a random key"),
                remedy("SEALING_KEYS"),
            ));
        }
    }
    let wide =
        config.docusign_allowed_hosts.iter().any(|host| host == "*" || host == "*.com" || sample(host));
    if wide {
        findings.push(Finding::fatal(
            "DOCUSIGN_ALLOWED_HOSTS lets tokens go to hosts that are not DocuSign's",
            remedy("DOCUSIGN_ALLOWED_HOSTS"),
        ));
    }
}

/// The settings of the file; a line that is none, and a name that comes twice, are findings.
fn parse(text: &str) -> (BTreeMap<String, String>, Vec<Finding>) {
    let mut settings = BTreeMap::new();
    let mut findings = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let at = format!("line {}", number + 1);
        let Some((name, value)) = line.split_once('=') else {
            findings.push(Finding::fatal(format!("{at} is not NAME=value"), "mend or remove it"));
            continue;
        };
        let (name, value) = (name.trim().to_owned(), unquoted(value.trim()).to_owned());
        if settings.insert(name.clone(), value).is_some() {
            findings.push(Finding::fatal(format!("{name} is set twice ({at})"), "keep one of them"));
        }
    }
    (settings, findings)
}

fn unquoted(value: &str) -> &str {
    ['"', '\'']
        .iter()
        .find_map(|quote| value.strip_prefix(*quote).and_then(|rest| rest.strip_suffix(*quote)))
        .unwrap_or(value)
}

/// A name the Worker does not read; often a slip of the pen.
fn unknown(name: &str) -> Finding {
    let near = SETTINGS.iter().map(|setting| (distance(name, setting.name), setting.name)).min();
    let remedy = match near {
        Some((steps, near)) if steps <= 4 => format!("did you mean {near}?"),
        _ => "remove it".to_owned(),
    };
    Finding::warning(format!("{name} is not a setting of the Worker"), remedy)
}

/// How many letters must be changed, added or dropped to make `a` of `b`.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut before = i;
        let mut left = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row.get(j + 1).copied().unwrap_or(usize::MAX - 1);
            let step = (before + usize::from(x != *y)).min(above + 1).min(left + 1);
            before = above;
            if let Some(cell) = row.get_mut(j) {
                *cell = left;
            }
            left = step;
        }
        if let Some(cell) = row.last_mut() {
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report;

    const GOOD: &str = "\
BASE_URL=https://sign.firm.dk
HUBSPOT_CLIENT_ID=hs-client
HUBSPOT_CLIENT_SECRET=hs-secret
DOCUSIGN_INTEGRATION_KEY=ds-key
DOCUSIGN_SECRET_KEY=\"ds-secret\"
DOCUSIGN_CONNECT_KEYS='K1=, K2='
SEALING_KEYS=1:3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=
";

    fn with(old: &str, new: &str) -> String {
        assert!(GOOD.contains(old), "{old}");
        report(&examine(&GOOD.replace(old, new)))
    }

    #[test]
    fn a_good_file_is_found_good() {
        assert_eq!(report(&examine(GOOD)), "all is well\n");
    }

    #[test]
    fn an_empty_file_names_everything_that_is_missing_and_where_to_get_it() {
        insta::assert_snapshot!(report(&examine("")), @r#"
✗ BASE_URL is missing
  → set BASE_URL (the Worker's own address, such as https://sign.example.com)
✗ HUBSPOT_CLIENT_ID is missing
  → set HUBSPOT_CLIENT_ID (HubSpot app → Auth → Client ID)
✗ HUBSPOT_CLIENT_SECRET is missing
  → wrangler secret put HUBSPOT_CLIENT_SECRET (HubSpot app → Auth → Client secret)
✗ DOCUSIGN_INTEGRATION_KEY is missing
  → set DOCUSIGN_INTEGRATION_KEY (DocuSign → Apps and Keys → your app → Integration key)
✗ DOCUSIGN_SECRET_KEY is missing
  → wrangler secret put DOCUSIGN_SECRET_KEY (DocuSign → Apps and Keys → your app → Secret keys)
✗ DOCUSIGN_CONNECT_KEYS is missing
  → wrangler secret put DOCUSIGN_CONNECT_KEYS (DocuSign → Connect → Connect keys; several with commas between)
✗ SEALING_KEYS is missing
  → wrangler secret put SEALING_KEYS (make one: echo "1:$(openssl rand -base64 32)")
7 faults, 0 warnings
"#);
    }

    #[test]
    fn an_address_without_scheme_is_said_to_be_none() {
        insta::assert_snapshot!(with("https://sign.firm.dk", "sign.firm.dk"), @r#"
✗ BASE_URL is not an absolute address such as https://sign.example.com
  → set BASE_URL (the Worker's own address, such as https://sign.example.com)
1 fault, 0 warnings
"#);
    }

    #[test]
    fn a_short_sealing_key_is_refused_without_being_quoted() {
        let text = with("1:3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=", "1:c2hvcnQ=");
        assert!(!text.contains("c2hvcnQ"), "{text}");
        insta::assert_snapshot!(text, @r#"
✗ SEALING_KEYS has a key that is not the base64 of 32 bytes
  → wrangler secret put SEALING_KEYS (make one: echo "1:$(openssl rand -base64 32)")
1 fault, 0 warnings
"#);
    }

    #[test]
    fn a_misspelt_name_is_both_missing_and_recognised() {
        insta::assert_snapshot!(with("DOCUSIGN_CONNECT_KEYS", "DOCUSIGN_CONNECT_KEY"), @r#"
✗ DOCUSIGN_CONNECT_KEYS is missing
  → wrangler secret put DOCUSIGN_CONNECT_KEYS (DocuSign → Connect → Connect keys; several with commas between)
! DOCUSIGN_CONNECT_KEY is not a setting of the Worker
  → did you mean DOCUSIGN_CONNECT_KEYS?
1 fault, 1 warning
"#);
    }

    #[test]
    fn the_demo_with_a_swapped_secret_is_found_out() {
        let text = with("\"ds-secret\"", "ds-key\nDOCUSIGN_AUTH_BASE=https://account-d.docusign.com");
        insta::assert_snapshot!(text, @r#"
✗ DOCUSIGN_SECRET_KEY is the integration key
  → the secret key is shown once, when it is made: add another one in Apps and Keys
! DOCUSIGN_AUTH_BASE is DocuSign's demo: envelopes have no legal force
  → leave it out once the integration key was promoted to production
1 fault, 1 warning
"#);
    }

    #[test]
    fn the_example_left_as_it_is_does_not_pass() {
        let text = with("hs-secret", "<client secret>");
        assert!(text.contains("HUBSPOT_CLIENT_SECRET still holds the text of the example"), "{text}");
        let text = with("https://sign.firm.dk", "https://sign.example.com");
        assert!(text.contains("BASE_URL is the address of the example"), "{text}");
    }

    #[test]
    fn a_key_that_nobody_drew_is_no_key() {
        let zeros = format!("1:{}=", "A".repeat(43));
        let text = with("1:3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=", &zeros);
        assert!(text.contains("not a random key"), "{text}");
    }

    #[test]
    fn lines_that_are_no_settings_and_names_set_twice_are_told_by_line() {
        let text = with("HUBSPOT_CLIENT_ID=hs-client", "HUBSPOT_CLIENT_ID=a\nHUBSPOT_CLIENT_ID=b\nexport");
        assert!(text.contains("HUBSPOT_CLIENT_ID is set twice (line 3)"), "{text}");
        assert!(text.contains("line 4 is not NAME=value"), "{text}");
    }

    #[test]
    fn hosts_that_anybody_could_own_are_refused() {
        let text = with("SEALING", "DOCUSIGN_ALLOWED_HOSTS=*.com\nSEALING");
        assert!(text.contains("not DocuSign's"), "{text}");
    }

    #[test]
    fn the_distance_counts_letters() {
        assert_eq!(distance("abc", "abc"), 0);
        assert_eq!(distance("abc", "abd"), 1);
        assert_eq!(distance("abc", "xabc"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
