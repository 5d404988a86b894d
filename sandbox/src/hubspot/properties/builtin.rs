//! The properties every sample portal has: HubSpot's own, and some that an admin could have made.

use super::{Choice, PropertyDef};
use crate::hubspot::model::{Group, Kind};

type Row = (&'static str, &'static str, &'static str, &'static str);

pub fn groups(kind: Kind) -> Vec<Group> {
    let rows: &[(&str, &str)] = match kind {
        Kind::Contact => {
            &[("contactinformation", "Contact information"), ("contract_details", "Contract details")]
        }
        Kind::Company => {
            &[("companyinformation", "Company information"), ("contract_details", "Contract details")]
        }
        Kind::Deal => &[("dealinformation", "Deal information"), ("contract_details", "Contract details")],
        Kind::Note => &[("engagement", "Engagement")],
    };
    let group = |(order, (name, label)): (usize, &(&str, &str))| Group {
        name: (*name).into(),
        label: (*label).into(),
        display_order: i64::try_from(order).unwrap_or_default(),
    };
    rows.iter().enumerate().map(group).collect()
}

pub fn of(kind: Kind) -> Vec<PropertyDef> {
    let (group, own): (&str, &[Row]) = match kind {
        Kind::Contact => ("contactinformation", CONTACT),
        Kind::Company => ("companyinformation", COMPANY),
        Kind::Deal => ("dealinformation", DEAL),
        Kind::Note => ("engagement", NOTE),
    };
    let common: &[Row] = match kind {
        Kind::Contact => &COMMON_CONTACT,
        _ => &COMMON,
    };
    common.iter().chain(own).enumerate().map(|(order, row)| define(order, group, row)).collect()
}

/// The fourth column: the field, then flags and options, separated by `|`.
fn define(order: usize, group: &str, (name, label, kind, form): &Row) -> PropertyDef {
    let mut parts = form.split('|');
    let field = parts.next().unwrap_or("text");
    let mut property = PropertyDef {
        name: (*name).into(),
        label: (*label).into(),
        kind: (*kind).into(),
        field: field.into(),
        group: group.into(),
        description: String::new(),
        options: vec![],
        hidden: false,
        calculated: false,
        read_only: false,
        hubspot_defined: true,
        sensitive: false,
        unique: matches!(*name, "hs_object_id" | "email" if group == "contactinformation" || *name == "hs_object_id"),
        owner: false,
        display_order: i64::try_from(order).unwrap_or_default(),
        created_at: None,
    };
    for part in parts {
        match part {
            "readonly" => property.read_only = true,
            "calculated" => property.calculated = true,
            "hidden" => property.hidden = true,
            "sensitive" => property.sensitive = true,
            "owner" => property.owner = true,
            "own" => {
                property.hubspot_defined = false;
                property.group = "contract_details".into();
            }
            option => {
                let (value, label) = option.split_once('=').unwrap_or((option, option));
                property.options.push(Choice { label: label.into(), value: value.into(), hidden: false });
            }
        }
    }
    property
}

const COMMON: [Row; 4] = [
    ("hs_object_id", "Record ID", "number", "number|readonly"),
    ("createdate", "Create date", "datetime", "date|readonly"),
    ("hs_lastmodifieddate", "Last modified date", "datetime", "date|readonly"),
    ("hubspot_owner_id", "Owner", "enumeration", "select|owner"),
];

const COMMON_CONTACT: [Row; 4] = [
    ("hs_object_id", "Record ID", "number", "number|readonly"),
    ("createdate", "Create date", "datetime", "date|readonly"),
    ("lastmodifieddate", "Last modified date", "datetime", "date|readonly"),
    ("hubspot_owner_id", "Contact owner", "enumeration", "select|owner"),
];

const CONTACT: &[Row] = &[
    ("firstname", "First name", "string", "text"),
    ("lastname", "Last name", "string", "text"),
    ("email", "Email", "string", "text"),
    ("jobtitle", "Job title", "string", "text"),
    ("phone", "Phone number", "string", "phonenumber"),
    ("mobilephone", "Mobile phone number", "string", "phonenumber"),
    ("company", "Company name", "string", "text"),
    ("address", "Street address", "string", "text"),
    ("zip", "Postal code", "string", "text"),
    ("city", "City", "string", "text"),
    ("country", "Country/Region", "string", "text"),
    (
        "lifecyclestage",
        "Lifecycle stage",
        "enumeration",
        "radio|lead=Lead|salesqualifiedlead=Sales qualified lead|opportunity=Opportunity|customer=Customer|other=Other",
    ),
    (
        "hs_lead_status",
        "Lead status",
        "enumeration",
        "radio|NEW=New|OPEN=Open|IN_PROGRESS=In progress|CONNECTED=Connected|UNQUALIFIED=Unqualified",
    ),
    (
        "hs_language",
        "Preferred language",
        "enumeration",
        "select|en=English|da=Danish|de=German|ja=Japanese|el=Greek|uk=Ukrainian|ar=Arabic",
    ),
    ("hs_email_optout", "Unsubscribed from all email", "bool", "booleancheckbox"),
    ("num_associated_deals", "Number of associated deals", "number", "number|calculated"),
    ("hs_additional_emails", "Additional email addresses", "enumeration", "checkbox|hidden"),
    ("hs_calculated_form_submissions", "All form submissions", "enumeration", "checkbox|hidden|readonly"),
    ("signing_limit", "Signing limit", "number", "number|own"),
    ("authorised_to_sign", "Authorised to sign", "bool", "booleancheckbox|own"),
    ("employment_start", "Employment start", "date", "date|own"),
    ("national_id", "National ID", "string", "text|own|sensitive"),
];

const COMPANY: &[Row] = &[
    ("name", "Company name", "string", "text"),
    ("domain", "Company domain name", "string", "text"),
    ("website", "Website URL", "string", "text"),
    ("phone", "Phone number", "string", "phonenumber"),
    ("address", "Street address", "string", "text"),
    ("zip", "Postal code", "string", "text"),
    ("city", "City", "string", "text"),
    ("country", "Country/Region", "string", "text"),
    (
        "industry",
        "Industry",
        "enumeration",
        "select|LOGISTICS_AND_SUPPLY_CHAIN=Logistics and supply chain|COMPUTER_SOFTWARE=Computer software|CONSTRUCTION=Construction|FOOD_PRODUCTION=Food production|RENEWABLES_ENVIRONMENT=Renewables and environment|MARITIME=Maritime|HOSPITAL_HEALTH_CARE=Hospital and health care|PUBLISHING=Publishing|RETAIL=Retail|ARCHITECTURE_PLANNING=Architecture and planning",
    ),
    ("numberofemployees", "Number of employees", "number", "number"),
    ("annualrevenue", "Annual revenue", "number", "number"),
    ("description", "Description", "string", "textarea"),
    (
        "lifecyclestage",
        "Lifecycle stage",
        "enumeration",
        "radio|lead=Lead|opportunity=Opportunity|customer=Customer|other=Other",
    ),
    ("num_associated_contacts", "Number of associated contacts", "number", "number|calculated"),
    ("vat_number", "VAT number", "string", "text|own"),
    ("framework_agreement_until", "Framework agreement until", "date", "date|own"),
    ("credit_approved", "Credit approved", "bool", "booleancheckbox|own"),
];

const DEAL: &[Row] = &[
    ("dealname", "Deal name", "string", "text"),
    (
        "dealstage",
        "Deal stage",
        "enumeration",
        "radio|appointmentscheduled=Appointment scheduled|qualifiedtobuy=Qualified to buy|presentationscheduled=Presentation scheduled|contractsent=Contract sent|closedwon=Closed won|closedlost=Closed lost",
    ),
    ("pipeline", "Pipeline", "enumeration", "select|default=New business|renewals=Renewals"),
    ("amount", "Amount", "number", "number"),
    (
        "deal_currency_code",
        "Currency",
        "enumeration",
        "select|DKK=Danish krone|EUR=Euro|GBP=Pound sterling|JPY=Japanese yen|USD=US dollar",
    ),
    ("closedate", "Close date", "datetime", "date"),
    (
        "dealtype",
        "Deal type",
        "enumeration",
        "radio|newbusiness=New business|existingbusiness=Existing business",
    ),
    ("description", "Deal description", "string", "textarea"),
    ("hs_is_closed", "Is deal closed?", "bool", "booleancheckbox|calculated|hidden"),
    ("num_associated_contacts", "Number of associated contacts", "number", "number|calculated"),
    ("renewal_date", "Renewal date", "date", "date|own"),
    ("purchase_order", "Purchase order", "string", "text|own"),
    ("contract_signed_on", "Contract signed on", "date", "date|own"),
    (
        "payment_terms",
        "Payment terms",
        "enumeration",
        "select|own|net14=14 days net|net30=30 days net|net60=60 days net",
    ),
    ("discount_percent", "Discount (%)", "number", "number|own"),
    ("auto_renews", "Renews by itself", "bool", "booleancheckbox|own"),
    (
        "services",
        "Services",
        "enumeration",
        "checkbox|own|advice=Advice|installation=Installation|support=Support|training=Training",
    ),
];

const NOTE: &[Row] = &[
    ("hs_timestamp", "Activity date", "datetime", "date"),
    ("hs_note_body", "Note body", "string", "html"),
    ("hs_attachment_ids", "Attached file IDs", "string", "text"),
    ("hs_created_by", "Created by", "number", "number|readonly"),
];
