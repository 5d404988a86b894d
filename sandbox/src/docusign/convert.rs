//! Stands for DocuSign's conversion: what a client uploads becomes a PDF.
//!
//! A PDF stays as it is. A picture becomes a page of its own size (PNG and JPEG drawn, GIF and TIFF as a frame).
//! Text, HTML, RTF and Word files become pages with their words, spreadsheets and slides pages that only say
//! their name. Which code DocuSign gives for which fault is assumed.

use std::io::Read as _;

use hayro::hayro_syntax::{LoadPdfError, Pdf};

use super::blob::Blob;
use super::picture::{Picture, picture};
use super::problem::{Problem, invalid_parameter, problem};
use super::typeset;

/// One upload by the API (facts §7).
const LARGEST_DOCUMENT: usize = 32 * 1024 * 1024;
const MOST_WORDS: usize = 400_000;

/// A PDF and the sizes of its pages in points.
#[derive(Debug)]
pub struct Converted {
    pub pdf: Blob,
    pub sizes: Vec<(f32, f32)>,
}

fn unloadable(why: &str) -> Problem {
    problem(400, "UNABLE_TO_LOAD_DOCUMENT", format!("Unable to load the document. {why}"))
}

/// # Errors
/// `UNABLE_TO_LOAD_DOCUMENT` for nothing, too much, or bytes that are not what the extension says;
/// `UNSUPPORTED_PDF_CONTENT` for a PDF with a password; `INVALID_REQUEST_PARAMETER` for an unknown kind of file.
pub fn convert(bytes: Vec<u8>, name: &str, extension: &str) -> Result<Converted, Problem> {
    if bytes.is_empty() {
        return Err(unloadable("The document has no content."));
    }
    if bytes.len() > LARGEST_DOCUMENT {
        return Err(unloadable("The document is larger than 32 MB."));
    }
    let extension = extension.trim_start_matches('.').to_ascii_lowercase();
    let is_pdf = bytes.get(..1024.min(bytes.len())).is_some_and(|b| b.windows(5).any(|w| w == b"%PDF-"));
    let wrong = || unloadable("The content is not what the file extension says.");
    let zip = bytes.starts_with(b"PK\x03\x04");
    let ole = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    let plain = |bytes: &[u8]| {
        if bytes.contains(&0) || is_pdf || zip { None } else { Some(as_text(bytes)) }
    };
    match extension.as_str() {
        "" | "pdf" if is_pdf => pdf(bytes),
        "" | "pdf" => Err(unloadable("PDF validation failed.")),
        "png" | "jpg" | "jpeg" | "gif" | "tif" | "tiff" | "bmp" => {
            let found = picture(&bytes).filter(|p| p.extensions.contains(&extension.as_str()));
            Ok(drawn(name, &found.ok_or_else(wrong)?))
        }
        "txt" | "text" | "csv" | "log" | "md" => Ok(words(name, &plain(&bytes).ok_or_else(wrong)?)),
        "htm" | "html" | "xhtml" => {
            let text = plain(&bytes).filter(|t| t.contains('<')).ok_or_else(wrong)?;
            Ok(words(name, &without_tags(&text)))
        }
        "rtf" if bytes.starts_with(b"{\\rtf") => Ok(words(name, &without_control_words(&as_text(&bytes)))),
        "docx" | "docm" | "dotx" | "dotm" if zip => {
            let xml = unzip(&bytes, "word/document.xml").ok_or_else(wrong)?;
            Ok(words(name, &without_tags(&String::from_utf8_lossy(&xml))))
        }
        "xlsx" | "pptx" | "pptm" | "potx" if zip => {
            let part = if extension == "xlsx" { "xl/workbook.xml" } else { "ppt/presentation.xml" };
            unzip(&bytes, part).ok_or_else(wrong)?;
            Ok(by_size(name, bytes.len()))
        }
        "doc" | "dot" | "xls" | "ppt" | "pot" | "pps" | "msg" if ole => Ok(by_size(name, bytes.len())),
        "wpd" if bytes.starts_with(b"\xFFWPC") => Ok(by_size(name, bytes.len())),
        "rtf" | "doc" | "dot" | "docx" | "docm" | "dotx" | "dotm" | "xls" | "xlsx" | "ppt" | "pptx"
        | "pptm" | "pot" | "potx" | "pps" | "msg" | "wpd" => Err(wrong()),
        other => Err(invalid_parameter(format_args!("'{other}' is not a supported 'fileExtension'."))),
    }
}

fn pdf(bytes: Vec<u8>) -> Result<Converted, Problem> {
    let pdf = Blob::unique(bytes);
    let parsed = Pdf::new(pdf.bytes().clone()).map_err(|e| match e {
        LoadPdfError::Decryption(_) => problem(
            400,
            "UNSUPPORTED_PDF_CONTENT",
            "The PDF contains unsupported content. The document is protected by a password.",
        ),
        LoadPdfError::Invalid => unloadable("PDF validation failed."),
    })?;
    let sizes: Vec<(f32, f32)> = parsed.pages().iter().map(|p| p.render_dimensions()).collect();
    if sizes.is_empty() { Err(unloadable("PDF validation failed.")) } else { Ok(Converted { pdf, sizes }) }
}

fn drawn(name: &str, picture: &Picture) -> Converted {
    let (pdf, sizes) = typeset::picture(name, picture);
    Converted { pdf: Blob::unique(pdf), sizes }
}

fn words(name: &str, text: &str) -> Converted {
    let (pdf, sizes) = typeset::pages(name, text);
    Converted { pdf: Blob::unique(pdf), sizes }
}

/// A page per 30 kB.
fn by_size(name: &str, size: usize) -> Converted {
    let pages = (size / 30_000 + 1).min(200);
    words(name, &vec!["The sandbox cannot read this kind of file."; pages].join("\u{c}"))
}

fn as_text(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let bytes = bytes.get(..MOST_WORDS.min(bytes.len())).unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Cut within a letter, or an old file in Latin-1.
        Err(e) if e.error_len().is_none() => String::from_utf8_lossy(bytes).into_owned(),
        Err(_) => bytes.iter().map(|b| char::from(*b)).collect(),
    }
}

/// The words of HTML or XML; the end of a block is the end of a line.
fn without_tags(markup: &str) -> String {
    const BLOCKS: [&str; 9] = ["/p", "br", "/h1", "/h2", "/h3", "/li", "/tr", "/div", "/w:p"];
    let mut out = String::new();
    let mut rest = markup;
    while let Some((words, tail)) = rest.split_once('<') {
        out.push_str(words);
        let (tag, tail) = tail.split_once('>').unwrap_or(("", ""));
        let tag = tag.split([' ', '\n']).next().unwrap_or("").to_ascii_lowercase();
        if BLOCKS.contains(&tag.trim_end_matches('/')) || (tag.starts_with('/') && BLOCKS.contains(&&*tag)) {
            out.push('\n');
        }
        rest = tail;
        for hidden in ["style", "script"] {
            if tag == hidden {
                rest = rest.split_once(&format!("</{hidden}>")).map_or("", |(_, after)| after);
            }
        }
        if out.len() > MOST_WORDS {
            return out;
        }
    }
    out.push_str(rest);
    [("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")]
        .into_iter()
        .fold(out, |text, (from, to)| text.replace(from, to))
}

fn without_control_words(rtf: &str) -> String {
    let mut out = String::new();
    let mut letters = rtf.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '{' | '}' => {}
            '\\' => {
                let mut word = String::new();
                while let Some(l) = letters.next_if(|l| l.is_ascii_alphanumeric() || *l == '-') {
                    word.push(l);
                }
                letters.next_if_eq(&' ');
                if matches!(word.as_str(), "par" | "line") {
                    out.push('\n');
                }
            }
            _ => out.push(c),
        }
    }
    out
}

/// One file out of a ZIP archive, by way of its directory.
fn unzip(zip: &[u8], wanted: &str) -> Option<Vec<u8>> {
    let number = |at: usize, size: usize| -> Option<usize> {
        let bytes = zip.get(at..at.checked_add(size)?)?;
        Some(bytes.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b)))
    };
    let end = zip.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let mut at = number(end + 16, 4)?;
    for _ in 0..number(end + 10, 2)? {
        let [name, extra, comment] = [number(at + 28, 2)?, number(at + 30, 2)?, number(at + 32, 2)?];
        if zip.get(at + 46..at + 46 + name)? == wanted.as_bytes() {
            let (packed, local) = (number(at + 20, 4)?, number(at + 42, 4)?);
            let begin = local + 30 + number(local + 26, 2)? + number(local + 28, 2)?;
            let data = zip.get(begin..begin.checked_add(packed)?)?;
            if number(at + 10, 2)? == 0 {
                return Some(data.to_vec());
            }
            let mut out = Vec::new();
            let most = u64::try_from(MOST_WORDS * 20).unwrap_or(u64::MAX);
            flate2::read::DeflateDecoder::new(data).take(most).read_to_end(&mut out).ok()?;
            return Some(out);
        }
        at += 46 + name + extra + comment;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out_of_their_markup() {
        assert_eq!(
            without_tags("<p>One &amp; two</p><style>x</style><p>three<br/>four</p>"),
            "One & two\nthree\nfour\n"
        );
        assert_eq!(without_control_words(r"{\rtf1\ansi Hello \b world\par End}"), "Hello world\nEnd");
    }

    #[test]
    fn rubbish_is_refused_under_every_extension() {
        for extension in ["pdf", "png", "jpg", "gif", "tif", "docx", "doc", "xlsx", "pptx", "rtf", "html"] {
            let refused = convert(b"\x00\x01nothing".to_vec(), "a", extension).expect_err(extension);
            assert_eq!(refused.code, "UNABLE_TO_LOAD_DOCUMENT", "{extension}");
        }
    }
}
