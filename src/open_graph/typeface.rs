//! The fonts that some texts need, read and ready to measure and to draw with.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::usvg::fontdb::{Database, Family, ID, Query, Source, Stretch, Style, Weight};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::source::{Font, Fonts};

/// Fonts with the characters of some texts.
pub(crate) struct Typeface {
    database: Arc<Database>,
    /// Characters that no font has.
    missing: BTreeSet<char>,
}

/// The stroke weight of letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Thickness {
    Regular,
    Bold,
}

impl Thickness {
    pub(crate) fn weight(self) -> u16 {
        match self {
            Self::Regular => Weight::NORMAL.0,
            Self::Bold => Weight::BOLD.0,
        }
    }
}

impl Typeface {
    /// Reads the fonts that have these characters, and no others.
    ///
    /// Each character uses the first font that covers it, whatever else is drawn.
    pub(crate) fn with(characters: impl Iterator<Item = char>, fonts: &Fonts) -> Self {
        let mut missing: BTreeSet<char> = characters.filter(|&c| is_visible(c)).collect();
        let mut database = Database::new();
        for font in fonts.iter() {
            if missing.is_empty() {
                break;
            }
            add(font, &mut missing, &mut database);
        }
        // What is drawn with when none of the families asked for is there.
        let first = database.faces().next().and_then(|face| face.families.first()).map(|(name, _)| name.clone());
        database.set_serif_family(first.unwrap_or_default());
        Self { database: Arc::new(database), missing }
    }

    /// Returns the characters of a text that no font has.
    pub(crate) fn lacks(&self, characters: impl Iterator<Item = char>) -> BTreeSet<char> {
        characters.filter(|c| self.missing.contains(c)).collect()
    }

    pub(crate) fn database(&self) -> &Arc<Database> {
        &self.database
    }

    /// Returns the width of each character, relative to the size of the type. A line is at most as wide as the sum,
    /// except for letters that are moved apart, which hardly happens.
    pub(crate) fn widths(&self, text: &str, language: &str, thickness: Thickness) -> Vec<f32> {
        let characters: Vec<char> = text.chars().collect();
        let mut widths: Vec<Option<f32>> = characters.iter().map(|&c| (!is_visible(c)).then_some(0.0)).collect();
        let preferred = self.preferred(language, thickness);
        for face in preferred.into_iter().chain(self.database.faces().map(|face| face.id)) {
            if widths.iter().all(Option::is_some) {
                break;
            }
            self.database.with_face_data(face, |data, index| {
                let Ok(font) = FontRef::from_index(data, index) else { return };
                let metrics = font.glyph_metrics(Size::new(1.0), LocationRef::default());
                let glyphs = font.charmap();
                for (width, &c) in widths.iter_mut().zip(&characters).filter(|(width, _)| width.is_none()) {
                    *width = glyphs.map(c).and_then(|glyph| metrics.advance_width(glyph));
                }
            });
        }
        widths.into_iter().map(Option::unwrap_or_default).collect()
    }

    fn preferred(&self, language: &str, thickness: Thickness) -> Option<ID> {
        let families: Vec<_> =
            families(language).into_iter().map(Family::Name).chain(std::iter::once(Family::Serif)).collect();
        let weight = Weight(thickness.weight());
        self.database.query(&Query { families: &families, weight, stretch: Stretch::Normal, style: Style::Normal })
    }
}

/// Returns the names of the fonts that a language is best written with. Readers of one language take the Han characters
/// of another for mistakes, and in a Chinese font quotation marks and dots are as wide as Han characters, which tears a
/// Latin text apart: that is set in the Japanese one.
pub(crate) fn families(language: &str) -> [&'static str; 4] {
    let han = match language.split('-').next().unwrap_or_default() {
        "ko" => "Noto Sans CJK KR",
        "zh" if language.contains("HK") || language.contains("MO") => "Noto Sans CJK HK",
        "zh" if ["Hans", "CN", "SG"].iter().any(|part| language.contains(part)) || language == "zh" => {
            "Noto Sans CJK SC"
        }
        "zh" => "Noto Sans CJK TC",
        _ => "Noto Sans CJK JP",
    };
    [han, "Noto Sans TC", "Noto Sans", "DejaVu Sans"]
}

/// Adds a font if it has missing characters.
fn add(font: &Font, missing: &mut BTreeSet<char>, database: &mut Database) {
    let Some(bytes) = font.regular.read() else { return };
    let found: Vec<char> = match FontRef::from_index(&bytes, 0) {
        Ok(font) => missing.iter().copied().filter(|&c| font.charmap().map(c).is_some()).collect(),
        Err(_) => return,
    };
    if found.is_empty() {
        return;
    }
    missing.retain(|c| !found.contains(c));
    let bold = font.bold.as_ref().and_then(|bold| bold.read());
    for bytes in std::iter::once(bytes).chain(bold) {
        database.load_font_source(Source::Binary(Arc::new(bytes)));
    }
}

/// Returns whether a character has a look of its own, so that a font has to have it.
fn is_visible(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        && !matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}
