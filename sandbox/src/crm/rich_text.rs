//! The HTML of a note, cut down to what is safe to show: some text elements without attributes, and plain links.

use maud::{Markup, PreEscaped};

const KEPT: [&str; 12] = ["p", "br", "b", "strong", "i", "em", "u", "ul", "ol", "li", "blockquote", "div"];

/// Shows allowed elements and drops all other tags; the text between them stays.
pub fn show(html: &str) -> Markup {
    let mut out = String::new();
    let mut open: Vec<String> = vec![];
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (text, tagged) = rest.split_at(at);
        push_text(&mut out, text);
        let Some(end) = tagged.find('>') else {
            rest = "";
            break;
        };
        let inner = tagged.get(1..end).unwrap_or_default();
        rest = tagged.get(end + 1..).unwrap_or_default();
        push_tag(&mut out, &mut open, inner);
    }
    push_text(&mut out, rest);
    while let Some(name) = open.pop() {
        out.push_str(&format!("</{name}>"));
    }
    PreEscaped(out)
}

/// Entities are left as they are; nothing in here can open a tag.
fn push_text(out: &mut String, text: &str) {
    out.push_str(&text.replace('<', "&lt;").replace('>', "&gt;"));
}

fn push_tag(out: &mut String, open: &mut Vec<String>, inner: &str) {
    let closing = inner.starts_with('/');
    let bare = inner.trim_start_matches('/');
    let name: String =
        bare.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let link = name == "a";
    if !link && !KEPT.contains(&name.as_str()) {
        return;
    }
    if closing {
        // Closes what is open inside it too, so that the frame of the page cannot be broken.
        if open.contains(&name) {
            while let Some(last) = open.pop() {
                out.push_str(&format!("</{last}>"));
                if last == name {
                    break;
                }
            }
        }
        return;
    }
    if name == "br" {
        out.push_str("<br>");
        return;
    }
    if link {
        let Some(address) = href(bare) else { return };
        let address = address.replace('&', "&amp;").replace('"', "&quot;");
        out.push_str(&format!("<a href=\"{address}\" rel=\"noreferrer noopener\" target=\"_blank\">"));
    } else {
        out.push_str(&format!("<{name}>"));
    }
    open.push(name);
}

/// The address of a link, if it leads to the web.
fn href(tag: &str) -> Option<String> {
    let after = tag.split_once("href=")?.1;
    let quote = after.chars().next()?;
    let value = match quote {
        '"' | '\'' => after.get(1..)?.split(quote).next()?,
        _ => after.split_whitespace().next()?,
    };
    let value = value.replace("&amp;", "&");
    (value.starts_with("https://") || value.starts_with("http://")).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::show;

    #[test]
    fn only_harmless_markup_is_left() {
        for (given, expected) in [
            ("<p>Signed &amp; sealed</p>", "<p>Signed &amp; sealed</p>"),
            ("a<script>x()</script>b", "ax()b"),
            ("<img src=x onerror=y>", ""),
            ("<p onclick='x'>t", "<p>t</p>"),
            ("</div></main><b>t</b>", "<b>t</b>"),
            ("<a href='javascript:x'>t</a>", "t"),
            ("<p <p>t", "<p>t</p>"),
            (
                "<a href=\"https://x.example/?a=1&amp;b=2\">t</a>",
                "<a href=\"https://x.example/?a=1&amp;b=2\" rel=\"noreferrer noopener\" target=\"_blank\">t</a>",
            ),
        ] {
            assert_eq!(show(given).into_string(), expected, "{given}");
        }
    }
}
