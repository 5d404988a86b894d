//! What a DocuSign account is and allows: its settings and folders.

use serde::Deserialize;
use shared::api::{Allowed, Folder};

use super::lenient::{list, maybe_flag, text};

/// `GET /settings`, as far as it says what a sender may change. What is not said is no hindrance.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SettingsWire {
    #[serde(deserialize_with = "maybe_flag")]
    allow_signer_reassign_override: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    comments_allow_envelope_override: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    enable_sign_on_paper_override: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    signer_can_sign_on_mobile: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    disable_signer_history_view: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    allow_document_visibility: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    specify_document_visibility: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    allow_reminders: Option<bool>,
    account_notification: Option<AccountNotification>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct AccountNotification {
    #[serde(deserialize_with = "maybe_flag")]
    user_override_enabled: Option<bool>,
}

impl SettingsWire {
    pub fn allowed(&self) -> Allowed {
        let on = |setting: Option<bool>| setting.unwrap_or(true);
        let own_times = on(self.account_notification.as_ref().and_then(|n| n.user_override_enabled));
        Allowed {
            reassign: on(self.allow_signer_reassign_override),
            comments: on(self.comments_allow_envelope_override),
            sign_on_paper: on(self.enable_sign_on_paper_override),
            sign_on_mobile: on(self.signer_can_sign_on_mobile),
            view_history: !self.disable_signer_history_view.unwrap_or(false),
            document_visibility: on(self.allow_document_visibility) && on(self.specify_document_visibility),
            reminders: own_times && on(self.allow_reminders),
            expiration: own_times,
            ..Allowed::default()
        }
    }
}

/// `GET /folders`: a folder with the folders in it.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FolderWire {
    #[serde(deserialize_with = "text")]
    folder_id: String,
    #[serde(deserialize_with = "text")]
    name: String,
    #[serde(rename = "type", deserialize_with = "text")]
    kind: String,
    #[serde(deserialize_with = "list")]
    folders: Option<Vec<FolderWire>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FolderListWire {
    #[serde(deserialize_with = "list")]
    pub folders: Option<Vec<FolderWire>>,
}

/// More are not offered: nobody would find one in such a list.
const FOLDERS_MAX: usize = 500;
/// Deeper ones are shown at this depth.
const DEPTH_MAX: u32 = 8;

/// The tree as a list, a parent before its children. The bin is none to choose from.
pub fn flattened(tree: Vec<FolderWire>) -> Vec<Folder> {
    let mut flat = Vec::new();
    let mut open: Vec<(FolderWire, u32)> = tree.into_iter().rev().map(|folder| (folder, 0)).collect();
    while let Some((folder, depth)) = open.pop() {
        if flat.len() >= FOLDERS_MAX {
            break;
        }
        if folder.kind.eq_ignore_ascii_case("recyclebin") || folder.folder_id.is_empty() {
            continue;
        }
        let inside = folder.folders.unwrap_or_default();
        let below = depth.saturating_add(1).min(DEPTH_MAX);
        open.extend(inside.into_iter().rev().map(|folder| (folder, below)));
        flat.push(Folder { id: folder.folder_id, name: folder.name, depth });
    }
    flat
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_account_does_not_say_is_allowed() {
        let read = |json: &str| serde_json::from_str::<SettingsWire>(json).expect(json).allowed();
        assert_eq!(read("{}"), Allowed::default());
        let some = read(
            r#"{"allowSignerReassignOverride":"false","disableSignerHistoryView":true,"signerCanSignOnMobile":"true",
               "accountNotification":{"userOverrideEnabled":"false"}}"#,
        );
        assert_eq!(
            some,
            Allowed {
                reassign: false,
                view_history: false,
                reminders: false,
                expiration: false,
                ..Allowed::default()
            }
        );
    }

    #[test]
    fn a_tree_of_folders_becomes_a_list_with_depths() {
        let list: FolderListWire = serde_json::from_str(
            r#"{"folders":[
                {"folderId":"1","name":"Templates","folders":[
                    {"folderId":"2","name":"Sales","folders":[{"folderId":"3","name":"DK"}]},
                    {"folderId":"4","name":"Legal"}]},
                {"folderId":"9","name":"Deleted","type":"recyclebin"},
                {"folderId":"5","name":"Shared"}]}"#,
        )
        .expect("folders");
        let flat = flattened(list.folders.unwrap_or_default());
        let shown: Vec<_> = flat.iter().map(|f| (f.name.as_str(), f.depth)).collect();
        assert_eq!(shown, [("Templates", 0), ("Sales", 1), ("DK", 2), ("Legal", 1), ("Shared", 0)]);
    }
}
