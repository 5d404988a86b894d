//! Going on with a draft that was saved, here or in another window.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    api::DraftStep,
    draft::check,
    error::Code,
    template::{Template, TemplateSummary},
};

use super::{Call, Run, Saved, Step, fresh_id};
use crate::{
    edge::{self, Opened},
    times::now,
};

impl Run {
    /// Opens the draft `id` where it was left.
    pub fn resume(self, id: String) {
        self.id.set_value(id.clone());
        self.opening.set(Call::UnderWay);
        spawn_local(async move {
            let answer = edge::open_draft(&self.frame.token(), &id).await;
            if self.opening.is_disposed() {
                return;
            }
            match answer {
                Ok(opened) => self.take_opened(opened),
                Err(failure) => self.opening.set(Call::Failed(failure)),
            }
        });
    }

    fn take_opened(self, opened: Opened) {
        let Opened { draft, version, step, composed, template_changed, documents } = opened;
        let template = &composed.template;
        // What the template's owner changed may have left a gap where there was none.
        let complete = check(&draft, template).is_empty();
        let to = if step == DraftStep::Review && complete { Step::Review } else { Step::Recipients };
        let chosen = summaries(template);
        self.several.set(chosen.len() > 1);
        self.chosen.set(chosen);
        self.changed.set(template_changed);
        self.asked.set(step == DraftStep::Review && !complete);
        let id = self.id();
        let saved_at = self
            .frame
            .drafts
            .with_untracked(|all| all.iter().find(|one| one.id == id).map(|one| one.saved_at));
        self.saving.stands_at(version, (draft.clone(), step), saved_at.unwrap_or_else(now));
        self.settle(composed, draft, documents);
        self.sending.set(Call::Idle);
        self.opening.set(Call::Idle);
        self.step.set(to);
    }

    /// After another window has saved this draft: goes on with what was saved there.
    pub fn take_theirs(self) {
        self.resume(self.id());
    }

    /// After another window has saved this draft: goes on with this one, over what was saved there.
    pub fn keep_mine(self) {
        self.saving.state.set(Saved::UnderWay);
        spawn_local(async move {
            let there = edge::open_draft(&self.frame.token(), &self.id()).await;
            if self.opening.is_disposed() {
                return;
            }
            let version = match there {
                Ok(opened) => opened.version,
                // A draft that is gone begins again.
                Err(failure) if matches!(failure.code(), Some(Code::NotFound | Code::DraftGone)) => 0,
                Err(failure) => return self.saving.state.set(Saved::Failed(failure)),
            };
            self.saving.version.set_value(version);
            self.saving.known.set_value(None);
            self.save();
        });
    }

    /// The draft's template is gone: another one is chosen for a draft of its own.
    pub fn begin_again(self) {
        self.throw_away();
        self.restart();
        self.opening.set(Call::Idle);
    }

    /// Deletes this draft, and begins another one with the same content.
    pub(super) fn throw_away(self) {
        let (token, old) = (self.frame.token(), self.id());
        self.frame.drop_draft(&old);
        self.id.set_value(fresh_id());
        self.saving.forget();
        spawn_local(async move {
            // Where this fails the draft stays in the panel, and can be deleted there.
            let _ = edge::delete_draft(&token, &old).await;
        });
    }
}

/// The templates of a draft as far as they are known without the list.
fn summaries(template: &Template) -> Vec<TemplateSummary> {
    let summary = |id: &str, name: &str, roles: Vec<String>| TemplateSummary {
        id: id.to_owned(),
        name: name.to_owned(),
        roles,
        description: String::new(),
        folder: None,
        owner: String::new(),
        documents: None,
        pages: None,
        modified: None,
        used: None,
        favorite: false,
        mine: false,
        problem: None,
    };
    let named = |wanted: &dyn Fn(&str) -> bool| {
        let roles = template.roles.iter().filter(|role| wanted(&role.recipient_id));
        roles.map(|role| role.label().to_owned()).collect()
    };
    if template.parts.is_empty() {
        return vec![summary(&template.id, &template.name, named(&|_| true))];
    }
    let parts = template.parts.iter();
    parts
        .map(|part| {
            summary(&part.template, &part.name, named(&|id| part.roles.iter().any(|(_, ours)| ours == id)))
        })
        .collect()
}
