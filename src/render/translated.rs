//! How translations stand, as pages show it: marks beside what is outdated, and the source's words for what is missing.

use serde::Serialize;
use tera::{Context, Value};

use super::Renderer;
use super::difference::edited;
use super::html::Html;
use super::past::Difference;
use super::row::Prose;
use crate::handle::LadderIndex;
use crate::locale::LocaleIndex;
use crate::parse::{Block, BlockKind, List};
use crate::text::escaped;
use crate::translation::{Passage, Piece, Said, Spot, State};

/// What is to be said of a translation that is there.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Mark {
    /// What changed in the source since the translation was made.
    pub(crate) outdated: Option<Difference>,
    pub(crate) machine: bool,
    pub(crate) draft: bool,
}

/// A heading or a block of a passage, as its readers see it.
pub(crate) struct Written {
    pub(crate) heading: Option<WrittenHeading>,
    /// The block, with what is to be said of it. Empty for a heading.
    pub(crate) html: String,
}

pub(crate) struct WrittenHeading {
    pub(crate) depth: u8,
    pub(crate) plain: String,
    pub(crate) html: String,
    /// The section that it begins in the reader's own text. None if that lacks it.
    pub(crate) section: Option<usize>,
}

/// Pieces of a passage in two languages that belong together, by their places in each.
#[derive(Debug, Default, PartialEq, Eq)]
struct Together {
    here: Vec<usize>,
    there: Vec<usize>,
    /// Their places in the source.
    source: Vec<usize>,
}

impl Renderer<'_> {
    /// What is to be said of the translation of a text. None if it is as it should be, or there is none.
    pub(crate) fn mark(&self, spot: Spot, locale: LocaleIndex) -> Option<Mark> {
        let unit = self.translations.unit(spot)?;
        let translation = unit.translation(locale)?;
        let outdated = match &translation.state {
            State::Missing => return None,
            State::Outdated { recorded } => Some(Difference {
                language: Some(self.site.config.locale(LocaleIndex::SOURCE).language.clone()),
                html: Value::safe_string(&edited(recorded, &unit.source)),
            }),
            State::Current | State::Unrecorded => None,
        };
        let mark = Mark { outdated, machine: translation.is_machine_made(), draft: translation.is_draft() };
        (mark.outdated.is_some() || mark.machine || mark.draft).then_some(mark)
    }

    /// The mark of the first of some pieces that has one.
    fn mark_of_pieces(&self, passage: Passage, pieces: &[usize], locale: LocaleIndex) -> Option<Mark> {
        pieces.iter().find_map(|&at| self.mark(Spot::Piece { passage, at }, locale))
    }

    fn mark_html(&self, mark: &Mark, locale: LocaleIndex) -> String {
        let (mut arguments, mut surroundings) = (Context::new(), Context::new());
        arguments.insert("mark", mark);
        surroundings.insert("locale", &locale.0);
        self.theme.render_component("mark", &arguments, &surroundings).unwrap_or_else(|problem| {
            self.report("mark", *problem);
            String::new()
        })
    }

    /// What stands where a translation lacks a text.
    fn missing_html(&self, locale: LocaleIndex) -> String {
        format!("<p class=\"untranslated\">{}</p>", escaped(self.words.get(locale, "translation.missing")))
    }

    /// A passage for readers of a locale: its own text with marks, and in the source's words what that lacks. None if
    /// it lacks all of it, or is the source.
    pub(crate) fn written<'h>(
        &self,
        passage: Passage,
        locale: LocaleIndex,
        html: &dyn Fn(LocaleIndex) -> Html<'h>,
    ) -> Option<Vec<Written>> {
        let rows = self.translations.rows(passage, locale);
        let own = passage.pieces(self.site, locale);
        if rows.is_empty() || own.is_empty() {
            return None;
        }
        let source = passage.pieces(self.site, LocaleIndex::SOURCE);
        let mut written = Vec::new();
        for row in rows {
            if row.own.is_empty() {
                for piece in &source[row.source.clone()] {
                    written.push(self.lacking(piece, locale, &html(LocaleIndex::SOURCE)));
                }
                continue;
            }
            written.extend(own[row.own.clone()].iter().map(|piece| own_piece(piece, &html(locale))));
            let marked: Vec<usize> = row.source.clone().collect();
            let mark = self.mark_of_pieces(passage, &marked, locale);
            if let (Some(mark), Some(last)) = (mark, written.last_mut()) {
                last.html.push_str(&self.mark_html(&mark, locale));
            }
        }
        Some(written)
    }

    /// A passage for readers of a locale, of whom `actual` is the language of their text.
    pub(crate) fn read_passage<'h>(
        &self,
        passage: Passage,
        (actual, locale): (LocaleIndex, LocaleIndex),
        html: &dyn Fn(LocaleIndex) -> Html<'h>,
    ) -> Vec<Written> {
        self.written(passage, locale, html).unwrap_or_else(|| {
            let html = html(actual);
            passage.pieces(self.site, actual).iter().map(|piece| own_piece(piece, &html)).collect()
        })
    }

    /// A passage of a ladder as one text.
    pub(crate) fn passage(&self, passage: Passage, ladder: LadderIndex, (locale, root): (LocaleIndex, &str)) -> Prose {
        let has_own = !passage.pieces(self.site, locale).is_empty();
        let actual = if has_own { locale } else { LocaleIndex::SOURCE };
        let html = |file: LocaleIndex| self.html(ladder, file, locale, root);
        let written = self.read_passage(passage, (actual, locale), &html);
        let text: String = written.iter().map(|of| of.html.as_str()).collect();
        Prose { html: Value::safe_string(&text), language: self.foreign(actual, locale).filter(|_| !text.is_empty()) }
    }

    /// A piece of the source in the text of another language.
    fn lacking(&self, piece: &Piece<'_>, locale: LocaleIndex, html: &Html<'_>) -> Written {
        let mut written = own_piece(piece, html);
        let source = self.site.config.locale(LocaleIndex::SOURCE);
        let attributes = format!("lang=\"{}\" dir=\"{}\"", source.language, source.direction.name());
        if let Some(heading) = &mut written.heading {
            heading.section = None;
            heading.html = format!("<span {attributes}>{}</span>", heading.html);
        } else {
            written.html = format!("<div {attributes}>{}</div>{}", written.html, self.missing_html(locale));
        }
        written
    }

    /// What belongs together of a passage in two languages, in the order of the source.
    fn together(&self, passage: Passage, here: LocaleIndex, there: LocaleIndex) -> Vec<Together> {
        let count = passage.pieces(self.site, LocaleIndex::SOURCE).len();
        let rows = |locale: LocaleIndex| {
            let known = self.translations.rows(passage, locale);
            let own = known.iter().map(|row| (row.source.clone().collect(), row.own.clone().collect()));
            match locale {
                LocaleIndex::SOURCE => (0..count).map(|at| (vec![at], vec![at])).collect(),
                _ if known.is_empty() => (0..count).map(|at| (vec![at], Vec::new())).collect(),
                _ => own.collect::<Vec<_>>(),
            }
        };
        joined(rows(here), rows(there))
    }

    /// A passage in two languages, row by row.
    pub(crate) fn aligned<'h>(
        &self,
        passage: Passage,
        (here, there): (LocaleIndex, LocaleIndex),
        html: &dyn Fn(LocaleIndex, LocaleIndex) -> Html<'h>,
    ) -> Vec<PairRow> {
        let own = [here, there].map(|locale| (locale, passage.pieces(self.site, locale)));
        let mut rows = Vec::new();
        for together in self.together(passage, here, there) {
            let [left, right] =
                [(&own[0], &together.here), (&own[1], &together.there)].map(|((locale, pieces), at)| {
                    let pieces: Vec<&Piece<'_>> = at.iter().map(|&at| &pieces[at]).collect();
                    (*locale, pieces)
                });
            let heading = left.1.first().or(right.1.first()).filter(|piece| piece.is_heading());
            let (is_heading, section) = (heading.is_some(), left.1.first().map(|piece| piece.section));
            let sides = split(&left.1, &right.1);
            let last = sides.len() - 1;
            for (at, (a, b)) in sides.into_iter().enumerate() {
                // What is to be said of a text stands behind the whole of it.
                let source: &[usize] = if at == last { &together.source } else { &[] };
                let cell = |blocks: Vec<String>, locale, is_there: bool| {
                    let mut text = blocks.concat();
                    match is_there {
                        true => {
                            let mark = self.mark_of_pieces(passage, source, locale);
                            text.extend(mark.map(|mark| self.mark_html(&mark, locale)));
                        }
                        false if !source.is_empty() => text = self.missing_html(locale),
                        false => {}
                    }
                    Prose { html: Value::safe_string(&text), language: None }
                };
                let written = |side: &[Side<'_>], locale: LocaleIndex| -> Vec<String> {
                    let html = html(locale, locale);
                    side.iter().map(|part| part.html(&html)).collect()
                };
                rows.push(PairRow {
                    is_heading,
                    section: section.filter(|_| is_heading),
                    pair: (
                        cell(written(&a, left.0), left.0, !left.1.is_empty()),
                        cell(written(&b, right.0), right.0, !right.1.is_empty()),
                    ),
                });
            }
        }
        rows
    }
}

/// A row of two languages.
#[derive(Serialize)]
pub(crate) struct PairRow {
    pub(crate) is_heading: bool,
    /// The section that it begins in the first language.
    #[serde(skip)]
    pub(crate) section: Option<usize>,
    pub(crate) pair: (Prose, Prose),
}

/// What stands in one cell: a piece, or an item of a list in it.
enum Side<'a> {
    Piece(&'a Piece<'a>),
    Block(Block),
}

impl Side<'_> {
    fn html(&self, html: &Html<'_>) -> String {
        match self {
            Self::Piece(piece) => in_cell(piece, html),
            Self::Block(block) => blocks(block, html),
        }
    }
}

/// Pieces that belong together as rows: a list of as many items in both languages is a row for each item.
fn split<'a>(left: &[&'a Piece<'a>], right: &[&'a Piece<'a>]) -> Vec<(Vec<Side<'a>>, Vec<Side<'a>>)> {
    if let ([a], [b]) = (left, right)
        && let (Said::Block(a), Said::Block(b)) = (a.said, b.said)
        && let (BlockKind::List(one), BlockKind::List(other)) = (&a.kind, &b.kind)
        && one.items.len() == other.items.len()
        && !one.items.is_empty()
    {
        let item = |block| vec![Side::Block(block)];
        return items(a, one).map(item).zip(items(b, other).map(item)).collect();
    }
    let side = |pieces: &[&'a Piece<'a>]| pieces.iter().map(|piece| Side::Piece(piece)).collect();
    vec![(side(left), side(right))]
}

/// Each item of a list as a list of its own that goes on counting.
fn items<'a>(block: &'a Block, list: &'a List) -> impl Iterator<Item = Block> + 'a {
    (0_u64..).zip(&list.items).map(|(at, item)| {
        let list = List { start: list.start.map(|start| start + at), items: vec![item.clone()] };
        Block { kind: BlockKind::List(list), ..block.clone() }
    })
}

fn own_piece(piece: &Piece<'_>, html: &Html<'_>) -> Written {
    let heading = |depth, plain: String, html| {
        let heading = WrittenHeading { depth, plain, html, section: Some(piece.section) };
        Written { heading: Some(heading), html: String::new() }
    };
    match piece.said {
        Said::Title(title) => heading(2, title.to_owned(), escaped(title)),
        Said::Heading(of) => heading(of.depth, of.text.plain(), Html { terms: None, ..*html }.inline(&of.text)),
        Said::Block(block) => Written { heading: None, html: blocks(block, html) },
    }
}

/// A piece in a cell of a table, in which there are no headings.
fn in_cell(piece: &Piece<'_>, html: &Html<'_>) -> String {
    match own_piece(piece, html) {
        Written { heading: Some(heading), .. } => heading.html,
        Written { html, .. } => html,
    }
}

fn blocks(block: &Block, html: &Html<'_>) -> String {
    html.blocks(std::slice::from_ref(block))
}

/// Places in the source, and in a translation of it.
type Places = (Vec<usize>, Vec<usize>);

/// Joins the rows of two translations of one source. Both have every piece of it once, in its order; what belongs to
/// several pieces in either of them makes one row of all.
fn joined(here: Vec<Places>, there: Vec<Places>) -> Vec<Together> {
    let mut together: Vec<Together> = Vec::new();
    let (mut here, mut there) = (here.into_iter().peekable(), there.into_iter().peekable());
    loop {
        // What no source has stands by itself.
        if let Some((_, own)) = here.next_if(|(source, _)| source.is_empty()) {
            together.push(Together { here: own, ..Together::default() });
            continue;
        }
        if let Some((_, own)) = there.next_if(|(source, _)| source.is_empty()) {
            together.push(Together { there: own, ..Together::default() });
            continue;
        }
        let mut row = Together::default();
        let (mut covered_here, mut covered_there) = (0, 0);
        while covered_here == 0 || covered_here != covered_there {
            let (side, own, covered) = match covered_here <= covered_there {
                true => (here.next(), &mut row.here, &mut covered_here),
                false => (there.next(), &mut row.there, &mut covered_there),
            };
            let Some((source, places)) = side else { break };
            own.extend(places);
            *covered += source.len();
            if source.iter().any(|at| !row.source.contains(at)) {
                row.source.extend(source);
                row.source.sort_unstable();
                row.source.dedup();
            }
        }
        if row == Together::default() {
            return together;
        }
        together.push(row);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(&[usize], &[usize])]) -> Vec<Places> {
        rows.iter().map(|(source, own)| (source.to_vec(), own.to_vec())).collect()
    }

    #[test]
    fn what_is_two_in_either_language_is_one_row() {
        let here = rows(&[(&[0], &[0]), (&[1, 2], &[1]), (&[3], &[2]), (&[], &[3])]);
        let there = rows(&[(&[0], &[0, 1]), (&[1], &[2]), (&[2, 3], &[3])]);
        let joined: Vec<_> = joined(here, there).into_iter().map(|row| (row.here, row.there, row.source)).collect();
        let expected =
            [(vec![0], vec![0, 1], vec![0]), (vec![1, 2], vec![2, 3], vec![1, 2, 3]), (vec![3], vec![], vec![])];
        assert_eq!(joined, expected);
    }

    #[test]
    fn a_piece_that_one_language_lacks_is_a_row_all_the_same() {
        let joined = joined(rows(&[(&[0], &[0]), (&[1], &[1])]), rows(&[(&[0], &[]), (&[1], &[0])]));
        assert_eq!(joined[0], Together { here: vec![0], there: vec![], source: vec![0] });
        assert_eq!(joined[1], Together { here: vec![1], there: vec![0], source: vec![1] });
    }
}
