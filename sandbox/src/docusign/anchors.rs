//! Anchored tabs: a tab with an `anchorString` is put wherever that text stands in a document.
//!
//! The text is read from the PDF itself, whoever made it. Each place gets a tab of its own. Text that is not there
//! is refused with `ANCHOR_TAB_STRING_NOT_FOUND`, unless `anchorIgnoreIfNotPresent` is set: then the tab goes.

use std::sync::Arc;

use hayro::hayro_interpret::font::GlyphRun;
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt as _, interpret_page,
};
use hayro::hayro_syntax::Pdf;
use hayro::kurbo::{BezPath, Point, Rect};
use serde_json::json;

use super::model::{Document, Object, Paper, Source, new_id, text};
use super::paper::{each_tab, label, retain_tabs};
use super::problem::{Problem, problem};

/// One letter and the place of its lower left corner, in points from the top left of the page.
type Letter = (char, f64, f64);

/// Puts all anchored tabs that have no place yet.
///
/// # Errors
/// `ANCHOR_TAB_STRING_NOT_FOUND`.
pub fn place(paper: &mut Paper) -> Result<(), Problem> {
    let open = |t: &Object| !text(t, "anchorString").is_empty() && text(t, "xPosition").is_empty();
    if !paper.recipients.iter().any(|r| each_tab(r).any(|(_, t)| open(t))) {
        return Ok(());
    }
    let pages: Vec<(String, Vec<Vec<Letter>>)> =
        paper.documents.iter().map(|d| (d.id.clone(), letters(d))).collect();
    for r in &mut paper.recipients {
        let mut found: Vec<(String, Object)> = Vec::new();
        let mut missing = None;
        retain_tabs(r, |group, tab| {
            if !open(tab) {
                return true;
            }
            let places = find(&pages, tab);
            if places.is_empty() && text(tab, "anchorIgnoreIfNotPresent") != "true" {
                missing = Some(format!("{} ({})", text(tab, "anchorString"), label(tab)));
            }
            for (document, page, x, y) in places {
                let mut put = tab.clone();
                for (key, value) in [
                    ("tabId", new_id()),
                    ("documentId", document),
                    ("pageNumber", page.to_string()),
                    ("xPosition", (x.round() as i64).to_string()),
                    ("yPosition", (y.round() as i64).to_string()),
                ] {
                    put.insert(key.to_owned(), json!(value));
                }
                found.push((group.to_owned(), put));
            }
            false
        });
        if let Some(what) = missing {
            return Err(problem(
                400,
                "ANCHOR_TAB_STRING_NOT_FOUND",
                format!("At least one anchor tab string was not found: {what}"),
            ));
        }
        for (group, tab) in found {
            if let Some(list) = r.tabs.entry(group).or_insert_with(|| json!([])).as_array_mut() {
                list.push(serde_json::Value::Object(tab));
            }
        }
    }
    Ok(())
}

/// Document, page, and where the tab goes, for each time that the anchor's text stands there.
fn find(pages: &[(String, Vec<Vec<Letter>>)], tab: &Object) -> Vec<(String, usize, f64, f64)> {
    let fold = |c: char| match text(tab, "anchorCaseSensitive") {
        "true" => c,
        _ => c.to_lowercase().next().unwrap_or(c),
    };
    let wanted: Vec<char> = text(tab, "anchorString").chars().map(fold).collect();
    let unit = match text(tab, "anchorUnits").to_ascii_lowercase().as_str() {
        "inches" => 72.0,
        "cms" => 72.0 / 2.54,
        "mms" => 72.0 / 25.4,
        _ => 1.0,
    };
    let offset = |name: &str| text(tab, name).parse::<f64>().unwrap_or(0.0) * unit;
    let mut out = Vec::new();
    for (id, sheets) in pages {
        if !text(tab, "documentId").is_empty() && text(tab, "documentId") != id {
            continue;
        }
        for (n, letters) in sheets.iter().enumerate() {
            for at in letters.windows(wanted.len().max(1)) {
                let same = at.iter().zip(&wanted).all(|((c, ..), w)| fold(*c) == *w);
                if let (true, Some((_, x, y))) = (same, at.first()) {
                    out.push((id.clone(), n + 1, x + offset("anchorXOffset"), y + offset("anchorYOffset")));
                }
            }
        }
    }
    out
}

fn letters(document: &Document) -> Vec<Vec<Letter>> {
    let bytes = match &document.source {
        Source::Contract(contract) => Arc::new(super::contract::set(&[(contract, Vec::new())])),
        Source::Uploaded(blob) => blob.bytes().clone(),
    };
    let Ok(pdf) = Pdf::new(bytes) else { return Vec::new() };
    let cache = InterpreterCache::new();
    pdf.pages()
        .iter()
        .map(|page| {
            let (w, h) = page.render_dimensions();
            let mut context = Context::new(
                page.initial_transform(true).to_kurbo(),
                Rect::new(0.0, 0.0, f64::from(w), f64::from(h)),
                &cache,
                page.xref(),
                InterpreterSettings::default(),
            );
            let mut reader = Reader::default();
            interpret_page(page, &mut context, &mut reader);
            reader.letters
        })
        .collect()
}

/// Takes down the letters in the order in which they are drawn.
#[derive(Default)]
struct Reader {
    letters: Vec<Letter>,
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for glyph in run.glyphs() {
            let at = props.transform * glyph.transform() * Point::ORIGIN;
            match glyph.as_unicode() {
                Some(BfString::Char(c)) => self.letters.push((c, at.x, at.y)),
                Some(BfString::String(s)) => self.letters.extend(s.chars().map(|c| (c, at.x, at.y))),
                None => {}
            }
        }
    }
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
