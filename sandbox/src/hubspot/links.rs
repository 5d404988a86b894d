//! Associations: HubSpot's type numbers and labels, and how records are linked.
//!
//! The trap kept here: a record's primary company carries two types, the labelled and the unlabelled one, and the
//! old inline form lists that company twice.

use std::collections::BTreeSet;

use super::model::{At, Kind, Link, Portal};

/// Number of the company that is primary for a contact or a deal, seen from the contact or deal.
pub fn primary_type(from: Kind) -> Option<u32> {
    match from {
        Kind::Contact => Some(1),
        Kind::Deal => Some(5),
        _ => None,
    }
}

/// HubSpot's number for an association without a label.
pub fn default_type(from: Kind, to: Kind) -> Option<u32> {
    use Kind::{Company, Contact, Deal, Note};
    Some(match (from, to) {
        (Contact, Company) => 279,
        (Company, Contact) => 280,
        (Deal, Contact) => 3,
        (Contact, Deal) => 4,
        (Deal, Company) => 341,
        (Company, Deal) => 342,
        (Note, Contact) => 202,
        (Contact, Note) => 201,
        (Note, Company) => 190,
        (Company, Note) => 189,
        (Note, Deal) => 214,
        (Deal, Note) => 213,
        (Contact, Contact) => 449,
        _ => return None,
    })
}

/// Numbers that an app may use between the two kinds, with the label where there is one, and whether HubSpot
/// defined it.
pub fn known(from: Kind, to: Kind, number: u32) -> Option<(Option<&'static str>, bool)> {
    use Kind::{Company, Contact, Deal};
    if default_type(from, to) == Some(number) {
        return Some((None, true));
    }
    Some(match (from, to, number) {
        (Contact, Company, 1) | (Deal, Company, 5) | (Company, Contact, 2) | (Company, Deal, 6) => {
            (Some("Primary"), true)
        }
        (Deal, Contact, 11) | (Contact, Deal, 12) => (Some("Decision maker"), false),
        (Deal, Contact, 13) | (Contact, Deal, 14) => (Some("Signatory"), false),
        _ => return None,
    })
}

/// The same association seen from the other end.
pub fn opposite(from: Kind, to: Kind, number: u32) -> Option<u32> {
    if default_type(from, to) == Some(number) {
        return default_type(to, from);
    }
    let pair = if number % 2 == 1 { number + 1 } else { number.checked_sub(1)? };
    known(to, from, pair).map(|_| pair)
}

/// Name of an association in the old inline form, such as `contact_to_company_unlabeled`.
pub fn inline_names(link: &Link) -> Vec<String> {
    let plain = format!("{}_to_{}", link.from.kind.singular(), link.to.kind.singular());
    let with_company = link.to.kind == Kind::Company || link.from.kind == Kind::Company;
    if !with_company || link.from.kind == Kind::Note || link.to.kind == Kind::Note {
        return vec![plain];
    }
    let mut names = vec![];
    if link
        .types
        .iter()
        .any(|number| known(link.from.kind, link.to.kind, *number) == Some((Some("Primary"), true)))
    {
        names.push(plain.clone());
    }
    names.push(format!("{plain}_unlabeled"));
    names
}

impl Portal {
    /// Links of a record to records of one kind, primary company first, then by age.
    pub fn links(&self, from: At, to: Kind) -> Vec<&Link> {
        let mut links: Vec<&Link> = self
            .links
            .iter()
            .filter(|link| link.from == from && link.to.kind == to && self.record(link.to).is_some())
            .collect();
        links.sort_by_key(|link| {
            (!primary_type(from.kind).is_some_and(|p| link.types.contains(&p)), link.to.id)
        });
        links
    }

    /// Links two records both ways with the given type and the unlabelled one.
    pub fn link(&mut self, from: At, to: At, number: Option<u32>) {
        let plain = default_type(from.kind, to.kind);
        let types: BTreeSet<u32> = number.into_iter().chain(plain).collect();
        let back = types.iter().filter_map(|number| opposite(from.kind, to.kind, *number)).collect();
        self.add_types(from, to, types);
        self.add_types(to, from, back);
    }

    pub fn unlink(&mut self, from: At, to: At) {
        self.links
            .retain(|link| !((link.from == from && link.to == to) || (link.from == to && link.to == from)));
    }

    fn add_types(&mut self, from: At, to: At, types: BTreeSet<u32>) {
        match self.links.iter_mut().find(|link| link.from == from && link.to == to) {
            Some(link) => link.types.extend(types),
            None => self.links.push(Link { from, to, types }),
        }
    }

    /// The company a contact or deal belongs to.
    pub fn primary_company(&self, from: At) -> Option<At> {
        self.links(from, Kind::Company).first().map(|link| link.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_has_an_opposite_that_leads_back() {
        use Kind::{Company, Contact, Deal, Note};
        for (from, to, number) in [
            (Contact, Company, 1),
            (Deal, Company, 5),
            (Deal, Contact, 3),
            (Deal, Contact, 13),
            (Note, Deal, 214),
        ] {
            let back = opposite(from, to, number).expect("an opposite");
            assert_eq!(opposite(to, from, back), Some(number), "{from:?} {to:?} {number}");
        }
    }

    #[test]
    fn a_primary_company_is_listed_twice_in_the_inline_form() {
        let contact = At { kind: Kind::Contact, id: 1 };
        let company = At { kind: Kind::Company, id: 2 };
        let mut portal = Portal::default();
        portal.link(contact, company, Some(1));
        let names: Vec<_> = portal.links.iter().map(inline_names).collect();
        assert_eq!(
            names,
            [
                ["contact_to_company", "contact_to_company_unlabeled"],
                ["company_to_contact", "company_to_contact_unlabeled"]
            ]
        );
    }
}
