//! Finds translations that were overwritten with the source: one that was released, and now has the very words of the
//! source, was copied over, and readers take it for a translation.

use camino::Utf8Path;

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition::{Edition, Frozen, FrozenNote};
use crate::id::CriterionId;
use crate::locale::LocaleIndex;
use crate::model::Ladder;
use crate::text::list;
use crate::witness::from_git;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let (Some(present), Some(last)) = (&site.history.present, site.history.editions.last()) else { return Vec::new() };
    let config = &site.config;
    let source = config.locale(LocaleIndex::SOURCE);
    let others = config.locale_indices().filter(|&locale| config.locale(locale).language != source.language);
    let of_locale = |locale: LocaleIndex| {
        let copies = Copies { checked, locale, tags: [&source.tag, &config.locale(locale).tag], last };
        let ladders = site.ladders.iter().filter_map(|ladder| copies.criteria(ladder));
        let notes = present.notes.iter().filter_map(|note| copies.note(note));
        ladders.chain(notes).collect::<Vec<_>>()
    };
    others.flat_map(of_locale).collect()
}

/// Finds texts that one language copied from the source.
struct Copies<'a> {
    checked: &'a CheckInput<'a>,
    locale: LocaleIndex,
    /// The tags of the source and of the language.
    tags: [&'a str; 2],
    last: &'a Edition,
}

/// The greatest number of criteria that are named. A file with more of them was copied as a whole.
const FEW: usize = 3;

impl Copies<'_> {
    /// Reports the criteria of a ladder that the last edition had translated and that are no longer translated.
    fn criteria(&self, ladder: &Ladder) -> Option<Diagnostic> {
        let [_, tag] = self.tags;
        let copied = ladder.criteria.iter().filter_map(|criterion| {
            let text = criterion.text.own(self.locale)?;
            let is_copy = text.statement == criterion.text.source().statement;
            let before = is_copy.then(|| self.translated(&self.last.frozen, &criterion.id)).flatten()?;
            Some((criterion.id.to_string(), &text.place, before, text.statement.markdown()))
        });
        let copied: Vec<_> = copied.collect();
        let (id, place, before, _) = copied.first()?;
        let edition = self.last.name();
        let is_of_source = copied.iter().all(|(_, _, before, now)| before == now);
        if is_of_source || copied.len() > FEW {
            let locale = if is_of_source { LocaleIndex::SOURCE } else { self.locale };
            return Some(self.file(ladder.files.own(locale)?, is_of_source));
        }
        let ids: Vec<_> = copied.iter().map(|(id, ..)| id).collect();
        let message = match ids.len() {
            1 => format!("{id} is word for word the same in {tag} as in the source"),
            _ => format!("{ids} are word for word the same in {tag} as in the source", ids = list(&ids)),
        };
        let help = format!("write the translation again: in {edition} it was `{before}`");
        let problem = place.problem(Code::CopiedSource, message).in_locale(tag).help(help);
        let others = copied.iter().skip(1);
        Some(others.fold(problem, |problem, (_, place, before, _)| {
            problem.related((*place).clone(), format!("in {edition} this was `{before}`"))
        }))
    }

    /// Returns the statement of a criterion in the language, unless it equals the source's.
    fn translated(&self, edition: &Frozen, id: &CriterionId) -> Option<String> {
        let (_, criterion) = edition.criteria().find(|(_, criterion)| criterion.id == *id)?;
        let [source, translation] = self.tags.map(|tag| criterion.statement.get(tag));
        translation.filter(|translation| source != Some(translation)).map(|translation| translation.markdown())
    }

    /// Reports a note that the last edition had translated and that is no longer translated.
    fn note(&self, note: &FrozenNote) -> Option<Diagnostic> {
        let is_copy = |note: &FrozenNote| {
            let [source, translation] = self.tags.map(|tag| note.text.get(tag).map(|text| &text.sections));
            translation.map(|translation| source == Some(translation))
        };
        let was = |before: &&FrozenNote| before.slug == note.slug || note.was.contains(&before.slug);
        let before = self.last.frozen.notes.iter().find(was)?;
        let is_lost = is_copy(note) == Some(true) && is_copy(before) == Some(false);
        is_lost.then(|| {
            let is_of_source = note.text[self.tags[1]].sections == before.text[self.tags[1]].sections;
            let tag = self.tags[usize::from(!is_of_source)];
            self.file(Utf8Path::new(&note.text[tag].file), is_of_source)
        })
    }

    /// Reports a file with the text of another one, either of the translation or of the source.
    fn file(&self, path: &Utf8Path, is_of_source: bool) -> Diagnostic {
        let (what, other) = if is_of_source { ("source", "translation") } else { ("translation", "source") };
        let message = format!("{path} is word for word the same as the {other}");
        let help = format!(
            "restore the {what} with `{command}`, or from an earlier commit: {edition} has it",
            command = from_git(self.checked.sources, [path]),
            edition = self.last.name()
        );
        Place::file(path.to_owned()).problem(Code::CopiedSource, message).in_locale(self.tags[1]).help(help)
    }
}
