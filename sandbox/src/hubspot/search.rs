//! CRM search, as a function over records: free text, filter groups, sorts and paging.
//!
//! The traps: records younger than the index are not found, unknown properties are refused, 200 a page and 10,000
//! in all, text is matched by whole tokens' beginnings and only over a few default properties.

use serde::Deserialize;

use super::{
    model::{Kind, Portal, Record},
    properties,
    refusal::Refusal,
    time,
};

/// How long a new record stays unfindable.
pub const LAG_MS: i64 = 3_000;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SearchRequest {
    pub query: Option<String>,
    pub limit: Option<u32>,
    pub after: Option<Cursor>,
    pub properties: Vec<String>,
    pub filter_groups: Vec<FilterGroup>,
    pub sorts: Vec<Sort>,
}

/// HubSpot takes the cursor as text or number.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Cursor {
    Text(String),
    Number(u64),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FilterGroup {
    pub filters: Vec<Filter>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    pub property_name: String,
    pub operator: String,
    pub value: Option<String>,
    pub values: Option<Vec<String>>,
    pub high_value: Option<String>,
}

/// `"createdate"`, `"-createdate"`, or the object form.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Sort {
    Name(String),
    #[serde(rename_all = "camelCase")]
    Full {
        property_name: String,
        direction: Option<String>,
    },
}

pub struct Found<'a> {
    pub total: usize,
    pub records: Vec<&'a Record>,
    pub next: Option<usize>,
}

pub fn search<'a>(
    portal: &'a Portal,
    kind: Kind,
    request: &SearchRequest,
    now: i64,
) -> Result<Found<'a>, Refusal> {
    let limit = request.limit.unwrap_or(10) as usize;
    if limit > 200 {
        return Err(Refusal::validation("The requested page size (limit) exceeds the maximum of 200."));
    }
    let query = request.query.as_deref().unwrap_or_default().trim();
    if query.chars().count() > 3_000 {
        return Err(Refusal::validation("The query exceeds the maximum of 3000 characters."));
    }
    if request.filter_groups.len() > 5 || request.filter_groups.iter().any(|group| group.filters.len() > 6) {
        return Err(Refusal::validation("A search may have up to 5 filter groups of up to 6 filters each."));
    }
    let after = match &request.after {
        None => 0,
        Some(Cursor::Number(number)) => usize::try_from(*number).unwrap_or(usize::MAX),
        Some(Cursor::Text(text)) if text.is_empty() => 0,
        Some(Cursor::Text(text)) => {
            text.parse().map_err(|_| Refusal::validation(format!("Invalid paging cursor: {text}")))?
        }
    };
    if after.saturating_add(limit) > 10_000 {
        return Err(Refusal::validation("Paging deeper than 10000 results is not supported."));
    }
    for filter in request.filter_groups.iter().flat_map(|group| &group.filters) {
        check(portal, kind, filter)?;
    }

    let tokens = tokens(query);
    let mut records: Vec<&Record> = portal
        .all(kind)
        .filter(|record| record.created_at + LAG_MS <= now)
        .filter(|record| matches_text(record, kind, &tokens))
        .filter(|record| {
            request.filter_groups.is_empty()
                || request
                    .filter_groups
                    .iter()
                    .any(|group| group.filters.iter().all(|filter| matches(record, filter)))
        })
        .collect();
    let (name, descending) = match request.sorts.first() {
        None => ("createdate", false),
        Some(Sort::Name(name)) => match name.strip_prefix('-') {
            Some(name) => (name, true),
            None => (name.as_str(), false),
        },
        Some(Sort::Full { property_name, direction }) => {
            (property_name.as_str(), direction.as_deref() == Some("DESCENDING"))
        }
    };
    records.sort_by(|a, b| {
        let order =
            compare(a.get(name).unwrap_or_default(), b.get(name).unwrap_or_default()).then(a.id.cmp(&b.id));
        if descending { order.reverse() } else { order }
    });
    let total = records.len();
    let page: Vec<&Record> = records.into_iter().skip(after).take(limit).collect();
    let next = Some(after + page.len()).filter(|&next| next < total && !page.is_empty());
    Ok(Found { total, records: page, next })
}

fn check(portal: &Portal, kind: Kind, filter: &Filter) -> Result<(), Refusal> {
    let name = &filter.property_name;
    if properties::find(portal, kind, name).is_none() {
        return Err(Refusal::validation(format!(
            "There was a problem with the request. Property '{name}' does not exist."
        )));
    }
    let complete = match filter.operator.as_str() {
        "HAS_PROPERTY" | "NOT_HAS_PROPERTY" => true,
        "IN" | "NOT_IN" => filter.values.is_some(),
        "BETWEEN" => filter.value.is_some() && filter.high_value.is_some(),
        "EQ" | "NEQ" | "LT" | "LTE" | "GT" | "GTE" | "CONTAINS_TOKEN" | "NOT_CONTAINS_TOKEN" => {
            filter.value.is_some()
        }
        other => return Err(Refusal::validation(format!("Invalid input JSON: unknown operator {other}"))),
    };
    if complete {
        Ok(())
    } else {
        Err(Refusal::validation(format!("operator {} requires a value", filter.operator)))
    }
}

fn matches(record: &Record, filter: &Filter) -> bool {
    let held = record.get(&filter.property_name);
    let value = filter.value.as_deref().unwrap_or_default();
    let same = |a: &str, b: &str| compare(a, b).is_eq();
    let listed = |held: &str| filter.values.iter().flatten().any(|value| same(held, value));
    match (filter.operator.as_str(), held) {
        ("HAS_PROPERTY", held) => held.is_some(),
        ("NOT_HAS_PROPERTY", held) => held.is_none(),
        ("EQ", Some(held)) => same(held, value),
        ("NEQ", held) => !held.is_some_and(|held| same(held, value)),
        ("IN", Some(held)) => listed(held),
        ("NOT_IN", held) => !held.is_some_and(listed),
        ("LT", Some(held)) => compare(held, value).is_lt(),
        ("LTE", Some(held)) => compare(held, value).is_le(),
        ("GT", Some(held)) => compare(held, value).is_gt(),
        ("GTE", Some(held)) => compare(held, value).is_ge(),
        ("BETWEEN", Some(held)) => {
            compare(held, value).is_ge()
                && compare(held, filter.high_value.as_deref().unwrap_or_default()).is_le()
        }
        ("CONTAINS_TOKEN", Some(held)) => contains_token(held, value),
        ("NOT_CONTAINS_TOKEN", held) => !held.is_some_and(|held| contains_token(held, value)),
        _ => false,
    }
}

/// A whole token, or with `*` at an end a part of one.
fn contains_token(held: &str, wanted: &str) -> bool {
    let wanted = wanted.to_lowercase();
    let bare = wanted.trim_matches('*');
    let (open_start, open_end) = (wanted.starts_with('*'), wanted.ends_with('*'));
    let mut words = tokens(held);
    words.push(held.to_lowercase());
    words.iter().any(|word| match (open_start, open_end) {
        (false, false) => word == bare,
        (false, true) => word.starts_with(bare),
        (true, false) => word.ends_with(bare),
        (true, true) => word.contains(bare),
    })
}

/// Numbers and times by value, all else as text without case.
fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    if let (Ok(a), Ok(b)) = (a.parse::<f64>(), b.parse::<f64>()) {
        return a.total_cmp(&b);
    }
    if let (Some(a), Some(b)) = (time::parse(a), time::parse(b)) {
        return a.cmp(&b);
    }
    a.to_lowercase().cmp(&b.to_lowercase())
}

fn tokens(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|t| !t.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Every word of the query begins a word of one of the searched properties.
fn matches_text(record: &Record, kind: Kind, query: &[String]) -> bool {
    let searched: &[&str] = match kind {
        Kind::Contact => &[
            "firstname",
            "lastname",
            "email",
            "phone",
            "hs_additional_emails",
            "fax",
            "mobilephone",
            "company",
        ],
        Kind::Company => &["website", "phone", "name", "domain"],
        Kind::Deal => &["dealname", "pipeline", "dealstage", "description", "dealtype"],
        Kind::Note => &["hs_note_body"],
    };
    let words: Vec<String> = searched.iter().filter_map(|name| record.get(name)).flat_map(tokens).collect();
    query.iter().all(|token| words.iter().any(|word| word.starts_with(token)))
}
