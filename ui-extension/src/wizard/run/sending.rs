//! Sending the draft, once.

use leptos::{prelude::*, task::spawn_local};
use shared::{api::SendRequest, draft::Draft, error::Code};

use super::{Call, Run, Step};
use crate::{
    edge::{self, Failure},
    wizard::problem,
};

/// Whether DocuSign may have taken the envelope although we were told of a failure.
fn is_unsettled(failure: &Failure) -> bool {
    matches!(
        failure.code(),
        None | Some(
            Code::SendUnsettled | Code::Internal | Code::DocusignUnreachable | Code::IdempotencyMismatch
        )
    )
}

impl Run {
    /// Whether an answer to Send is awaited, or was lost: the draft must stay as it was sent.
    pub fn is_committed(self) -> bool {
        self.sending.with(|call| match call {
            Call::Idle => false,
            Call::UnderWay => true,
            Call::Failed(failure) => is_unsettled(failure),
        })
    }

    /// Sends. A second call while one is under way does nothing.
    pub fn send(self) {
        if self.sending.get_untracked() == Call::UnderWay {
            return;
        }
        if !self.problems.with_untracked(Vec::is_empty) {
            self.asked.set(true);
            self.previewing.set(false);
            return problem::focus_first();
        }
        self.sending.set(Call::UnderWay);
        // A save that arrived after the envelope would bring the draft back.
        self.when_idle(move || {
            spawn_local(async move {
                let request = SendRequest { draft: self.draft.get_untracked() };
                // The wizard may be closed before the answer is there.
                let id = self.id();
                match edge::send_envelope(&self.frame.token(), &id, &request).await {
                    Ok(answer) => {
                        self.frame.take_envelope(answer.envelope.clone());
                        self.frame.drop_draft(&id);
                        let _ = self.sending.try_set(Call::Idle);
                        let _ = self.previewing.try_set(false);
                        let _ = self.sent.try_set(Some(answer.envelope));
                        let _ = self.step.try_set(Step::Sent);
                    }
                    Err(failure) => self.note_refusal(failure, request.draft),
                }
            });
        });
    }

    fn note_refusal(self, failure: Failure, draft: Draft) {
        let problems = match &failure {
            Failure::Edge(refusal) => problem::read(refusal.problems.clone()),
            Failure::Unreachable => Vec::new(),
        };
        // The wizard may have been closed meanwhile.
        if self.sending.try_set(Call::Failed(failure)).is_some() {
            return;
        }
        self.previewing.set(false);
        if !problems.is_empty() {
            self.refused.set(Some((draft, problems)));
            self.asked.set(true);
            let only_values = self.problems.with_untracked(|all| all.iter().all(|one| one.tab().is_some()));
            self.step.set(if only_values { Step::Review } else { Step::Recipients });
        }
    }
}
