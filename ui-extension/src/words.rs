//! Texts in the reader's language. Only the catalogue that is needed is fetched; the rest of the app calls
//! [`say`] and [`say!`](crate::say) and never holds a text itself.
//!
//! The language is not a signal: when it changes, the screens are drawn anew (`app.rs`), and everything
//! they need to keep is in [`Frame`](crate::frame::Frame).

use std::cell::RefCell;

use gloo_net::http::Request;
use js_sys::{Array, Intl, Object};
use wasm_bindgen::JsValue;

use crate::catalogue::{Catalogue, Numbers, Values};

/// The languages there is a catalogue for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Language {
    #[default]
    English,
    Danish,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::English, Self::Danish];

    /// The tag, as in `lang=""` and as the catalogue's folder.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Danish => "da",
        }
    }

    /// Its own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Danish => "Dansk",
        }
    }

    /// The language of a locale such as `da`, `da-DK` or `en_us`; `None` where we do not speak it.
    pub fn of_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|known| known.tag().eq_ignore_ascii_case(language))
    }
}

/// The language that is spoken now.
struct Spoken {
    language: Language,
    catalogue: Catalogue,
    /// What was learned besides.
    parts: Vec<String>,
    numbers: Option<(Intl::PluralRules, Intl::NumberFormat)>,
}

impl Numbers for Spoken {
    fn category(&self, number: usize) -> String {
        self.numbers
            .as_ref()
            .map_or_else(|| "other".to_owned(), |(rules, _)| rules.select(number as f64).into())
    }

    fn write(&self, number: usize) -> String {
        let written = self
            .numbers
            .as_ref()
            .and_then(|(_, format)| format.format().call1(&JsValue::UNDEFINED, &(number as f64).into()).ok())
            .and_then(|text| text.as_string());
        written.unwrap_or_else(|| number.to_string())
    }
}

thread_local! {
    static SPOKEN: RefCell<Spoken> =
        RefCell::new(Spoken {
            language: Language::English,
            catalogue: Catalogue::default(),
            parts: Vec::new(),
            numbers: None,
        });
}

async fn fetch(base: &str, language: Language, part: &str) -> Option<String> {
    let address = [base, "/locales/", language.tag(), "/", part, ".ftl"].concat();
    let answer = Request::get(&address).send().await.ok()?;
    if answer.ok() { answer.text().await.ok() } else { None }
}

/// Fetches the catalogue of `language` from `base` and speaks it from now on.
/// `false`, and nothing changes, when it could not be had.
pub async fn speak(base: &str, language: Language) -> bool {
    let Some(file) = fetch(base, language, "app").await else { return false };
    let locales = locales(language);
    let numbers =
        (Intl::PluralRules::new(&locales, &Object::new()), Intl::NumberFormat::new(&locales, &Object::new()));
    SPOKEN.with_borrow_mut(|spoken| {
        *spoken =
            Spoken { language, catalogue: Catalogue::read(&file), parts: Vec::new(), numbers: Some(numbers) };
    });
    true
}

/// Fetches what a lazy screen says besides, in the language that is spoken; `false` when it could not be had.
pub async fn learn(base: &str, part: &str) -> bool {
    let now = language();
    if SPOKEN.with_borrow(|spoken| spoken.parts.iter().any(|known| known == part)) {
        return true;
    }
    let Some(file) = fetch(base, now, part).await else { return false };
    SPOKEN.with_borrow_mut(|spoken| {
        if spoken.language == now {
            spoken.catalogue.add(&file);
            spoken.parts.push(part.to_owned());
        }
        spoken.language == now
    })
}

/// The language spoken now.
pub fn language() -> Language {
    SPOKEN.with_borrow(|spoken| spoken.language)
}

/// Whether any catalogue has arrived yet.
pub fn is_speechless() -> bool {
    SPOKEN.with_borrow(|spoken| spoken.catalogue.is_empty())
}

/// `language` as `Intl` wants it.
pub fn locales(language: Language) -> Array {
    // "English" of no country would write dates the American way; most readers of 20/11 are elsewhere.
    let tag = if language == Language::English { "en-GB" } else { language.tag() };
    Array::of1(&tag.into())
}

/// The message `key`.
pub fn say(key: &str) -> String {
    say_with(key, &[])
}

/// The message `key` with values filled in; [`say!`](crate::say) is shorter.
pub fn say_with(key: &str, values: Values<'_>) -> String {
    SPOKEN.with_borrow(|spoken| spoken.catalogue.say(key, values, spoken))
}

/// `say!("key", name = value, …)`: a message with values.
#[macro_export]
macro_rules! say {
    ($key:expr $(, $name:ident = $value:expr)+ $(,)?) => {
        $crate::words::say_with($key, &[$((stringify!($name), $crate::catalogue::Value::from($value))),+])
    };
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_locale_is_known_by_its_language() {
        assert_eq!(Language::of_locale("da-DK"), Some(Language::Danish));
        assert_eq!(Language::of_locale("EN_us"), Some(Language::English));
        assert_eq!(Language::of_locale("pt-br"), None);
        assert_eq!(Language::of_locale(""), None);
    }
}
