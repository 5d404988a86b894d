//! The sample a portal starts with: made-up people and firms, `.example` addresses, and the cases worth testing.
//!
//! Every portal gets the same records; portals differ in users, currency and time zone. The sample portals share
//! their record ids on purpose (ids are unique within a portal only); a fresh portal gets a range of its own, so
//! that tests that run side by side can be told apart in the request log.

mod activities;
mod companies;
mod contacts;
mod deals;
mod portals;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::model::{At, Crm, Kind, Owner, Portal, User};
use crate::world::PortalSpec;

pub(super) const DAY: i64 = 86_400_000;

impl Crm {
    /// Adds a portal with its own copy of the sample. Answers what a test needs: `portalId`, `users`
    /// (id, email, name, superAdmin), and `contacts`, `companies`, `deals` as ids by name.
    pub fn add_portal(&mut self, spec: &PortalSpec, now: chrono::DateTime<chrono::Utc>) -> Value {
        let portal = portal(spec, now.timestamp_millis());
        let description = describe(&portal);
        self.portals.insert(spec.portal_id, portal);
        description
    }

    /// What `GET /__sandbox/state` shows of HubSpot.
    pub fn describe(&self) -> Value {
        json!({
            "portals": self.portals.values().map(describe).collect::<Vec<_>>(),
            "workflowCallbacks": self.callbacks,
        })
    }
}

fn describe(portal: &Portal) -> Value {
    let users: Vec<Value> = portal
        .users
        .iter()
        .map(|user| {
            json!({
                "id": user.id,
                "email": user.email,
                "name": user.name(),
                "superAdmin": user.super_admin,
                "locale": user.locale,
                "ownerId": portal.owners.iter().find(|owner| owner.user_id == Some(user.id)).map(|owner| owner.id.to_string()),
            })
        })
        .collect();
    json!({
        "portalId": portal.id,
        "name": portal.name,
        "domain": portal.domain,
        "timeZone": portal.time_zone,
        "currency": portal.currency,
        "installed": portal.install,
        "users": users,
        "contacts": by_name(portal, Kind::Contact),
        "companies": by_name(portal, Kind::Company),
        "deals": by_name(portal, Kind::Deal),
        "notes": portal.all(Kind::Note).count(),
        "files": portal.files.values().filter(|file| !file.archived).map(|file| json!({ "id": file.id.to_string(), "name": file.name, "access": file.access })).collect::<Vec<_>>(),
        "appEvents": portal.events.keys().collect::<Vec<_>>(),
    })
}

/// Ids by name; a name that is there twice gets the e-mail address behind it.
fn by_name(portal: &Portal, kind: Kind) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for record in portal.all(kind) {
        let mut name = portal.title(At { kind, id: record.id });
        if names.contains_key(&name) {
            name = format!("{name} ({})", record.get("email").unwrap_or("again"));
        }
        names.insert(name, record.id.to_string());
    }
    names
}

fn portal(spec: &PortalSpec, now: i64) -> Portal {
    let made = portals::of(spec);
    // 4400001 to 4400003 are the sample's; the fresh ones count from 4500001.
    let range = spec.portal_id.saturating_sub(4_500_000).min(4_000_000) * 1_000;
    let base = (spec.portal_id % 1_000_000) * 10;
    let users: Vec<User> = (1..)
        .zip(made.users)
        .map(|(n, (first, last, local))| User {
            id: base + n,
            email: format!("{local}@{}", made.domain),
            first_name: first.into(),
            last_name: last.into(),
            super_admin: n == 1,
            locale: "en".into(),
        })
        .collect();
    let mut owners: Vec<Owner> = users
        .iter()
        .map(|user| Owner {
            id: user.id * 10 + 7,
            user_id: Some(user.id),
            email: Some(user.email.clone()),
            first_name: user.first_name.clone(),
            last_name: user.last_name.clone(),
            queue: false,
            archived: false,
            at: now - 900 * DAY,
        })
        .collect();
    // A queue owns records but is nobody, and one owner's user has left.
    owners.push(Owner {
        id: base * 10 + 98,
        user_id: None,
        email: None,
        first_name: "Contracts desk".into(),
        last_name: String::new(),
        queue: true,
        archived: false,
        at: now - 700 * DAY,
    });
    owners.push(Owner {
        id: base * 10 + 99,
        user_id: Some(base + 9),
        email: Some(format!("former.colleague@{}", made.domain)),
        first_name: "Former".into(),
        last_name: "Colleague".into(),
        queue: false,
        archived: true,
        at: now - 800 * DAY,
    });
    let mut portal = Portal {
        id: spec.portal_id,
        name: spec.name.clone(),
        domain: made.domain,
        time_zone: made.time_zone.into(),
        currency: made.currency.into(),
        hosting: made.hosting.into(),
        users,
        owners,
        next_id: 100 + range,
        ..Portal::default()
    };
    let companies = companies::add(&mut portal, now);
    let contacts = contacts::add(&mut portal, &companies, now);
    let deals = deals::add(&mut portal, &companies, &contacts, made.money, now);
    activities::add(&mut portal, &contacts, &deals, now);
    for kind in [Kind::Contact, Kind::Company, Kind::Deal] {
        count(&mut portal, kind);
    }
    portal
}

/// Fills the calculated counts of associations.
fn count(portal: &mut Portal, kind: Kind) {
    let (to, name) = match kind {
        Kind::Contact => (Kind::Deal, "num_associated_deals"),
        _ => (Kind::Contact, "num_associated_contacts"),
    };
    let counts: Vec<(u64, usize)> = portal
        .all(kind)
        .map(|record| (record.id, portal.links(At { kind, id: record.id }, to).len()))
        .collect();
    for (id, count) in counts {
        if let Some(record) = portal.record_mut(At { kind, id }) {
            record.properties.insert(name.into(), count.to_string());
        }
    }
}

/// The owner of the n-th record: users in turn.
pub(super) fn owner_in_turn(portal: &Portal, n: usize) -> String {
    portal
        .owners
        .iter()
        .filter(|owner| owner.user_id.is_some() && !owner.archived)
        .cycle()
        .nth(n + 1)
        .map(|owner| owner.id.to_string())
        .unwrap_or_default()
}

/// Moves a new record's times back, so that the sample looks lived in.
pub(super) fn aged(portal: &mut Portal, at: At, created: i64, updated: i64) {
    if let Some(record) = portal.record_mut(at) {
        record.created_at = created;
        record.updated_at = updated;
        record.properties.insert("createdate".into(), super::time::iso(created));
        record.properties.insert(super::model::modified_name(at.kind).into(), super::time::iso(updated));
    }
}

pub(super) fn set(properties: &mut BTreeMap<String, String>, pairs: &[(&str, &str)]) {
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        properties.insert((*name).into(), (*value).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Portal {
        let mut crm = Crm::default();
        let spec = PortalSpec { portal_id: 4_400_001, name: "Fjordlight Energy".into() };
        crm.add_portal(&spec, chrono::Utc::now());
        crm.portals.remove(&4_400_001).expect("the portal")
    }

    #[test]
    fn the_sample_holds_the_cases_worth_testing() {
        let portal = sample();
        assert_eq!(portal.all(Kind::Contact).count(), 40);
        assert_eq!(portal.all(Kind::Contact).filter(|c| c.get("email").is_none()).count(), 1);
        assert_eq!(
            portal.all(Kind::Contact).filter(|c| c.get("email").is_some_and(|e| e.contains('+'))).count(),
            1
        );
        let contacts = |deal: &str| {
            let deal = portal.all(Kind::Deal).find(|d| d.get("dealname") == Some(deal)).expect(deal);
            portal.links(At { kind: Kind::Deal, id: deal.id }, Kind::Contact).len()
        };
        assert_eq!(contacts("Cold storage pilot"), 0);
        assert_eq!(contacts("Site office extension"), 1);
        assert_eq!(contacts("Fleet renewal 2027"), 3);
        assert_eq!(contacts("Shared warehouse programme"), 8);
        let ann = portal
            .all(Kind::Contact)
            .find(|c| c.get("email") == Some("ann.lee@nordhavn.example"))
            .expect("Ann");
        assert_eq!(portal.title(At { kind: Kind::Contact, id: ann.id }), "Ann Lee");
    }

    #[test]
    fn every_sample_value_is_one_that_hubspot_would_take() {
        let portal = sample();
        for kind in Kind::RECORDS {
            for record in portal.all(kind) {
                let writable: BTreeMap<_, _> = record
                    .properties
                    .iter()
                    .filter(|(name, _)| {
                        crate::hubspot::properties::find(&portal, kind, name)
                            .is_none_or(|p| !p.read_only && !p.calculated)
                    })
                    .map(|(name, value)| (name.clone(), value.clone()))
                    .collect();
                if let Err(refusal) = crate::hubspot::properties::check(&portal, kind, &writable) {
                    panic!("{kind:?} {}: {}", record.id, refusal.body);
                }
            }
        }
    }

    #[test]
    fn portals_share_the_sample_ids_but_fresh_ones_have_their_own() {
        let mut crm = Crm::default();
        let ids: Vec<String> = [4_400_001, 4_400_002, 4_500_001, 4_500_002]
            .map(|portal_id| {
                let state = crm.add_portal(&PortalSpec { portal_id, name: "P".into() }, chrono::Utc::now());
                state.pointer("/contacts/Ann Lee").and_then(Value::as_str).unwrap_or_default().to_owned()
            })
            .into();
        assert_eq!(ids[0], ids[1]);
        assert_ne!(ids[0], ids[2]);
        assert_ne!(ids[2], ids[3]);
    }
}
