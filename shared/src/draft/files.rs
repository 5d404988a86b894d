//! Which files of the sender's own DocuSign takes, told by name and size before a byte is sent.

use crate::{api::UPLOAD_MAX_BYTES, error::Code};

/// Kinds of files that DocuSign turns into pages (its list of supported files), by the end of their name.
pub const FILE_EXTENSIONS: [&str; 30] = [
    "pdf", "doc", "docm", "docx", "dot", "dotm", "dotx", "htm", "html", "msg", "rtf", "txt", "wpd", "xhtml",
    "bmp", "gif", "jpg", "jpeg", "png", "tif", "tiff", "pot", "potx", "pps", "ppt", "pptm", "pptx", "csv",
    "xls", "xlsx",
];

/// The known ending of a file's name.
pub fn extension(name: &str) -> Option<&'static str> {
    let (_, ending) = name.rsplit_once('.')?;
    FILE_EXTENSIONS.into_iter().find(|known| known.eq_ignore_ascii_case(ending))
}

/// Why a file cannot be added, as far as name and size tell.
pub fn refusal(name: &str, bytes: u64) -> Option<Code> {
    if bytes == 0 {
        Some(Code::FileUnreadable)
    } else if extension(name).is_none() {
        Some(Code::FileTypeRefused)
    } else {
        (bytes > UPLOAD_MAX_BYTES).then_some(Code::TooLarge)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_refused_by_name_and_size_before_it_is_sent() {
        assert_eq!(refusal("Price list.PDF", 1), None);
        assert_eq!(refusal("a.b.docx", UPLOAD_MAX_BYTES), None);
        assert_eq!(refusal("a.pdf", UPLOAD_MAX_BYTES + 1), Some(Code::TooLarge));
        assert_eq!(refusal("a.pdf", 0), Some(Code::FileUnreadable));
        for name in ["setup.exe", "pdf", "", "a.", "a.pdf.zip"] {
            assert_eq!(refusal(name, 1), Some(Code::FileTypeRefused), "{name}");
        }
    }
}
