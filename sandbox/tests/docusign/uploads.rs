//! Documents that are uploaded: what becomes of them, what is refused, order and removal.

use std::time::{Duration, Instant};

use base64::Engine as _;
use pdf_writer::{Content, Finish as _, Pdf, Rect, Ref};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

use crate::stand::{Stand, client};

/// A PDF of so many pages, and of at least so many bytes.
fn pdf(pages: i32, size: usize) -> Vec<u8> {
    let mut pdf = Pdf::new();
    pdf.catalog(Ref::new(1)).pages(Ref::new(2));
    pdf.pages(Ref::new(2)).kids((0..pages).map(|n| Ref::new(10 + n))).count(pages);
    for n in 0..pages {
        pdf.page(Ref::new(10 + n))
            .parent(Ref::new(2))
            .media_box(Rect::new(0.0, 0.0, 595.0, 842.0))
            .contents(Ref::new(4))
            .finish();
    }
    let mut content = Content::new();
    content.rect(50.0, 50.0, 100.0, 100.0).fill_nonzero();
    pdf.stream(Ref::new(4), &content.finish());
    pdf.stream(Ref::new(5), &vec![b' '; size]);
    pdf.finish()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&vec![200; (width * height * 3) as usize]).expect("pixels");
    writer.finish().expect("an end");
    bytes
}

async fn put(stand: &Stand, id: &str, document: &str, name: &str, bytes: Vec<u8>) -> (u16, Value) {
    let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
    let url = format!("/restapi/v2.1/accounts/{}/envelopes/{id}/documents/{document}", stand.account());
    let call = stand
        .http
        .put(stand.docusign(&url))
        .bearer_auth(&stand.token)
        .header("content-type", "application/octet-stream")
        .header(
            "content-disposition",
            format!("file; filename=\"{name}\"; fileExtension={extension}; documentid=\"{document}\""),
        );
    let answer = call.body(bytes).send().await.expect("an answer");
    let status = answer.status().as_u16();
    (status, answer.json().await.unwrap_or(Value::Null))
}

async fn names(stand: &Stand, id: &str) -> Vec<(String, usize)> {
    let list = stand.get(&format!("/envelopes/{id}/documents")).await;
    let documents = list["envelopeDocuments"].as_array().expect("documents");
    documents
        .iter()
        .map(|d| (d["name"].as_str().unwrap_or("").to_owned(), d["pages"].as_array().map_or(0, Vec::len)))
        .collect()
}

async fn bytes(stand: &Stand, path: &str) -> Vec<u8> {
    let url = stand.docusign(&format!("/restapi/v2.1/accounts/{}{path}", stand.account()));
    let answer = stand.http.get(url).bearer_auth(&stand.token).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{path}");
    answer.bytes().await.expect("bytes").to_vec()
}

#[tokio::test]
async fn files_of_many_kinds_become_pages() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let gif = b"GIF89a\x40\x00\x20\x00\x00\x00\x00;".to_vec();
    let ole = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on".to_vec();
    let files = [
        ("a.png", png(300, 200)),
        ("b.txt", "Hello\n".repeat(100).into_bytes()),
        ("c.gif", gif),
        ("d.tif", b"II*\0....".to_vec()),
        ("e.rtf", b"{\\rtf1 Hi}".to_vec()),
        ("f.html", b"<p>Hi</p>".to_vec()),
        ("g.doc", ole),
        ("h, \u{c6}r\u{f8}.pdf", pdf(3, 10)),
    ];
    for (n, (name, content)) in files.into_iter().enumerate() {
        let (status, body) = put(&stand, &id, &(n + 20).to_string(), name, content).await;
        assert_eq!((status, body["name"].as_str()), (200, Some(name)), "{body}");
        let image =
            bytes(&stand, &format!("/envelopes/{id}/documents/{}/pages/1/page_image?max_width=100", n + 20))
                .await;
        assert!(image.starts_with(b"\x89PNG"));
    }
    let listed = names(&stand, &id).await;
    let pages: Vec<usize> = listed.iter().map(|(_, pages)| *pages).collect();
    assert_eq!(pages, [2, 1, 3, 1, 1, 1, 1, 1, 3]);
    let shape = stand.get(&format!("/envelopes/{id}/documents/20/pages?dpi=72")).await;
    assert_eq!(
        (shape["pages"][0]["width"].as_str(), shape["pages"][0]["height"].as_str()),
        (Some("300"), Some("200"))
    );
}

#[tokio::test]
async fn what_cannot_be_taken_is_refused_and_leaves_nothing() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let mut secret = pdf(1, 10);
    let at = secret.windows(7).rposition(|w| w == b"trailer").expect("a trailer");
    let lock = b"trailer\n<< /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O (12345678901234567890123456789012) /U (12345678901234567890123456789012) >> /ID [(a) (a)] ";
    let rest = secret.split_off(at);
    let inner = rest.windows(2).position(|w| w == b"<<").expect("a dictionary") + 2;
    secret.extend_from_slice(lock);
    secret.extend_from_slice(rest.get(inner..).unwrap_or_default());
    for (name, content, code) in [
        ("a.pdf", Vec::new(), "UNABLE_TO_LOAD_DOCUMENT"),
        ("a.pdf", b"nothing".to_vec(), "UNABLE_TO_LOAD_DOCUMENT"),
        ("a.docx", b"PK\x03\x04 no".to_vec(), "UNABLE_TO_LOAD_DOCUMENT"),
        ("a.png", pdf(1, 1), "UNABLE_TO_LOAD_DOCUMENT"),
        ("a.exe", b"MZ".to_vec(), "INVALID_REQUEST_PARAMETER"),
        ("a.pdf", secret, "UNSUPPORTED_PDF_CONTENT"),
        ("a.pdf", pdf(1, 33 * 1024 * 1024), "UNABLE_TO_LOAD_DOCUMENT"),
    ] {
        let (status, body) = put(&stand, &id, "9", name, content).await;
        assert_eq!((status, body["errorCode"].as_str()), (400, Some(code)), "{name}: {body}");
    }
    let (status, _) = put(&stand, &id, "9", "a.pdf", vec![b' '; 35_651_585]).await;
    assert_eq!(status, 413);
    assert_eq!(names(&stand, &id).await.len(), 1);
}

#[tokio::test]
async fn a_body_that_is_cut_off_leaves_nothing() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let address = stand.running.docusign_url.trim_start_matches("http://").to_owned();
    let mut stream = tokio::net::TcpStream::connect(&address).await.expect("a connection");
    let head = format!(
        "PUT /restapi/v2.1/accounts/{}/envelopes/{id}/documents/5 HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {}\r\nContent-Disposition: filename=\"a.txt\"\r\nContent-Length: 1000\r\n\r\nhalf",
        stand.account(),
        stand.token
    );
    stream.write_all(head.as_bytes()).await.expect("to write");
    stream.shutdown().await.expect("to close");
    let mut rest = Vec::new();
    let _ = tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut rest).await;
    assert_eq!(names(&stand, &id).await.len(), 1);
}

#[tokio::test]
async fn a_long_document_is_listed_at_once_and_drawn_page_by_page() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let begun = Instant::now();
    let (status, _) = put(&stand, &id, "5", "long.pdf", pdf(300, 8_000_000)).await;
    assert_eq!(status, 200);
    let pages = stand.get(&format!("/envelopes/{id}/documents/5/pages")).await;
    assert_eq!(pages["pages"].as_array().map(Vec::len), Some(300));
    let image =
        bytes(&stand, &format!("/envelopes/{id}/documents/5/pages/300/page_image?max_width=100")).await;
    assert!(image.starts_with(b"\x89PNG"));
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn documents_are_reordered_renamed_replaced_and_removed_with_their_tabs() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let path = format!("/envelopes/{id}/documents");
    let first =
        stand.get(&path).await["envelopeDocuments"][0]["documentId"].as_str().expect("an id").to_owned();
    let coded = base64::engine::general_purpose::STANDARD.encode(b"Some words");
    let (status, body) = stand.put(&path, json!({ "documents": [{ "documentId": "7", "name": "letter.txt", "fileExtension": "txt", "documentBase64": coded, "order": "2" }] })).await;
    assert_eq!(status, 200, "{body}");
    let order = json!({ "documents": [{ "documentId": first, "order": "2" }, { "documentId": "7", "order": "1", "name": "Letter" }] });
    stand.put(&path, order).await;
    assert_eq!(
        names(&stand, &id).await.iter().map(|(n, _)| n.as_str()).collect::<Vec<_>>(),
        ["Letter", "Mutual NDA.pdf"]
    );
    let (status, body) =
        stand.put(&path, json!({ "documents": [{ "documentId": "99", "order": "1" }] })).await;
    assert_eq!((status, body["errorCode"].as_str()), (404, Some("DOCUMENT_DOES_NOT_EXIST")));
    let (status, _) =
        stand.call(Method::DELETE, &path, Some(json!({ "documents": [{ "documentId": first }] }))).await;
    assert_eq!(status, 200);
    let recipients = stand.get(&format!("/envelopes/{id}/recipients?include_tabs=true")).await;
    assert!(recipients["signers"][0].get("tabs").is_none(), "{recipients}");
}
