//! The few pages that the Worker renders itself: what a browser sees after consenting at a vendor, or when
//! that did not work, and on the way back from DocuSign's own editor. Self-contained, no scripts but the one that
//! closes the tab, English and Danish.

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use worker::{Response, ResponseBuilder};

use crate::failure::Outcome;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    English,
    Danish,
}

impl Language {
    /// From HubSpot's locale of the user, else from `Accept-Language`'s first choice.
    pub fn of(locale: Option<&str>, accept_language: Option<&str>) -> Self {
        let choice = locale.or(accept_language).unwrap_or_default().trim().to_ascii_lowercase();
        let word = choice.split(|c: char| !c.is_ascii_alphanumeric()).next();
        if word == Some("da") { Self::Danish } else { Self::English }
    }
}

/// What there is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    Connected {
        /// Where the portal's records are, for whoever came in this very window.
        hubspot: String,
    },
    /// Done in DocuSign's own editor, whatever was done there.
    Returned,
    /// The user pressed Cancel at HubSpot's or DocuSign's consent.
    InstallCancelled,
    ConnectCancelled,
    /// State or ticket unknown, used, of another browser, or too old.
    InstallOver,
    ConnectOver,
    /// DocuSign knows no account for this user, or none where we may send tokens.
    NoAccount,
    /// The vendor or we failed; the support id finds the reason in the log.
    InstallFailed {
        support_id: String,
    },
    ConnectFailed {
        support_id: String,
    },
}

struct Words {
    title: &'static str,
    text: &'static str,
    /// A link to go on with.
    again: Option<(String, &'static str)>,
    support: Option<String>,
    good: bool,
}

const INSTALL: &str = "/oauth/hubspot/install";

fn words(page: &Page, language: Language) -> Words {
    use Language::{Danish, English};
    let say = |title, text| Words { title, text, again: None, support: None, good: false };
    let install_again = match language {
        English => Some((INSTALL.to_owned(), "Install again")),
        Danish => Some((INSTALL.to_owned(), "Installer igen")),
    };
    match (page, language) {
        (Page::Connected { hubspot }, English) => Words {
            good: true,
            again: Some((hubspot.clone(), "Go to HubSpot")),
            ..say("DocuSign is connected", "You can close this window, or go on in HubSpot.")
        },
        (Page::Connected { hubspot }, Danish) => Words {
            good: true,
            again: Some((hubspot.clone(), "Gå til HubSpot")),
            ..say("DocuSign er forbundet", "Du kan lukke dette vindue eller fortsætte i HubSpot.")
        },
        (Page::Returned, English) => Words {
            good: true,
            ..say(
                "Back from DocuSign",
                "You can close this tab. HubSpot shows what became of the envelope as soon as DocuSign has told.",
            )
        },
        (Page::Returned, Danish) => Words {
            good: true,
            ..say(
                "Tilbage fra DocuSign",
                "Du kan lukke denne fane. HubSpot viser, hvad der blev af kuverten, så snart DocuSign har meldt det.",
            )
        },
        (Page::InstallCancelled, English) => Words {
            again: install_again,
            ..say(
                "Nothing was installed",
                "You cancelled at HubSpot. Countersign was not installed, and nothing was changed.",
            )
        },
        (Page::InstallCancelled, Danish) => Words {
            again: install_again,
            ..say(
                "Intet blev installeret",
                "Du annullerede hos HubSpot. Countersign blev ikke installeret, og intet er ændret.",
            )
        },
        (Page::ConnectCancelled, English) => say(
            "DocuSign is not connected",
            "You cancelled at DocuSign. To connect, close this window, go back to HubSpot and choose Connect DocuSign.",
        ),
        (Page::ConnectCancelled, Danish) => say(
            "DocuSign er ikke forbundet",
            "Du annullerede hos DocuSign. Luk dette vindue, gå tilbage til HubSpot, og vælg Forbind DocuSign, hvis du vil forbinde.",
        ),
        (Page::InstallOver, English) => Words {
            again: install_again,
            ..say(
                "This installation has run out",
                "It took longer than ten minutes, was finished before, or was started in another browser. Start it again here.",
            )
        },
        (Page::InstallOver, Danish) => Words {
            again: install_again,
            ..say(
                "Installationen er udløbet",
                "Den tog mere end ti minutter, er allerede afsluttet eller blev startet i en anden browser. Start den igen her.",
            )
        },
        (Page::ConnectOver, English) => say(
            "This link has run out",
            "It works once, for a short time, and in the browser it was opened in. Close this window, go back to HubSpot and choose Connect DocuSign again.",
        ),
        (Page::ConnectOver, Danish) => say(
            "Linket er udløbet",
            "Det virker én gang, i kort tid og kun i den browser, det blev åbnet i. Luk dette vindue, gå tilbage til HubSpot, og vælg Forbind DocuSign igen.",
        ),
        (Page::NoAccount, English) => say(
            "No DocuSign account to use",
            "Your DocuSign user has no account that can be used here. Ask your DocuSign administrator to add you to an account, then connect again.",
        ),
        (Page::NoAccount, Danish) => say(
            "Ingen DocuSign-konto at bruge",
            "Din DocuSign-bruger har ingen konto, der kan bruges her. Bed din DocuSign-administrator om at føje dig til en konto, og forbind igen.",
        ),
        (Page::InstallFailed { support_id }, English) => Words {
            again: install_again,
            support: Some(format!(
                "If it keeps happening, say this to whoever runs Countersign: {support_id}"
            )),
            ..say(
                "The installation did not work",
                "HubSpot did not answer as expected. Nothing was changed. Try again in a moment.",
            )
        },
        (Page::InstallFailed { support_id }, Danish) => Words {
            again: install_again,
            support: Some(format!(
                "Hvis det bliver ved, så oplys dette til den, der driver Countersign: {support_id}"
            )),
            ..say(
                "Installationen lykkedes ikke",
                "HubSpot svarede ikke som ventet. Intet er ændret. Prøv igen om lidt.",
            )
        },
        (Page::ConnectFailed { support_id }, English) => Words {
            support: Some(format!(
                "If it keeps happening, say this to whoever runs Countersign: {support_id}"
            )),
            ..say(
                "DocuSign is not connected",
                "DocuSign did not answer as expected. Close this window, go back to HubSpot and choose Connect DocuSign again.",
            )
        },
        (Page::ConnectFailed { support_id }, Danish) => Words {
            support: Some(format!(
                "Hvis det bliver ved, så oplys dette til den, der driver Countersign: {support_id}"
            )),
            ..say(
                "DocuSign er ikke forbundet",
                "DocuSign svarede ikke som ventet. Luk dette vindue, gå tilbage til HubSpot, og vælg Forbind DocuSign igen.",
            )
        },
    }
}

const STYLE: &str = "body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f5f3f2;\
color:#141414;font:14px/24px 'Lexend Deca',Helvetica,Arial,sans-serif}main{box-sizing:border-box;max-width:440px;\
margin:16px;padding:32px;background:#fff;border:1px solid #cfcccb;border-radius:8px}h1{margin:0 0 8px;\
font-size:20px;line-height:24px}p{margin:0 0 16px}p:last-child{margin:0}small{color:#4d4c4c}a{color:#0050c7}\
.good{border-top:4px solid #00823a}.bad{border-top:4px solid #956309}";

/// Closes the tab that the app has opened; a browser that does not allow it leaves the words.
const CLOSE: &str = "window.close()";

/// The policy of these pages: their own style and script, by their hashes, and nothing else.
fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'",
        hash(STYLE),
        hash(CLOSE)
    )
}

/// Renders a page. Every text in it is ours; the support id is hexadecimal, the address a setting and a number.
pub fn render(page: &Page, language: Language) -> Outcome<Response> {
    let status = match page {
        Page::Connected { .. } | Page::Returned | Page::InstallCancelled | Page::ConnectCancelled => 200,
        Page::InstallOver | Page::ConnectOver => 400,
        Page::NoAccount => 403,
        Page::InstallFailed { .. } | Page::ConnectFailed { .. } => 502,
    };
    let response = ResponseBuilder::new().with_status(status).from_html(html(page, language))?;
    response.headers().set("content-security-policy", &policy())?;
    Ok(response)
}

fn html(page: &Page, language: Language) -> String {
    let words = words(page, language);
    let lang = match language {
        Language::English => "en",
        Language::Danish => "da",
    };
    let again = words.again.map(|(href, text)| format!("<p><a href=\"{href}\">{text}</a></p>"));
    let support = words.support.map(|text| format!("<p><small>{text}</small></p>"));
    let script = if *page == Page::Returned { format!("<script>{CLOSE}</script>") } else { String::new() };
    let class = if words.good { "good" } else { "bad" };
    format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{title}</title>\
         <style>{STYLE}</style><main class=\"{class}\"><h1>{title}</h1><p>{text}</p>{again}{support}</main>{script}</html>",
        title = words.title,
        text = words.text,
        again = again.unwrap_or_default(),
        support = support.unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_users_own_locale_goes_before_the_browsers() {
        let check = |locale, accept, expected| assert_eq!(Language::of(locale, accept), expected);
        check(Some("da"), Some("en-GB,en;q=0.9"), Language::Danish);
        check(Some("en-us"), Some("da"), Language::English);
        check(None, Some("da-DK,da;q=0.9,en;q=0.8"), Language::Danish);
        check(None, Some("dav"), Language::English);
        check(None, None, Language::English);
    }

    #[test]
    fn the_policy_allows_exactly_the_style_and_the_script_of_the_pages() {
        let closing = html(&Page::Returned, Language::English);
        assert!(
            closing.contains(&format!("<script>{CLOSE}</script>"))
                && policy().contains("script-src 'sha256-")
        );
        let page = html(
            &Page::Connected { hubspot: "https://app.hubspot.com/contacts/1/objects/0-3/views".to_owned() },
            Language::English,
        );
        assert!(page.contains(&format!("<style>{STYLE}</style>")));
        assert!(!page.contains("style=") && !page.contains("<script"));
        assert!(policy().starts_with("default-src 'none'; style-src 'sha256-"));
    }

    #[test]
    fn every_page_exists_in_both_languages() {
        let support_id = "0a1b".to_owned();
        for page in [
            Page::Connected { hubspot: "https://app.hubspot.com/contacts/1/objects/0-3/views".to_owned() },
            Page::Returned,
            Page::InstallCancelled,
            Page::ConnectCancelled,
            Page::InstallOver,
            Page::ConnectOver,
            Page::NoAccount,
            Page::InstallFailed { support_id: support_id.clone() },
            Page::ConnectFailed { support_id },
        ] {
            let (en, da) = (html(&page, Language::English), html(&page, Language::Danish));
            assert!(en.contains("lang=\"en\"") && da.contains("lang=\"da\"") && en != da, "{page:?}");
        }
    }
}
