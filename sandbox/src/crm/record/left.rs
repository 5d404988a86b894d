//! Left column: who or what this is, its stage, and its properties by group, with the dialogs that change them.

use maud::{Markup, html};

use crate::{
    assets::icon,
    crm::{Here, format, list},
    hubspot::{
        model::{At, Kind, Record},
        properties::{self, PropertyDef},
        time,
    },
};

use super::noun;

/// Properties of the first pane; other groups follow as a whole.
fn about(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Company => &[
            "hubspot_owner_id",
            "domain",
            "phone",
            "address",
            "zip",
            "city",
            "country",
            "industry",
            "numberofemployees",
            "description",
        ],
        Kind::Deal => &["hubspot_owner_id", "pipeline", "amount", "closedate", "dealtype", "description"],
        _ => &[
            "email",
            "phone",
            "mobilephone",
            "hubspot_owner_id",
            "jobtitle",
            "company",
            "address",
            "zip",
            "city",
            "country",
            "lifecyclestage",
            "hs_lead_status",
            "hs_language",
        ],
    }
}

pub fn show(here: &Here<'_>, at: At, record: &Record, title: &str) -> Markup {
    let portal = here.portal;
    let kind = at.kind;
    let path = list::record_path(portal, at);
    let lower = noun(kind).to_lowercase();
    let first: Vec<&PropertyDef> =
        about(kind).iter().filter_map(|name| properties::find(portal, kind, name)).collect();
    let main_group = first.first().map(|property| property.group.clone()).unwrap_or_default();
    let groups: Vec<(String, Vec<&PropertyDef>)> = properties::groups(portal, kind)
        .into_iter()
        .filter(|group| group.name != main_group)
        .map(|group| {
            let shown = |p: &&PropertyDef| p.group == group.name && !p.hidden && !p.sensitive;
            (group.label, properties::all(portal, kind).filter(shown).collect())
        })
        .filter(|(_, list): &(String, Vec<&PropertyDef>)| !list.is_empty())
        .collect();
    html! {
        section.pane aria-label=(noun(kind)) {
            div.pad.stack {
                div.stack.tight {
                    p.detail { a href=(format!("/contacts/{}/objects/{}/views", portal.id, kind.type_id())) { (list::heading(kind)) } }
                    h1.as-h2 dir="auto" { (title) }
                    (second_line(here, at, record))
                }
                @if kind == Kind::Deal { (stage(here, record, &path)) }
                div.acts {
                    button.btn.small type="button" data-dialog="note-dialog" { (icon("note")) "Note" }
                }
            }
        }
        section.pane {
            header { h2.as-h4 { "About this " (lower) } button.btn.transparent.small type="button" data-dialog="edit-about" aria-label=(format!("Edit about this {lower}")) { "Edit" } }
            div.pad { (values(here, kind, record, &first)) }
        }
        @for (n, (label, list)) in groups.iter().enumerate() {
            section.pane {
                header { h2.as-h4 { (label) } button.btn.transparent.small type="button" data-dialog=(format!("edit-{n}")) aria-label=(format!("Edit {label}")) { "Edit" } }
                div.pad { (values(here, kind, record, list)) }
            }
        }
        (note_dialog(&path))
        (edit_dialog(here, "edit-about", &format!("About this {lower}"), &path, kind, record, &names_first(here, kind, &first)))
        @for (n, (label, list)) in groups.iter().enumerate() { (edit_dialog(here, &format!("edit-{n}"), label, &path, kind, record, list)) }
    }
}

/// The dialog of the first pane also changes what makes the title.
fn names_first<'a>(here: &Here<'a>, kind: Kind, first: &[&'a PropertyDef]) -> Vec<&'a PropertyDef> {
    let names: &[&str] = match kind {
        Kind::Company => &["name"],
        Kind::Deal => &["dealname"],
        _ => &["firstname", "lastname"],
    };
    let portal = here.portal;
    names
        .iter()
        .filter_map(|name| properties::find(portal, kind, name))
        .chain(first.iter().copied())
        .collect()
}

fn second_line(here: &Here<'_>, at: At, record: &Record) -> Markup {
    let portal = here.portal;
    match at.kind {
        Kind::Deal => {
            let closes =
                format::value(portal, at.kind, record, "closedate").map(|date| format!("closes {date}"));
            let parts: Vec<String> = format::money(portal, record).into_iter().chain(closes).collect();
            html! { p.subtle { (parts.join(" · ")) } }
        }
        Kind::Company => {
            let parts: Vec<&str> = ["domain", "city"].iter().filter_map(|name| record.get(name)).collect();
            html! { p.subtle { (parts.join(" · ")) } }
        }
        _ => html! {
            @if let Some(job) = record.get("jobtitle") {
                p.subtle dir="auto" { (job) @if let Some(firm) = portal.primary_company(at) { " at " a href=(list::record_path(portal, firm)) { (portal.title(firm)) } } }
            }
            @if record.get("email").is_none() { p { span.tag.warning { (icon("s-info")) "No email address" } } }
        },
    }
}

fn stage(here: &Here<'_>, record: &Record, path: &str) -> Markup {
    let current = record.get("dealstage").unwrap_or_default();
    let options =
        properties::find(here.portal, Kind::Deal, "dealstage").map(|property| property.options.as_slice());
    html! {
        form.field method="post" action=(format!("{path}/properties")) {
            label for="stage" { "Stage" }
            div.select {
                select #stage name="dealstage" data-submit { @for option in options.unwrap_or_default() {
                    option value=(option.value) selected[option.value == current] { (option.label) }
                } }
                (icon("down"))
            }
            noscript { button.btn.small { "Change stage" } }
        }
    }
}

fn values(here: &Here<'_>, kind: Kind, record: &Record, list: &[&PropertyDef]) -> Markup {
    html! {
        dl.props { @for property in list { div {
            dt { (property.label) }
            @match format::value(here.portal, kind, record, &property.name) {
                Some(text) => dd dir="auto" { (text) },
                None => dd.subtle { "–" },
            }
        } } }
    }
}

fn note_dialog(path: &str) -> Markup {
    html! {
        dialog.dialog #note-dialog aria-labelledby="note-title" {
            form method="post" action=(format!("{path}/notes")) {
                header { h2 #note-title { "Note" } (dismiss_cross()) }
                div.body { div.field { label for="note-text" { "Text" } textarea.textarea #note-text name="text" required rows="5" {} } }
                footer { button.btn type="button" data-dismiss { "Cancel" } button.btn.primary { "Save note" } }
            }
        }
    }
}

fn dismiss_cross() -> Markup {
    html! { button.btn.transparent.square.small type="button" data-dismiss aria-label="Close" { (icon("close")) } }
}

fn edit_dialog(
    here: &Here<'_>,
    id: &str,
    title: &str,
    path: &str,
    kind: Kind,
    record: &Record,
    list: &[&PropertyDef],
) -> Markup {
    let writable = list.iter().filter(|property| !property.read_only && !property.calculated);
    html! {
        dialog.dialog #(id) aria-labelledby=(format!("{id}-title")) {
            form method="post" action=(format!("{path}/properties")) {
                header { h2 #(format!("{id}-title")) { (title) } (dismiss_cross()) }
                div.body { @for property in writable { (field(here, id, kind, record, property)) } }
                footer { button.btn type="button" data-dismiss { "Cancel" } button.btn.primary { "Save" } }
            }
        }
    }
}

fn field(here: &Here<'_>, dialog: &str, _kind: Kind, record: &Record, property: &PropertyDef) -> Markup {
    let id = format!("{dialog}-{}", property.name);
    let held = record.get(&property.name).unwrap_or_default();
    if property.field == "checkbox" {
        let chosen: Vec<&str> = held.split(';').collect();
        return html! {
            fieldset {
                legend { (property.label) }
                // An empty value, so that nothing chosen clears the property.
                input type="hidden" name=(property.name) value="";
                @for option in &property.options {
                    label.check { input type="checkbox" name=(property.name) value=(option.value) checked[chosen.contains(&option.value.as_str())]; span { (option.label) } }
                }
            }
        };
    }
    let options: Vec<(String, String)> = if property.owner {
        let active = here.portal.owners.iter().filter(|owner| !owner.archived);
        active.map(|owner| (owner.id.to_string(), owner.name())).collect()
    } else if property.kind == "bool" {
        vec![("true".into(), "Yes".into()), ("false".into(), "No".into())]
    } else {
        property.options.iter().map(|option| (option.value.clone(), option.label.clone())).collect()
    };
    html! {
        div.field {
            label for=(id) { (property.label) }
            @if !options.is_empty() {
                div.select {
                    select #(id) name=(property.name) {
                        option value="" { "–" }
                        @for (value, label) in &options { option value=(value) selected[value == held] { (label) } }
                    }
                    (icon("down"))
                }
            } @else if property.field == "textarea" {
                textarea.textarea #(id) name=(property.name) rows="3" { (held) }
            } @else {
                @let kind = match property.kind.as_str() { "date" | "datetime" => "date", "number" => "text", _ => "text" };
                @let shown = if kind == "date" { time::parse(held).map(|ms| time::moment(ms).date_naive().to_string()).unwrap_or_default() } else { held.to_owned() };
                input.input #(id) name=(property.name) type=(kind) value=(shown) inputmode=[(property.kind == "number").then_some("decimal")];
            }
        }
    }
}
