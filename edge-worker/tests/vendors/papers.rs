//! A draft at DocuSign, from the templates' bare one to what goes out: files, order, changes, the editor's address.

use edge_worker::{
    docusign::{
        DocuSign,
        changes::{Known, changes, seats},
        definition::{self, Binding},
        failure::{During, app_error},
    },
    vendor::VendorError,
};
use shared::{
    draft::{
        DocumentSource, Draft, DraftDocument, Options, PlacedAt, PlacedField, PlacedKind, Reminders, Row,
    },
    error::Code,
    record::{ObjectType, RecordRef},
    template::{RecipientKind, Template},
};

use crate::{
    Stand,
    docusign::{client, draft, template},
};

const UPLOAD: &str = "1000000001";

fn record() -> RecordRef {
    RecordRef::new(ObjectType::Deal, "987654").expect("a record")
}

fn binding(record: &RecordRef) -> Binding<'_> {
    Binding {
        portal: 62515,
        record,
        transaction_id: "5c6f9f3e-8d1b-4a57-9c1e-2f8a7f3b1c77",
        connect_url: "https://sign.example.com/docusign/connect/62515",
        locale: Some("en"),
        sender: ("Sam Sender", "sam@sender.example"),
    }
}

/// DocuSign's draft of these templates.
async fn bare(docusign: &DocuSign, templates: &[&str]) -> String {
    let record = record();
    let definition = definition::bare(templates, "Please sign", &binding(&record));
    docusign.create_envelope(&definition).await.expect("a draft").envelope_id
}

fn text_file() -> Vec<u8> {
    b"Annex\n\nSigned for the customer:\n".to_vec()
}

async fn lay(
    docusign: &DocuSign,
    envelope: &str,
    template: &Template,
    draft: &Draft,
    seats: &[(String, String)],
) {
    let (now, people) = docusign.whole(envelope).await.expect("the draft");
    assert!(now.is_draft(), "{now:?}");
    let documents = documents(docusign, envelope, template).await;
    let known = Known { template, seats, documents: &documents, people: &people };
    let record = record();
    let plan = changes(draft, &[], &known, &binding(&record));
    if !plan.remove.is_empty() {
        docusign.delete_recipients(envelope, &plan.remove).await.expect("taken off");
    }
    for (recipient, tabs) in &plan.take_back {
        docusign.delete_tabs(envelope, recipient, tabs).await.expect("taken back");
    }
    docusign.update(envelope, &plan.update).await.expect("changed");
}

async fn documents(docusign: &DocuSign, envelope: &str, template: &Template) -> Vec<DraftDocument> {
    let there = docusign.documents(envelope).await.expect("documents");
    let mut own = template.documents.iter();
    let document = |id: &str, name: &str, source| DraftDocument {
        id: id.to_owned(),
        name: name.to_owned(),
        pages: None,
        source,
    };
    there
        .iter()
        .map(|wire| {
            let source = if wire.document_id == UPLOAD {
                DocumentSource::Upload { bytes: 1 }
            } else {
                DocumentSource::Template { document: own.next().map(|d| d.id.clone()).unwrap_or_default() }
            };
            document(&wire.document_id, &wire.name, source)
        })
        .collect()
}

#[tokio::test]
async fn a_bare_draft_becomes_what_was_drafted_and_doing_it_twice_changes_nothing() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    let template = template(&stand, &docusign, "Master services agreement").await;
    let envelope = bare(&docusign, &[&template.id]).await;
    let recipients = docusign.recipients(&envelope).await.expect("recipients");
    let seats = seats(&template, &recipients);
    assert_eq!(seats.len(), template.roles.len());
    docusign.put_document(&envelope, UPLOAD, ("Annex.txt", "txt"), text_file()).await.expect("taken");
    let mut draft = draft(&template);
    draft.rows.truncate(1);
    draft.rows.push(Row {
        id: 77,
        name: "Records".into(),
        email: "records@x.example".into(),
        ..Row::new(None, RecipientKind::CarbonCopy, 3)
    });
    draft.options = Options {
        comments: Some(false),
        reminders: Some(Reminders { first_after: 3, then_every: 2, at_most: None }),
        ..Options::default()
    };
    draft.placed = vec![PlacedField {
        id: 1,
        row: draft.rows[0].id,
        document: format!("draft-{UPLOAD}"),
        kind: PlacedKind::Signature,
        at: PlacedAt::Text { text: "Signed for the customer:".into() },
    }];
    for _ in 0..2 {
        lay(&docusign, &envelope, &template, &draft, &seats).await;
        let (_, people) = docusign.whole(&envelope).await.expect("the draft");
        let names: Vec<&str> = people.recipients.iter().map(|(_, r)| r.name.as_str()).collect();
        assert_eq!(names, [draft.rows[0].name.as_str(), "Records"]);
        let placed = people.tabs.iter().filter(|tab| tab.document == UPLOAD).count();
        assert_eq!(placed, 1, "{:?}", people.tabs);
    }
    docusign.send_draft(&envelope).await.expect("sent");
    assert!(!docusign.envelope(&envelope).await.expect("the envelope").is_draft());
    assert!(docusign.sender_view(&envelope, "https://sign.example.com/docusign/return").await.is_err());
}

#[tokio::test]
async fn files_are_put_in_ordered_named_shown_and_taken_out() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    let first = template(&stand, &docusign, "Master services agreement").await;
    let second = template(&stand, &docusign, "Mutual NDA").await;
    let envelope = bare(&docusign, &[&first.id, &second.id]).await;
    let there = docusign.documents(&envelope).await.expect("documents");
    let names = |list: &[shared::template::Document]| list.iter().map(|d| d.name.clone()).collect::<Vec<_>>();
    let expected = [names(&first.documents), names(&second.documents)].concat();
    assert_eq!(there.iter().map(|d| d.name.clone()).collect::<Vec<_>>(), expected);
    docusign.put_document(&envelope, UPLOAD, ("Bilag å.txt", "txt"), text_file()).await.expect("taken");
    let mut order: Vec<(String, String)> =
        there.iter().map(|d| (d.document_id.clone(), d.name.clone())).collect();
    order.insert(0, (UPLOAD.into(), "Bilag å.txt".into()));
    docusign.arrange_documents(&envelope, &order).await.expect("arranged");
    let there = docusign.documents(&envelope).await.expect("documents");
    assert_eq!((there[0].document_id.as_str(), there[0].name.as_str()), (UPLOAD, "Bilag å.txt"));
    let bytes = docusign.document(&envelope, UPLOAD).await.expect("bytes");
    assert!(bytes.starts_with(b"%PDF"));
    docusign.delete_documents(&envelope, &[UPLOAD.to_owned()]).await.expect("taken out");
    assert_eq!(docusign.documents(&envelope).await.expect("documents").len(), expected.len());
    let url =
        docusign.sender_view(&envelope, "https://sign.example.com/docusign/return").await.expect("a view");
    assert!(url.starts_with(&stand.running.docusign_url));
    docusign.discard_draft(&envelope).await.expect("thrown away");
    assert!(docusign.envelope(&envelope).await.expect("still told of").is_gone());
}

#[tokio::test]
async fn a_file_that_is_refused_says_why() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    let template = template(&stand, &docusign, "Mutual NDA").await;
    let envelope = bare(&docusign, &[&template.id]).await;
    for (name, extension, bytes, expected) in [
        ("Empty.pdf", "pdf", Vec::new(), Code::FileUnreadable),
        ("Fake.pdf", "pdf", b"MZ".to_vec(), Code::FileUnreadable),
        ("odd.xyz", "xyz", b"MZ".to_vec(), Code::FileTypeRefused),
    ] {
        let error = docusign.put_document(&envelope, UPLOAD, (name, extension), bytes).await.expect_err(name);
        assert_eq!(app_error(&error, During::Upload).code, expected, "{name}");
        assert!(matches!(error, VendorError::Refused { .. }));
    }
    assert_eq!(docusign.documents(&envelope).await.expect("documents").len(), template.documents.len());
}
