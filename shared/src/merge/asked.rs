//! Which HubSpot property a tab asks for (docusign facts §5.2).
//!
//! A field is found by the custom field that the tab was made from, then by the tab's tooltip or name, then by its
//! label. Its property is told by the field's label, `hs_deal_amount`, and where that names none, by the field's
//! name, `HS Deal amount`. A tab whose own name or label is of that form needs no definition in the account: a
//! template that was copied from another account has none.

use std::collections::BTreeSet;

use crate::{
    mapping::{Mapping, Via},
    merge::{mapped::mapped, value::Property},
    record::ObjectType,
    tab::Tab,
    template::Template,
};

/// The deal's own currency; read along with any amount.
pub(crate) const CURRENCY_PROPERTY: &str = "deal_currency_code";

/// A custom field of the DocuSign account (its `tab_definitions`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    pub id: String,
    pub name: String,
    pub label: String,
}

/// What a tab wants to be filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked<'a> {
    /// Nothing of ours: the signer's business.
    Nothing,
    /// A property of this kind of record; `None` where it is not among those given.
    Of(ObjectType, Option<&'a Property>),
    /// It is one of our fields, and names no kind of record.
    Unknown,
}

/// What `tab` asks for, given the account's custom fields and the properties that are known.
pub fn asked<'a>(tab: &Tab, definitions: &[Definition], properties: &'a [Property]) -> Asked<'a> {
    let Some(field) = hs_field(tab, definitions) else { return Asked::Nothing };
    let hints = [hint_of_label(field.label), hint_of_name(field.name)];
    let mut object_named = None;
    for (object, hint) in hints.into_iter().flatten() {
        if let Some(property) = property(object, hint, properties) {
            return Asked::Of(object, Some(property));
        }
        object_named = object_named.or(Some(object));
    }
    object_named.map_or(Asked::Unknown, |object| Asked::Of(object, None))
}

/// The name of the custom field that a tab was made from, or else its own.
pub(crate) fn account_name<'t>(tab: &'t Tab, definitions: &'t [Definition]) -> &'t str {
    definition(tab, definitions).map_or_else(|| tab.name.trim(), |definition| definition.name.trim())
}

/// The name of the field that the tab stands for, as the account or else the tab has it.
pub(crate) fn field_name<'t>(tab: &'t Tab, definitions: &'t [Definition]) -> &'t str {
    hs_field(tab, definitions).map_or_else(|| tab.title(), |field| field.name)
}

/// The ways to the records whose properties must be known to tell what the template asks for, when it is sent from a
/// record of kind `object`.
pub fn ways_asked(
    template: &Template,
    definitions: &[Definition],
    mappings: &[Mapping],
    object: ObjectType,
) -> BTreeSet<Via> {
    let way = |tab| match mapped(tab, definitions, mappings) {
        Some(mapping) => Some(mapping.property.via),
        None => match asked(tab, definitions, &[]) {
            Asked::Of(asked, _) if asked == object => Some(Via::Record),
            _ => None,
        },
    };
    template.tabs.iter().filter_map(way).collect()
}

struct HsField<'t> {
    name: &'t str,
    label: &'t str,
}

fn hs_field<'t>(tab: &'t Tab, definitions: &'t [Definition]) -> Option<HsField<'t>> {
    if !tab.kind.takes_value() {
        return None;
    }
    let name = tab.name.trim();
    match definition(tab, definitions) {
        Some(found) => {
            is_ours(&found.name).then_some(HsField { name: found.name.trim(), label: &found.label })
        }
        None if is_ours(name) || hint_of_label(&tab.label).is_some() => {
            Some(HsField { name: tab.title(), label: &tab.label })
        }
        None => None,
    }
}

fn definition<'t>(tab: &Tab, definitions: &'t [Definition]) -> Option<&'t Definition> {
    let name = tab.name.trim();
    let by_id = definitions.iter().find(|d| Some(&d.id) == tab.custom_id.as_ref());
    let by_name = || definitions.iter().find(|d| !name.is_empty() && d.name.trim() == name);
    let by_label = || definitions.iter().find(|d| !d.label.is_empty() && d.label == tab.label);
    by_id.or_else(by_name).or_else(by_label)
}

fn is_ours(name: &str) -> bool {
    name.trim().starts_with("HS ")
}

/// `hs_deal_amount`
fn hint_of_label(label: &str) -> Option<(ObjectType, &str)> {
    let rest = label.trim().strip_prefix("hs_")?;
    let (object, hint) = rest.split_once('_')?;
    let object = ObjectType::ALL.into_iter().find(|known| word(*known) == object)?;
    (!hint.is_empty()).then_some((object, hint))
}

/// `HS Deal close date`
fn hint_of_name(name: &str) -> Option<(ObjectType, &str)> {
    let (object, hint) = name.trim().strip_prefix("HS ")?.trim_start().split_once(' ')?;
    let object = ObjectType::ALL.into_iter().find(|known| object.eq_ignore_ascii_case(word(*known)))?;
    Some((object, hint.trim()))
}

fn word(object: ObjectType) -> &'static str {
    match object {
        ObjectType::Contact => "contact",
        ObjectType::Company => "company",
        ObjectType::Deal => "deal",
    }
}

/// By its name; else by name or label in spite of spaces, underscores and capitals; else as `dealname` and
/// `Deal name` are meant by `name`.
fn property<'p>(object: ObjectType, hint: &str, properties: &'p [Property]) -> Option<&'p Property> {
    let of_object = || properties.iter().filter(|p| p.object == object);
    let bare = |text: &str| -> String {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let loosely = |wanted: String| {
        of_object().find(|p| !wanted.is_empty() && (bare(&p.name) == wanted || bare(&p.label) == wanted))
    };
    of_object()
        .find(|p| p.name == hint)
        .or_else(|| loosely(bare(hint)))
        .or_else(|| loosely([word(object), &bare(hint)].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        merge::sample::{definition, properties, tab},
        tab::TabKind,
    };

    const UI_LABEL: &str = "Text 2db4770d-0f0e-4a9c";

    fn definitions() -> Vec<Definition> {
        vec![
            definition("d1", "HS Deal amount", "hs_deal_amount"),
            definition("d2", "HS Deal close date", "Text 1"),
            definition("d3", "HS Company city", "hs_company_city"),
            definition("d4", "PO number", "po_number"),
            definition("d5", "HS Weather", "weather"),
        ]
    }

    #[track_caller]
    fn check(custom_id: &str, name: &str, label: &str, expected: &str) {
        let tab = Tab {
            custom_id: Some(custom_id.to_owned()).filter(|id| !id.is_empty()),
            name: name.into(),
            ..tab(TabKind::Text, label)
        };
        let (definitions, properties) = (definitions(), properties());
        let found = match asked(&tab, &definitions, &properties) {
            Asked::Nothing => "nothing".to_owned(),
            Asked::Unknown => "unknown".to_owned(),
            Asked::Of(object, property) => {
                format!("{}.{}", word(object), property.map_or("?", |p| p.name.as_str()))
            }
        };
        assert_eq!(found, expected, "{custom_id:?} {name:?} {label:?}");
    }

    #[test]
    fn a_tab_is_known_by_its_custom_field_then_its_name_then_its_label() {
        check("d1", "", UI_LABEL, "deal.amount");
        check("d1", "HS Deal close date", "hs_deal_dealname", "deal.amount");
        check("", "HS Deal amount", UI_LABEL, "deal.amount");
        check("", " HS Deal amount ", UI_LABEL, "deal.amount");
        check("", "HS Deal amount", "hs_deal_closedate", "deal.amount");
        check("", "", "hs_deal_amount", "deal.amount");
        check("", "Something else", "hs_deal_amount", "deal.amount");
        check("gone", "HS Deal amount", UI_LABEL, "deal.amount");
    }

    #[test]
    fn a_property_is_told_by_label_or_name() {
        check("d2", "", UI_LABEL, "deal.closedate");
        check("", "HS Deal Renewal Date", UI_LABEL, "deal.renewal_date");
        check("", "", "hs_deal_renewal_date", "deal.renewal_date");
        check("", "", "hs_deal_name", "deal.dealname");
        check("", "HS Deal name", UI_LABEL, "deal.dealname");
        check("", "HS deal Payment terms", UI_LABEL, "deal.payment_terms");
        check("d3", "", UI_LABEL, "company.?");
        check("", "HS Deal colour", UI_LABEL, "deal.?");
        check("d5", "", UI_LABEL, "unknown");
        check("", "HS Weather", UI_LABEL, "unknown");
    }

    #[test]
    fn other_tabs_are_none_of_our_business() {
        check("d4", "", UI_LABEL, "nothing");
        check("", "PO number", UI_LABEL, "nothing");
        check("", "Position", "Position", "nothing");
        check("", "hs deal amount", UI_LABEL, "nothing");
        check("", "HSBC branch", UI_LABEL, "nothing");
        check("", "", "hs_deal_", "nothing");
        check("", "", "hs_ticket_subject", "nothing");
        check("", "", "", "nothing");
        let signature = Tab { name: "HS Deal amount".into(), ..tab(TabKind::Signature, "hs_deal_amount") };
        assert_eq!(asked(&signature, &definitions(), &properties()), Asked::Nothing);
    }
}
