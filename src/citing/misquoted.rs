//! Reports quotations that are not what is cited beside them says.

use std::collections::BTreeMap;

use super::Cited;
use super::beside::edition_called;
use super::likeness::{ComparedWords, Likeness};
use super::quotations::{Quotation, QuotedBy, citing_paragraphs, quotations};
use super::review::CitationMatcher;
use super::targets::Aim;
use crate::diagnostic::{Code, Diagnostic, Place, Span};
use crate::handle::EditionIndex;
use crate::id::CriterionId;
use crate::parse::RichText;
use crate::text::{shortened, slice};

/// A statement of a criterion, in one language.
struct Stated {
    id: CriterionId,
    /// The editions that say so. Without one it is what readers see now, or saw last.
    editions: Vec<EditionIndex>,
    text: String,
    words: ComparedWords,
    /// Whether the citation can mean it.
    is_cited: bool,
}

impl CitationMatcher<'_> {
    /// Finds what is clearly meant as a statement that is cited, and says something else. `numbers` tells which mentions are
    /// one citation.
    pub(super) fn misquotations(&self, numbers: &[usize]) -> Vec<Diagnostic> {
        let spans: Vec<Span> = self.mentions.iter().map(|mention| mention.span.clone()).collect();
        let mut known: BTreeMap<(CriterionId, Option<EditionIndex>), Vec<Stated>> = BTreeMap::new();
        let paragraphs = citing_paragraphs(self.text, &spans);
        // The edition that one of the mentions of a citation names, by its number.
        let mut editions: Vec<Option<String>> = vec![None; numbers.len()];
        for (target, &number) in self.targets.iter().zip(numbers) {
            let edition = target.as_ref().and_then(|target| self.edition_of(target));
            editions[number] = editions[number].take().or(edition);
        }
        let mut found = Vec::new();
        for (at, paragraph) in paragraphs.iter().enumerate() {
            let cited: Vec<_> = paragraph
                .mentions
                .iter()
                .filter_map(|&index| self.criterion(index, editions[numbers[index]].as_deref()))
                .collect();
            if cited.is_empty() {
                continue;
            }
            for key in &cited {
                known.entry(key.clone()).or_insert_with(|| self.stated(key));
            }
            let stated: Vec<_> = cited.iter().filter_map(|key| known.get(key)).flatten().collect();
            let next = paragraphs.get(at + 1).map_or(self.text.len(), |next| next.span.start);
            let mentions: Vec<_> = paragraph.mentions.iter().map(|&index| spans[index].clone()).collect();
            for quotation in quotations(self.text, &paragraph.span, &mentions, next) {
                found.extend(self.misquoted(&quotation, &stated));
            }
        }
        found
    }

    /// Returns the criterion that a mention cites, with its edition, or that of the whole citation.
    fn criterion(&self, index: usize, of_citation: Option<&str>) -> Option<(CriterionId, Option<EditionIndex>)> {
        let Aim::Criterion(Cited { id, edition }) = &self.targets[index].as_ref()?.what else { return None };
        let own = edition.as_ref().map(ToString::to_string);
        match own.as_deref().or(of_citation) {
            None => Some((id.clone(), self.as_of)),
            Some(name) => Some((id.clone(), Some(edition_called(self.site, name)?))),
        }
    }

    /// Returns the statements of a criterion, of the edition that is cited or of all, and then those of the others.
    fn stated(&self, (id, cited): &(CriterionId, Option<EditionIndex>)) -> Vec<Stated> {
        let history = &self.site.history;
        let mut found: Vec<Stated> = Vec::new();
        let mut add = |text: String, edition: Option<EditionIndex>| {
            let is_cited = cited.is_none() || *cited == edition;
            match found.iter_mut().find(|stated| stated.text == text) {
                Some(stated) => {
                    stated.editions.extend(edition);
                    stated.is_cited |= is_cited;
                }
                None => {
                    let words = ComparedWords::of(&text);
                    let editions = edition.into_iter().collect();
                    found.push(Stated { id: id.clone(), editions, text, words, is_cited });
                }
            }
        };
        for (&edition, &at) in history.timeline(id).editions.iter().rev() {
            for statement in history.editions[edition].frozen.at(at).1.statement.values() {
                add(statement.plain(), Some(edition));
            }
        }
        if let Some(present) = history.present.as_deref()
            && let Some(&at) = present.places().get(id)
        {
            present.at(at).1.statement.values().for_each(|statement| add(statement.plain(), None));
        }
        if let Some(withdrawn) = history.withdrawn_at(id) {
            let texts = history.withdrawn[withdrawn].text.values();
            texts.for_each(|(statement, _)| add(RichText::plain(statement), None));
        }
        found
    }

    /// Tells what quotes none of the statements that are cited beside it. What is not set off may go on in own words.
    fn misquoted(&self, quotation: &Quotation, stated: &[&Stated]) -> Option<Diagnostic> {
        if quotation.by != QuotedBy::Nothing {
            return self.misquoted_by(quotation, stated).map(|(problem, _)| problem);
        }
        let text = slice(self.text, quotation.span.clone());
        let of_sentences =
            |end: usize| Quotation { span: quotation.span.start..quotation.span.start + end, ..*quotation };
        let parts: Vec<_> = sentence_ends(text).map(of_sentences).collect();
        let is_right = |part: &Quotation| {
            let words = ComparedWords::of(slice(self.text, part.span.clone()));
            stated.iter().any(|stated| stated.is_cited && stated.words.is_quoted_by(&words))
        };
        if parts.iter().any(is_right) {
            return None;
        }
        let told = parts.iter().filter_map(|part| self.misquoted_by(part, stated));
        told.max_by_key(|(_, share)| *share).map(|(problem, _)| problem)
    }

    /// Tells a quotation whose words are those of none of the statements that are cited beside it, and are much like those
    /// of one. Returns how much they are alike, too.
    fn misquoted_by(&self, quotation: &Quotation, stated: &[&Stated]) -> Option<(Diagnostic, usize)> {
        let text = slice(self.text, quotation.span.clone());
        let longest = stated.iter().map(|stated| stated.text.len()).max().unwrap_or_default();
        if text.len() > LONGER * longest {
            return None;
        }
        let words = ComparedWords::of(text);
        let cited = || stated.iter().filter(|stated| stated.is_cited);
        let is_right = |stated: &&&Stated| {
            stated.words.is_quoted_by(&words) || (quotation.by == QuotedBy::Marks && stated.words.holds(&words))
        };
        if words.count() == 0 || cited().any(|stated| is_right(&stated)) {
            return None;
        }
        // What stands between quotation marks may be a part.
        let is_part = quotation.by == QuotedBy::Marks;
        let (nearest, likeness) = cited()
            .map(|stated| (*stated, stated.words.likeness(&words)))
            .rev()
            .max_by_key(|(_, likeness)| (likeness.share(is_part), likeness.common))?;
        let other = stated.iter().find(|stated| !stated.is_cited && is_right(stated) && stated.id == nearest.id);
        let is_clear = is_meant(&likeness, quotation.by) || (is_part && likeness.is_of_part());
        if !is_clear {
            return None;
        }
        let said = likeness.said(is_part);
        if said.is_empty() {
            return None;
        }
        let id = &nearest.id;
        let editions = &self.site.history.editions;
        let is_of_one = stated.iter().any(|stated| !stated.is_cited && stated.id == *id);
        let message = match nearest.editions.first().filter(|_| is_of_one || self.as_of.is_some()) {
            Some(&edition) => format!("{id} says something else in the edition {}", editions[edition].name()),
            None => format!("{id} says something else"),
        };
        let whole = shortened(&nearest.text, LONGEST);
        let help = match other.and_then(|other| other.editions.first()) {
            Some(&edition) => {
                let name = editions[edition].name();
                format!("these are the words of {id}@{name}: cite that if it is meant, or else quote “{whole}”")
            }
            None => format!("quote “{whole}”"),
        };
        let place = Place::new(self.path, quotation.span.clone());
        let problem = place.problem(Code::MisquotedStatement, message).label(said).help(help);
        Some((problem, likeness.share(is_part)))
    }
}

/// How much longer than a statement a quotation of it can be in another form.
const LONGER: usize = 8;

/// The signs of a statement that are shown.
const LONGEST: usize = 240;

/// Whether a text is clearly meant as a whole statement. What does not say that it quotes may say the same in own words.
fn is_meant(likeness: &Likeness, by: QuotedBy) -> bool {
    likeness.is_of_whole(if by == QuotedBy::Nothing { 75 } else { 60 })
}

/// Returns where the first sentences of a text may end, and the first lines: what stands behind a dash or in brackets may be
/// a person's own.
fn sentence_ends(text: &str) -> impl Iterator<Item = usize> {
    const FEW: usize = 12;
    let is_end = |(at, c): &(usize, char)| match c {
        '。' | '！' | '？' | '\n' | '(' | '（' | '—' | '|' | '*' => true,
        '-' | '–' => slice(text, at + c.len_utf8()..).starts_with(char::is_whitespace),
        '.' | '!' | '?' => slice(text, at + 1..).starts_with(char::is_whitespace),
        _ => false,
    };
    let ends = text.char_indices().filter(is_end).map(|(at, c)| at + c.len_utf8());
    let mut ends: Vec<_> = ends.take(FEW).chain([text.len()]).collect();
    ends.dedup();
    ends.into_iter()
}
