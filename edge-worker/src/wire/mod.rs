//! The vendors' JSON, as far as we read it. Lenient on purpose: DocuSign writes numbers and booleans as text
//! and may stop doing so, fields come and go, and `null` means absent.

pub mod account;
pub mod connect;
pub mod docusign;
pub mod hubspot;
pub mod lenient;
pub mod mapping_file;
pub mod tab;
