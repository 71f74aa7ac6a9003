//! From pixels to a PNG with a palette: a picture of a few inks on white paper needs a third of the bytes that way.

use resvg::tiny_skia::Pixmap;

/// Into how many parts the way from the paper to an ink is divided. With four inks they all have room in a palette,
/// and an edge with so many steps is as smooth as one with 256.
const STEPS: u8 = 63;

/// The number of bits of each colour channel: enough to tell one shade from the next.
const BITS: usize = 6;

/// How hard deflate tries. Of 174 cards, level 4 makes 4.47 MB in 1.05 s, level 5 4.38 MB in 1.20 s, level 6, the default,
/// 4.28 MB in 1.81 s and level 9 4.17 MB in 4.37 s. `fdeflate` makes 16.5 MB in 1.35 s.
const DEFLATE: png::DeflateCompression = png::DeflateCompression::Level(5);

type Colour = [u8; 3];
const PAPER: Colour = [255; 3];

/// Some pixels of paper. Most of a picture is of that, and is passed over so many pixels at a time.
const BLANK: [u8; 4 * 16] = [255; 4 * 16];

/// Returns the PNG of an opaque picture that was drawn with these inks, at most four, on white.
pub(super) fn png(pixels: &Pixmap, inks: &[Colour]) -> Vec<u8> {
    let palette = palette(inks);
    let mut known: Vec<Option<u8>> = vec![None; 1 << (3 * BITS)];
    let mut last = (PAPER, 0);
    let mut indices = Vec::with_capacity(pixels.data().len() / 4);
    for run in pixels.data().chunks(BLANK.len()) {
        if run == &BLANK[..run.len()] {
            indices.resize(indices.len() + run.len() / 4, 0);
            continue;
        }
        for pixel in run.chunks_exact(4) {
            let colour = [pixel[0], pixel[1], pixel[2]];
            if colour != last.0 {
                last = (colour, *known[rounded(colour)].get_or_insert_with(|| nearest(&palette, colour)));
            }
            indices.push(last.1);
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    // Neighbouring numbers in a palette are not neighbouring colours, so that guessing from neighbours gains nothing.
    encoder.set_deflate_compression(DEFLATE);
    encoder.set_filter(png::Filter::NoFilter);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&indices));
    written.expect("memory can be written to");
    bytes
}

/// Returns the paper, and every step from it to each ink.
fn palette(inks: &[Colour]) -> Vec<Colour> {
    let mix = |paper: u8, ink: u8, step: u8| {
        let (paper, ink, step, steps) = (i32::from(paper), i32::from(ink), i32::from(step), i32::from(STEPS));
        (paper + (ink - paper) * step / steps) as u8
    };
    let step = |ink: Colour, step| std::array::from_fn(|channel| mix(PAPER[channel], ink[channel], step));
    let steps = inks.iter().flat_map(|&ink| (1..=STEPS).map(move |number| step(ink, number)));
    std::iter::once(PAPER).chain(steps).collect()
}

/// Returns a colour as a number, the same for colours that look alike.
fn rounded(colour: Colour) -> usize {
    colour.iter().fold(0, |number, &channel| number << BITS | usize::from(channel) >> (8 - BITS))
}

/// Returns the place of the colour that is most like another.
fn nearest(palette: &[Colour], colour: Colour) -> u8 {
    let difference = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    let distance = |[red, green, blue]: Colour| {
        difference(red, colour[0]) + difference(green, colour[1]) + difference(blue, colour[2])
    };
    let nearest = (0..palette.len()).min_by_key(|&at| distance(palette[at]));
    nearest.unwrap_or_default() as u8
}
