//! Companies of the sample.

use std::collections::BTreeMap;

use super::{DAY, aged, owner_in_turn, set};
use crate::hubspot::model::{At, Kind, Portal};

/// Adds the companies; answers their ids by key.
pub fn add(portal: &mut Portal, now: i64) -> BTreeMap<&'static str, At> {
    let mut ids = BTreeMap::new();
    for (n, row) in COMPANIES.iter().enumerate() {
        let [key, name, domain, city, country, industry, employees, vat] = *row;
        let owner = owner_in_turn(portal, n);
        let website = if domain.is_empty() { String::new() } else { format!("https://www.{domain}") };
        let mut properties = BTreeMap::new();
        set(
            &mut properties,
            &[
                ("name", name),
                ("domain", domain),
                ("website", &website),
                ("city", city),
                ("country", country),
                ("industry", industry),
                ("numberofemployees", employees),
                ("vat_number", vat),
                ("lifecyclestage", if n % 3 == 0 { "customer" } else { "opportunity" }),
                ("credit_approved", if n % 2 == 0 { "true" } else { "" }),
                ("hubspot_owner_id", &owner),
            ],
        );
        if key == "nordhavn" {
            set(
                &mut properties,
                &[
                    ("address", "Sundkrogskaj 114"),
                    ("zip", "2150"),
                    ("phone", "+45 70 10 00 21"),
                    ("framework_agreement_until", "2027-12-31"),
                    ("description", "Runs 240 vans and three cross-dock terminals around the Sound."),
                ],
            );
        }
        let at = At { kind: Kind::Company, id: portal.create(Kind::Company, properties, now) };
        let age = 120 + 21 * i64::try_from(n).unwrap_or_default();
        aged(portal, at, now - age * DAY, now - (age / 3) * DAY);
        ids.insert(key, at);
    }
    ids
}

/// key, name, domain, city, country, industry, employees, VAT number
const COMPANIES: &[[&str; 8]] = &[
    [
        "nordhavn",
        "Nordhavn Logistics A/S",
        "nordhavn.example",
        "Copenhagen",
        "Denmark",
        "LOGISTICS_AND_SUPPLY_CHAIN",
        "412",
        "DK10000021",
    ],
    [
        "bjergkaer",
        "Bjergkær Entreprise ApS",
        "bjergkaer.example",
        "Aarhus",
        "Denmark",
        "CONSTRUCTION",
        "86",
        "DK10000048",
    ],
    [
        "saltoe",
        "Saltø Bryghus",
        "saltoe.example",
        "Svendborg",
        "Denmark",
        "FOOD_PRODUCTION",
        "23",
        "DK10000064",
    ],
    [
        "aigaio",
        "Αιγαίο Ναυτιλιακή ΑΕ",
        "aigaio.example",
        "Πειραιάς",
        "Greece",
        "MARITIME",
        "1240",
        "EL100000015",
    ],
    ["dnipro", "Дніпро Софт", "dniprosoft.example", "Київ", "Ukraine", "COMPUTER_SOFTWARE", "310", ""],
    ["hoshino", "星野精機株式会社", "hoshino.example", "名古屋市", "Japan", "CONSTRUCTION", "540", ""],
    ["nakheel", "شركة النخيل للتجارة", "nakheel.example", "عمّان", "Jordan", "RETAIL", "75", ""],
    [
        "brightmoor",
        "Brightmoor Clinics",
        "brightmoor.example",
        "Leeds",
        "United Kingdom",
        "HOSPITAL_HEALTH_CARE",
        "960",
        "GB100000103",
    ],
    [
        "tidewater",
        "Tidewater Energy Partners",
        "tidewaterenergy.example",
        "Galveston",
        "United States",
        "RENEWABLES_ENVIRONMENT",
        "188",
        "",
    ],
    [
        "okoro",
        "Okoro Architects",
        "okoro.example",
        "Rotterdam",
        "Netherlands",
        "ARCHITECTURE_PLANNING",
        "34",
        "NL100000018B01",
    ],
    [
        "lumenvale",
        "Lumen & Vale Publishing",
        "lumenvale.example",
        "Edinburgh",
        "United Kingdom",
        "PUBLISHING",
        "61",
        "GB100000201",
    ],
    [
        "hallgrim",
        "Hallgrímur Matvæli ehf.",
        "hallgrimur.example",
        "Akureyri",
        "Iceland",
        "FOOD_PRODUCTION",
        "47",
        "",
    ],
    [
        "pilots",
        "International Association of Independent Harbour Masters, Lighthouse Keepers and Pilots (Northern and Western Waters) e.V.",
        "harbour-masters-and-pilots.example",
        "Bremerhaven",
        "Germany",
        "MARITIME",
        "18",
        "DE100000042",
    ],
    ["pinecone", "Pinecone Studio", "", "Malmö", "Sweden", "PUBLISHING", "2", ""],
];
