//! The mappings of a portal in which nobody changed any: what the standard `HS ` fields are filled with.

use super::{Direction, FieldRef, Mapping, OnConflict, PropertyRef, Via};
use crate::{record::ObjectType, settings::hs_fields};

/// Every standard field that a record of some kind can fill, from itself or from a record beside it.
pub fn defaults() -> Vec<Mapping> {
    let mut all = Vec::new();
    for object in ObjectType::ALL {
        for field in hs_fields::standard() {
            let rest = field.label.strip_prefix("hs_").and_then(|label| label.split_once('_'));
            let Some((word, property)) = rest else { continue };
            let Some(via) = way(object, word) else { continue };
            all.push(Mapping {
                id: format!("default-{}-{}", object.path(), field.label),
                object,
                property: PropertyRef { via, name: property.to_owned() },
                field: FieldRef::Account { name: field.name },
                direction: Direction::ToDocusign,
                conflict: OnConflict::Overwrite,
                when: Default::default(),
                paused: false,
            });
        }
    }
    all
}

/// How a record of kind `object` gets at a `contact`, `company`, `deal` or `owner`.
fn way(object: ObjectType, word: &str) -> Option<Via> {
    let target = match word {
        "owner" => return Some(Via::Owner),
        "contact" => ObjectType::Contact,
        "company" => ObjectType::Company,
        _ => ObjectType::Deal,
    };
    Via::ALL.into_iter().find(|via| via.leads_to(object) == Some(target))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mapping::{Known, check};

    #[test]
    fn the_defaults_have_no_flaw_and_every_kind_of_record_has_some() {
        let all = defaults();
        assert_eq!(check(&all, &Known { fields: None, properties: None }), []);
        let count = |object| all.iter().filter(|m| m.object == object).count();
        assert_eq!(ObjectType::ALL.map(count), [13, 13, 16]);
        let company = all.iter().find(|m| m.id == "default-deals-hs_company_name").expect("it is there");
        assert_eq!(company.property, PropertyRef { via: Via::Company, name: "name".into() });
    }
}
