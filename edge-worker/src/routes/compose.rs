//! `GET /api/compose?template=ID[&template=ID…]`: what the wizard starts with. The templates are read anew, and kept
//! for the send that may follow, so that the send is one call to DocuSign.

use futures_util::future::{try_join, try_join_all, try_join3};
use shared::{
    api::{Allowed, Compose},
    draft::{Draft, DraftDocument, edited},
    error::{AppError, Code},
    mapping::Mapping,
    merge::{self, Definition, Field, Property, RecordValues, Sources, Wording},
    prefill::prefill,
    record::ObjectType,
    template::{Template, join},
};
use worker::Response;

use crate::{
    access::{self, Guest, Wanted},
    answer,
    call::Call,
    docusign,
    failure::{Failure, Outcome},
    hubspot,
    portal::{
        ask::{KeepTemplate, settings::MappingsOf},
        kept::What,
    },
    wire::{
        hubspot::{AccountWire, PropertyWire},
        tab::DefinitionWire,
    },
};

/// Templates in one envelope.
const TEMPLATES_MAX: usize = 10;
/// The kept answers that composing and sending need.
pub const KEPT: [What; 4] = [What::Definitions, What::Allowed, What::Properties, What::Account];

pub async fn answer(call: &Call) -> Outcome<Response> {
    let asked = call.query().into_iter().filter(|(name, _)| name == "template").map(|(_, id)| id);
    let ids = good_ids(asked.collect())?;
    let guest = access::enter_with(call, Wanted { kept: &KEPT, ..Wanted::default() }).await?;
    answer::data(&compose(call, &guest, &ids, None, None).await?)
}

/// Templates (unless given) and record, read anew, and the rows a wizard starts with; with `documents` in the place of
/// the templates' own.
pub async fn compose(
    call: &Call,
    guest: &Guest,
    ids: &[String],
    given: Option<Template>,
    documents: Option<&[DraftDocument]>,
) -> Outcome<Compose> {
    let record = guest.visit.record()?.clone();
    let read =
        guest.hubspot(call, hubspot::failure::During::Record, async |hubspot| hubspot.record(&record).await);
    let template = async {
        match given {
            Some(template) => Ok(template),
            None => joined(call, guest, ids, &[]).await,
        }
    };
    let (template, record, allowed) = try_join3(template, read, allowed(call, guest)).await?;
    let template = documents.map_or(template.clone(), |documents| edited(&template, documents));
    let merge = merge(call, guest, &template).await?;
    let prefill = prefill(&template, &record);
    let options = guest.visit.preferences.options(&template.options);
    Ok(Compose { template, record, prefill, merge, allowed, options })
}

/// The ids of the templates that a draft is made of.
pub fn template_ids(draft: &Draft) -> Outcome<Vec<String>> {
    good_ids(draft.templates())
}

pub fn good_ids(ids: Vec<String>) -> Outcome<Vec<String>> {
    let good = (1..=TEMPLATES_MAX).contains(&ids.len()) && ids.iter().all(|id| is_template_id(id));
    if good { Ok(ids) } else { Err(AppError::new(Code::BadRequest).field("template").into()) }
}

/// The templates of these ids as one. Those that are not among `known` are read, each once.
pub async fn joined(call: &Call, guest: &Guest, ids: &[String], known: &[Template]) -> Outcome<Template> {
    let each = ids.iter().map(|id| async move {
        match known.iter().find(|template| template.id == *id) {
            Some(template) => Ok(template.clone()),
            None => template(call, guest, id).await,
        }
    });
    join(&try_join_all(each).await?).ok_or(Failure::internal("no template to join"))
}

/// The template's fields with what the session's record holds. Asks DocuSign for the account's custom fields and
/// HubSpot for the properties, once in a while each, and HubSpot for the record's values every time; asks nobody
/// for a template without such fields.
pub async fn merge(call: &Call, guest: &Guest, template: &Template) -> Outcome<Vec<Field>> {
    merge_with(call, guest, template, None).await
}

/// As [`merge`], with other mappings than the portal's.
pub async fn merge_with(
    call: &Call,
    guest: &Guest,
    template: &Template,
    mappings: Option<Vec<Mapping>>,
) -> Outcome<Vec<Field>> {
    if !template.tabs.iter().any(|tab| tab.kind.takes_value()) {
        return Ok(Vec::new());
    }
    let record = guest.visit.record()?;
    let object = record.object();
    let saved = async {
        match mappings {
            Some(mut tried) => {
                tried.retain(|m| m.object == object && !m.paused && m.direction.to_docusign());
                Ok(tried)
            }
            None => {
                let session_hash = guest.session_hash().to_owned();
                guest.portal.ask(&MappingsOf { session_hash, object }).await
            }
        }
    };
    let (definitions, mappings) = try_join(definitions(call, guest), saved).await?;
    let mut properties = Vec::new();
    let mut records = Vec::new();
    let mut account = AccountWire::default();
    let ways = merge::ways_asked(template, &definitions, &mappings, object);
    if !ways.is_empty() {
        let objects = ways.iter().filter_map(|via| via.leads_to(object));
        let each = try_join_all(objects.map(|object| known(call, guest, object)));
        let (known, found) = try_join(each, account_of(call, guest)).await?;
        (properties, account) = (known.into_iter().flatten().collect(), found);
        let wanted = merge::properties_asked(template, &definitions, &mappings, object, &properties);
        let during = hubspot::failure::During::Record;
        let found = guest.hubspot(call, during, async |h| h.values_around(record, &wanted).await).await?;
        records.extend(found.into_iter().map(|(via, values)| RecordValues {
            via,
            object: via.leads_to(object).unwrap_or(object),
            values,
            currency: account.currency(),
        }));
    }
    let local_day = |at| account.day(at);
    let language = guest.visit.locale.as_deref().unwrap_or("en");
    let sources = Sources {
        definitions: &definitions,
        mappings: &mappings,
        properties: &properties,
        records: &records,
        wording: Wording { language, local_day: &local_day },
    };
    Ok(merge::fields(template, &sources))
}

/// The account's custom fields. Who may not list them still has templates whose fields say by themselves what
/// they ask for.
async fn definitions(call: &Call, guest: &Guest) -> Outcome<Vec<Definition>> {
    let list = definition_list(call, guest).await?;
    Ok(list.into_iter().map(DefinitionWire::definition).collect())
}

pub async fn definition_list(call: &Call, guest: &Guest) -> Outcome<Vec<DefinitionWire>> {
    match guest.kept(What::Definitions) {
        Some(list) => Ok(list),
        None => {
            let during = docusign::failure::During::Envelope;
            let list = guest.docusign(call, during, async |d| d.tab_definitions().await).await;
            let list = permitted(list)?.unwrap_or_default();
            guest.keep(What::Definitions, &list).await;
            Ok(list)
        }
    }
}

/// What the account lets a sender change. Who may not read that may try everything.
async fn allowed(call: &Call, guest: &Guest) -> Outcome<Allowed> {
    if let Some(allowed) = guest.kept(What::Allowed) {
        return Ok(allowed);
    }
    let during = docusign::failure::During::Envelope;
    let settings = guest.docusign(call, during, async |d| d.settings().await).await;
    let allowed = permitted(settings)?.map(|settings| settings.allowed()).unwrap_or_default();
    guest.keep(What::Allowed, &allowed).await;
    Ok(allowed)
}

/// `None` where the user lacks the right to ask.
fn permitted<T>(outcome: Outcome<T>) -> Outcome<Option<T>> {
    match outcome {
        Err(failure)
            if matches!(failure.error.code, Code::DocusignNoPermission | Code::DocusignPlanLacksFeature) =>
        {
            Ok(None)
        }
        other => other.map(Some),
    }
}

/// The properties of a kind of record.
async fn known(call: &Call, guest: &Guest, object: ObjectType) -> Outcome<Vec<Property>> {
    let list = property_list(call, guest, object).await?;
    Ok(list.into_iter().filter_map(|property| property.property(object)).collect())
}

pub async fn property_list(call: &Call, guest: &Guest, object: ObjectType) -> Outcome<Vec<PropertyWire>> {
    let of_record = guest.visit.record.as_ref().is_some_and(|record| record.object() == object);
    let kept = if of_record { guest.kept(What::Properties) } else { None };
    match kept.or_else(|| guest.kept(What::PropertiesOf(object))) {
        Some(list) => Ok(list),
        None => {
            let during = hubspot::failure::During::Record;
            let list = guest.hubspot(call, during, async |h| h.properties(object).await).await?;
            guest.keep(What::PropertiesOf(object), &list).await;
            Ok(list)
        }
    }
}

/// The portal's time zone and currency.
async fn account_of(call: &Call, guest: &Guest) -> Outcome<AccountWire> {
    if let Some(account) = guest.kept(What::Account) {
        return Ok(account);
    }
    let during = hubspot::failure::During::Record;
    let account = guest.hubspot(call, during, async |h| h.account().await).await?;
    guest.keep(What::Account, &account).await;
    Ok(account)
}

/// Reads a template from DocuSign and has the object keep it.
pub async fn template(call: &Call, guest: &Guest, id: &str) -> Outcome<Template> {
    let during = docusign::failure::During::Template;
    let template = guest.docusign(call, during, async |docusign| docusign.template(id).await).await?;
    if let Some(desk) = &guest.visit.docusign {
        let user = guest.visit.user.clone();
        let keep = KeepTemplate { user, account: desk.account.clone(), template: template.clone() };
        guest.portal.ask(&keep).await?;
    }
    Ok(template)
}

/// DocuSign's ids are UUIDs; nothing longer or stranger is asked for.
pub fn is_template_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
