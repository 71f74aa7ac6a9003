//! What the messages of a PO file offer to a site, message by message.

use std::collections::{BTreeMap, HashMap};

use camino::Utf8Path;

use super::po::{Catalog, Message};
use super::values::ValueText;
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use crate::locale::LocaleIndex;
use crate::parse::{self, BlockKind, without_attributes};
use crate::text::nearest;
use crate::translation::{PieceText, TextId, TranslationState, Unit, in_normal_form};
use crate::understood::Understood;

/// A text of the site.
#[derive(Clone, Copy)]
pub(super) enum Text<'a> {
    Unit(&'a Unit),
    Value(&'a ValueText),
}

impl<'a> Text<'a> {
    pub(super) fn key(self) -> &'a str {
        match self {
            Self::Unit(unit) => unit.key.as_str(),
            Self::Value(value) => &value.key,
        }
    }

    fn source(self) -> &'a str {
        match self {
            Self::Unit(unit) => &unit.source,
            Self::Value(value) => &value.source,
        }
    }
}

/// A text that is to say something else.
pub(super) struct Change<'a> {
    pub(super) message: &'a Message,
    pub(super) text: Text<'a>,
    /// In normal form.
    pub(super) new: String,
}

/// What a PO file offers.
#[derive(Default)]
pub(super) struct Offered<'a> {
    pub(super) changes: Vec<Change<'a>>,
    /// Texts that say already what their messages say.
    pub(super) kept: Vec<Change<'a>>,
    /// Units whose translations are right as they stand, which was not known.
    pub(super) confirmed: Vec<&'a Unit>,
    pub(super) fuzzy: usize,
}

impl<'a> Offered<'a> {
    fn put(&mut self, change: Change<'a>, is_said: bool) {
        if is_said { &mut self.kept } else { &mut self.changes }.push(change);
    }
}

/// Returns the beginning of the key of a block, which all blocks of its passage have. None for other keys.
fn stem(key: &str) -> Option<&str> {
    let without = |key: &'_ str| -> Option<usize> {
        let (stem, position) = key.rsplit_once('/')?;
        position.parse::<u32>().ok().map(|_| stem.len())
    };
    let first = key.get(..without(key)?)?;
    Some(without(first).and_then(|end| first.get(..end)).unwrap_or(first))
}

/// Returns the blocks of passages among units, by their passages and their sources.
pub(super) fn blocks(units: &[Unit]) -> HashMap<(&str, &str), Option<Text<'_>>> {
    let mut blocks = HashMap::new();
    for unit in units.iter().filter(|unit| matches!(unit.text_id, TextId::Piece { .. })) {
        if let Some(stem) = stem(unit.key.as_str()) {
            let found = blocks.entry((stem, unit.source.as_str()));
            found.and_modify(|found| *found = None).or_insert(Some(Text::Unit(unit)));
        }
    }
    blocks
}

pub(super) struct Reader<'a> {
    pub(super) understood: &'a Understood,
    pub(super) texts: BTreeMap<&'a str, Text<'a>>,
    /// The blocks of passages, by the beginnings of their keys and by their sources. None for what stands there twice.
    pub(super) blocks: HashMap<(&'a str, &'a str), Option<Text<'a>>>,
    pub(super) locale: LocaleIndex,
    pub(super) path: &'a Utf8Path,
}

impl<'a> Reader<'a> {
    /// Returns a problem of a message that is wrong.
    pub(super) fn wrong(&self, message: &Message, text: String, help: impl Into<String>) -> Diagnostic {
        Place::new(self.path, message.span.clone()).problem(Code::PoMessage, text).help(help)
    }

    /// Returns a problem of a message that the site has no use for.
    fn left_out(&self, message: &Message, text: String, help: impl Into<String>) -> Diagnostic {
        Place::new(self.path, message.span.clone()).problem(Code::PoLeftOut, text).help(help)
    }

    /// Reads all messages. Those that are of no use, or wrong, are reported.
    pub(super) fn offered(&self, catalog: &'a Catalog, problems: &Problems) -> Offered<'a> {
        let mut offered = Offered::default();
        let mut seen: HashMap<&str, &Message> = HashMap::new();
        let key = |message: &'a Message| self.meant(message).map_or(message.context.as_str(), Text::key);
        let is_now = |message: &&Message| self.meant(message).is_some_and(|text| text.source() == message.source);
        let (now, then): (Vec<_>, Vec<_>) = catalog.messages.iter().partition(is_now);
        for message in now {
            match seen.get(key(message)) {
                Some(first) => {
                    let text = format!("{} occurs twice in this file, and was skipped here", key(message));
                    let problem = self.left_out(message, text, "remove one of them, or merge them with `msguniq`");
                    problems.report(problem.related(Place::new(self.path, first.span.clone()), "this one was used"));
                }
                None => {
                    seen.insert(key(message), message);
                    self.message(message, &mut offered).unwrap_or_else(|problem| problems.report(*problem));
                }
            }
        }
        for message in then {
            self.message(message, &mut offered).unwrap_or_else(|problem| problems.report(*problem));
        }
        offered
    }

    /// Returns the text of a message: the one that it names, or a block of the same passage that says what its source
    /// says, if it has moved since.
    fn meant(&self, message: &Message) -> Option<Text<'a>> {
        let named = self.texts.get(message.context.as_str()).copied();
        let moved = || self.blocks.get(&(stem(&message.context)?, message.source.as_str())).copied().flatten();
        named.filter(|text| text.source() == message.source).or_else(moved).or(named)
    }

    fn message(&self, message: &'a Message, offered: &mut Offered<'a>) -> Result<(), Box<Diagnostic>> {
        let key = message.context.as_str();
        let tag = &self.understood.site.config.locale(self.locale).tag;
        let export = format!("`rungs translation export {tag} FILE`");
        let Some(text) = self.meant(message) else {
            let (text, help) = match key {
                "" => (
                    "this message has no `msgctxt`, which says where it belongs".to_owned(),
                    format!("copy it into a file written by {export}"),
                ),
                key => {
                    let near = nearest(key, self.texts.keys().copied()).filter(|_| !message.translation.is_empty());
                    let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
                    let help =
                        format!("its source is gone, or it is from another site: write a new file with {export}{near}");
                    (format!("the site has no text `{key}`"), help)
                }
            };
            return Err(Box::new(self.left_out(message, text, help)));
        };
        if message.source != text.source() {
            let help = format!(
                "the source has changed: write a new file with {export}, and merge this one into it with \
                 `msgmerge`"
            );
            return Err(Box::new(self.left_out(
                message,
                format!("the translation of {key} was made from a different source text"),
                help,
            )));
        }
        if message.translation.trim().is_empty() {
            return Ok(());
        }
        if message.is_fuzzy {
            offered.fuzzy += 1;
            return Ok(());
        }
        match text {
            Text::Unit(unit) => self.unit(message, unit, offered),
            Text::Value(value) => {
                let read = value.read(&self.understood.site, self.locale, &message.translation);
                let new = read.map_err(|(text, help)| Box::new(self.wrong(message, text, help)))?;
                let is_said = value.own.as_ref() == Some(&new);
                offered.put(Change { message, text, new }, is_said);
                Ok(())
            }
        }
    }

    fn unit(&self, message: &'a Message, unit: &'a Unit, offered: &mut Offered<'a>) -> Result<(), Box<Diagnostic>> {
        let Understood { site, translations, .. } = self.understood;
        let key = &unit.key;
        let wrong = |text: String, help: String| Err(Box::new(self.wrong(message, text, help)));
        let is_marked =
            matches!(unit.text_id, TextId::Heading(_) | TextId::Level(_) | TextId::Category(_) | TextId::Criterion(_));
        if let Some(attributes) = attributes(&message.translation).filter(|_| is_marked) {
            let help = format!("remove `{attributes}` from the message: the file already has the attributes of {key}");
            return wrong(format!("the translation of {key} ends in `{attributes}`, which is not text"), help);
        }
        let own = translations.own_text(site, unit, self.locale);
        let new = in_normal_form(unit, &message.translation);
        let is_said = own.as_ref() == Some(&new);
        if !is_said {
            self.built(message, unit)?;
        }
        offered.put(Change { message, text: Text::Unit(unit), new }, is_said);
        let is_open = unit.translation(self.locale).is_some_and(|translation| {
            translation.state != TranslationState::Current || translation.is_machine_made() || translation.is_draft()
        });
        offered.confirmed.extend((is_said && is_open).then_some(unit));
        Ok(())
    }

    /// # Errors
    /// If a text is not as many blocks of Markdown as its source.
    fn built(&self, message: &Message, unit: &Unit) -> Result<(), Box<Diagnostic>> {
        let Understood { site, translations, .. } = self.understood;
        let key = &unit.key;
        let wrong = |text: String, help: String| Err(Box::new(self.wrong(message, text, help)));
        if let TextId::Piece { passage, at } = unit.text_id {
            let source = passage.pieces(site, LocaleIndex::SOURCE);
            let row = translations.row(passage, self.locale, at);
            // Somebody may have taken a block apart already.
            let count = row.map_or(1, |row| row.own.len().max(1));
            let is_heading = source.get(at).is_some_and(|piece| !matches!(piece.text, PieceText::Block(_)));
            match parse::blocks(&message.translation).as_slice() {
                [block] if !is_heading || matches!(block.kind, BlockKind::Paragraph(_)) => {}
                _ if is_heading => {
                    let help = "write the words of the heading on one line, without `#`".to_owned();
                    return wrong(format!("{key} is a heading, but its translation is not"), help);
                }
                [] => {
                    let help =
                        "Markdown reads it as the address of a link: write `\\[` instead of its first `[`".to_owned();
                    return wrong(format!("the translation of {key} is not text in Markdown"), help);
                }
                blocks if blocks.len() == count => {}
                blocks => {
                    let text = format!("{key} is one block of Markdown, but its translation {}", blocks.len());
                    return wrong(text, "write it with the same number of Markdown blocks as its source".to_owned());
                }
            }
        }
        Ok(())
    }
}

/// Returns the block of attributes that the first or the last paragraph ends in. It would not be read as text.
fn attributes(text: &str) -> Option<&str> {
    let paragraphs = || text.split("\n\n").map(str::trim_end).filter(|paragraph| !paragraph.is_empty());
    let block = |paragraph: &'_ str| -> Option<usize> {
        let shown = without_attributes(paragraph);
        (shown.len() < paragraph.len() && !shown.ends_with('\\')).then_some(shown.len())
    };
    let mut ends = paragraphs().next().into_iter().chain(paragraphs().last());
    ends.find_map(|paragraph| Some(paragraph.get(block(paragraph)?..)?.trim_start()))
}
