//! What happened on the sample's records before the app came: e-mails, calls, meetings, notes.

use std::collections::BTreeMap;

use super::{DAY, aged, set};
use crate::hubspot::{
    model::{Activity, At, Kind, Portal},
    time,
};

const HOUR: i64 = 3_600_000;

pub fn add(
    portal: &mut Portal,
    contacts: &BTreeMap<&'static str, At>,
    deals: &BTreeMap<&'static str, At>,
    now: i64,
) {
    let find = |key: &str| contacts.get(key).or_else(|| deals.get(key)).copied();
    for (kind, hours, title, body, on) in ACTIVITIES {
        let mut records: Vec<At> = on.iter().filter_map(|key| find(key)).collect();
        let companies: Vec<At> = records.iter().filter_map(|at| portal.primary_company(*at)).collect();
        records.extend(companies);
        records.sort();
        records.dedup();
        let at = now - hours * HOUR;
        if *kind == "note" {
            let mut properties = BTreeMap::new();
            set(&mut properties, &[("hs_note_body", body), ("hs_timestamp", &time::iso(at))]);
            let note = At { kind: Kind::Note, id: portal.create(Kind::Note, properties, now) };
            aged(portal, note, at, at);
            for record in records {
                portal.link(note, record, None);
            }
        } else {
            portal.activities.push(Activity {
                kind: (*kind).into(),
                at,
                title: (*title).into(),
                body: (*body).into(),
                records,
            });
        }
    }
    // Every record was created by somebody; HubSpot shows that too.
    for kind in Kind::RECORDS {
        let made: Vec<(u64, i64)> = portal.all(kind).map(|record| (record.id, record.created_at)).collect();
        for (id, at) in made {
            portal.activities.push(Activity {
                kind: "created".into(),
                at: at.min(now - DAY),
                title: format!(
                    "{} created",
                    match kind {
                        Kind::Contact => "Contact",
                        Kind::Company => "Company",
                        _ => "Deal",
                    }
                ),
                body: String::new(),
                records: vec![At { kind, id }],
            });
        }
    }
}

type Row = (&'static str, i64, &'static str, &'static str, &'static [&'static str]);

/// kind, hours ago, title, text, records
const ACTIVITIES: &[Row] = &[
    (
        "email",
        99,
        "Email to Ann Lee",
        "Hi Ann, thanks for Thursday. The mutual NDA is on its way; the master agreement follows as soon as Bo has looked at the price list.",
        &["Fleet renewal 2027", "ann.lee"],
    ),
    (
        "call",
        145,
        "Call with Ann Lee, 24 min",
        "Wants the renewal to start on 1 March. Two vans fewer than last year. Bo has to agree on the price.",
        &["Fleet renewal 2027", "ann.lee", "bo.lind"],
    ),
    (
        "note",
        170,
        "",
        "<p>Ask for the list of registration numbers before the appendix is drawn up.</p>",
        &["Fleet renewal 2027"],
    ),
    ("stage", 96, "Deal moved to Contract sent", "By Lena Okafor", &["Fleet renewal 2027"]),
    (
        "meeting",
        330,
        "Meeting: kick-off for the renewal",
        "At Nordhavn, with Ann, Bo and Bodil. They showed the charging points that are already in place.",
        &["Fleet renewal 2027", "ann.lee", "bo.lind", "bodil.vang"],
    ),
    (
        "email",
        1_260,
        "Email from Bo Lind",
        "Could you send last year’s price list once more? Ours ends at position 14.",
        &["Fleet renewal 2027", "bo.lind"],
    ),
    (
        "stage",
        1_270,
        "Deal moved to Closed won",
        "By the workflow “Signed quote”",
        &["Quote 2026-118, van racking"],
    ),
    (
        "meeting",
        52,
        "Meeting: floor plan of the shared warehouse",
        "Eight people around one drawing. Signe wants the liability clause in plain words.",
        &["Shared warehouse programme", "ann.lee", "signe.overgaard", "peder.mose"],
    ),
    (
        "call",
        30,
        "Call with Søren Ægidius-Ågård, 9 min",
        "The extension may start as soon as the lease is signed.",
        &["Site office extension", "soeren.aegidius"],
    ),
    (
        "call",
        75,
        "Call with Mille Skovgaard, 4 min",
        "No e-mail address; sign at the site office.",
        &["Scaffold hire", "Mille"],
    ),
    (
        "email",
        60,
        "Email to Callum Strand",
        "All contract mail goes to the address with +contracts in it.",
        &["Clinic network roll-out", "callum.strand+contracts"],
    ),
    (
        "email",
        210,
        "Email to 星野 美咲",
        "ラインの更新について、契約書案をお送りします。",
        &["精密加工ライン更新", "misaki.hoshino"],
    ),
    ("note", 400, "", "<p>يفضلون المراسلة بالعربية.</p>", &["عقد توريد ٢٠٢٧", "layla.alkhatib"]),
];
