//! Translated texts, as pages show them: marks beside outdated ones, and the source in place of missing ones.

use serde::Serialize;
use tera::{Context, Value};

use super::difference::Difference;
use super::footnotes::Footnotes;
use super::html::Html;
use super::scene::Scene;
use super::text::ProseView;
use crate::locale::LocaleIndex;
use crate::parse::{Block, BlockKind, List};
use crate::text::escaped;
use crate::translation::{Passage, Piece, PieceText, TextId, TranslationState};

/// A note on a translation that is there.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Mark {
    /// The changes in the source since the translation was made.
    pub(crate) outdated: Option<Difference>,
    pub(crate) machine: bool,
    pub(crate) draft: bool,
}

/// A heading or a block of a passage, as its readers see it.
pub(crate) struct TranslatedBlock {
    pub(crate) heading: Option<WrittenHeading>,
    /// The block, with what is to be said of it. Empty for a heading.
    pub(crate) html: String,
    /// The label of the footnote that it is.
    pub(crate) footnote: Option<String>,
}

pub(crate) struct WrittenHeading {
    pub(crate) depth: u8,
    pub(crate) plain: String,
    pub(crate) html: String,
    /// The section that it begins in the reader's own text. None if that lacks it.
    pub(crate) section: Option<usize>,
}

/// A heading of a passage, and what stands below it.
pub(crate) struct TranslatedSection {
    /// None for what stands above the first heading.
    pub(crate) heading: Option<WrittenHeading>,
    pub(crate) html: String,
}

/// Returns the sections of a passage.
pub(crate) fn sections(blocks: impl IntoIterator<Item = TranslatedBlock>) -> Vec<TranslatedSection> {
    let mut sections: Vec<TranslatedSection> = Vec::new();
    for TranslatedBlock { heading, html, .. } in blocks {
        match sections.last_mut().filter(|_| heading.is_none()) {
            Some(section) => section.html.push_str(&html),
            None => sections.push(TranslatedSection { heading, html }),
        }
    }
    sections
}

/// Pieces of a passage in two languages that belong together, by their places in each.
#[derive(Debug, Default, PartialEq, Eq)]
struct Together {
    here: Vec<usize>,
    there: Vec<usize>,
    /// Their places in the source.
    source: Vec<usize>,
}

impl Mark {
    /// Returns the note on the translation of a text. None if it is current or missing.
    pub(crate) fn of(scene: &Scene<'_>, text_id: TextId) -> Option<Self> {
        let unit = scene.renderer.translations.unit(text_id)?;
        let translation = unit.translation(scene.locale)?;
        let outdated = match &translation.state {
            TranslationState::Missing => return None,
            TranslationState::Outdated { recorded } => {
                let language = scene.site.config.locale(LocaleIndex::SOURCE).language.clone();
                Some(Difference::of(recorded, &unit.source, Some(language)))
            }
            TranslationState::Current | TranslationState::Unrecorded => None,
        };
        let mark = Self { outdated, machine: translation.is_machine_made(), draft: translation.is_draft() };
        (mark.outdated.is_some() || mark.machine || mark.draft).then_some(mark)
    }
}

/// Returns the mark of the first of some pieces that has one.
fn mark_of_pieces(scene: &Scene<'_>, passage: Passage, pieces: &[usize]) -> Option<Mark> {
    pieces.iter().find_map(|&at| Mark::of(scene, TextId::Piece { passage, at }))
}

fn mark_html(scene: &Scene<'_>, mark: &Mark) -> String {
    let mut arguments = Context::new();
    arguments.insert("mark", mark);
    scene.component("mark", &arguments)
}

/// Returns the HTML that stands where a translation lacks a text.
fn missing_html(scene: &Scene<'_>) -> String {
    scene.component("untranslated", &Context::new())
}

/// Returns a passage for readers of a locale: its own text with marks, and in the source's words what that lacks. None
/// if it lacks all of it, or is the source.
pub(crate) fn written<'h>(
    scene: &Scene<'_>,
    passage: Passage,
    html: &dyn Fn(LocaleIndex) -> Html<'h>,
) -> Option<Vec<TranslatedBlock>> {
    let locale = scene.locale;
    let rows = scene.renderer.translations.rows(passage, locale);
    let own = passage.pieces(scene.site, locale);
    if rows.is_empty() || own.is_empty() {
        return None;
    }
    let source = passage.pieces(scene.site, LocaleIndex::SOURCE);
    let mut written = Vec::new();
    for row in rows {
        if row.own.is_empty() {
            for piece in &source[row.source.clone()] {
                written.push(lacking(scene, piece, &html(LocaleIndex::SOURCE)));
            }
            continue;
        }
        written.extend(own[row.own.clone()].iter().map(|piece| own_piece(piece, &html(locale))));
        let marked: Vec<usize> = row.source.clone().collect();
        let mark = mark_of_pieces(scene, passage, &marked);
        if let (Some(mark), Some(last)) = (mark, written.last_mut()) {
            last.html.push_str(&mark_html(scene, &mark));
        }
    }
    Some(written)
}

/// Renders `passage` for `locale`; `actual` is the locale the text is written in.
pub(crate) fn read_passage<'h>(
    scene: &Scene<'_>,
    passage: Passage,
    actual: LocaleIndex,
    html: &dyn Fn(LocaleIndex) -> Html<'h>,
) -> Vec<TranslatedBlock> {
    written(scene, passage, html).unwrap_or_else(|| {
        let html = html(actual);
        passage.pieces(scene.site, actual).iter().map(|piece| own_piece(piece, &html)).collect()
    })
}

/// Returns a passage as one text.
pub(crate) fn passage(scene: &Scene<'_>, passage: Passage) -> ProseView {
    let has_own = !passage.pieces(scene.site, scene.locale).is_empty();
    let actual = if has_own { scene.locale } else { LocaleIndex::SOURCE };
    let html = |file: LocaleIndex| Html::of_passage(scene, passage, file);
    let written = read_passage(scene, passage, actual, &html);
    let text: String = written.iter().map(|block| block.html.as_str()).collect();
    ProseView { html: Value::safe_string(&text), language: scene.foreign(actual).filter(|_| !text.is_empty()) }
}

/// Returns a piece of the source in the text of another language.
fn lacking(scene: &Scene<'_>, piece: &Piece<'_>, html: &Html<'_>) -> TranslatedBlock {
    let source = scene.site.config.locale(LocaleIndex::SOURCE);
    let component = |name: &str, html: &str| {
        let mut arguments = Context::new();
        arguments.insert("html", &Value::safe_string(html));
        arguments.insert("language", &source.language);
        arguments.insert("direction", source.direction.name());
        scene.component(name, &arguments)
    };
    let mut written = own_piece(piece, html);
    match &mut written.heading {
        Some(heading) => {
            heading.section = None;
            heading.html = component("source_heading", &heading.html);
        }
        None => written.html = component("source_block", &written.html),
    }
    written
}

/// Returns the corresponding pieces of a passage in two languages, in the order of the source.
fn together(scene: &Scene<'_>, passage: Passage, here: LocaleIndex, there: LocaleIndex) -> Vec<Together> {
    let count = passage.pieces(scene.site, LocaleIndex::SOURCE).len();
    let rows = |locale: LocaleIndex| {
        let known = scene.renderer.translations.rows(passage, locale);
        let own = known.iter().map(|row| (row.source.clone().collect(), row.own.clone().collect()));
        match locale {
            LocaleIndex::SOURCE => (0..count).map(|at| (vec![at], vec![at])).collect(),
            _ if known.is_empty() => (0..count).map(|at| (vec![at], Vec::new())).collect(),
            _ => own.collect::<Vec<_>>(),
        }
    };
    joined(rows(here), rows(there))
}

/// Returns a passage in two languages, row by row: that of the scene, and another one.
pub(crate) fn aligned(scene: &Scene<'_>, passage: Passage, there: LocaleIndex) -> Vec<PairRow> {
    let scenes = [*scene, scene.read_in(there)];
    let own = scenes.map(|scene| passage.pieces(scene.site, scene.locale));
    let footnotes = scenes.each_ref().map(|scene| Footnotes::beside(scene, passage));
    let html = |side: usize| {
        let scene = &scenes[side];
        Html { footnotes: footnotes[side].as_ref(), ..Html::of_passage(scene, passage, scene.locale) }
    };
    let html = [html(0), html(1)];
    let mut rows = Vec::new();
    for together in together(scene, passage, scene.locale, there) {
        let [left, right] = [(&own[0], &together.here), (&own[1], &together.there)]
            .map(|(pieces, at)| at.iter().map(|&at| &pieces[at]).collect::<Vec<&Piece<'_>>>());
        let heading = left.first().or(right.first()).filter(|piece| piece.is_heading());
        let (is_heading, section) = (heading.is_some(), left.first().map(|piece| piece.section));
        let sides = split(&left, &right);
        let last = sides.len() - 1;
        for (at, (a, b)) in sides.into_iter().enumerate() {
            // What is to be said of a text stands behind the whole of it.
            let source: &[usize] = if at == last { &together.source } else { &[] };
            let cell = |side: usize, parts: &[CellContent<'_>], is_there: bool| {
                let scene = &scenes[side];
                let mut text: String = parts.iter().map(|part| part.html(&html[side])).collect();
                match is_there {
                    true => {
                        let mark = mark_of_pieces(scene, passage, source);
                        text.extend(mark.map(|mark| mark_html(scene, &mark)));
                    }
                    false if !source.is_empty() => text = missing_html(scene),
                    false => {}
                }
                ProseView { html: Value::safe_string(&text), language: None }
            };
            rows.push(PairRow {
                is_heading,
                section: section.filter(|_| is_heading),
                pair: (cell(0, &a, !left.is_empty()), cell(1, &b, !right.is_empty())),
            });
        }
    }
    rows
}

/// A row of two languages.
#[derive(Serialize)]
pub(crate) struct PairRow {
    pub(crate) is_heading: bool,
    /// The section that it begins in the first language.
    #[serde(skip)]
    pub(crate) section: Option<usize>,
    pub(crate) pair: (ProseView, ProseView),
}

/// The content of one cell: a piece, or an item of a list in it.
enum CellContent<'a> {
    Piece(&'a Piece<'a>),
    Block(Block),
}

impl CellContent<'_> {
    fn html(&self, html: &Html<'_>) -> String {
        match self {
            Self::Piece(piece) => in_cell(piece, html),
            Self::Block(block) => blocks(block, html),
        }
    }
}

/// Pieces that belong together as rows: a list of as many items in both languages is a row for each item.
fn split<'a>(left: &[&'a Piece<'a>], right: &[&'a Piece<'a>]) -> Vec<(Vec<CellContent<'a>>, Vec<CellContent<'a>>)> {
    if let ([a], [b]) = (left, right)
        && let (PieceText::Block(a), PieceText::Block(b)) = (a.text, b.text)
        && let (BlockKind::List(one), BlockKind::List(other)) = (&a.kind, &b.kind)
        && one.items.len() == other.items.len()
        && !one.items.is_empty()
    {
        let item = |block| vec![CellContent::Block(block)];
        return items(a, one).map(item).zip(items(b, other).map(item)).collect();
    }
    let side = |pieces: &[&'a Piece<'a>]| pieces.iter().map(|piece| CellContent::Piece(piece)).collect();
    vec![(side(left), side(right))]
}

/// Returns each item of a list as a list of its own that goes on counting.
fn items<'a>(block: &'a Block, list: &'a List) -> impl Iterator<Item = Block> + 'a {
    (0_u64..).zip(&list.items).map(|(at, item)| {
        let list = List { start: list.start.map(|start| start + at), items: vec![item.clone()] };
        Block { kind: BlockKind::List(list), ..block.clone() }
    })
}

fn own_piece(piece: &Piece<'_>, html: &Html<'_>) -> TranslatedBlock {
    let heading = |depth, plain: String, html| {
        let heading = WrittenHeading { depth, plain, html, section: Some(piece.section) };
        TranslatedBlock { heading: Some(heading), html: String::new(), footnote: None }
    };
    match piece.text {
        PieceText::Title(title) => heading(2, title.to_owned(), escaped(title)),
        PieceText::Heading(title) => {
            heading(title.depth, title.text.plain(), Html { terms: None, ..*html }.inline(&title.text))
        }
        PieceText::Block(block) => {
            let footnote = match &block.kind {
                BlockKind::Footnote { label, .. } => Some(label.clone()),
                _ => None,
            };
            TranslatedBlock { heading: None, html: blocks(block, html), footnote }
        }
    }
}

/// Returns a piece in a cell of a table, in which there are no headings.
fn in_cell(piece: &Piece<'_>, html: &Html<'_>) -> String {
    match own_piece(piece, html) {
        TranslatedBlock { heading: Some(heading), .. } => heading.html,
        TranslatedBlock { html, .. } => html,
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
