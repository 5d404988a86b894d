//! Deals of the sample: with none, one, two, three and eight contacts.

use std::collections::BTreeMap;

use super::{DAY, aged, owner_in_turn, set};
use crate::hubspot::{
    model::{At, Kind, Portal},
    time,
};

struct Deal {
    name: &'static str,
    stage: &'static str,
    kroner: u64,
    /// Days from now; negative is past.
    closes: i64,
    company: &'static str,
    contacts: &'static [&'static str],
    more: &'static [(&'static str, &'static str)],
}

/// Adds the deals; answers their ids by name.
pub fn add(
    portal: &mut Portal,
    companies: &BTreeMap<&'static str, At>,
    contacts: &BTreeMap<&'static str, At>,
    (times, over): (u64, u64),
    now: i64,
) -> BTreeMap<&'static str, At> {
    let mut ids = BTreeMap::new();
    for (n, deal) in DEALS.iter().enumerate() {
        let owner = owner_in_turn(portal, n);
        let amount = (deal.kroner * times / over / 100 * 100).to_string();
        let closes = time::iso((now + deal.closes * DAY) / DAY * DAY);
        let currency = portal.currency.clone();
        let mut properties = BTreeMap::new();
        set(
            &mut properties,
            &[
                ("dealname", deal.name),
                ("dealstage", deal.stage),
                ("pipeline", if deal.name.contains("renewal") { "renewals" } else { "default" }),
                ("amount", if deal.kroner == 0 { "" } else { &amount }),
                ("deal_currency_code", &currency),
                ("closedate", &closes),
                ("hubspot_owner_id", &owner),
                ("dealtype", if n % 2 == 0 { "existingbusiness" } else { "newbusiness" }),
                ("hs_is_closed", if deal.stage.starts_with("closed") { "true" } else { "false" }),
            ],
        );
        set(&mut properties, deal.more);
        let at = At { kind: Kind::Deal, id: portal.create(Kind::Deal, properties, now) };
        if let Some(&company) = companies.get(deal.company) {
            portal.link(at, company, Some(5));
        }
        for key in deal.contacts {
            let label = match (deal.name, *key) {
                ("Fleet renewal 2027", "ann.lee") => Some(13),
                ("Fleet renewal 2027", "bo.lind") => Some(11),
                _ => None,
            };
            if let Some(&contact) = contacts.get(key) {
                portal.link(at, contact, label);
            }
        }
        let age = 60 + 7 * i64::try_from(n).unwrap_or_default();
        aged(portal, at, now - age * DAY, now - (age / 5) * DAY);
        ids.insert(deal.name, at);
    }
    ids
}

const DEALS: &[Deal] = &[
    Deal {
        name: "Fleet renewal 2027",
        stage: "contractsent",
        kroner: 1_284_000,
        closes: 22,
        company: "nordhavn",
        contacts: &["ann.lee", "bo.lind", "bodil.vang"],
        more: &[
            ("purchase_order", "PO-88214"),
            ("payment_terms", "net30"),
            ("discount_percent", "4.5"),
            ("auto_renews", "true"),
            ("services", "advice;support"),
            ("description", "Twelve vans leave the fleet, ten electric ones come in on 1 March."),
        ],
    },
    Deal {
        name: "Shared warehouse programme",
        stage: "presentationscheduled",
        kroner: 4_750_000,
        closes: 95,
        company: "nordhavn",
        contacts: &[
            "ann.lee",
            "bo.lind",
            "bodil.vang",
            "karsten.friis",
            "signe.overgaard",
            "peder.mose",
            "tove.riis",
            "nadia.holm",
        ],
        more: &[("payment_terms", "net60"), ("services", "advice;installation;support;training")],
    },
    Deal {
        name: "Cold storage pilot",
        stage: "appointmentscheduled",
        kroner: 0,
        closes: 40,
        company: "",
        contacts: &[],
        more: &[],
    },
    Deal {
        name: "Warehouse lease, building 4",
        stage: "qualifiedtobuy",
        kroner: 860_000,
        closes: 60,
        company: "nordhavn",
        contacts: &[],
        more: &[("payment_terms", "net14")],
    },
    Deal {
        name: "Quote 2026-118, van racking",
        stage: "closedwon",
        kroner: 96_400,
        closes: -52,
        company: "nordhavn",
        contacts: &["ann.lee"],
        more: &[("purchase_order", "PO-87190"), ("payment_terms", "net14")],
    },
    Deal {
        name: "Site office extension",
        stage: "contractsent",
        kroner: 342_000,
        closes: 14,
        company: "bjergkaer",
        contacts: &["soeren.aegidius"],
        more: &[("purchase_order", "2026/7731"), ("auto_renews", "false")],
    },
    Deal {
        name: "Scaffold hire",
        stage: "qualifiedtobuy",
        kroner: 58_000,
        closes: 9,
        company: "bjergkaer",
        contacts: &["Mille"],
        more: &[],
    },
    Deal {
        name: "Bottling line, second shift",
        stage: "presentationscheduled",
        kroner: 415_000,
        closes: 33,
        company: "saltoe",
        contacts: &["joergen.noerby"],
        more: &[("services", "installation;training")],
    },
    Deal {
        name: "Ναύλωση φέρι 2027",
        stage: "contractsent",
        kroner: 2_130_000,
        closes: 27,
        company: "aigaio",
        contacts: &["eleni.papadaki", "nikos.stefanou"],
        more: &[],
    },
    Deal {
        name: "Супровід платформи 2027",
        stage: "presentationscheduled",
        kroner: 688_000,
        closes: 45,
        company: "dnipro",
        contacts: &["olena.kovalchuk", "taras.melnyk"],
        more: &[("auto_renews", "true")],
    },
    Deal {
        name: "精密加工ライン更新",
        stage: "contractsent",
        kroner: 3_900_000,
        closes: 70,
        company: "hoshino",
        contacts: &["misaki.hoshino", "kenta.tamura"],
        more: &[],
    },
    Deal {
        name: "عقد توريد ٢٠٢٧",
        stage: "qualifiedtobuy",
        kroner: 520_000,
        closes: 50,
        company: "nakheel",
        contacts: &["layla.alkhatib", "yousef.haddad"],
        more: &[],
    },
    Deal {
        name: "Clinic network roll-out",
        stage: "contractsent",
        kroner: 1_960_000,
        closes: 18,
        company: "brightmoor",
        contacts: &["priya.raman", "callum.strand+contracts", "imogen.fairley"],
        more: &[("purchase_order", "BMC-4410")],
    },
    Deal {
        name: "Wind park maintenance",
        stage: "presentationscheduled",
        kroner: 2_740_000,
        closes: 80,
        company: "tidewater",
        contacts: &["marcus.delgado", "renee.o'connor", "hank.whitlock"],
        more: &[("payment_terms", "net60"), ("auto_renews", "true")],
    },
    Deal {
        name: "Museum wing, concept phase",
        stage: "appointmentscheduled",
        kroner: 245_000,
        closes: 36,
        company: "okoro",
        contacts: &["chidi"],
        more: &[],
    },
    Deal {
        name: "Autumn catalogue rights",
        stage: "closedlost",
        kroner: 74_000,
        closes: -12,
        company: "lumenvale",
        contacts: &["beatrix", "oskar"],
        more: &[],
    },
    Deal {
        name: "Smokehouse equipment",
        stage: "qualifiedtobuy",
        kroner: 186_000,
        closes: 29,
        company: "hallgrim",
        contacts: &["gudrun"],
        more: &[],
    },
    Deal {
        name: "Reorganisation of the harbour pilots’ shared emergency communication across eleven ports, second phase",
        stage: "contractsent",
        kroner: 5_310_000,
        closes: 120,
        company: "pilots",
        contacts: &["konstantin.von-hohenstein-rabenau"],
        more: &[("purchase_order", "IAHMLKP-NWW/2026/0000417-B")],
    },
];
