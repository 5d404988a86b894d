//! DocuSign's calls about which templates there are: lists, folders, favourites (docusign facts §2.1).

use reqwest::Method;
use serde_json::{Value, json};

use super::{DocuSign, ERRORS, PAGE, SEARCH_MAX_CHARS, segment};
use crate::{
    vendor::{self, VendorError},
    wire::{
        account::{FolderListWire, FolderWire, SettingsWire},
        docusign::{FavoriteList, TemplateList, TemplateWire},
    },
};

/// What the rows of a list show.
const SUMMARY: &str = "documents,folders,favorite_template_status,recipients";

/// Which templates are listed, and how.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice<'a> {
    /// Part of the name; what is longer than DocuSign takes is cut.
    pub search: &'a str,
    pub folder: Option<&'a str>,
    pub of: Of,
    /// The last used first, instead of by name.
    pub by_use: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Of {
    #[default]
    All,
    Mine,
    Shared,
}

impl DocuSign {
    /// A page of the templates this user may use, from position `start`.
    pub async fn templates(&self, choice: Choice<'_>, start: u32) -> Result<TemplateList, VendorError> {
        let search: String = choice.search.trim().chars().take(SEARCH_MAX_CHARS).collect();
        let (by, order) = if choice.by_use { ("used", "desc") } else { ("name", "asc") };
        let of = match choice.of {
            Of::All => "all",
            Of::Mine => "owned_by_me",
            Of::Shared => "shared_with_me",
        };
        let mut query = vec![
            ("count", PAGE.to_string()),
            ("start_position", start.to_string()),
            ("order_by", by.to_owned()),
            ("order", order.to_owned()),
            ("user_filter", of.to_owned()),
            ("include", SUMMARY.to_owned()),
        ];
        if !search.is_empty() {
            query.push(("search_text", search));
        }
        if let Some(folder) = choice.folder {
            query.push(("folder_ids", folder.to_owned()));
        }
        vendor::json(self.call(Method::GET, "/templates").query(&query), vendor::READ, ERRORS).await
    }

    /// One template as the list shows it.
    pub async fn template_summary(&self, id: &str) -> Result<TemplateWire, VendorError> {
        let path = format!("/templates/{}", segment(id));
        let request = self.call(Method::GET, &path).query(&[("include", SUMMARY)]);
        vendor::json(request, vendor::READ, ERRORS).await
    }

    /// Ids of the user's favourites.
    pub async fn favorites(&self) -> Result<Vec<String>, VendorError> {
        let request = self.call(Method::GET, "/favorite_templates");
        let found: FavoriteList = vendor::json(request, vendor::READ, ERRORS).await?;
        let favorites = found.favorite_templates.unwrap_or_default();
        Ok(favorites.into_iter().map(|favorite| favorite.template_id).filter(|id| !id.is_empty()).collect())
    }

    /// Makes a template a favourite of the user's, or no longer.
    pub async fn set_favorite(&self, id: &str, favorite: bool) -> Result<(), VendorError> {
        let method = if favorite { Method::PUT } else { Method::DELETE };
        let body = json!({ "favoriteTemplates": [{ "templateId": id }] });
        let request = self.call(method, "/favorite_templates").json(&body);
        vendor::json::<Value>(request, vendor::READ, ERRORS).await.map(drop)
    }

    /// The folders of templates, with those in them.
    pub async fn template_folders(&self) -> Result<Vec<FolderWire>, VendorError> {
        let query = [("include", "template_folders,shared_template_folders"), ("sub_folder_depth", "-1")];
        let request = self.call(Method::GET, "/folders").query(&query);
        let found: FolderListWire = vendor::json(request, vendor::READ, ERRORS).await?;
        Ok(found.folders.unwrap_or_default())
    }

    /// The account's settings.
    pub async fn settings(&self) -> Result<SettingsWire, VendorError> {
        vendor::json(self.call(Method::GET, "/settings"), vendor::READ, ERRORS).await
    }
}
