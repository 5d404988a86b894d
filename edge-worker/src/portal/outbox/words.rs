//! The words of notes, in the sender's language: English or Danish. A note ends with a mark by which it is found
//! again; it is plain text, since HubSpot takes out what it does not show.

use shared::{
    envelope::{Envelope, Recipient, RecipientStatus},
    settings::NoteEvent,
};

use crate::{
    failure::Outcome,
    pages::Language,
    portal::{envelopes::Stored, room::Room, settings},
};

/// Of a reason that DocuSign tells no more is written.
const REASON_MAX_CHARS: usize = 500;

/// Tells the notes of envelopes and events apart.
pub fn mark(envelope: &str, event: NoteEvent) -> String {
    format!("DocuSign {envelope}/{}", event.name())
}

struct Words {
    sent: &'static str,
    viewed: &'static str,
    completed: &'static str,
    declined: &'static str,
    voided: &'static str,
    to: &'static str,
    signed_by: &'static str,
    reason: &'static str,
    too_large: &'static str,
    open: &'static str,
}

const ENGLISH: Words = Words {
    sent: "Sent with DocuSign",
    viewed: "Viewed in DocuSign",
    completed: "Completed in DocuSign",
    declined: "Declined in DocuSign",
    voided: "Voided in DocuSign",
    to: "To",
    signed_by: "Signed by",
    reason: "Reason",
    too_large: "The signed documents are too large to be filed here.",
    open: "Open them in DocuSign",
};

const DANISH: Words = Words {
    sent: "Sendt med DocuSign",
    viewed: "Set i DocuSign",
    completed: "Færdig i DocuSign",
    declined: "Afvist i DocuSign",
    voided: "Annulleret i DocuSign",
    to: "Til",
    signed_by: "Underskrevet af",
    reason: "Begrundelse",
    too_large: "De underskrevne dokumenter er for store til at blive gemt her.",
    open: "Åbn dem i DocuSign",
};

/// The body of a note. `link`: where the documents are that could not be filed.
pub fn note(room: &Room, stored: &Stored, event: NoteEvent, link: Option<&str>) -> Outcome<String> {
    let locale = settings::language(room, &stored.user)?;
    Ok(body(&stored.envelope, event, Language::of(locale.as_deref(), None), link))
}

fn body(envelope: &Envelope, event: NoteEvent, language: Language, link: Option<&str>) -> String {
    let words = match language {
        Language::English => &ENGLISH,
        Language::Danish => &DANISH,
    };
    let title = match event {
        NoteEvent::Sent => words.sent,
        NoteEvent::Viewed => words.viewed,
        NoteEvent::Completed => words.completed,
        NoteEvent::Declined => words.declined,
        NoteEvent::Voided => words.voided,
    };
    let mut lines = vec![format!("<strong>{title}: {}</strong>", escaped(&envelope.subject))];
    let mut said = |label: &str, people: Vec<String>| {
        if !people.is_empty() {
            lines.push(format!("{label}: {}", people.join(", ")));
        }
    };
    let named = |fits: &dyn Fn(&Recipient) -> bool| -> Vec<String> {
        envelope
            .recipients
            .iter()
            .filter(|one| fits(one) && !one.name.is_empty())
            .map(|one| escaped(&one.name))
            .collect()
    };
    match event {
        NoteEvent::Sent => said(words.to, named(&|_| true)),
        NoteEvent::Viewed => {}
        NoteEvent::Completed => said(words.signed_by, named(&|one| one.kind.needs_signature())),
        NoteEvent::Declined => {
            let declined: Vec<&Recipient> =
                envelope.recipients.iter().filter(|one| one.status == RecipientStatus::Declined).collect();
            let reasons = declined.iter().filter_map(|one| {
                let reason = one.reason.as_deref().filter(|reason| !reason.is_empty())?;
                Some(format!("{} ({})", escaped(&short(reason)), escaped(&one.name)))
            });
            said(words.reason, reasons.collect());
        }
        NoteEvent::Voided => {
            said(words.reason, envelope.voided_reason.iter().map(|reason| escaped(&short(reason))).collect());
        }
    }
    if let Some(link) = link {
        lines.push(format!("{} <a href=\"{}\">{}</a>", words.too_large, escaped(link), words.open));
    }
    lines.push(mark(&escaped(&envelope.id), event));
    lines.iter().map(|line| format!("<p>{line}</p>")).collect()
}

fn short(text: &str) -> String {
    text.chars().take(REASON_MAX_CHARS).collect()
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use shared::{
        envelope::{Heard, Status},
        record::{ObjectType, RecordRef},
        template::RecipientKind,
        time::Timestamp,
    };

    use super::*;

    fn envelope() -> Envelope {
        let recipient = Recipient {
            id: "1".into(),
            name: "Ann <b>Lee</b>".into(),
            email: "ann@x.example".into(),
            role_name: "Client".into(),
            kind: RecipientKind::Signer,
            routing_order: 1,
            status: RecipientStatus::Declined,
            status_at: Timestamp(1),
            reason: Some("Too \"dear\"".into()),
        };
        Envelope {
            id: "e-1".into(),
            record: RecordRef::new(ObjectType::Deal, "7").expect("digits"),
            subject: "NDA & more".into(),
            template_name: String::new(),
            status: Status::Declined,
            status_at: Timestamp(1),
            sent_at: Timestamp(1),
            sender: String::new(),
            recipients: vec![recipient],
            voided_reason: Some("Wrong price".into()),
            synced_at: Timestamp(1),
            heard: Heard::default(),
        }
    }

    #[test]
    fn a_note_says_what_happened_and_nothing_in_it_is_taken_for_html() {
        let check = |event, language, expected: &str| {
            assert_eq!(body(&envelope(), event, language, None), expected);
        };
        check(
            NoteEvent::Sent,
            Language::English,
            "<p><strong>Sent with DocuSign: NDA &amp; more</strong></p><p>To: Ann &lt;b&gt;Lee&lt;/b&gt;</p>\
             <p>DocuSign e-1/sent</p>",
        );
        check(
            NoteEvent::Declined,
            Language::Danish,
            "<p><strong>Afvist i DocuSign: NDA &amp; more</strong></p>\
             <p>Begrundelse: Too &quot;dear&quot; (Ann &lt;b&gt;Lee&lt;/b&gt;)</p><p>DocuSign e-1/declined</p>",
        );
        let linked =
            body(&envelope(), NoteEvent::Completed, Language::English, Some("https://x.example/?a=1&b"));
        assert!(linked.contains("<a href=\"https://x.example/?a=1&amp;b\">"), "{linked}");
        for event in NoteEvent::ALL {
            assert!(body(&envelope(), event, Language::English, None).contains(&mark("e-1", event)));
        }
    }
}
