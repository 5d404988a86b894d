//! `GET /docusign/return`: where DocuSign's own editor sends the browser when somebody is done there. The page says so
//! and closes itself. Whatever is in the address could be anybody's: it is not read.

use worker::Response;

use crate::{
    call::Call,
    failure::Outcome,
    pages::{Language, Page, render},
};

pub fn answer(call: &Call) -> Outcome<Response> {
    render(&Page::Returned, Language::of(None, call.header("accept-language").as_deref()))
}
