//! Why something is not possible, and what failed, in words that name who can mend it.

use leptos::prelude::*;
use shared::{
    after_send::doable::{Action, Why},
    error::Code,
};

use super::Desk;
use crate::{
    edge::Failure,
    fault,
    icon::icon,
    say,
    times::{exact, relative},
    words::say,
};

/// The sentence of a reason.
pub fn why(desk: Desk, why: Why) -> String {
    let key = ["why-", why.name()].concat();
    match why {
        Why::TooSoon { until } => {
            say!(&key, at = &exact(until), ahead = &relative(until, desk.frame.now.get()))
        }
        _ => say(&key),
    }
}

/// What is not possible now and why, each reason once. What is about one recipient stands there; that a certificate
/// comes with the last signature is said where the papers are.
pub fn reasons(desk: Desk) -> AnyView {
    let mut told: Vec<Why> = Vec::new();
    for action in [Action::Remind, Action::Correct, Action::Void, Action::Download, Action::SendAgain] {
        if let Err(why) = desk.may(action)
            && !matches!(why, Why::TooSoon { .. } | Why::Bounced)
            && !told.iter().any(|known| known.name() == why.name())
        {
            told.push(why);
        }
    }
    let lines = told.into_iter().map(|reason| {
        view! { <li data-why=reason.name()>{why(desk, reason)}</li> }
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() {
        return ().into_any();
    }
    view! { <ul class="whys detail subtle" aria-label=say("not-possible-now")>{lines.collect_view()}</ul> }
        .into_any()
}

/// What failed. A right that is missing is about this envelope, whose sender is known by name.
pub fn banner(desk: Desk, failure: &Failure) -> AnyView {
    let Failure::Edge(error) = failure else { return fault::banner(None, failure, None) };
    let title = match error.code {
        Code::DocusignNoPermission => {
            let sender = desk.envelope.with_untracked(|one| one.as_ref().map(|one| one.sender.clone()));
            Some(say!("not-yours", sender = &sender.unwrap_or_default()))
        }
        Code::NotPossible => {
            let name = error.field.clone().unwrap_or_default();
            let known = Why::ALL.into_iter().find(|one| one.name() == name);
            match known {
                // The edge counts by its own clock, and says how long.
                Some(Why::TooSoon { .. }) => {
                    let seconds = i64::from(error.retry_after.unwrap_or_default());
                    let until = crate::times::now().plus_seconds(seconds);
                    Some(why(desk, Why::TooSoon { until }))
                }
                Some(reason) => Some(why(desk, reason)),
                None => None,
            }
        }
        _ => None,
    };
    let Some(title) = title else { return fault::banner(None, failure, None) };
    let code = error.code.name();
    view! {
        <div class="banner info" role="alert" data-code=["error-", code].concat()
            data-why=error.field.clone().unwrap_or_default()>
            {icon("lock")}
            <div>
                <b>{title}</b>
                <p class="detail subtle">{say!("error-code-and-id", code = code, id = &error.support_id)}</p>
            </div>
        </div>
    }
    .into_any()
}
