//! Contracts on paper: US Letter pages with title, parties, clauses, blanks and signature lines, set as PDF.
//!
//! Positions are in points from the top left, as DocuSign gives tab positions, so that sample tabs sit on the
//! lines. The text is Latin (WinAnsi); other scripts are shown as `?`.

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};
use serde::{Deserialize, Serialize};

pub const WIDTH: f32 = 612.0;
pub const HEIGHT: f32 = 792.0;
const MARGIN: f32 = 72.0;

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Contract {
    pub title: String,
    pub pages: u32,
    /// A signature block on the last page for each.
    pub parties: Vec<String>,
    /// Labels of blanks on the first page.
    pub blanks: Vec<String>,
    /// Where in the stock of clauses the text begins, so that contracts differ.
    pub seed: u32,
}

/// Something written on a page after it was set.
#[derive(Clone, Debug)]
pub struct Ink {
    pub page: u32,
    pub x: f32,
    pub y: f32,
    pub text: String,
    pub is_signature: bool,
}

/// Where the value of the `n`th blank begins.
pub fn blank_at(n: usize) -> (f32, f32) {
    (230.0, 176.0 + 22.0 * n as f32)
}

/// Top left of the `n`th signature block out of `of`.
pub fn signature_at(n: usize, of: usize) -> (f32, f32) {
    let rows = of.div_ceil(2).max(1);
    let top = HEIGHT - MARGIN - 92.0 * rows as f32;
    (MARGIN + 240.0 * (n % 2) as f32, top + 92.0 * (n / 2) as f32)
}

pub const REGULAR: Name<'static> = Name(b"R");
const BOLD: Name<'static> = Name(b"B");
const ITALIC: Name<'static> = Name(b"I");

/// One PDF of several contracts, each with what was written on it.
pub fn set(papers: &[(&Contract, Vec<Ink>)]) -> Vec<u8> {
    let mut refs = (1..).map(Ref::new);
    let mut next = || refs.next().unwrap_or(Ref::new(1));
    let (catalog, tree, info) = (next(), next(), next());
    let fonts = [
        (REGULAR, &b"Times-Roman"[..], next()),
        (BOLD, b"Helvetica-Bold", next()),
        (ITALIC, b"Times-Italic", next()),
    ];
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    for (_, base, id) in fonts {
        pdf.type1_font(id).base_font(Name(base)).encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    let title = papers.iter().map(|(c, _)| c.title.as_str()).collect::<Vec<_>>().join(", ");
    pdf.document_info(info).title(TextStr(&title)).producer(TextStr("Sandbox"));
    let mut kids = Vec::new();
    for (contract, ink) in papers {
        let mut clauses = 0;
        for page in 1..=contract.pages.max(1) {
            let (page_id, content_id) = (next(), next());
            kids.push(page_id);
            let mut sheet = Sheet::new(HEIGHT);
            clauses = draw(&mut sheet, contract, page, clauses);
            for mark in ink.iter().filter(|i| i.page == page) {
                let (font, size) = if mark.is_signature { (ITALIC, 20.0) } else { (REGULAR, 11.0) };
                let drop = if mark.is_signature { 24.0 } else { 11.0 };
                sheet.blue_text(font, size, mark.x, mark.y + drop, &mark.text);
            }
            pdf.stream(content_id, &sheet.content.finish());
            let mut leaf = pdf.page(page_id);
            leaf.parent(tree).media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).contents(content_id);
            let mut resources = leaf.resources();
            let mut list = resources.fonts();
            for (name, _, id) in fonts {
                list.pair(name, id);
            }
            list.finish();
            resources.finish();
        }
    }
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(kids).count(count);
    pdf.finish()
}

/// Answers how many clauses there are up to the end of this page.
fn draw(sheet: &mut Sheet, contract: &Contract, page: u32, mut n: u32) -> u32 {
    let last = page >= contract.pages;
    let bottom = match (last, contract.parties.len()) {
        (true, n) if n > 0 => signature_at(0, n).1 - 28.0,
        _ => HEIGHT - MARGIN - 24.0,
    };
    let mut y = MARGIN + 20.0;
    if page == 1 {
        sheet.text(BOLD, 20.0, MARGIN, y, &contract.title);
        sheet.line(MARGIN, y + 12.0, WIDTH - MARGIN);
        y += 38.0;
        let between = match contract.parties.len() {
            0 => "This document is for information. It asks for no signature.".to_owned(),
            _ => format!(
                "This agreement is made between {} (each a \"party\") on the date of the last signature below.",
                contract.parties.join(" and ")
            ),
        };
        y = sheet.paragraph(MARGIN, y, WIDTH - 2.0 * MARGIN, &between) + 10.0;
        if !contract.blanks.is_empty() {
            for (n, label) in contract.blanks.iter().enumerate() {
                let (x, top) = blank_at(n);
                sheet.text(REGULAR, 11.0, MARGIN, top + 11.0, label);
                sheet.line(x, top + 15.0, WIDTH - MARGIN);
                y = top + 44.0;
            }
        }
    } else {
        sheet.text(REGULAR, 9.0, MARGIN, MARGIN - 18.0, &contract.title);
        sheet.line(MARGIN, MARGIN - 10.0, WIDTH - MARGIN);
    }
    loop {
        let (heading, body) = clause(contract.seed + n);
        let lines = wrap(body, WIDTH - 2.0 * MARGIN, 11.0);
        let need = 20.0 + 15.0 * lines.len() as f32;
        if y + need > bottom {
            break;
        }
        n += 1;
        sheet.text(BOLD, 11.0, MARGIN, y, &format!("{n}. {heading}"));
        y = sheet.paragraph(MARGIN, y + 16.0, WIDTH - 2.0 * MARGIN, body) + 10.0;
    }
    if last {
        for (i, party) in contract.parties.iter().enumerate() {
            let (x, top) = signature_at(i, contract.parties.len());
            sheet.text(BOLD, 10.0, x, top, party);
            sheet.line(x, top + 36.0, x + 200.0);
            sheet.text(REGULAR, 8.0, x, top + 45.0, "Signature");
            sheet.text(REGULAR, 9.0, x, top + 61.0, "Name");
            sheet.line(x + 36.0, top + 63.0, x + 200.0);
            sheet.text(REGULAR, 9.0, x, top + 79.0, "Date");
            sheet.line(x + 36.0, top + 81.0, x + 200.0);
        }
    }
    sheet.text(
        REGULAR,
        9.0,
        WIDTH - MARGIN - 60.0,
        HEIGHT - 36.0,
        &format!("Page {page} of {}", contract.pages.max(1)),
    );
    sheet.text(REGULAR, 9.0, MARGIN, HEIGHT - 36.0, "Sample contract. Not for use.");
    n
}

/// A page being written, in points from the top left.
pub struct Sheet {
    pub content: Content,
    height: f32,
}

impl Sheet {
    pub fn new(height: f32) -> Sheet {
        Sheet { content: Content::new(), height }
    }

    pub fn text(&mut self, font: Name<'_>, size: f32, x: f32, y: f32, text: &str) {
        let bytes = win_ansi(text);
        let y = self.height - y;
        self.content.begin_text().set_font(font, size).next_line(x, y).show(Str(&bytes)).end_text();
    }

    fn blue_text(&mut self, font: Name<'_>, size: f32, x: f32, y: f32, text: &str) {
        self.content.save_state().set_fill_rgb(0.05, 0.15, 0.5);
        self.text(font, size, x, y, text);
        self.content.restore_state();
    }

    fn line(&mut self, x: f32, y: f32, to: f32) {
        let y = self.height - y;
        self.content.set_line_width(0.6).move_to(x, y).line_to(to, y).stroke();
    }

    /// Answers where the next line would begin.
    fn paragraph(&mut self, x: f32, mut y: f32, width: f32, text: &str) -> f32 {
        for line in wrap(text, width, 11.0) {
            self.text(REGULAR, 11.0, x, y, &line);
            y += 15.0;
        }
        y
    }
}

pub fn wrap(text: &str, width: f32, size: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for word in text.split(' ') {
        let w = measure(word, size);
        if used > 0.0 && used + w > width {
            lines.push(String::new());
            used = 0.0;
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        used += w + measure(" ", size);
    }
    lines
}

fn measure(text: &str, size: f32) -> f32 {
    let units: u32 = text
        .chars()
        .map(|c| (c as usize).checked_sub(32).and_then(|i| TIMES.get(i)).copied().map_or(500, u32::from))
        .sum();
    units as f32 * size / 1000.0
}

/// Advance widths of Times-Roman for the printable ASCII characters, from Adobe's metrics.
const TIMES: [u16; 95] = [
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
    500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
    389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
    500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
    278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
];

fn win_ansi(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            ' '..='~' | '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
            '€' => 0x80,
            '…' => 0x85,
            '‘' => 0x91,
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '•' => 0x95,
            '–' => 0x96,
            '—' => 0x97,
            _ => b'?',
        })
        .collect()
}

fn clause(n: u32) -> (&'static str, &'static str) {
    let count = u32::try_from(CLAUSES.len()).unwrap_or(1);
    CLAUSES.get(usize::try_from(n % count).unwrap_or(0)).copied().unwrap_or(("", ""))
}

const CLAUSES: [(&str, &str); 14] = [
    (
        "Purpose",
        "The parties wish to work together on the terms set out here. Nothing in this document obliges either party to buy or to sell anything beyond what an order form names.",
    ),
    (
        "Services",
        "The supplier provides the services described in each order form with the care and skill of an experienced provider in the same field, by people who are qualified for them.",
    ),
    (
        "Fees and payment",
        "The customer pays the fees named in the order form within thirty days of a correct invoice. Late amounts bear interest at four percentage points above the central bank's base rate.",
    ),
    (
        "Confidentiality",
        "Each party keeps secret what it learns of the other in confidence, uses it only for the purpose of this agreement, and gives it only to those who need it and are bound in the same way. This lasts for five years after the end of this agreement.",
    ),
    (
        "Personal data",
        "Where one party handles personal data for the other, it does so only on documented instructions, keeps the data safe by measures fit for the risk, and tells the other of a breach without undue delay.",
    ),
    (
        "Intellectual property",
        "What a party owned before stays its own. Results made for the customer under an order form pass to the customer when they have been paid for.",
    ),
    (
        "Warranties",
        "Each party warrants that it may enter into this agreement and that doing so breaks no other promise. Other warranties are excluded as far as the law allows.",
    ),
    (
        "Liability",
        "Neither party is liable for loss of profit or for indirect loss. The total liability of a party in a contract year is limited to the fees of that year. Nothing limits liability for intent, gross negligence or personal injury.",
    ),
    (
        "Term and termination",
        "This agreement begins on the date of the last signature and runs for twelve months. It renews for twelve months at a time unless a party gives sixty days' notice. Either party may end it at once for a serious breach that is not put right within thirty days.",
    ),
    (
        "Force majeure",
        "A party is not in breach while events outside its reasonable control keep it from performing. If they last for more than sixty days, either party may end the affected order form.",
    ),
    (
        "Assignment",
        "Neither party may pass this agreement to another without written consent, except to a successor of its whole business.",
    ),
    (
        "Notices",
        "Notices are in writing and go to the addresses named in the order form. Notices by e-mail count when the receipt has been confirmed.",
    ),
    (
        "Governing law",
        "This agreement is governed by the law of the country in which the supplier has its seat. The courts there decide disputes that the parties cannot settle between themselves within sixty days.",
    ),
    (
        "Entire agreement",
        "This document and its order forms are everything that the parties have agreed on the matter. Changes need writing and the signatures of both.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contract_is_a_pdf_with_all_its_pages() {
        let contract = Contract {
            title: "Lease – Østergade".to_owned(),
            pages: 3,
            parties: vec!["Landlord".to_owned(), "Tenant".to_owned()],
            blanks: vec!["Rent".to_owned()],
            seed: 2,
        };
        let bytes = set(&[(&contract, Vec::new())]);
        assert!(bytes.starts_with(b"%PDF-"));
        let blob = super::super::blob::Blob::hashed(bytes);
        assert_eq!(super::super::pages::sizes(&blob).len(), 3);
    }
}
