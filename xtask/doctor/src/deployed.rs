//! A deployment, by what its `/healthz` says.

use std::time::Duration;

use serde::Deserialize;
use url::Url;

use crate::{Finding, remedy};

/// What the Worker answers. Unknown fields are a newer Worker's.
#[derive(Debug, Deserialize)]
struct Health {
    ok: bool,
    version: String,
    configuration: Vec<Fault>,
    tokens: bool,
    portal: bool,
    assets: bool,
}

#[derive(Debug, Deserialize)]
struct Fault {
    name: String,
    why: String,
}

/// Asks the deployment at `address`; that it cannot be reached is a finding too.
pub fn examine(address: &str) -> Vec<Finding> {
    let Ok(url) = Url::parse(address).and_then(|url| url.join("/healthz")) else {
        return vec![Finding::fatal(
            format!("{address} is not an address"),
            "such as https://sign.example.com",
        )];
    };
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(20)))
        .http_status_as_error(false)
        .max_redirects(0)
        .build()
        .into();
    let text = agent.get(url.as_str()).call().and_then(|mut answer| {
        let status = answer.status().as_u16();
        Ok((status, answer.body_mut().with_config().limit(1 << 20).read_to_string()?))
    });
    match text {
        Ok((status, text)) => judge(status, &text),
        Err(error) => vec![Finding::fatal(
            format!("{} does not answer: {error}", url.origin().ascii_serialization()),
            "is it deployed, and is the address a custom domain or a workers.dev address of it?",
        )],
    }
}

/// What an answer of `/healthz` means.
pub fn judge(status: u16, text: &str) -> Vec<Finding> {
    let Ok(health) = serde_json::from_str::<Health>(text) else {
        return vec![Finding::fatal(
            format!("/healthz answers {status} with something that is not ours"),
            "another Worker or a login page is at this address: look at its routes in Cloudflare's dashboard",
        )];
    };
    let mut findings: Vec<Finding> = health
        .configuration
        .iter()
        .map(|fault| Finding::fatal(format!("{} {}", fault.name, fault.why), remedy(&fault.name)))
        .collect();
    for (answers, what, remedy) in [
        (
            health.tokens,
            "the KV namespace TOKENS",
            "wrangler kv namespace create TOKENS, and its id into wrangler.toml",
        ),
        (
            health.portal,
            "the Durable Object PORTAL",
            "deploy with wrangler.toml as it is: it declares class and migration",
        ),
        (health.assets, "the static files ASSETS", "cargo xtask build, then deploy again"),
    ] {
        if !answers {
            findings.push(Finding::fatal(format!("{what} does not answer"), remedy));
        }
    }
    if findings.is_empty() && !health.ok {
        findings.push(Finding::fatal(
            format!("version {} says that it is not well, and not why", health.version),
            "cargo xtask doctor of the same version knows more",
        ));
    }
    let ours = env!("CARGO_PKG_VERSION");
    if health.version != ours {
        let what = format!("version {} is deployed, this checkout is {ours}", health.version);
        findings.push(Finding::warning(what, "cargo xtask deploy"));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report;

    fn health(configuration: &str, tokens: bool) -> String {
        let version = env!("CARGO_PKG_VERSION");
        format!(
            r#"{{"ok":{tokens},"version":"{version}","configuration":[{configuration}],"tokens":{tokens},"portal":true,"assets":true,"later":1}}"#
        )
    }

    #[test]
    fn a_healthy_deployment_has_no_findings() {
        assert_eq!(judge(200, &health("", true)), []);
    }

    #[test]
    fn faults_are_told_with_where_the_value_comes_from() {
        let fault = r#"{"name":"DOCUSIGN_SECRET_KEY","why":"is missing"}"#;
        insta::assert_snapshot!(report(&judge(503, &health(fault, false))), @r#"
✗ DOCUSIGN_SECRET_KEY is missing
  → wrangler secret put DOCUSIGN_SECRET_KEY (DocuSign → Apps and Keys → your app → Secret keys)
✗ the KV namespace TOKENS does not answer
  → wrangler kv namespace create TOKENS, and its id into wrangler.toml
2 faults, 0 warnings
"#);
    }

    #[test]
    fn somebody_elses_answer_is_not_taken_for_ours() {
        for (status, text) in [(200, "<html>"), (404, "{}"), (200, ""), (302, "[]")] {
            let findings = judge(status, text);
            assert!(findings.iter().all(|f| f.is_fatal) && findings.len() == 1, "{text}");
        }
    }

    #[test]
    fn an_older_deployment_is_a_warning() {
        let text = health("", true).replace(env!("CARGO_PKG_VERSION"), "0.0.1");
        assert!(report(&judge(200, &text)).ends_with("0 faults, 1 warning\n"));
    }

    #[test]
    fn a_closed_port_is_told_in_words() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("its address"));
        drop(listener);
        assert!(report(&examine(&address)).contains("does not answer"));
        assert!(report(&examine("not an address")).contains("is not an address"));
    }
}
