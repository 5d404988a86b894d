//! Page images: PNG pictures of a PDF's pages, drawn when they are asked for and kept in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use super::blob::Blob;
use crate::lock::lock;

/// DocuSign's default resolution of page images (facts §2.3).
pub const DEFAULT_DPI: f32 = 94.0;
const KEPT: usize = 600;

/// Key of the PDF, page from 0, width in pixels.
type Key = ([u8; 32], usize, u32);

#[derive(Debug, Default)]
pub struct PageCache {
    images: Mutex<HashMap<Key, Arc<Vec<u8>>>>,
}

/// How large a page is to be: a resolution and an upper bound for each side.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub dpi: f32,
    pub max_width: Option<f32>,
    pub max_height: Option<f32>,
}

impl Size {
    /// Pixels per point for a page of this size in points.
    pub fn scale(&self, width: f32, height: f32) -> f32 {
        let mut scale = self.dpi / 72.0;
        if let Some(w) = self.max_width {
            scale = scale.min(w / width);
        }
        if let Some(h) = self.max_height {
            scale = scale.min(h / height);
        }
        scale.max(0.02)
    }
}

/// Sizes of all pages in points.
pub fn sizes(pdf: &Blob) -> Vec<(f32, f32)> {
    Pdf::new(pdf.bytes().clone())
        .map(|p| p.pages().iter().map(|page| page.render_dimensions()).collect())
        .unwrap_or_default()
}

impl PageCache {
    /// The PNG of page `index` (from 0), or `None` if there is no such page. Slow the first time: call it off
    /// the async threads.
    pub fn png(&self, pdf: &Blob, index: usize, size: Size) -> Option<Arc<Vec<u8>>> {
        let parsed = Pdf::new(pdf.bytes().clone()).ok()?;
        let page = parsed.pages().get(index)?;
        let (width, height) = page.render_dimensions();
        let scale = size.scale(width, height);
        let key = (pdf.key(), index, (width * scale).round() as u32);
        if let Some(image) = lock(&self.images).get(&key) {
            return Some(image.clone());
        }
        let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let pixmap = render(
            page,
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &settings,
        );
        let image = Arc::new(pack(&pixmap)?);
        let mut images = lock(&self.images);
        if images.len() >= KEPT {
            images.clear();
        }
        images.insert(key, image.clone());
        Some(image)
    }
}

/// As a PNG, packed for speed: the page is opaque, so its pixels need no conversion.
fn pack(pixmap: &Pixmap) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixmap.width().into(), pixmap.height().into());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(pixmap.data_as_u8_slice()).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}
