//! What the Worker reads, what the guide tells, what the example holds and what the doctor knows are one list.

use std::{cell::RefCell, collections::BTreeSet};

use doctor::SETTINGS;
use edge_worker::config::Config;

const GUIDE: &str = include_str!("../../../docs/SELF-HOSTING.md");
const EXAMPLE: &str = include_str!("../../../.dev.vars.example");

/// Every name that the Worker asks for.
fn read_by_the_worker() -> BTreeSet<String> {
    let names = RefCell::new(BTreeSet::new());
    let _ = Config::read(|name| {
        names.borrow_mut().insert(name.to_owned());
        None
    });
    names.into_inner()
}

/// Rows of the guide's table, `` | `NAME` | … ``: the name, and whether it says secret.
fn told_in_the_guide() -> BTreeSet<(String, bool)> {
    let rows = GUIDE.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    rows.filter(|(name, _)| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        .map(|(name, rest)| (name.to_owned(), rest.contains("| secret |")))
        .collect()
}

/// Settings of the example, those that are commented out included.
fn in_the_example() -> BTreeSet<String> {
    let lines = EXAMPLE.lines().map(|line| line.strip_prefix('#').unwrap_or(line));
    lines
        .filter_map(|line| line.split_once('='))
        .map(|(name, _)| name.to_owned())
        .filter(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_'))
        .collect()
}

#[test]
fn every_setting_is_in_the_guide_the_example_and_the_doctor_and_no_other_is() {
    let read = read_by_the_worker();
    assert!(read.len() >= 12, "{read:?}");
    assert_eq!(in_the_example(), read, ".dev.vars.example");
    let guide: BTreeSet<String> = told_in_the_guide().into_iter().map(|(name, _)| name).collect();
    assert_eq!(guide, read, "docs/SELF-HOSTING.md");
    let doctor: BTreeSet<String> = SETTINGS.iter().map(|setting| setting.name.to_owned()).collect();
    assert_eq!(doctor, read, "the doctor's list");
}

#[test]
fn guide_and_doctor_agree_on_what_is_secret() {
    let doctor: BTreeSet<(String, bool)> =
        SETTINGS.iter().map(|setting| (setting.name.to_owned(), setting.is_secret)).collect();
    assert_eq!(told_in_the_guide(), doctor);
}

#[test]
fn the_example_as_it_is_does_not_pass_the_doctor() {
    let findings = doctor::env_file::examine(EXAMPLE);
    assert!(findings.iter().any(|finding| finding.is_fatal));
}
