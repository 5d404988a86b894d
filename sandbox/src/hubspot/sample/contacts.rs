//! Contacts of the sample: 40, with the awkward ones among them (no e-mail, a plus sign, an apostrophe, no last
//! name, no name at all, two of the same name, four more scripts).

use std::collections::BTreeMap;

use super::{DAY, aged, owner_in_turn, set};
use crate::hubspot::model::{At, Kind, Portal};

/// Adds the contacts; answers their ids by the local part of the address, or the first name where there is none.
pub fn add(
    portal: &mut Portal,
    companies: &BTreeMap<&'static str, At>,
    now: i64,
) -> BTreeMap<&'static str, At> {
    let mut ids = BTreeMap::new();
    for (n, row) in CONTACTS.iter().enumerate() {
        let [first, last, email, title, phone, company, language] = *row;
        let owner = owner_in_turn(portal, n);
        let firm = companies.get(company).copied();
        let held =
            |name: &str| firm.and_then(|at| portal.record(at)).and_then(|c| c.get(name)).unwrap_or_default();
        let (firm_name, city, country) =
            (held("name").to_owned(), held("city").to_owned(), held("country").to_owned());
        let mut properties = BTreeMap::new();
        set(
            &mut properties,
            &[
                ("firstname", first),
                ("lastname", last),
                ("email", email),
                ("jobtitle", title),
                ("phone", phone),
                ("company", &firm_name),
                ("city", &city),
                ("country", &country),
                ("hs_language", language),
                ("hubspot_owner_id", &owner),
                (
                    "lifecyclestage",
                    ["customer", "opportunity", "lead", "salesqualifiedlead"]
                        .get(n % 4)
                        .copied()
                        .unwrap_or_default(),
                ),
                ("hs_lead_status", if n % 3 == 0 { "CONNECTED" } else { "OPEN" }),
                (
                    "authorised_to_sign",
                    if title.starts_with('C') || title.contains("anager") { "true" } else { "" },
                ),
            ],
        );
        if email == "ann.lee@nordhavn.example" {
            set(
                &mut properties,
                &[
                    ("mobilephone", "+45 20 10 00 21"),
                    ("address", "Sundkrogskaj 114"),
                    ("zip", "2150"),
                    ("signing_limit", "2500000"),
                    ("employment_start", "2019-03-01"),
                    ("national_id", "010180-0000"),
                ],
            );
        }
        let at = At { kind: Kind::Contact, id: portal.create(Kind::Contact, properties, now) };
        if let Some(firm) = firm {
            portal.link(at, firm, Some(1));
        }
        let age = 90 + 9 * i64::try_from(n).unwrap_or_default();
        aged(portal, at, now - age * DAY, now - (age / 4) * DAY);
        let key = email.split('@').next().filter(|local| !local.is_empty()).unwrap_or(first);
        ids.insert(key, at);
    }
    // Ann Lee also sits on the board of the harbour masters: a second company that is not primary.
    if let (Some(&ann), Some(&pilots)) = (ids.get("ann.lee"), companies.get("pilots")) {
        portal.link(ann, pilots, None);
    }
    ids
}

/// first name, last name, e-mail, job title, phone, company, language
const CONTACTS: &[[&str; 7]] = &[
    ["Ann", "Lee", "ann.lee@nordhavn.example", "COO", "+45 70 10 00 22", "nordhavn", "en"],
    ["Bo", "Lind", "bo.lind@nordhavn.example", "CFO", "+45 70 10 00 23", "nordhavn", "da"],
    ["Bodil", "Vang", "bodil.vang@nordhavn.example", "Controller", "+45 70 10 00 24", "nordhavn", "da"],
    [
        "Karsten",
        "Friis",
        "karsten.friis@nordhavn.example",
        "Fleet manager",
        "+45 70 10 00 25",
        "nordhavn",
        "da",
    ],
    [
        "Signe",
        "Overgaard",
        "signe.overgaard@nordhavn.example",
        "Legal counsel",
        "+45 70 10 00 26",
        "nordhavn",
        "da",
    ],
    ["Peder", "Mose", "peder.mose@nordhavn.example", "Warehouse lead", "+45 70 10 00 27", "nordhavn", "da"],
    [
        "Tove",
        "Riis",
        "tove.riis@nordhavn.example",
        "Head of procurement",
        "+45 70 10 00 28",
        "nordhavn",
        "da",
    ],
    [
        "Nadia",
        "Holm",
        "nadia.holm@nordhavn.example",
        "Finance assistant",
        "+45 70 10 00 29",
        "nordhavn",
        "en",
    ],
    [
        "Søren",
        "Ægidius-Ågård",
        "soeren.aegidius@bjergkaer.example",
        "Managing director",
        "+45 86 10 00 31",
        "bjergkaer",
        "da",
    ],
    [
        "Åse",
        "Bjørnhøj",
        "aase.bjoernhoej@bjergkaer.example",
        "Project manager",
        "+45 86 10 00 32",
        "bjergkaer",
        "da",
    ],
    [
        "Frederik",
        "Kjær",
        "frederik.kjaer@bjergkaer.example",
        "Site engineer",
        "+45 86 10 00 33",
        "bjergkaer",
        "da",
    ],
    ["Mille", "Skovgaard", "", "Foreman", "+45 86 10 00 34", "bjergkaer", "da"],
    ["Jørgen", "Nørby", "joergen.noerby@saltoe.example", "Brewmaster", "+45 62 10 00 41", "saltoe", "da"],
    ["Rikke", "Østerby", "rikke.oesterby@saltoe.example", "Sales", "+45 62 10 00 42", "saltoe", "da"],
    [
        "Ελένη",
        "Παπαδάκη",
        "eleni.papadaki@aigaio.example",
        "Οικονομική διευθύντρια",
        "+30 210 000 0151",
        "aigaio",
        "el",
    ],
    [
        "Νίκος",
        "Στεφάνου",
        "nikos.stefanou@aigaio.example",
        "Διευθυντής στόλου",
        "+30 210 000 0152",
        "aigaio",
        "el",
    ],
    [
        "Олена",
        "Ковальчук",
        "olena.kovalchuk@dniprosoft.example",
        "Директорка",
        "+380 44 000 0161",
        "dnipro",
        "uk",
    ],
    ["Тарас", "Мельник", "taras.melnyk@dniprosoft.example", "Юрист", "+380 44 000 0162", "dnipro", "uk"],
    ["美咲", "星野", "misaki.hoshino@hoshino.example", "代表取締役", "+81 52 000 0171", "hoshino", "ja"],
    ["健太", "田村", "kenta.tamura@hoshino.example", "購買部長", "+81 52 000 0172", "hoshino", "ja"],
    [
        "ليلى",
        "الخطيب",
        "layla.alkhatib@nakheel.example",
        "المديرة العامة",
        "+962 6 000 0181",
        "nakheel",
        "ar",
    ],
    ["يوسف", "حداد", "yousef.haddad@nakheel.example", "مدير المشتريات", "+962 6 000 0182", "nakheel", "ar"],
    [
        "Priya",
        "Raman",
        "priya.raman@brightmoor.example",
        "Medical director",
        "+44 113 496 0191",
        "brightmoor",
        "en",
    ],
    [
        "Callum",
        "Strand",
        "callum.strand+contracts@brightmoor.example",
        "Contracts manager",
        "+44 113 496 0192",
        "brightmoor",
        "en",
    ],
    [
        "Imogen",
        "Fairley",
        "imogen.fairley@brightmoor.example",
        "Practice manager",
        "+44 113 496 0193",
        "brightmoor",
        "en",
    ],
    [
        "Marcus",
        "Delgado",
        "marcus.delgado@tidewaterenergy.example",
        "CEO",
        "+1 409 555 0101",
        "tidewater",
        "en",
    ],
    [
        "Renée",
        "Thibault-O’Connor",
        "renee.o'connor@tidewaterenergy.example",
        "General counsel",
        "+1 409 555 0102",
        "tidewater",
        "en",
    ],
    [
        "Hank",
        "Whitlock",
        "hank.whitlock@tidewaterenergy.example",
        "Field operations manager",
        "+1 409 555 0103",
        "tidewater",
        "en",
    ],
    ["Chidi", "Okoro", "chidi@okoro.example", "Partner", "+31 10 000 0211", "okoro", "en"],
    ["Amara", "Nwosu", "amara@okoro.example", "Studio manager", "+31 10 000 0212", "okoro", "en"],
    ["Beatrix", "Lumen", "beatrix@lumenvale.example", "Publisher", "+44 131 496 0221", "lumenvale", "en"],
    ["Oskar", "Vale", "oskar@lumenvale.example", "Rights manager", "+44 131 496 0222", "lumenvale", "en"],
    ["Guðrún", "Hallgrímsdóttir", "gudrun@hallgrimur.example", "CEO", "+354 460 0231", "hallgrim", "en"],
    ["Þór", "Einarsson", "thor@hallgrimur.example", "Plant manager", "+354 460 0232", "hallgrim", "en"],
    [
        "Konstantin Maximilian",
        "von Hohenstein-Rabenau zu Altenburg",
        "konstantin.von-hohenstein-rabenau@harbour-masters-and-pilots.example",
        "Deputy chair of the standing committee on emergency communication",
        "+49 471 000 0241",
        "pilots",
        "de",
    ],
    [
        "Hedwig",
        "Petersen-Schmidt",
        "hedwig.petersen@harbour-masters-and-pilots.example",
        "Secretary",
        "+49 471 000 0242",
        "pilots",
        "de",
    ],
    ["Sam", "", "sam@pinecone.example", "Illustrator", "", "", "en"],
    ["", "", "info@quayside.example", "", "", "", "en"],
    ["Dana", "Cole", "dana.cole@brightmoor.example", "Nurse manager", "+44 113 496 0261", "brightmoor", "en"],
    ["Dana", "Cole", "dana@colecatering.example", "Owner", "+44 7700 900262", "", "en"],
];
