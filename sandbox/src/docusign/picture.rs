//! What an uploaded picture is, and its pixels where that is simple.

/// A picture as it came.
pub struct Picture {
    pub extensions: &'static [&'static str],
    pub width: u32,
    pub height: u32,
    pub pixels: Pixels,
}

pub enum Pixels {
    /// Red, green, blue; as large as `Picture` says.
    Rgb(Vec<u8>),
    /// A JPEG file, which a PDF takes as it is, and its number of colour components.
    Jpeg(Vec<u8>, u8),
    /// A format that the sandbox does not draw.
    None,
}

/// No side of a drawn picture has more pixels.
const MOST_PIXELS: u32 = 1_600;

pub fn picture(bytes: &[u8]) -> Option<Picture> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return png(bytes);
    }
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        let (width, height, components) = jpeg_size(bytes)?;
        let pixels = Pixels::Jpeg(bytes.to_vec(), components);
        return Some(Picture { extensions: &["jpg", "jpeg"], width, height, pixels });
    }
    let none =
        |extensions, (width, height)| Some(Picture { extensions, width, height, pixels: Pixels::None });
    if bytes.starts_with(b"GIF8") {
        let side = |at: usize| Some(u32::from(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
        return none(&["gif"], (side(6)?.max(1), side(8)?.max(1)));
    }
    if bytes.starts_with(b"II*\0") || bytes.starts_with(b"MM\0*") {
        return none(&["tif", "tiff"], (1_240, 1_754));
    }
    if bytes.starts_with(b"BM") {
        return none(&["bmp"], (1_240, 1_754));
    }
    None
}

fn png(bytes: &[u8]) -> Option<Picture> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
    let mut reader = decoder.read_info().ok()?;
    let mut buffer = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut buffer).ok()?;
    let channels = frame.color_type.samples();
    let shrink = (frame.width.max(frame.height)).div_ceil(MOST_PIXELS).max(1);
    let (width, height) = (frame.width / shrink, frame.height / shrink);
    let mut rgb = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let at = (y * shrink * frame.width + x * shrink) as usize * channels;
            let pixel = buffer.get(at..at + channels)?;
            let (alpha, colours) = pixel.split_last()?;
            // Grey has one colour; what is transparent is paper.
            for n in 0..3 {
                let colour = u32::from(*colours.get(n).or(colours.first())?);
                let a = u32::from(*alpha);
                rgb.push(u8::try_from((colour * a + 255 * (255 - a)) / 255).unwrap_or(255));
            }
        }
    }
    Some(Picture { extensions: &["png"], width, height, pixels: Pixels::Rgb(rgb) })
}

/// Width, height and components from a JPEG's frame header.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32, u8)> {
    let mut at = 2;
    let short = |at: usize| Some(u32::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?])));
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            let (height, width) = (short(at + 5)?, short(at + 7)?);
            return (width > 0 && height > 0).then_some((width, height, *bytes.get(at + 9)?));
        }
        at += 2 + usize::try_from(short(at + 2)?).ok()?;
    }
}
