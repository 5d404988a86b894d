//! The fields of a template that we fill, each with its value and how it stands.

use crate::{
    mapping::{Mapping, OnConflict, Via},
    merge::{
        Field, Source, State, VALUE_MAX_BYTES,
        asked::{Asked, Definition, asked, field_name},
        convert::convert,
        mapped::{mapped, owner_properties, property_of},
        value::{Property, RecordValues, found},
        wording::Wording,
    },
    record::ObjectType,
    tab::Tab,
    template::Template,
};

/// All that the fields are made from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The account's custom fields.
    pub definitions: &'a [Definition],
    /// The portal's, of the record's kind, that travel to DocuSign and are not paused.
    pub mappings: &'a [Mapping],
    /// Of the kinds of record that are given.
    pub properties: &'a [Property],
    /// The record the envelope is sent from, and those beside it. A field of a kind of record that is not here is not
    /// filled.
    pub records: &'a [RecordValues],
    pub wording: Wording<'a>,
}

/// Every field of `template` that asks for HubSpot data, in the order of the template. Tabs of one recipient that
/// ask for the same thing in the same kind of field are one field.
pub fn fields(template: &Template, sources: &Sources<'_>) -> Vec<Field> {
    let owner = owner_properties();
    let mut fields: Vec<Field> = Vec::new();
    for tab in &template.tabs {
        let want = match mapped(tab, sources.definitions, sources.mappings) {
            Some(mapping) => Want {
                object: mapping.property.via.leads_to(mapping.object).or(Some(mapping.object)),
                mapping: Some(mapping),
                property: property_of(mapping, sources.properties, &owner),
            },
            None => match asked(tab, sources.definitions, sources.properties) {
                Asked::Nothing => continue,
                Asked::Unknown => Want { object: None, mapping: None, property: None },
                Asked::Of(object, property) => Want { object: Some(object), mapping: None, property },
            },
        };
        let field = field(tab, &want, sources);
        match fields.iter_mut().find(|known| is_same(known, &field)) {
            None => fields.push(field),
            Some(known) => {
                known.tabs.extend(field.tabs);
                known.needed |= field.needed;
                if !known.labels.contains(&tab.label) {
                    known.labels.extend(field.labels);
                }
            }
        }
    }
    fields
}

fn is_same(one: &Field, other: &Field) -> bool {
    one.recipient == other.recipient
        && one.kind == other.kind
        && one.source == other.source
        // Without a property the name is all there is.
        && (one.source.is_some() || one.name == other.name)
        && one.locked == other.locked
        && one.state == other.state
        && one.value == other.value
        && one.choices == other.choices
}

/// What a tab is to be filled with.
struct Want<'a> {
    /// The kind of record; `None` where the field names none.
    object: Option<ObjectType>,
    mapping: Option<&'a Mapping>,
    property: Option<&'a Property>,
}

impl Want<'_> {
    fn via(&self) -> Via {
        self.mapping.map_or(Via::Record, |mapping| mapping.property.via)
    }
}

fn field(tab: &Tab, want: &Want<'_>, sources: &Sources<'_>) -> Field {
    let (state, value) = standing(tab, want, sources);
    Field {
        tabs: vec![tab.id.clone()],
        labels: vec![tab.label.clone()],
        kind: tab.kind.clone(),
        recipient: tab.recipient.clone(),
        name: field_name(tab, sources.definitions).to_owned(),
        source: want.property.map(|property| Source {
            object: want.object.unwrap_or(property.object),
            via: want.via(),
            property: property.name.clone(),
            label: property.label.clone(),
        }),
        value,
        state,
        needed: tab.sender_required || (tab.required && tab.locked),
        locked: tab.template_locked,
        choices: tab.choices.clone(),
    }
}

fn standing(tab: &Tab, want: &Want<'_>, sources: &Sources<'_>) -> (State, String) {
    // What goes out when we put nothing there.
    let own = || tab.value.trim().to_owned();
    if tab.template_locked {
        return (State::Locked, own());
    }
    if want.mapping.is_some_and(|mapping| mapping.conflict == OnConflict::Keep) && !own().is_empty() {
        return (State::Filled, own());
    }
    let Some(object) = want.object else { return (State::Unknown, own()) };
    let via = want.via();
    // An owner is no record: its kind says nothing.
    let is_it = |r: &&RecordValues| r.via == via && (via == Via::Owner || r.object == object);
    let record = match (sources.records.iter().find(is_it), want.mapping) {
        (Some(record), _) => record,
        (None, None) => return (State::OtherRecord, own()),
        // There is none beside the record.
        (None, Some(_)) if want.property.is_some() && own().is_empty() => return (State::Missing, own()),
        (None, Some(_)) if want.property.is_some() => return (State::Filled, own()),
        (None, Some(_)) => return (State::Unknown, own()),
    };
    let Some(property) = want.property else { return (State::Unknown, own()) };
    let value = match found(property, record, &sources.wording) {
        None if own().is_empty() => return (State::Missing, String::new()),
        None => return (State::Filled, own()),
        Some(value) => value.and_then(|v| convert(&v, &tab.kind, &tab.choices, sources.wording.language)),
    };
    match value {
        Err(shown) => (State::WrongKind, shown),
        Ok(value) if value.len() > VALUE_MAX_BYTES => (State::TooLong, value),
        Ok(value) => (State::Filled, value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::sample::{role, template},
        merge::{
            PropertyKind,
            sample::{deal, definition, properties, property, record, tab, wording},
        },
        tab::TabKind,
    };
    use proptest::prelude::*;

    fn made(tabs: Vec<Tab>, records: &[RecordValues], language: &'static str) -> Vec<Field> {
        let definitions = [
            definition("d1", "HS Deal amount", "hs_deal_amount"),
            definition("d2", "HS Company city", "hs_company_city"),
        ];
        let template =
            Template { roles: vec![role("1", "Client", 1), role("2", "Company", 2)], tabs, ..template() };
        let properties = properties();
        let sources = Sources {
            definitions: &definitions,
            mappings: &[],
            properties: &properties,
            records,
            wording: wording(language),
        };
        fields(&template, &sources)
    }

    #[track_caller]
    fn check(tab: Tab, expected: (State, &str)) {
        let fields = made(vec![tab], &[deal()], "en");
        let found: Vec<_> = fields.iter().map(|f| (f.state, f.value.replace('\u{a0}', "_"))).collect();
        assert_eq!(found, [(expected.0, expected.1.to_owned())]);
    }

    fn text(label: &str) -> Tab {
        tab(TabKind::Text, label)
    }

    #[test]
    fn every_state_has_its_reason() {
        check(text("hs_deal_dealname"), (State::Filled, "Harbour cranes"));
        check(text("hs_deal_amount"), (State::Filled, "EUR_12,500.50"));
        check(text("hs_deal_closedate"), (State::Filled, "January 1, 2027"));
        check(text("hs_deal_auto_renews"), (State::Filled, "Yes"));
        check(text("hs_deal_payment_terms"), (State::Filled, "30 days net"));
        check(tab(TabKind::Checkbox, "hs_deal_auto_renews"), (State::Filled, "true"));
        check(tab(TabKind::Number, "hs_deal_amount"), (State::Filled, "12500.5"));
        check(text("hs_deal_renewal_date"), (State::Missing, ""));
        check(
            Tab { value: "to be agreed".into(), ..text("hs_deal_renewal_date") },
            (State::Filled, "to be agreed"),
        );
        check(tab(TabKind::Number, "hs_deal_dealname"), (State::WrongKind, "Harbour cranes"));
        check(text("hs_deal_hubspot_owner_id"), (State::WrongKind, "4711"));
        check(text("hs_deal_colour"), (State::Unknown, ""));
        check(Tab { name: "HS Weather".into(), ..text("Text 1") }, (State::Unknown, ""));
        check(text("hs_company_city"), (State::OtherRecord, ""));
        check(text("hs_company_colour"), (State::OtherRecord, ""));
        check(Tab { template_locked: true, ..text("hs_deal_amount") }, (State::Locked, ""));
    }

    #[test]
    fn four_thousand_bytes_are_the_most() {
        let deal = |name: &str| [record(ObjectType::Deal, &[("dealname", name)])];
        let state = |name: &str| made(vec![text("hs_deal_dealname")], &deal(name), "en")[0].state;
        assert_eq!(state(&"é".repeat(2000)), State::Filled);
        assert_eq!(state(&format!("{}x", "é".repeat(2000))), State::TooLong);
    }

    #[test]
    fn the_language_is_the_recipients() {
        let tabs = || {
            vec![text("hs_deal_amount"), text("hs_deal_closedate"), tab(TabKind::Number, "hs_deal_amount")]
        };
        let shown = |language| -> Vec<String> {
            made(tabs(), &[deal()], language).into_iter().map(|f| f.value.replace('\u{a0}', "_")).collect()
        };
        assert_eq!(shown("da"), ["12.500,50_EUR", "01.01.2027", "12500.5"]);
        assert_eq!(shown("en-gb"), ["EUR_12,500.50", "1 January 2027", "12500.5"]);
    }

    #[test]
    fn a_deal_names_its_own_currency() {
        let deal = record(ObjectType::Deal, &[("amount", "700"), ("deal_currency_code", "JPY")]);
        let fields = made(vec![text("hs_deal_amount")], &[deal], "en");
        assert_eq!(fields[0].value, "JPY\u{a0}700");
    }

    #[test]
    fn tabs_that_ask_for_the_same_are_one_field() {
        let fields = made(
            vec![
                text("hs_deal_amount"),
                Tab { id: "again".into(), ..text("hs_deal_amount") },
                Tab { name: "HS Deal amount".into(), ..text("Text 7") },
                Tab { recipient: "2".into(), ..text("hs_deal_amount") },
                tab(TabKind::Number, "hs_deal_amount"),
                Tab { required: true, locked: true, custom_id: Some("d1".into()), ..text("Text 8") },
            ],
            &[deal()],
            "en",
        );
        let shown: Vec<_> = fields
            .iter()
            .map(|f| (f.recipient.as_str(), f.tabs.len(), f.labels.join(","), f.needed))
            .collect();
        assert_eq!(
            shown,
            [
                ("1", 4, "hs_deal_amount,Text 7,Text 8".to_owned(), true),
                ("2", 1, "hs_deal_amount".to_owned(), false),
                ("1", 1, "hs_deal_amount".to_owned(), false),
            ]
        );
        assert!(fields.iter().all(|f| f.name == "HS Deal amount"));
    }

    fn any_kind() -> impl Strategy<Value = TabKind> {
        prop::sample::select(vec![
            TabKind::Text,
            TabKind::Number,
            TabKind::Date,
            TabKind::Email,
            TabKind::Checkbox,
            TabKind::List,
            TabKind::Radio,
            TabKind::Signature,
        ])
    }

    proptest! {
        #[test]
        fn a_filled_field_holds_what_its_tab_takes(
            kind in any_kind(),
            raw in ".{0,20}|[0-9.,-]{1,8}|2026-[01][0-9]-[0-3][0-9]|true|a@b\\.example",
            property_kind in 0usize..7,
            language in "en|da|fr|xx",
        ) {
            let kinds = [PropertyKind::Text, PropertyKind::Number, PropertyKind::Money, PropertyKind::Bool,
                PropertyKind::Date, PropertyKind::DateTime, PropertyKind::Options(Vec::new())];
            let property = property("thing", kinds[property_kind].clone());
            let record = record(ObjectType::Deal, &[("thing", &raw)]);
            let template = Template { tabs: vec![tab(kind, "hs_deal_thing")], ..template() };
            let wording = Wording { language: &language, ..wording("en") };
            let sources = Sources { definitions: &[], mappings: &[], properties: &[property], records: &[record], wording };
            for field in fields(&template, &sources) {
                prop_assert_eq!(field.value.is_empty(), field.state == State::Missing);
                if field.state == State::Filled {
                    prop_assert!(crate::merge::fits(&field.value, &field.kind, &field.choices), "{:?}", field);
                }
            }
        }
    }
}
