//! Who works in the sample portals. The first user of each is the super admin; the last one's address has a plus
//! sign, which HubSpot appends to every card's call as `%2B`.

use crate::world::PortalSpec;

type Person = (&'static str, &'static str, &'static str);

pub struct Made {
    pub domain: String,
    pub time_zone: &'static str,
    pub currency: &'static str,
    pub hosting: &'static str,
    /// Factor from kroner, as a fraction.
    pub money: (u64, u64),
    pub users: [Person; 4],
}

const NORTH: [Person; 4] = [
    ("Henrik", "Sand", "henrik.sand"),
    ("Lena", "Okafor", "lena.okafor"),
    ("Ida", "Brandt", "ida.brandt"),
    ("Tomasz", "Wilk", "tomasz.wilk+crm"),
];

pub fn of(spec: &PortalSpec) -> Made {
    match spec.portal_id {
        4_400_002 => Made {
            domain: "marlowreed.example".into(),
            time_zone: "America/New_York",
            currency: "USD",
            hosting: "na1",
            money: (1, 7),
            users: [
                ("Joan", "Marlow", "joan.marlow"),
                ("Ellis", "Reed", "ellis.reed"),
                ("Priscilla", "Oyelaran", "priscilla.oyelaran"),
                ("Wade", "Hutton", "wade.hutton+sales"),
            ],
        },
        4_400_003 => Made {
            domain: "kestrelrobotics.example".into(),
            time_zone: "Asia/Tokyo",
            currency: "JPY",
            hosting: "ap1",
            money: (22, 1),
            users: [
                ("Aiko", "Tanemura", "aiko.tanemura"),
                ("Ren", "Kisaragi", "ren.kisaragi"),
                ("Mei", "Sugawara", "mei.sugawara"),
                ("Theo", "Brandvold", "theo.brandvold+crm"),
            ],
        },
        id => Made {
            domain: if id == 4_400_001 {
                "fjordlight.example".into()
            } else {
                format!("portal-{id}.example")
            },
            time_zone: "Europe/Copenhagen",
            currency: "DKK",
            hosting: "eu1",
            money: (1, 1),
            users: NORTH,
        },
    }
}
