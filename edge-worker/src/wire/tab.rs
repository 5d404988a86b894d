//! DocuSign's tabs, custom fields and pages, and what they are in our words. Each kind has an array of its own inside a recipient's `tabs`.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shared::{
    api::Page,
    merge::Definition,
    sorted,
    tab::{Choice, Place, Tab, TabKind, usual_size},
};

use super::lenient::{flag, list, maybe, maybe_flag, number, text};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct TabWire {
    #[serde(deserialize_with = "text")]
    tab_id: String,
    #[serde(deserialize_with = "text")]
    tab_label: String,
    /// Stands in for the label in a radio group.
    #[serde(deserialize_with = "text")]
    group_name: String,
    #[serde(deserialize_with = "text")]
    tooltip: String,
    #[serde(deserialize_with = "text")]
    name: String,
    #[serde(deserialize_with = "maybe")]
    custom_tab_id: Option<String>,
    #[serde(deserialize_with = "text")]
    value: String,
    #[serde(deserialize_with = "text")]
    list_selected_value: String,
    #[serde(deserialize_with = "flag")]
    selected: bool,
    #[serde(deserialize_with = "flag")]
    locked: bool,
    #[serde(deserialize_with = "flag")]
    template_locked: bool,
    #[serde(deserialize_with = "flag")]
    required: bool,
    #[serde(deserialize_with = "flag")]
    sender_required: bool,
    #[serde(deserialize_with = "text")]
    document_id: String,
    #[serde(deserialize_with = "text")]
    page_number: String,
    #[serde(deserialize_with = "text")]
    x_position: String,
    #[serde(deserialize_with = "text")]
    y_position: String,
    #[serde(deserialize_with = "text")]
    width: String,
    #[serde(deserialize_with = "text")]
    height: String,
    #[serde(deserialize_with = "list")]
    list_items: Option<Vec<ItemWire>>,
    #[serde(deserialize_with = "list")]
    radios: Option<Vec<TabWire>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct ItemWire {
    #[serde(deserialize_with = "text")]
    text: String,
    #[serde(deserialize_with = "text")]
    value: String,
    #[serde(deserialize_with = "flag")]
    selected: bool,
}

/// `GET /tab_definitions`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct DefinitionList {
    #[serde(deserialize_with = "list")]
    pub tabs: Option<Vec<DefinitionWire>>,
}

/// One of the account's custom fields.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DefinitionWire {
    #[serde(deserialize_with = "text")]
    custom_tab_id: String,
    #[serde(deserialize_with = "text")]
    name: String,
    #[serde(deserialize_with = "text")]
    tab_label: String,
    #[serde(rename = "type", deserialize_with = "text")]
    kind: String,
    #[serde(deserialize_with = "maybe_flag")]
    shared: Option<bool>,
}

impl DefinitionWire {
    pub fn id(&self) -> &str {
        &self.custom_tab_id
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn label(&self) -> &str {
        &self.tab_label
    }

    /// Only its maker may use it.
    pub fn is_private(&self) -> bool {
        self.shared == Some(false)
    }

    /// What kind of tab is made of it.
    pub fn kind(&self) -> TabKind {
        match self.kind.to_ascii_lowercase().as_str() {
            "number" => TabKind::Number,
            "numerical" => TabKind::Numerical,
            "date" => TabKind::Date,
            "email" => TabKind::Email,
            "checkbox" => TabKind::Checkbox,
            "list" => TabKind::List,
            "radio" | "radiogroup" => TabKind::Radio,
            _ => TabKind::Text,
        }
    }

    pub fn definition(self) -> Definition {
        Definition { id: self.custom_tab_id, name: self.name, label: self.tab_label }
    }
}

/// `GET …/pages`: facts about the pages, not the pictures.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageListWire {
    #[serde(deserialize_with = "list")]
    pub pages: Option<Vec<PageWire>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageWire {
    #[serde(deserialize_with = "number")]
    sequence: Option<u32>,
    #[serde(deserialize_with = "text")]
    width: String,
    #[serde(deserialize_with = "text")]
    height: String,
    #[serde(deserialize_with = "text")]
    dpi: String,
}

impl PageWire {
    /// In points; a page that says nothing useful of itself is taken for US Letter.
    pub fn page(&self) -> Page {
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite() && *n > 0.0);
        let dpi = number(&self.dpi).unwrap_or(72.0);
        let points =
            |pixels: Option<f64>| pixels.map(|p| p * 72.0 / dpi).filter(|p| (1.0..100_000.0).contains(p));
        match (points(number(&self.width)), points(number(&self.height))) {
            (Some(width), Some(height)) => Page {
                number: self.sequence.unwrap_or(0),
                width: width.round() as u32,
                height: height.round() as u32,
            },
            _ => Page { number: self.sequence.unwrap_or(0), width: 612, height: 792 },
        }
    }
}

/// All tabs of the recipients in a `recipients` object: recipient by recipient, and of each in reading order.
pub fn tabs(recipients: &Map<String, Value>) -> Vec<Tab> {
    let mut all = Vec::new();
    for recipient in recipients.values().filter_map(Value::as_array).flatten() {
        let id = recipient.get("recipientId").and_then(Value::as_str).unwrap_or_default();
        let Some(groups) = recipient.get("tabs").and_then(Value::as_object) else { continue };
        let mut theirs: Vec<Tab> = Vec::new();
        for (array, items) in groups {
            for item in items.as_array().into_iter().flatten() {
                if let Ok(wire) = crate::json::of::<TabWire>(item.clone()) {
                    theirs.push(wire.tab(TabKind::from_array_name(array), id));
                }
            }
        }
        in_reading_order(&mut theirs);
        all.extend(theirs);
    }
    all
}

/// By document, page, and place on it from the top left; what counts most is sorted by last.
fn in_reading_order(tabs: &mut [Tab]) {
    let place = |tab: &Tab| tab.place.or_else(|| tab.choices.iter().find_map(|choice| choice.place));
    let from_least = |pixels: i32| u64::from(pixels.abs_diff(i32::MIN));
    sorted::by_number(tabs, |tab| {
        place(tab).map_or(0, |place| from_least(place.y) << 32 | from_least(place.x))
    });
    sorted::by_number(tabs, |tab| sorted::or_last(place(tab).map(|place| place.page)));
    sorted::by_text(tabs, |tab| tab.document.clone());
    sorted::by_number(tabs, |tab| sorted::or_last(tab.document.parse().ok()));
}

impl TabWire {
    fn tab(self, kind: TabKind, recipient: &str) -> Tab {
        let place = if kind == TabKind::Radio { None } else { self.place(&kind) };
        let radios = self.radios.unwrap_or_default();
        let items = self.list_items.unwrap_or_default();
        let value = match kind {
            TabKind::Checkbox if self.selected => "true".to_owned(),
            TabKind::Checkbox => String::new(),
            TabKind::Radio => {
                radios.iter().find(|radio| radio.selected).map_or(self.value, |radio| radio.value.clone())
            }
            TabKind::List => {
                let chosen = items.iter().find(|item| item.selected).map(|item| item.value.clone());
                chosen.unwrap_or(if self.value.is_empty() { self.list_selected_value } else { self.value })
            }
            _ => self.value,
        };
        let id = radios.first().filter(|_| self.tab_id.is_empty()).map_or(self.tab_id, |r| r.tab_id.clone());
        let button = |radio: &TabWire| Choice {
            value: radio.value.clone(),
            text: radio.value.clone(),
            place: radio.place(&TabKind::Radio),
        };
        let item = |item: &ItemWire| Choice {
            value: item.value.clone(),
            text: if item.text.is_empty() { item.value.clone() } else { item.text.clone() },
            place: None,
        };
        let choices = radios.iter().map(button).chain(items.iter().map(item)).collect();
        Tab {
            id,
            label: if kind == TabKind::Radio { self.group_name } else { self.tab_label },
            name: if self.tooltip.trim().is_empty() { self.name } else { self.tooltip },
            custom_id: self.custom_tab_id,
            value,
            locked: self.locked,
            template_locked: self.template_locked,
            required: self.required,
            sender_required: self.sender_required,
            recipient: recipient.to_owned(),
            document: self.document_id,
            place,
            choices,
            kind,
        }
    }

    /// `None` without a page or a position: DocuSign has yet to place it.
    fn place(&self, kind: &TabKind) -> Option<Place> {
        let (usual_width, usual_height) = usual_size(kind);
        let size = |text: &str, usual| {
            points(text).and_then(|p| u32::try_from(p).ok()).filter(|p| *p > 0).unwrap_or(usual)
        };
        Some(Place {
            page: self.page_number.trim().parse().ok().filter(|page| *page > 0)?,
            x: points(&self.x_position)?,
            y: points(&self.y_position)?,
            width: size(&self.width, usual_width),
            height: size(&self.height, usual_height),
        })
    }
}

/// Whole points; DocuSign writes `72`, `72.5` and now and then `72.000000`.
fn points(text: &str) -> Option<i32> {
    let number: f64 = text.trim().parse().ok()?;
    (number.is_finite() && number.abs() < 100_000.0).then(|| number.round() as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Vec<Tab> {
        tabs(&serde_json::from_str(json).expect("JSON"))
    }

    #[test]
    fn tabs_come_in_reading_order_with_their_recipient() {
        let tabs = read(
            r#"{"signers":[{"recipientId":"1","tabs":{
                 "textTabs":[{"tabId":"b","tabLabel":"B","name":"HS Deal amount","tooltip":" ","documentId":"1","pageNumber":"2","xPosition":"10","yPosition":"5"},
                             {"tabId":"a","tabLabel":"A","tooltip":"Tip","name":"Name","customTabId":"9f","value":"v","locked":"true","documentId":"1","pageNumber":1,"xPosition":"72.5","yPosition":"400","width":"250","height":15}],
                 "signHereTabs":[{"tabId":"s","tabLabel":"Sign","documentId":"1","pageNumber":"1","xPosition":"100","yPosition":"700"}],
                 "checkboxTabs":[{"tabId":"c","tabLabel":"C","selected":"true","documentId":"1"}],
                 "tabGroups":null}}],
               "carbonCopies":[{"recipientId":"2"}],"recipientCount":"2"}"#,
        );
        let order: Vec<&str> = tabs.iter().map(|t| t.id.as_str()).collect();
        assert_eq!(order, ["a", "s", "b", "c"]);
        let a = tabs.first().expect("a tab");
        assert_eq!(a.place, Some(Place { page: 1, x: 73, y: 400, width: 250, height: 15 }));
        assert_eq!((a.name.as_str(), a.custom_id.as_deref(), a.value.as_str()), ("Tip", Some("9f"), "v"));
        assert!(a.locked && !a.template_locked && a.recipient == "1");
        let s = tabs.get(1).expect("a signature");
        assert_eq!(
            (s.kind.clone(), s.place.map(|p| (p.width, p.height))),
            (TabKind::Signature, Some((110, 36)))
        );
        assert_eq!(tabs.get(2).map(Tab::title), Some("HS Deal amount"));
        assert_eq!(tabs.get(3).map(|c| (c.value.as_str(), c.place)), Some(("true", None)));
    }

    #[test]
    fn lists_and_radio_groups_know_their_choices() {
        let tabs = read(
            r#"{"signers":[{"recipientId":"1","tabs":{
                 "listTabs":[{"tabId":"l","tabLabel":"Terms","documentId":"1","listItems":[{"text":"30 days","value":"30","selected":"true"},{"value":"60"}]}],
                 "radioGroupTabs":[{"groupName":"Colour","documentId":"1","radios":[
                    {"tabId":"r1","value":"red","pageNumber":"1","xPosition":"10","yPosition":"10"},
                    {"tabId":"r2","value":"blue","selected":"true","pageNumber":"1","xPosition":"10","yPosition":"30"}]}]}}]}"#,
        );
        let shown: Vec<_> = tabs
            .iter()
            .map(|t| {
                let choices: Vec<&str> = t.choices.iter().map(|c| c.text.as_str()).collect();
                format!("{} {} {} {}", t.id, t.label, t.value, choices.join("/"))
            })
            .collect();
        assert_eq!(shown, ["r1 Colour blue red/blue", "l Terms 30 30 days/60"]);
        assert!(
            tabs.first().is_some_and(|t| t.place.is_none() && t.choices.iter().all(|c| c.place.is_some()))
        );
    }

    #[test]
    fn a_page_is_measured_in_points() {
        let check = |json: &str, expected: (u32, u32)| {
            let page = serde_json::from_str::<PageWire>(json).expect(json).page();
            assert_eq!((page.width, page.height), expected, "{json}");
        };
        check(r#"{"sequence":"1","width":"777","height":"1099","dpi":"94"}"#, (595, 842));
        check(r#"{"width":"612","height":"792"}"#, (612, 792));
        check(r#"{"width":"0","height":"x","dpi":"0"}"#, (612, 792));
        check("{}", (612, 792));
    }

    #[test]
    fn what_cannot_be_read_is_left_out() {
        assert_eq!(
            read(r#"{"signers":[{"tabs":[]},7,{"recipientId":"1","tabs":{"textTabs":[7,null],"x":{}}}]}"#),
            []
        );
        assert_eq!(points("72.000000"), Some(72));
        assert_eq!(points("1e99"), None);
        assert_eq!(points("NaN"), None);
        assert_eq!(points(""), None);
    }
}
