//! A browser without a screen: follows redirects, keeps cookies, presses buttons of plain HTML forms.
//!
//! It clicks through the vendors' login and consent pages in milliseconds, so that every journey can have a
//! portal of its own. The same pages are clicked through in Chromium by the journeys about them.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use reqwest::{Client, Method, Url, header};
use scraper::{ElementRef, Html, Selector};

use crate::control::client;

#[derive(Debug, Clone)]
pub struct Robot {
    http: Client,
    /// By name: every server of a stack is 127.0.0.1, and cookies do not know ports.
    cookies: BTreeMap<String, String>,
}

/// Where the robot is.
#[derive(Debug, Clone)]
pub struct Page {
    pub url: Url,
    pub status: u16,
    pub html: String,
}

impl Default for Robot {
    fn default() -> Self {
        Self { http: client(), cookies: BTreeMap::new() }
    }
}

impl Robot {
    /// Loses the cookies whose name begins so, as another browser has not got them.
    pub fn forget(&mut self, start: &str) {
        self.cookies.retain(|name, _| !name.starts_with(start));
    }

    pub async fn get(&mut self, url: &str) -> Result<Page> {
        self.go(Method::GET, Url::parse(url)?, None).await
    }

    /// Presses the button (by its text or its value), or follows the link with this text.
    pub async fn press(&mut self, page: &Page, label: &str) -> Result<Page> {
        self.fill_and_press(page, &[], label).await
    }

    /// The same after these fields of the form were filled in.
    pub async fn fill_and_press(&mut self, page: &Page, typed: &[(&str, &str)], label: &str) -> Result<Page> {
        let next = step(page, typed, label)?;
        self.go(next.method, next.url, next.body).await
    }

    async fn go(&mut self, mut method: Method, mut url: Url, mut body: Option<String>) -> Result<Page> {
        for _ in 0..15 {
            let cookies: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
            let mut request = self.http.request(method.clone(), url.clone());
            request = request.header(header::COOKIE, cookies.join("; ")).header(header::ACCEPT, "text/html");
            if let Some(body) = &body {
                request = request
                    .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                    .body(body.clone());
            }
            let response = request.send().await.with_context(|| format!("{method} {url}"))?;
            for cookie in response.headers().get_all(header::SET_COOKIE) {
                let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
                let (name, value) = pair.split_once('=').context("a cookie without a value")?;
                self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
            }
            let status = response.status();
            match response.headers().get(header::LOCATION) {
                Some(location) if status.is_redirection() => {
                    url = url.join(location.to_str()?)?;
                    if status.as_u16() != 307 && status.as_u16() != 308 {
                        (method, body) = (Method::GET, None);
                    }
                }
                _ => return Ok(Page { url, status: status.as_u16(), html: response.text().await? }),
            }
        }
        bail!("redirected without end, last to {url}")
    }
}

struct Step {
    method: Method,
    url: Url,
    body: Option<String>,
}

fn step(page: &Page, typed: &[(&str, &str)], label: &str) -> Result<Step> {
    let html = Html::parse_document(&page.html);
    let pressable = select("button, input[type=submit], a[href]")?;
    let here = || format!("on {} ({}):\n{}", page.url, page.status, page.html);
    let element = html
        .select(&pressable)
        .find(|e| label_of(*e) == label || e.attr("value") == Some(label))
        .with_context(|| format!("no button {label} {}", here()))?;
    if element.value().name() == "a" {
        let url = page.url.join(element.attr("href").unwrap_or_default())?;
        return Ok(Step { method: Method::GET, url, body: None });
    }
    let form = element.ancestors().filter_map(ElementRef::wrap).find(|e| e.value().name() == "form");
    let form = form.with_context(|| format!("{label} is in no form {}", here()))?;
    let mut fields = fields(form)?;
    for (name, value) in fields.iter_mut() {
        if let Some((_, typed)) = typed.iter().find(|(typed, _)| typed == name) {
            *value = (*typed).to_owned();
        }
    }
    if let Some(name) = element.attr("name") {
        fields.push((name.to_owned(), element.attr("value").unwrap_or_default().to_owned()));
    }
    let action = element.attr("formaction").or(form.attr("action")).unwrap_or_default();
    let mut url = page.url.join(action)?;
    let mut encoder = Url::parse("http://form/")?;
    encoder.query_pairs_mut().extend_pairs(&fields);
    let encoded = encoder.query().unwrap_or_default().to_owned();
    let post = form.attr("method").is_some_and(|m| m.eq_ignore_ascii_case("post"));
    if post {
        return Ok(Step { method: Method::POST, url, body: Some(encoded) });
    }
    url.set_query(Some(&encoded));
    Ok(Step { method: Method::GET, url, body: None })
}

/// What a browser would send: hidden and text inputs, what is checked, what is selected.
fn fields(form: ElementRef<'_>) -> Result<Vec<(String, String)>> {
    let mut fields = Vec::new();
    for input in form.select(&select("input[name], select[name], textarea[name]")?) {
        let name = input.attr("name").unwrap_or_default().to_owned();
        let kind = input.attr("type").unwrap_or("text");
        if kind == "submit" || (matches!(kind, "radio" | "checkbox") && input.attr("checked").is_none()) {
            continue;
        }
        let value = if input.value().name() == "select" {
            let options = select("option")?;
            let chosen = input.select(&options).find(|o| o.attr("selected").is_some());
            let chosen = chosen.or_else(|| input.select(&options).next());
            chosen.and_then(|o| o.attr("value")).unwrap_or_default().to_owned()
        } else {
            input.attr("value").unwrap_or_default().to_owned()
        };
        fields.push((name, value));
    }
    Ok(fields)
}

fn label_of(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    let text =
        if text.trim().is_empty() { element.attr("value").unwrap_or_default().to_owned() } else { text };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn select(css: &str) -> Result<Selector> {
    let selector = Selector::parse(css);
    ensure!(selector.is_ok(), "not a selector: {css}");
    selector.map_err(|error| anyhow::anyhow!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(html: &str) -> Page {
        Page { url: Url::parse("http://127.0.0.1:1/a/b").unwrap(), status: 200, html: html.to_owned() }
    }

    #[test]
    fn a_pressed_button_sends_its_form_as_a_browser_would() {
        let html = "<form method=post action='/go'><input type=hidden name=state value=x>\
            <input type=radio name=who value=1><input type=radio name=who value=2 checked>\
            <button name=what value=yes> Allow  <b>access</b></button></form>";
        let step = step(&page(html), &[("state", "a b")], "Allow access").unwrap();
        assert_eq!(step.method, Method::POST);
        assert_eq!(step.url.as_str(), "http://127.0.0.1:1/go");
        assert_eq!(step.body.unwrap(), "state=a+b&who=2&what=yes");
    }

    #[test]
    fn a_missing_button_is_an_error_that_shows_the_page() {
        let error = step(&page("<p>Nothing here</p>"), &[], "Allow").err().unwrap();
        assert!(error.to_string().contains("Nothing here"));
    }
}
