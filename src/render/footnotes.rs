//! The footnotes of a note: numbered signs in its text, and what they lead to.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::scene::Scene;
use super::text::Link;
use crate::handle::NoteIndex;
use crate::locale::LocaleIndex;
use crate::parse::{Section, footnote};
use crate::text::{attribute, escape};
use crate::translation::Passage;

/// The footnotes of a page, in the order in which its text first comes to them.
pub(crate) struct Footnotes<'a> {
    scene: Scene<'a>,
    /// The number of each label.
    numbers: HashMap<&'a str, usize>,
    /// For each footnote how many of its signs are written so far.
    signs: RefCell<Vec<usize>>,
    /// In ids, behind the word. No heading has an anchor with an underscore.
    suffix: String,
    /// Whether each stands where it is written, and not below the text.
    is_in_place: bool,
    /// The language of the words of the interface, where that of the text is another one.
    language: Option<String>,
}

impl<'a> Footnotes<'a> {
    /// Returns the footnotes of the page of a note: of its text, and of what only the source says.
    pub(crate) fn of_note(scene: &Scene<'a>, note: NoteIndex) -> Self {
        let (text, actual) = scene.site[note].text.read(scene.locale);
        let source = scene.site[note].text.source();
        let texts = [&text.sections, &source.sections].map(Vec::as_slice);
        Self::of(scene, &texts, String::new(), false, actual)
    }

    /// Returns the footnotes of a passage in one of two languages beside each other. Only notes have any.
    pub(crate) fn beside(scene: &Scene<'a>, passage: Passage) -> Option<Self> {
        let Passage::Note { note } = passage else { return None };
        let (text, actual) = scene.site[note].text.read(scene.locale);
        let suffix = format!("-{}", scene.site.config.locale(scene.locale).tag.to_lowercase());
        Some(Self::of(scene, &[&text.sections], suffix, true, actual))
    }

    fn of(scene: &Scene<'a>, texts: &[&'a [Section]], suffix: String, is_in_place: bool, actual: LocaleIndex) -> Self {
        let definitions = texts.iter().flat_map(|sections| footnote::definitions(sections));
        let defined: HashSet<&str> = definitions.map(|definition| definition.label).collect();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for sign in texts.iter().flat_map(|sections| footnote::signs(sections)) {
            if defined.contains(sign.label) {
                let next = numbers.len() + 1;
                numbers.entry(sign.label).or_insert(next);
            }
        }
        let signs = RefCell::new(vec![0; numbers.len()]);
        let language = (actual != scene.locale).then(|| scene.site.config.locale(scene.locale).language.clone());
        Self { scene: *scene, numbers, signs, suffix, is_in_place, language }
    }

    /// Returns the number of a footnote. None for a label that leads to none, or that nothing leads from.
    pub(crate) fn number(&self, label: &str) -> Option<usize> {
        self.numbers.get(label).copied()
    }

    pub(crate) fn id(&self, number: usize) -> String {
        format!("_footnote{}-{number}", self.suffix)
    }

    fn id_of_sign(&self, number: usize, nth: usize) -> String {
        format!("_sign{}-{number}-{nth}", self.suffix)
    }

    /// Writes the sign of a footnote in a text.
    pub(super) fn write_sign(&self, label: &str, out: &mut String) {
        let Some(number) = self.number(label) else { return escape(&format!("[^{label}]"), out) };
        let nth = {
            let signs = &mut self.signs.borrow_mut()[number - 1];
            *signs += 1;
            *signs
        };
        out.push_str("<sup class=\"footnote\"><a");
        attribute("id", &self.id_of_sign(number, nth), out);
        attribute("href", &format!("#{}", self.id(number)), out);
        self.write_name("note.footnote", number, out);
        out.push_str(&format!(">{number}</a></sup>"));
    }

    /// Writes what a footnote says where it stands. Below a text it has no frame of its own.
    pub(super) fn write(&self, label: &str, said: &str, out: &mut String) {
        let Some(number) = self.number(label).filter(|_| self.is_in_place) else {
            if !self.is_in_place {
                out.push_str(said);
            }
            return;
        };
        out.push_str("<div class=\"footnote\"");
        attribute("id", &self.id(number), out);
        out.push_str("><a");
        attribute("href", &format!("#{}", self.id_of_sign(number, 1)), out);
        self.write_name("note.footnote-back", number, out);
        out.push_str(&format!(">{number}</a>{said}</div>"));
    }

    fn write_name(&self, key: &str, number: usize, out: &mut String) {
        if let Some(language) = &self.language {
            attribute("lang", language, out);
        }
        attribute("aria-label", &self.name(key, number), out);
    }

    fn name(&self, key: &str, number: usize) -> String {
        self.scene.phrase(key, &[("number", &number.to_string())])
    }

    /// Returns the links from a footnote to its signs, once the text is written.
    pub(crate) fn back(&self, number: usize) -> Vec<Link> {
        let signs = self.signs.borrow()[number - 1];
        let link = |nth: usize| Link {
            title: match signs {
                1 => self.name("note.footnote-back", number),
                _ => {
                    let values = [("number", number.to_string()), ("nth", nth.to_string())];
                    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
                    self.scene.phrase("note.footnote-back-to", &values)
                }
            },
            href: format!("#{}", self.id_of_sign(number, nth)),
        };
        (1..=signs).map(link).collect()
    }
}
