//! Which e-mail addresses DocuSign takes, and when two of them are the same.

/// DocuSign's limit of a recipient's e-mail.
pub const EMAIL_MAX_CHARS: usize = 100;

/// Whether `text` is an address that DocuSign takes: checked here, because DocuSign refuses the whole envelope
/// (`INVALID_EMAIL_ADDRESS_FOR_RECIPIENT`) where one is not.
///
/// The rule is the one of HTML's `<input type=email>`, narrowed: at most 100 characters; before the `@` 1 to
/// 64 ASCII letters, digits and ``!#$%&'*+/=?^_`{|}~-``, with single dots between; after it at least two
/// labels of letters, digits and inner hyphens, the last not all digits. So no quoted or international
/// local parts, no IP addresses, no `user@localhost`; domains in other scripts in their `xn--` form.
pub fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    text.len() <= EMAIL_MAX_CHARS && is_local_part(local) && is_domain(domain)
}

/// Whether two addresses reach the same person. Case does not matter: no provider in use tells them apart.
pub fn same_email(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

fn is_local_part(text: &str) -> bool {
    let atom = |c: u8| c.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&c);
    text.len() <= 64 && text.split('.').all(|part| !part.is_empty() && part.bytes().all(atom))
}

fn is_domain(text: &str) -> bool {
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && part.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    text.contains('.')
        && text.split('.').all(label)
        && !text.rsplit('.').next().unwrap_or_default().bytes().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in [
            "ann@firm.example",
            "ann.lee+deal-7@mail.firm.example",
            "o'hara@firm.example",
            "x@a.io",
            "1@2.example",
            "bo@xn--bcher-kva.example",
            &format!("{}@firm.example", "a".repeat(64)),
        ] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "ann",
            "@firm.example",
            "ann@",
            "ann@localhost",
            "ann@firm..example",
            "ann@.example",
            "ann@firm.example.",
            "ann@-firm.example",
            "ann@firm-.example",
            ".ann@firm.example",
            "ann.@firm.example",
            "a..n@firm.example",
            "ann@bo@firm.example",
            "ann lee@firm.example",
            "ann@firm.example, bo@firm.example",
            "Ann <ann@firm.example>",
            "\"ann lee\"@firm.example",
            "ann@[127.0.0.1]",
            "ann@127.0.0.1",
            "ann@firm.example\n",
            "añn@firm.example",
            "ann@bücher.example",
            &format!("{}@firm.example", "a".repeat(65)),
            &format!("ann@{}.example", "a".repeat(95)),
        ] {
            assert!(!is_email(bad), "{bad:?}");
        }
    }

    #[test]
    fn case_and_blanks_around_make_no_other_person() {
        assert!(same_email(" Ann@Firm.example", "ann@firm.EXAMPLE "));
        assert!(!same_email("ann@firm.example", "ann+1@firm.example"));
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_fail(text in ".*") {
            is_email(&text);
        }

        #[test]
        fn an_address_survives_neither_a_blank_nor_a_second_at(
            local in "[a-z0-9]{1,20}", domain in "[a-z]{1,20}", at in 0usize..20, c in "[ @,;<>\"\n]"
        ) {
            let mut text = format!("{local}@{domain}.example");
            prop_assert!(is_email(&text));
            text.insert_str(at.min(text.len()), &c);
            prop_assert!(!is_email(&text));
        }
    }
}
