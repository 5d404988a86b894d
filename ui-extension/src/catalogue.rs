//! A language catalogue: Fluent files (`locales/<language>/*.ftl`), read and put into words.
//!
//! The files are Project Fluent syntax, of which this reads what our texts use: messages over one or more
//! lines, `{ $variable }`, `{ "literal" }`, and `{ $variable -> [key] text *[other] text }` not nested in
//! another. Terms, attributes and functions are refused by the tests, which also hold every message against
//! the reference implementation. `fluent-bundle` itself is 55 kB of wasm (brotli, measured alone) beside a
//! first load of which all may have 150 kB; plural rules and numbers are in the browser already, as `Intl`.
//!
//! Limits: a message that is missing shows its key; a variable that is missing shows its name in braces.

/// What stands in for `{ $name }`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    Text(&'a str),
    Number(usize),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Value<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number as usize)
    }
}

/// Values by name, as a message asks for them.
pub type Values<'a> = &'a [(&'a str, Value<'a>)];

/// How a language counts and writes numbers. The browser answers with `Intl`, a test with English.
pub trait Numbers {
    /// The CLDR plural category: `one`, `few`, `other` …
    fn category(&self, number: usize) -> String;
    fn write(&self, number: usize) -> String;
}

/// The messages of one language: keys and raw patterns. A list: a map would be faster by what nobody can
/// notice, and bigger by 3 kB.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    messages: Vec<(String, String)>,
}

impl Catalogue {
    /// Reads a `.ftl` file. Lines that are not understood are passed over: a broken message must not
    /// take the others with it.
    pub fn read(file: &str) -> Self {
        let mut catalogue = Self::default();
        catalogue.add(file);
        catalogue
    }

    /// Reads a further file of the same language. A key that is known already gets the newer
    /// message: a lazy screen may put an error into words of its own.
    pub fn add(&mut self, file: &str) {
        let messages = &mut self.messages;
        let mut open: Option<(String, String)> = None;
        for line in file.lines() {
            let indented = line.starts_with([' ', '}']);
            if let Some((_, pattern)) = open.as_mut().filter(|_| indented || line.trim().is_empty()) {
                if !pattern.is_empty() {
                    pattern.push('\n');
                }
                pattern.push_str(line.trim());
                continue;
            }
            if let Some((key, pattern)) = open.take() {
                messages.push((key, pattern.trim_end().to_owned()));
            }
            if let Some((key, pattern)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
                open = Some((key.trim().to_owned(), pattern.trim().to_owned()));
            }
        }
        if let Some((key, pattern)) = open {
            messages.push((key, pattern.trim_end().to_owned()));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.messages.is_empty()
    }

    pub fn has(&self, key: &str) -> bool {
        self.pattern(key).is_some()
    }

    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.messages.iter().map(|(key, _)| key.as_str())
    }

    /// The raw pattern.
    pub fn pattern(&self, key: &str) -> Option<&str> {
        self.messages.iter().rev().find(|(known, _)| known == key).map(|(_, pattern)| pattern.as_str())
    }

    /// The message in words.
    pub fn say(&self, key: &str, values: Values<'_>, numbers: &dyn Numbers) -> String {
        match self.pattern(key) {
            Some(pattern) => {
                let mut text = String::with_capacity(pattern.len() + 16);
                fill(pattern, values, numbers, &mut text);
                text
            }
            None => key.to_owned(),
        }
    }
}

/// Writes `pattern` into `text`, placeables filled in.
fn fill(pattern: &str, values: Values<'_>, numbers: &dyn Numbers, text: &mut String) {
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let end = closing(after);
        let (placeable, tail) = after.split_at_checked(end).unwrap_or((after, ""));
        place(placeable.trim(), values, numbers, text);
        rest = tail.strip_prefix('}').unwrap_or(tail);
    }
    text.push_str(rest);
}

/// Where the brace that is already open closes; the end of the text if it never does.
fn closing(text: &str) -> usize {
    let mut depth = 1usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

fn place(placeable: &str, values: Values<'_>, numbers: &dyn Numbers, text: &mut String) {
    if let Some(literal) = placeable.strip_prefix('"') {
        text.push_str(literal.trim_end_matches('"'));
        return;
    }
    let (selector, variants) = match placeable.split_once("->") {
        Some((selector, variants)) => (selector, Some(variants)),
        None => (placeable, None),
    };
    let name = selector.trim().trim_start_matches('$');
    let value = values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
    match (variants, value) {
        (Some(variants), value) => fill(choose(variants, value, numbers), values, numbers, text),
        (None, Some(Value::Text(value))) => text.push_str(value),
        (None, Some(Value::Number(value))) => text.push_str(&numbers.write(value)),
        (None, None) => {
            text.push('{');
            text.push_str(name);
            text.push('}');
        }
    }
}

/// The variant for `value`: its exact key, else its plural category, else the one marked `*`.
fn choose<'p>(variants: &'p str, value: Option<Value<'_>>, numbers: &dyn Numbers) -> &'p str {
    let (exact, category) = match value {
        Some(Value::Text(value)) => (value.to_owned(), None),
        Some(Value::Number(value)) => (value.to_string(), Some(numbers.category(value))),
        None => (String::new(), None),
    };
    let mut by_category = None;
    let mut default = "";
    for line in variants.lines() {
        let starred = line.trim_start().starts_with('*');
        let Some((key, pattern)) = line.trim_start_matches(['*', ' ', '[']).split_once(']') else { continue };
        if !line.contains('[') {
            continue;
        }
        let pattern = pattern.trim();
        if key.trim() == exact {
            return pattern;
        }
        if category.as_deref() == Some(key.trim()) {
            by_category = Some(pattern);
        }
        if starred {
            default = pattern;
        }
    }
    by_category.unwrap_or(default)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct English;

    impl Numbers for English {
        fn category(&self, number: usize) -> String {
            if number == 1 { "one".into() } else { "other".into() }
        }
        fn write(&self, number: usize) -> String {
            number.to_string()
        }
    }

    fn said(file: &str, values: Values<'_>) -> String {
        Catalogue::read(file).say("key", values, &English)
    }

    #[test]
    fn a_message_is_its_text() {
        assert_eq!(said("# a comment\nkey = Plain text\nother = No", &[]), "Plain text");
    }

    #[test]
    fn a_message_goes_on_over_indented_lines() {
        assert_eq!(said("key =\n    One\n    two\n\nother = x", &[]), "One\ntwo");
    }

    #[test]
    fn variables_and_literals_are_filled_in() {
        let values: Values<'_> = &[("name", "Ann".into()), ("count", 3u32.into())];
        assert_eq!(
            said("key = { $name } has {$count}{\" \"}left, { $nobody }", values),
            "Ann has 3 left, {nobody}"
        );
    }

    #[test]
    fn a_selection_takes_the_exact_key_then_the_category_then_the_default() {
        let file = "key =\n    { $count ->\n        [0] None\n        [one] One, { $count }\n       *[other] { $count } of them\n    } here";
        assert_eq!(said(file, &[("count", 0u32.into())]), "None here");
        assert_eq!(said(file, &[("count", 1u32.into())]), "One, 1 here");
        assert_eq!(said(file, &[("count", 7u32.into())]), "7 of them here");
        assert_eq!(said(file, &[]), "{count} of them here");
    }

    #[test]
    fn a_text_selects_by_its_own_words() {
        let file = "key = { $kind ->\n    [deal] the deal\n   *[contact] the contact\n}";
        assert_eq!(said(file, &[("kind", "deal".into())]), "the deal");
        assert_eq!(said(file, &[("kind", "moon".into())]), "the contact");
    }

    #[test]
    fn a_missing_message_shows_its_key() {
        assert_eq!(said("other = x", &[]), "key");
    }

    #[test]
    fn broken_braces_neither_panic_nor_loop() {
        for file in ["key = {", "key = { $a ->", "key = }{", "key = { $a -> [", "key = {{{}"] {
            said(file, &[]);
        }
    }
}
