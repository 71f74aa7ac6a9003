//! Two levels of a ladder, row by row: threads aligned, then what only the higher level asks, then what carries over.

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::handle::{CategoryAt, CriterionAt, LadderIndex, LevelAt, LevelIndex};
use crate::locale::LocaleIndex;
use crate::model::{self, LadderPage, LocalePage, Page};
use crate::render::Renderer;
use crate::render::difference::marked;
use crate::render::fragment::Form;
use crate::render::frame::Frame;
use crate::render::row::{CategoryName, LevelName, Row, Text};

#[derive(Serialize)]
pub(crate) struct CompareView {
    #[serde(flatten)]
    frame: Frame,
    lower: LevelName,
    higher: LevelName,
    accumulates: bool,
    threads: Vec<ThreadPart>,
    only_higher: Vec<Part>,
    /// What the levels between the two add, the lowest first.
    between: Vec<Between>,
    only_lower: Vec<Part>,
    #[serde(flatten)]
    chooser: Chooser,
}

#[derive(Serialize)]
pub(crate) struct ThreadPart {
    thread: Value,
    pairs: Vec<PairView>,
}

#[derive(Serialize)]
struct PairView {
    lower: Option<Cell>,
    higher: Option<Cell>,
}

/// A criterion in a cell.
#[derive(Serialize)]
pub(crate) struct Cell {
    /// The ladder that it is inherited from.
    from: Option<Text>,
    html: Value,
}

/// Criteria of one category.
#[derive(Serialize)]
pub(crate) struct Part {
    category: CategoryName,
    /// The ladder that they are inherited from.
    from: Option<Text>,
    rows: Vec<Value>,
}

#[derive(Serialize)]
struct Between {
    level: LevelName,
    parts: Vec<Part>,
}

/// The ways to all comparisons with levels of a ladder.
#[derive(Serialize)]
pub(crate) struct Chooser {
    /// Every comparison of two levels of the ladder, by the lower one.
    choices: Vec<Choices>,
    /// Every comparison with a level of another ladder, ladder by ladder.
    across: Vec<AcrossLadder>,
}

/// The comparisons with the levels of one other ladder.
#[derive(Serialize)]
struct AcrossLadder {
    ladder: Text,
    /// Whether the page is one of them.
    current: bool,
    choices: Vec<Choices>,
}

/// The comparisons of a level with those above it, or with those of another ladder, the lowest first.
#[derive(Serialize)]
struct Choices {
    lower: String,
    with: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    higher: String,
    path: String,
    current: bool,
}

framed!(CompareView);

impl Renderer<'_> {
    pub(crate) fn compare(
        &self,
        locale: LocaleIndex,
        ladder: LadderIndex,
        lower: LevelIndex,
        higher: LevelIndex,
    ) -> CompareView {
        let of = &self.site[ladder];
        let (low, high) = (self.level_view(lower.of(ladder), locale), self.level_view(higher.of(ladder), locale));
        let short = |level: LevelIndex| self.short_level(level.of(ladder), locale);
        let values = [("lower", &*short(lower)), ("higher", &*short(higher)), ("ladder", of.title.read(locale).0)];
        let title = self.words.phrase(locale, "compare.title", &values);
        let description = self.words.phrase(locale, "compare.description", &values);
        let page = Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Compare { lower, higher }));
        let frame = self.frame(page, "compare", title, description);
        let comparison = model::compare(self.site, lower.of(ladder), higher.of(ladder));
        let between = of.levels.keys().filter(|&level| lower < level && level < higher).map(|level| {
            let asked: Vec<_> = self.site.asked(level.of(ladder)).collect();
            let level = LevelName { count: asked.len(), ..self.level_view(level.of(ladder), locale) };
            Between { level, parts: self.parts(Some(ladder), &asked, locale, &frame.root) }
        });
        CompareView {
            accumulates: of.config.levels_accumulate,
            threads: self.thread_parts(&comparison, [ladder; 2], locale, &frame.root),
            only_higher: self.parts(Some(ladder), &comparison.only_higher, locale, &frame.root),
            between: between.collect(),
            only_lower: self.parts(Some(ladder), &comparison.only_lower, locale, &frame.root),
            chooser: self.chooser(ladder, page, locale),
            lower: low,
            higher: high,
            frame,
        }
    }

    /// The threads of both levels, whose ladders are given, lower and higher.
    pub(crate) fn thread_parts(
        &self,
        comparison: &model::Comparison,
        ladders: [LadderIndex; 2],
        locale: LocaleIndex,
        root: &str,
    ) -> Vec<ThreadPart> {
        let part = |rows: &model::ThreadRows| ThreadPart {
            thread: self.thread_value(rows.thread, locale),
            pairs: rows.pairs.iter().map(|pair| self.pair(*pair, ladders, locale, root)).collect(),
        };
        comparison.threads.iter().map(part).collect()
    }

    /// Two criteria beside each other, with the words that differ marked where the two are close.
    fn pair(&self, pair: model::Pair, ladders: [LadderIndex; 2], locale: LocaleIndex, root: &str) -> PairView {
        let close = pair.lower.zip(pair.higher).filter(|_| pair.close).and_then(|(lower, higher)| {
            let text = |of: CriterionAt| self.site[of].text.read(locale);
            let ((low, low_locale), (high, high_locale)) = (text(lower), text(higher));
            let (low, high) = (low_locale == high_locale).then(|| marked(&low.statement, &high.statement))??;
            let cell = |of: CriterionAt, ladder: LadderIndex, html: String| {
                let row = Row { html: Value::safe_string(&html), ..self.row(of, locale, root) };
                let html = self.render_row(Form::Cell, &row, locale, root);
                Some(Cell { from: self.from(of, Some(ladder), locale), html })
            };
            Some(PairView { lower: cell(lower, ladders[0], low), higher: cell(higher, ladders[1], high) })
        });
        close.unwrap_or_else(|| PairView {
            lower: pair.lower.map(|of| self.compared_cell(of, ladders[0], locale, root)),
            higher: pair.higher.map(|of| self.compared_cell(of, ladders[1], locale, root)),
        })
    }

    /// A criterion in the column of a ladder.
    pub(crate) fn compared_cell(&self, of: CriterionAt, ladder: LadderIndex, locale: LocaleIndex, root: &str) -> Cell {
        let html = self.fragment(Form::Cell, of, locale, root);
        Cell { from: self.from(of, Some(ladder), locale), html }
    }

    /// The ladder that a criterion is from, where that is not the one that is shown.
    fn from(&self, of: CriterionAt, shown: Option<LadderIndex>, locale: LocaleIndex) -> Option<Text> {
        (shown != Some(of.ladder)).then(|| self.text(&self.site[of.ladder].title, locale))
    }

    /// Criteria by category, in the order of the ladder that is shown, what it inherits from each other apart.
    pub(crate) fn parts(
        &self,
        shown: Option<LadderIndex>,
        of: &[CriterionAt],
        locale: LocaleIndex,
        root: &str,
    ) -> Vec<Part> {
        let mut parts: Vec<(CategoryAt, Part)> = Vec::new();
        for &asked in of {
            let row = self.fragment(Form::Loose, asked, locale, root);
            let key = self.site[asked].category.of(asked.ladder);
            match parts.iter_mut().find(|(of, _)| *of == key) {
                Some((_, part)) => part.rows.push(row),
                None => {
                    let category = self.category_view(key, None, locale);
                    let from = self.from(asked, shown, locale);
                    parts.push((key, Part { category, from, rows: vec![row] }));
                }
            }
        }
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// The ways to all comparisons, as a page of a ladder shows them.
    pub(crate) fn chooser(&self, ladder: LadderIndex, page: Page, locale: LocaleIndex) -> Chooser {
        let kinship = &self.site.kinship;
        let own = kinship.compared(ladder).iter().map(|&other| self.across(ladder, other, page, locale));
        let guests = kinship.guest_of(ladder).iter().map(|&other| self.across(ladder, other, page, locale));
        Chooser { choices: self.choices(ladder, page, locale), across: own.chain(guests).collect() }
    }

    fn choices(&self, ladder: LadderIndex, current: Page, locale: LocaleIndex) -> Vec<Choices> {
        let levels = self.site[ladder].levels.keys();
        let choices = levels.clone().map(|lower| Choices {
            lower: self.short_level(lower.of(ladder), locale),
            with: levels
                .clone()
                .filter(|&higher| higher > lower)
                .map(|higher| {
                    let page = Page::In(locale, LocalePage::Ladder(ladder, LadderPage::Compare { lower, higher }));
                    self.choice(page, higher.of(ladder), current, locale)
                })
                .collect(),
        });
        choices.filter(|choices| !choices.with.is_empty()).collect()
    }

    /// The comparisons with another ladder, on whichever ladder's pages they stand.
    fn across(&self, ladder: LadderIndex, other: LadderIndex, current: Page, locale: LocaleIndex) -> AcrossLadder {
        let is_own = self.site.kinship.compared(ladder).contains(&other);
        let page = |level: LevelAt, opposite: LevelAt| match is_own {
            true => Page::across(locale, level, opposite),
            false => Page::across(locale, opposite, level),
        };
        let levels_of = |ladder: LadderIndex| self.site[ladder].levels.keys().map(move |level| level.of(ladder));
        let line = |level: LevelAt| Choices {
            lower: self.short_level(level, locale),
            with: levels_of(other)
                .map(|opposite| self.choice(page(level, opposite), opposite, current, locale))
                .collect(),
        };
        AcrossLadder {
            ladder: self.text(&self.site[other].title, locale),
            current: matches!(current, Page::In(_, LocalePage::Ladder(_, LadderPage::Across { other: of, .. })) if of == other),
            choices: levels_of(ladder).map(line).collect(),
        }
    }

    fn choice(&self, page: Page, higher: LevelAt, current: Page, locale: LocaleIndex) -> Choice {
        Choice { higher: self.short_level(higher, locale), path: page.path(self.site), current: page == current }
    }
}
