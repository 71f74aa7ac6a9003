//! Social cards, the pictures that other sites show beside a link: a [`Card`] in, the bytes of a PNG out.
//!
//! A card is laid out as an SVG of lines of text, each measured with the fonts that it will be drawn with, so that
//! nothing stands outside of it. The same card and the same fonts give the same bytes.

mod encode;
mod layout;
mod typeface;
mod wrap;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use camino::Utf8PathBuf;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use serde::Serialize;

use crate::locale::Direction;
use crate::source::Fonts;
pub(crate) use typeface::Typeface;

/// In pixels, as sites that show such pictures ask for.
pub(crate) const WIDTH: u32 = 1200;
/// In pixels.
pub(crate) const HEIGHT: u32 = 630;

/// Changes whenever the same card would be drawn in another way.
const VERSION: u32 = 2;

/// Everything that is written on a picture. What is empty takes no room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Card {
    /// An id or the code of a level.
    pub(crate) label: String,
    /// Behind the label, or in its place: the title of a category or of a collection.
    pub(crate) beside: String,
    /// The place of the category among those of its ladder. Label and title are written in its colour.
    pub(crate) category: Option<usize>,
    /// In a line of its own below the label.
    pub(crate) below: String,
    /// The subject of the card.
    pub(crate) text: CardText,
    /// Whether that is a title, which is written in bold type.
    pub(crate) is_title: bool,
    /// The same in another language, or what it is about. There may be no room for it.
    pub(crate) second: Option<CardText>,
    /// At the foot: where the text comes from.
    pub(crate) origin: String,
    /// The language of what surrounds the text.
    pub(crate) language: String,
    pub(crate) direction: Direction,
}

/// A text in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct CardText {
    pub(crate) text: String,
    /// A BCP 47 tag. Han characters look different in different languages.
    pub(crate) language: String,
    pub(crate) direction: Direction,
}

impl Card {
    /// Where the picture of this card stands on the site. The name holds a hash of everything that is drawn and of the
    /// fonts it is drawn with, so that a file of this name has these bytes.
    pub(crate) fn path(&self, name: &str, fonts: &Fonts) -> Utf8PathBuf {
        let drawn = serde_json::to_vec(&(VERSION, fonts, self)).expect("texts and numbers are JSON");
        format!("og/{name}-{:.16}.png", blake3::hash(&drawn).to_hex()).into()
    }

    /// Every character that may be written on it.
    pub(crate) fn characters(&self) -> impl Iterator<Item = char> {
        let passages = [Some(&self.text), self.second.as_ref()];
        let texts = [&self.label, &self.beside, &self.below, &self.origin].into_iter();
        texts
            .chain(passages.into_iter().flatten().map(|passage| &passage.text))
            .flat_map(|text| text.chars())
            .chain(['…'])
    }

    /// Draws the card, whose characters the typeface has to have.
    pub(crate) fn draw(&self, typeface: &Typeface) -> Vec<u8> {
        let svg = layout::svg(self, typeface);
        let options = Options { fontdb: Arc::clone(typeface.database()), ..Options::default() };
        let tree = Tree::from_str(&svg, &options).expect("what we lay out is SVG");
        let mut pixels = Pixmap::new(WIDTH, HEIGHT).expect("the size is not zero");
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        encode::png(&pixels, &layout::inks(self))
    }
}
