//! Another choice of templates for a draft that somebody has already worked on: what they did is kept wherever
//! it still has a place.

use super::{Draft, Row, dropped_roles};
use crate::{prefill::Prefill, sorted, template::Template};

/// The draft for `template`, with what was done in `old`, a draft for `known`. A role is the same one when it came
/// from the same template; who was dropped stays dropped, who was added stays. Values, placed fields and hidden
/// documents are kept when templates were only added at the end, since their ids mean the same only then.
pub fn carried(old: &Draft, known: &Template, template: &Template, prefill: &Prefill) -> Draft {
    let fresh = Draft::from_prefill(template, prefill);
    let mut next_id = old.rows.iter().map(|row| row.id).max().unwrap_or(0);
    let extends = ids(template).starts_with(&ids(known));
    let kept = |row: &Row| Row {
        hidden_documents: if extends { row.hidden_documents.clone() } else { Vec::new() },
        ..row.clone()
    };
    let mut rows: Vec<Row> = Vec::new();
    for row in fresh.rows {
        let origins = origins(template, row.role.as_deref().unwrap_or_default());
        let is_same = |id: &str| self::origins(known, id).iter().any(|one| origins.contains(one));
        let before = old.rows.iter().find(|one| one.role.as_deref().is_some_and(is_same));
        match before {
            // Two roles that were one before: the second begins anew, for ids are used once.
            Some(before) if !rows.iter().any(|row| row.id == before.id) => {
                rows.push(Row { role: row.role, routing_order: row.routing_order, ..kept(before) })
            }
            None if known.roles.iter().any(|role| is_same(&role.recipient_id)) => {}
            _ => {
                next_id = next_id.saturating_add(1);
                rows.push(Row { id: next_id, ..row });
            }
        }
    }
    rows.extend(old.rows.iter().filter(|row| row.role.is_none()).map(kept));
    sorted::by_number(&mut rows, |row| u64::from(row.routing_order));
    let words = |old: &str, known: &str, new: String| if old == known { new } else { old.to_owned() };
    Draft {
        rows,
        subject: words(&old.subject, &known.subject, fresh.subject),
        message: words(&old.message, &known.message, fresh.message),
        values: if extends { old.values.clone() } else { Vec::new() },
        options: old.options.clone(),
        placed: if extends { old.placed.clone() } else { Vec::new() },
        template_id: fresh.template_id,
        added_templates: ids(template).into_iter().skip(1).map(str::to_owned).collect(),
    }
}

/// The draft with a row for each role that `template` has got since its roles were `known`: nobody has dropped one
/// that they have never seen.
pub fn with_new_roles(mut draft: Draft, known: &[String], template: &Template) -> Draft {
    let new: Vec<Row> = dropped_roles(&draft, template)
        .into_iter()
        .filter(|role| !known.contains(&role.recipient_id))
        .map(Row::of_role)
        .collect();
    for row in new {
        draft.append(row);
    }
    sorted::by_number(&mut draft.rows, |row| u64::from(row.routing_order));
    draft
}

/// The templates it was joined from, in order.
fn ids(template: &Template) -> Vec<&str> {
    match template.parts.as_slice() {
        [] => vec![&template.id],
        parts => parts.iter().map(|part| part.template.as_str()).collect(),
    }
}

/// Where a role comes from: template and the role's own id there.
fn origins<'t>(template: &'t Template, role: &'t str) -> Vec<(&'t str, &'t str)> {
    if template.parts.is_empty() {
        return vec![(&template.id, role)];
    }
    let of_part = |part: &'t crate::template::Part| {
        let own = part.roles.iter().filter(|(_, joined)| joined == role);
        own.map(|(own, _)| (part.template.as_str(), own.as_str())).collect::<Vec<_>>()
    };
    template.parts.iter().flat_map(of_part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::sample::{added, draft, role, template},
        template::{Role, join},
    };
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn other(id: &str, roles: &[&str]) -> Template {
        let roles = roles.iter().zip(1u32..).map(|(name, at)| role(&at.to_string(), name, at)).collect();
        Template { id: id.into(), subject: id.into(), roles, ..template() }
    }

    /// As `prefill` numbers and fills them for a record without contacts.
    fn empty(template: &Template) -> Prefill {
        let rows = template.roles.iter().zip(1u32..).map(|(role, id)| Row {
            id,
            ..Row::new(Some(role.recipient_id.clone()), role.kind.clone(), role.routing_order)
        });
        Prefill { rows: rows.collect(), notices: Vec::new() }
    }

    fn text(draft: &Draft) -> String {
        let row = |row: &Row| format!("{}={}", row.role.as_deref().unwrap_or("+"), row.name);
        draft.rows.iter().map(row).collect::<Vec<_>>().join(" ")
    }

    fn numbered(mut draft: Draft) -> Draft {
        for (row, id) in draft.rows.iter_mut().zip(1..) {
            row.id = id;
        }
        draft
    }

    #[test]
    fn an_added_template_keeps_people_and_words_and_brings_its_own_roles() {
        let known = template();
        let mut old = numbered(draft(&known));
        old.rows.push(Row { id: 7, ..added("Cy", "cy@firm.example") });
        old.subject = "Mine".into();
        let joined = join(&[known.clone(), other("t-2", &["Client", "Bank"])]).expect("two");
        let now = carried(&old, &known, &joined, &empty(&joined));
        assert_eq!(text(&now), "1=Ann Lee 2=Bo Lind 2-2= +=Cy");
        assert_eq!((now.subject.as_str(), now.message.as_str()), ("Mine", "Hello"));
        assert_eq!(now.added_templates, ["t-2"]);
    }

    #[test]
    fn a_dropped_role_stays_dropped_and_one_of_a_new_template_is_there() {
        let known = template();
        let mut old = numbered(draft(&known));
        old.rows.remove(1);
        let joined = join(&[known.clone(), other("t-2", &["Bank"])]).expect("two");
        assert_eq!(text(&carried(&old, &known, &joined, &empty(&joined))), "1=Ann Lee 2-1=");
    }

    #[test]
    fn a_role_nobody_has_seen_yet_gets_a_row_and_a_dropped_one_does_not() {
        let mut template = template();
        let mut draft = numbered(draft(&template));
        draft.rows.remove(1);
        draft.rows.push(Row { id: 7, ..added("Cy", "cy@firm.example") });
        let known: Vec<String> = template.roles.iter().map(|role| role.recipient_id.clone()).collect();
        assert_eq!(with_new_roles(draft.clone(), &known, &template), draft);
        template.roles.push(Role { name: "Ida".into(), ..role("3", "Witness", 2) });
        let now = with_new_roles(draft, &known, &template);
        assert_eq!(text(&now), "1=Ann Lee 3=Ida +=Cy");
        assert_eq!(now.rows.iter().map(|row| row.id).collect::<Vec<_>>(), [1, 8, 7]);
    }

    #[test]
    fn templates_in_another_order_keep_people_and_lose_values() {
        let (first, second) = (template(), other("t-2", &["Bank"]));
        let known = join(&[first.clone(), second.clone()]).expect("two");
        let mut old = numbered(draft(&known));
        old.rows[0].hidden_documents = vec!["1".into()];
        old.values = vec![crate::merge::FieldValue { tab: "x".into(), value: "1".into() }];
        let joined = join(&[second, first]).expect("two");
        let now = carried(&old, &known, &joined, &empty(&joined));
        assert_eq!(text(&now), "1=Bo Lind 2-1=Ann Lee");
        assert!(now.values.is_empty() && now.rows.iter().all(|row| row.hidden_documents.is_empty()));
        assert_eq!(now.subject, "t-2");
    }

    proptest! {
        #[test]
        fn ids_stay_unique_and_every_row_has_a_role_of_the_template_or_was_added(
            before in prop::sample::subsequence(vec![0usize, 1, 2], 1..=3),
            after in prop::sample::subsequence(vec![0usize, 1, 2], 1..=3).prop_shuffle(),
            dropped in any::<bool>(), more in any::<bool>(),
        ) {
            let all = [template(), other("t-2", &["Client", "Bank"]), other("t-3", &["Bank"])];
            let pick = |which: &[usize]| join(&which.iter().map(|at| all[*at].clone()).collect::<Vec<_>>()).expect("one");
            let (known, next) = (pick(&before), pick(&after));
            let mut old = Draft::from_prefill(&known, &empty(&known));
            if dropped { old.rows.pop(); }
            if more { old.add_row(Default::default()); }
            let now = carried(&old, &known, &next, &empty(&next));
            let unique: BTreeSet<u32> = now.rows.iter().map(|row| row.id).collect();
            prop_assert_eq!(unique.len(), now.rows.len());
            prop_assert!(now.rows.iter().all(|row| row.role.is_none() || row.role_in(&next).is_some()));
            prop_assert_eq!(now.rows.iter().filter(|row| row.role.is_none()).count(), usize::from(more));
            prop_assert!(now.rows.is_sorted_by_key(|row| row.routing_order));
            if before == after { prop_assert_eq!(now.rows, old.rows); }
        }
    }
}
