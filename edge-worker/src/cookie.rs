//! The one kind of cookie we set: it binds a sign-in to the browser that started it, for ten minutes.
//!
//! Each sign-in has a cookie of its own name, so that two in two tabs do not disturb each other. Over https it
//! is `Secure` and has the `__Host-` prefix: no other host can set it. `SameSite=Lax` lets it come back when
//! the vendor redirects the browser to us.

use crate::config::Config;

/// The cookie of a sign-in is named after its state.
fn name(config: &Config, state: &str) -> String {
    let prefix = if config.is_https() { "__Host-" } else { "" };
    let tail: String = state.chars().rev().take(12).filter(char::is_ascii_alphanumeric).collect();
    format!("{prefix}countersign-{tail}")
}

/// The header that sets it.
pub fn set(config: &Config, state: &str, value: &str, seconds: i64) -> String {
    let secure = if config.is_https() { "; Secure" } else { "" };
    let name = name(config, state);
    format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
}

/// The header that takes it back.
pub fn clear(config: &Config, state: &str) -> String {
    set(config, state, "", 0)
}

/// Its value in a `Cookie` header.
pub fn get<'a>(config: &Config, state: &str, header: &'a str) -> Option<&'a str> {
    let name = name(config, state);
    header.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::sample;

    #[test]
    fn a_cookie_is_host_bound_over_https_and_found_again() {
        let config = Config::read(sample).expect("sample");
        let header = set(&config, "62515.abcdefghij-klmn", "v1", 600);
        assert_eq!(
            header,
            "__Host-countersign-nmlkjihgfed=v1; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"
        );
        let sent = "other=x; __Host-countersign-nmlkjihgfed=v1; more=y";
        assert_eq!(get(&config, "62515.abcdefghij-klmn", sent), Some("v1"));
        assert_eq!(get(&config, "62515.another-state-x", sent), None);
        assert_eq!(get(&config, "62515.abcdefghij-klmn", ""), None);
    }
}
