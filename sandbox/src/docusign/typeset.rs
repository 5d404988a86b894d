//! PDFs of what the sandbox converts: running text, or one picture. Every page says what it was made of.

use pdf_writer::{Content, Filter, Finish as _, Name, Pdf, Rect, Ref, TextStr};

use super::contract::{HEIGHT, REGULAR, Sheet, WIDTH, wrap};
use super::picture::{Picture, Pixels};

const MARGIN: f32 = 72.0;
const LINES: usize = 42;
const MOST_PAGES: usize = 500;

/// A finished PDF and the sizes of its pages in points.
type Set = (Vec<u8>, Vec<(f32, f32)>);

/// Text on Letter pages; a form feed begins a new page.
pub fn pages(name: &str, text: &str) -> Set {
    let mut sheets: Vec<Vec<String>> = Vec::new();
    for part in text.split('\u{c}') {
        let lines: Vec<String> =
            part.lines().flat_map(|l| wrap(l.trim_end(), WIDTH - 2.0 * MARGIN, 11.0)).collect();
        sheets.extend(lines.chunks(LINES).map(<[String]>::to_vec));
        if lines.is_empty() {
            sheets.push(Vec::new());
        }
    }
    sheets.truncate(MOST_PAGES);
    let count = sheets.len();
    let contents = sheets.iter().enumerate().map(|(n, lines)| {
        let mut sheet = Sheet::new(HEIGHT);
        let of = format!("{name}, page {} of {count} (converted by the sandbox)", n + 1);
        sheet.text(REGULAR, 9.0, MARGIN, 48.0, &of);
        for (i, line) in lines.iter().enumerate() {
            sheet.text(REGULAR, 11.0, MARGIN, MARGIN + 20.0 + 15.0 * i as f32, line);
        }
        sheet.content
    });
    finish(name, contents.map(|c| (WIDTH, HEIGHT, c)).collect(), None)
}

/// A page of the picture's shape, at most as large as a Letter page.
pub fn picture(name: &str, picture: &Picture) -> Set {
    let (w, h) = (picture.width as f32, picture.height as f32);
    let scale = (WIDTH / w).min(HEIGHT / h).min(1.0);
    let (width, height) = ((w * scale).max(72.0), (h * scale).max(72.0));
    let mut sheet = Sheet::new(height);
    if matches!(picture.pixels, Pixels::None) {
        sheet.content.rect(6.0, 6.0, width - 12.0, height - 12.0).stroke();
    } else {
        let content = &mut sheet.content;
        content.save_state().transform([width, 0.0, 0.0, height, 0.0, 0.0]);
        content.x_object(Name(b"P")).restore_state();
        // A strip that the name can be read on.
        content.save_state().set_fill_gray(1.0).rect(0.0, height - 22.0, width, 22.0).fill_nonzero();
        content.restore_state();
    }
    sheet.text(REGULAR, 8.0, 10.0, 16.0, &format!("{name}, page 1 of 1 (converted by the sandbox)"));
    finish(name, vec![(width, height, sheet.content)], Some(picture))
}

fn finish(name: &str, sheets: Vec<(f32, f32, Content)>, picture: Option<&Picture>) -> Set {
    let mut refs = (1..).map(Ref::new);
    let mut next = || refs.next().unwrap_or(Ref::new(1));
    let (catalog, tree, info, font, image) = (next(), next(), next(), next(), next());
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    pdf.type1_font(font).base_font(Name(b"Times-Roman")).encoding_predefined(Name(b"WinAnsiEncoding"));
    pdf.document_info(info).title(TextStr(name)).producer(TextStr("Sandbox"));
    let drawn = picture.is_some_and(|p| write_image(&mut pdf, image, p));
    let (mut kids, mut sizes) = (Vec::new(), Vec::new());
    for (width, height, content) in sheets {
        let (page_id, content_id) = (next(), next());
        kids.push(page_id);
        sizes.push((width, height));
        pdf.stream(content_id, &content.finish());
        let mut page = pdf.page(page_id);
        page.parent(tree).media_box(Rect::new(0.0, 0.0, width, height)).contents(content_id);
        let mut resources = page.resources();
        resources.fonts().pair(REGULAR, font);
        if drawn {
            resources.x_objects().pair(Name(b"P"), image);
        }
        resources.finish();
    }
    let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
    pdf.pages(tree).kids(kids).count(count);
    (pdf.finish(), sizes)
}

/// Answers whether there is one now.
fn write_image(pdf: &mut Pdf, id: Ref, picture: &Picture) -> bool {
    let (data, filter, components) = match &picture.pixels {
        Pixels::Rgb(rgb) => {
            use std::io::Write as _;
            let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
            let Ok(packed) = packed.write_all(rgb).and_then(|()| packed.finish()) else { return false };
            (packed, Filter::FlateDecode, 3)
        }
        Pixels::Jpeg(bytes, components) => (bytes.clone(), Filter::DctDecode, *components),
        Pixels::None => return false,
    };
    let mut image = pdf.image_xobject(id, &data);
    image.filter(filter);
    image.width(i32::try_from(picture.width).unwrap_or(1)).height(i32::try_from(picture.height).unwrap_or(1));
    match components {
        1 => image.color_space().device_gray(),
        4 => image.color_space().device_cmyk(),
        _ => image.color_space().device_rgb(),
    };
    if components == 4 {
        // Such JPEGs hold how much ink is left out.
        image.decode([1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0]);
    }
    image.bits_per_component(8);
    true
}
