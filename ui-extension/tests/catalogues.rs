//! The catalogues are complete: every language has every message with the same variables, every key that the
//! code says exists, and so does a sentence for every error, problem and notice. Each message is also held
//! against Fluent's reference implementation, since `catalogue.rs` reads only a part of the syntax.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};
use shared::{
    after_send::{correction::Wrong, doable::Why, history::DONE},
    draft::Problem,
    error::Code,
    mapping::Flaw,
    prefill::Notice,
    settings::{Todo, audit::Action},
    template::RecipientKind,
};
use ui_extension::{
    catalogue::{Catalogue, Numbers, Value},
    words::Language,
};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

const PARTS: [&str; 5] = ["app.ftl", "wizard.ftl", "edit.ftl", "settings.ftl", "detail.ftl"];

fn part(language: Language, name: &str) -> String {
    let path = root().join("locales").join(language.tag()).join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All that is said in a language, what lazy screens say included.
fn file(language: Language) -> String {
    PARTS.map(|name| part(language, name)).join("\n")
}

fn catalogue(language: Language) -> Catalogue {
    Catalogue::read(&file(language))
}

/// The `$variables` of a pattern.
fn variables(pattern: &str) -> BTreeSet<String> {
    let names = pattern.split('$').skip(1);
    names.map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()).collect()
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
}

/// Every text literal of the code that looks like a key.
fn literals() -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    files.iter().flat_map(|file| file.split('"').map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// The keys that the code says outright, `say("…")` or `say!("…"`.
fn said() -> BTreeSet<String> {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    let mut keys = BTreeSet::new();
    for file in files {
        let file = file.split("#[cfg(test)]").next().unwrap().replace(['\n', ' '], "");
        for start in ["say(\"", "say!(\""] {
            keys.extend(
                file.split(start).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned),
            );
        }
    }
    keys.retain(|key| key != "key");
    keys
}

#[test]
fn every_language_has_the_same_messages_with_the_same_variables() {
    let shape = |language, name| -> BTreeMap<String, BTreeSet<String>> {
        let catalogue = Catalogue::read(&part(language, name));
        catalogue.keys().map(|key| (key.to_owned(), variables(catalogue.pattern(key).unwrap()))).collect()
    };
    for name in PARTS {
        let english = shape(Language::English, name);
        for language in Language::ALL {
            assert_eq!(shape(language, name), english, "{language:?} against English in {name}");
        }
    }
}

#[test]
fn every_key_that_the_code_says_has_a_message() {
    let catalogue = catalogue(Language::English);
    let keys = said();
    assert!(keys.len() > 100, "the code was not read: {} keys", keys.len());
    let missing: Vec<_> = keys.iter().filter(|key| !catalogue.has(key)).collect();
    assert!(missing.is_empty(), "no message for {missing:?}");
}

#[test]
fn every_error_problem_notice_and_kind_has_its_sentence() {
    let catalogue = catalogue(Language::English);
    let codes = Code::ALL.iter().map(|code| code.name()).chain(["network"]);
    let errors = codes.flat_map(|name| [format!("error-{name}"), format!("error-{name}-fix")]);
    let problems = Problem::NAMES.iter().map(|name| format!("problem-{name}"));
    let notices = Notice::NAMES.iter().map(|name| format!("notice-{name}"));
    let kinds = RecipientKind::OFFERED.iter().chain(&[RecipientKind::Witness]);
    let kinds = kinds.map(|kind| format!("kind-{}", kind.array_name()));
    let settings = Todo::ALL.iter().map(|todo| format!("todo-{}", todo.name()));
    let settings = settings.chain(Action::ALL.iter().map(|action| format!("audit-{}", action.name())));
    let settings = settings.chain(Flaw::ALL.iter().map(|flaw| format!("mapping-{}", flaw.name())));
    let after = Why::ALL.iter().map(|why| format!("why-{}", why.name()));
    let after = after.chain(Wrong::ALL.iter().map(|wrong| format!("wrong-{}", wrong.name())));
    let after = after.chain(DONE.iter().map(|what| format!("did-{what}")));
    let wanted = errors.chain(problems).chain(notices).chain(kinds).chain(settings).chain(after);
    let missing: Vec<_> = wanted.filter(|key| !catalogue.has(key)).collect();
    assert!(missing.is_empty(), "no message for {missing:?}");
}

#[test]
fn no_message_is_left_over() {
    let literals = literals();
    let built = [
        "error-",
        "problem-",
        "notice-",
        "kind-",
        "option-",
        "todo-",
        "audit-",
        "mapping-",
        "subject-",
        "intro-",
        "object-",
        "via-",
        "owner-",
        "sentence-",
        "direction-",
        "when-",
        "not-done-",
        "not-written-",
        "holds-",
        "tab-",
        "note-",
        "tried-",
        "try-record-",
        "why-",
        "wrong-",
        "did-",
        "told-",
        "face-",
    ];
    let catalogue = catalogue(Language::English);
    let idle: Vec<_> = catalogue
        .keys()
        .filter(|key| !literals.contains(*key) && !built.iter().any(|start| key.starts_with(start)))
        .collect();
    assert!(idle.is_empty(), "nobody says {idle:?}");
}

struct English;

impl Numbers for English {
    fn category(&self, number: usize) -> String {
        if number == 1 { "one".to_owned() } else { "other".to_owned() }
    }
    fn write(&self, number: usize) -> String {
        number.to_string()
    }
}

#[test]
fn every_message_says_what_the_reference_implementation_says() {
    for language in Language::ALL {
        let resource =
            FluentResource::try_new(file(language)).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
        let mut bundle = FluentBundle::new(vec![language.tag().parse().unwrap()]);
        // Marks around variables are for mixed directions, which our languages do not have.
        bundle.set_use_isolating(false);
        // A lazy screen may say some things of the whole app in words of its own.
        bundle.add_resource_overriding(resource);
        let ours = catalogue(language);
        for key in ours.keys() {
            let message = bundle.get_message(key).and_then(|message| message.value());
            let message = message.unwrap_or_else(|| panic!("{language:?} {key}: not a message to Fluent"));
            for number in [0usize, 1, 2, 7] {
                for text in ["deal", "contact", "company", "Ann"] {
                    let names = variables(ours.pattern(key).unwrap());
                    let is_text = |name: &str| !NUMBERS.contains(&name);
                    let values: Vec<(&str, Value<'_>)> = names
                        .iter()
                        .map(|name| (name.as_str(), if is_text(name) { text.into() } else { number.into() }))
                        .collect();
                    let mut arguments = FluentArgs::new();
                    for name in &names {
                        if is_text(name) {
                            arguments.set(name.as_str(), text);
                        } else {
                            arguments.set(name.as_str(), number);
                        }
                    }
                    let mut errors = Vec::new();
                    let theirs = bundle.format_pattern(message, Some(&arguments), &mut errors);
                    assert!(errors.is_empty(), "{language:?} {key}: {errors:?}");
                    assert_eq!(ours.say(key, &values, &English), theirs, "{language:?} {key}");
                }
            }
        }
    }
}

/// The variables that hold numbers.
const NUMBERS: [&str; 13] = [
    "count",
    "shown",
    "total",
    "signed",
    "of",
    "seconds",
    "step",
    "steps",
    "contacts",
    "placeholders",
    "number",
    "chars",
    "max",
];
