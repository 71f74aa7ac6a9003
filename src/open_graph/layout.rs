//! From a card to an SVG in which every line has its place.

use std::fmt::Write;

use super::typeface::{Thickness, Typeface, families};
use super::wrap::Measured;
use super::{Card, CardText, HEIGHT, WIDTH};
use crate::locale::Direction;
use crate::text::escaped;

/// The space at the sides, in pixels, as all that follows.
const MARGIN: f32 = 80.0;
const ROOM: f32 = WIDTH as f32 - 2.0 * MARGIN;

/// The base lines of the label and of what is below it.
const LABEL_LINE: f32 = 116.0;
const BELOW_LINE: f32 = 170.0;
const LABEL_SIZE: f32 = 48.0;
const BELOW_SIZE: f32 = 30.0;

/// Where the text may begin: below two lines, below the label alone, and on a card with neither.
const TEXT_TOPS: [f32; 3] = [206.0, 154.0, 84.0];
const TEXT_BOTTOM: f32 = 514.0;
/// The sizes that the text may have, the best first.
const TEXT_SIZES: [f32; 10] = [72.0, 64.0, 58.0, 52.0, 48.0, 44.0, 40.0, 36.0, 32.0, 28.0];
/// Sizes for titles, which come before the others.
const TITLE_SIZES: [f32; 2] = [96.0, 84.0];
/// A text for which type has to be smaller than this stands without the second one.
const SMALLEST_BESIDE_SECOND: f32 = 40.0;
/// The size of the second text, in parts of that of the first, and its limits.
const SECOND_SCALE: f32 = 0.62;
const SECOND_SIZES: std::ops::RangeInclusive<f32> = 26.0..=36.0;
/// Between the two texts.
const GAP: f32 = 26.0;
/// How much of the room that they leave is above them.
const ABOVE: f32 = 0.45;

/// The line above the foot, and the base line of the foot.
const RULE: f32 = 538.0;
const FOOT_LINE: f32 = 586.0;
const FOOT_SIZE: f32 = 25.0;
/// The room that the mark takes at the foot.
const MARK: f32 = 38.0;

/// Colours of the default theme on white paper.
const TEXT: u32 = 0x1a1d21;
const QUIET: u32 = 0x545c65;
const LINE: u32 = 0xdcdfe3;
const CATEGORIES: [u32; 6] = [0x1f3fb0, 0xb2511e, 0x1e7777, 0x5a1248, 0x7d1a10, 0x7a46c0];

/// Fonts move letters together and rarely apart; this much is left for the latter.
const SAFETY: f32 = 0.99;

/// The style of a line.
#[derive(Clone, Copy)]
struct LineStyle<'a> {
    size: f32,
    thickness: Thickness,
    colour: u32,
    language: &'a str,
    direction: Direction,
}

/// A text with the style of its paragraph.
#[derive(Clone, Copy)]
struct Passage<'a> {
    text: &'a CardText,
    is_title: bool,
    colour: u32,
}

impl<'a> Passage<'a> {
    fn style(self, size: f32) -> LineStyle<'a> {
        let Self { text, is_title, colour } = self;
        let thickness = if is_title { Thickness::Bold } else { Thickness::Regular };
        LineStyle { size, thickness, colour, language: &text.language, direction: text.direction }
    }

    /// The sizes that it may have, the best first.
    fn sizes(self) -> impl Iterator<Item = f32> {
        TITLE_SIZES.into_iter().filter(move |_| self.is_title).chain(TEXT_SIZES)
    }
}

/// A text broken into lines.
struct WrappedText {
    lines: Vec<String>,
    size: f32,
    leading: f32,
}

impl WrappedText {
    fn height(&self) -> f32 {
        self.lines.len() as f32 * self.leading
    }
}

/// The colours that a card is drawn with, as red, green and blue.
pub(super) fn inks(card: &Card) -> [[u8; 3]; 4] {
    [TEXT, QUIET, LINE, label_colour(card)].map(|colour| {
        let [_, red, green, blue] = colour.to_be_bytes();
        [red, green, blue]
    })
}

fn label_colour(card: &Card) -> u32 {
    card.category.map_or(TEXT, |category| CATEGORIES[category % CATEGORIES.len()])
}

/// The card as an SVG.
pub(super) fn svg(card: &Card, typeface: &Typeface) -> String {
    let mut page = CardPage { typeface, svg: String::new() };
    let (width, height) = (WIDTH, HEIGHT);
    let _ = write!(
        page.svg,
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect width="{width}" height="{height}" fill="#fff"/>"##
    );
    page.head(card);
    page.text(card);
    page.foot(card);
    page.svg.push_str("</svg>");
    page.svg
}

struct CardPage<'a> {
    typeface: &'a Typeface,
    svg: String,
}

impl CardPage<'_> {
    fn head(&mut self, card: &Card) {
        let colour = label_colour(card);
        let (language, direction) = (card.language.as_str(), card.direction);
        let bold = LineStyle { size: LABEL_SIZE, thickness: Thickness::Bold, colour, language, direction };
        let label = self.one_line(&card.label, bold, ROOM);
        self.line(&label, bold, 0.0, LABEL_LINE);
        let behind = match self.measured(&label, bold).width() * LABEL_SIZE {
            0.0 => 0.0,
            width => width + 24.0,
        };
        let plain = LineStyle { size: BELOW_SIZE, thickness: Thickness::Regular, ..bold };
        let beside = self.one_line(&card.beside, plain, ROOM - behind);
        self.line(&beside, plain, behind, LABEL_LINE);
        let quiet = LineStyle { colour: QUIET, ..plain };
        let below = self.one_line(&card.below, quiet, ROOM);
        self.line(&below, quiet, 0.0, BELOW_LINE);
    }

    /// The text as large as it can be and, if that leaves it large enough, the second one.
    fn text(&mut self, card: &Card) {
        let top = text_top(card);
        let room = TEXT_BOTTOM - top;
        let passage = |text, colour| Passage { text, is_title: false, colour };
        let first = Passage { is_title: card.is_title, ..passage(&card.text, TEXT) };
        let second = card.second.as_ref().filter(|text| !text.text.is_empty()).map(|text| passage(text, QUIET));
        let both = second.and_then(|second| self.both(first, second, room));
        let (wrapped, below) = match both {
            Some((wrapped, below)) => (wrapped, second.map(|second| (second, below))),
            None => (self.alone(first, room), None),
        };
        let height = wrapped.height() + below.as_ref().map_or(0.0, |(_, below)| GAP + below.height());
        // A short text stands in the middle.
        let end = self.paragraph(first, &wrapped, top + (room - height).max(0.0) * ABOVE);
        if let Some((second, below)) = below {
            self.paragraph(second, &below, end + GAP);
        }
    }

    fn both(&self, first: Passage, second: Passage, room: f32) -> Option<(WrappedText, WrappedText)> {
        let sizes = first.sizes().take_while(|&size| size >= SMALLEST_BESIDE_SECOND);
        let mut pairs = sizes.map(|size| {
            let small = (size * SECOND_SCALE).clamp(*SECOND_SIZES.start(), *SECOND_SIZES.end());
            (self.broken(first, size), self.broken(second, small))
        });
        pairs.find(|(first, second)| first.height() + GAP + second.height() <= room)
    }

    /// What is too long for the smallest type ends in an ellipsis.
    fn alone(&self, passage: Passage, room: f32) -> WrappedText {
        let mut sizes = passage.sizes().map(|size| self.broken(passage, size));
        if let Some(paragraph) = sizes.find(|paragraph| paragraph.height() <= room) {
            return paragraph;
        }
        let size = TEXT_SIZES[TEXT_SIZES.len() - 1];
        let style = passage.style(size);
        let measured = self.measured(&passage.text.text, style);
        let leading = leading(&measured, size);
        let count = (room / leading) as usize;
        let ellipsis = self.measured("…", style).width();
        WrappedText { lines: measured.shortened(ROOM * SAFETY / size, count, ellipsis), size, leading }
    }

    fn broken(&self, passage: Passage, size: f32) -> WrappedText {
        let measured = self.measured(&passage.text.text, passage.style(size));
        WrappedText { lines: measured.balanced(ROOM * SAFETY / size), size, leading: leading(&measured, size) }
    }

    /// Writes a paragraph below a height, and tells where it ends.
    fn paragraph(&mut self, passage: Passage, paragraph: &WrappedText, top: f32) -> f32 {
        let look = passage.style(paragraph.size);
        for (at, line) in paragraph.lines.iter().enumerate() {
            // Letters stand in the middle of their line: four fifths of the type above the base line, a fifth below.
            let base = (paragraph.leading - paragraph.size) / 2.0 + paragraph.size * 0.85;
            self.line(line, look, 0.0, top + at as f32 * paragraph.leading + base);
        }
        top + paragraph.height()
    }

    fn foot(&mut self, card: &Card) {
        let (language, direction) = (card.language.as_str(), card.direction);
        let look = LineStyle { size: FOOT_SIZE, thickness: Thickness::Regular, colour: QUIET, language, direction };
        let mark = match direction {
            Direction::LeftToRight => MARGIN,
            Direction::RightToLeft => MARGIN + ROOM - 24.0,
        };
        let _ = write!(
            self.svg,
            r##"<path d="M{MARGIN} {RULE}h{ROOM}" stroke="#{LINE:06x}" stroke-width="2"/><path transform="translate({mark} {}) scale(1.5)" d="M3 1v18M13 1v18M3 5h10M3 10h10M3 15h10" fill="none" stroke="#{QUIET:06x}" stroke-width="1.8" stroke-linecap="round"/>"##,
            FOOT_LINE - 24.0
        );
        let origin = self.one_line(&card.origin, look, ROOM - MARK);
        self.line(&origin, look, MARK, FOOT_LINE);
    }

    fn measured(&self, text: &str, look: LineStyle) -> Measured {
        Measured::new(text, self.typeface.widths(text, look.language, look.thickness))
    }

    /// As much of a text as stands on one line. Nothing where there is hardly any room.
    fn one_line(&self, text: &str, look: LineStyle, room: f32) -> String {
        if room < 3.0 * look.size {
            return String::new();
        }
        let ellipsis = self.measured("…", look).width();
        let measured = self.measured(text, look);
        measured.shortened(room * SAFETY / look.size, 1, ellipsis).pop().unwrap_or_default()
    }

    /// Writes a line at a distance from the side where lines begin.
    fn line(&mut self, text: &str, look: LineStyle, distance: f32, base: f32) {
        if text.is_empty() {
            return;
        }
        let LineStyle { size, thickness, colour, language, direction } = look;
        // The marks make the direction hold for a line that begins with a word of the other one.
        let (x, anchor, open, close) = match direction {
            Direction::LeftToRight => (MARGIN + distance, "start", "", ""),
            Direction::RightToLeft => (MARGIN + ROOM - distance, "end", "\u{202B}", "\u{202C}"),
        };
        let families = families(language).map(|family| format!("'{family}'")).join(",");
        let weight = thickness.weight();
        let text = escaped(&printable(text));
        let _ = write!(
            self.svg,
            r##"<text x="{x}" y="{base}" text-anchor="{anchor}" font-family="{families}" font-size="{size}" font-weight="{weight}" fill="#{colour:06x}">{open}{text}{close}</text>"##
        );
    }
}

fn text_top(card: &Card) -> f32 {
    let [below_two, below_label, alone] = TEXT_TOPS;
    match (card.below.is_empty(), card.label.is_empty() && card.beside.is_empty()) {
        (false, _) => below_two,
        (true, false) => below_label,
        (true, true) => alone,
    }
}

/// From one base line to the next.
fn leading(text: &Measured, size: f32) -> f32 {
    size * if text.is_wide() { 1.42 } else { 1.28 }
}

/// A text without the characters that XML does not know.
fn printable(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}
