//! Two levels, row by row: threads aligned, then what only the higher level asks, then what carries over.

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::config::LocaleIndex;
use crate::model::{self, Page};
use crate::render::Renderer;
use crate::render::difference::marked;
use crate::render::fragment::Form;
use crate::render::frame::Frame;
use crate::render::row::{CategoryName, LevelName, Row};

#[derive(Serialize)]
pub struct CompareView {
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
    /// Every comparison of two levels, by the lower one.
    choices: Vec<Choices>,
}

#[derive(Serialize)]
struct ThreadPart {
    thread: Value,
    pairs: Vec<PairView>,
}

#[derive(Serialize)]
struct PairView {
    lower: Option<Value>,
    higher: Option<Value>,
}

/// Criteria of one category.
#[derive(Serialize)]
struct Part {
    category: CategoryName,
    rows: Vec<Value>,
}

#[derive(Serialize)]
struct Between {
    level: LevelName,
    parts: Vec<Part>,
}

/// The comparisons of a level with those above it, the lowest first.
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
    pub fn compare(&self, locale: LocaleIndex, ladder: usize, lower: usize, higher: usize) -> CompareView {
        let of = &self.site.ladders[ladder];
        let (low, high) = (self.level_view(ladder, lower, locale), self.level_view(ladder, higher, locale));
        let short = |level: usize| self.short_level(ladder, level, locale);
        let values = [("lower", &*short(lower)), ("higher", &*short(higher)), ("ladder", of.title.read(locale).0)];
        let title = self.words.phrase(locale, "compare.title", &values);
        let description = self.words.phrase(locale, "compare.description", &values);
        let page = Page::Compare { locale, ladder, lower, higher };
        let frame = self.frame(page, "compare", title, description);
        let comparison = model::compare(of, lower, higher);
        let threads = comparison.threads.iter().map(|rows| ThreadPart {
            thread: self.thread_value(ladder, rows.thread, locale),
            pairs: rows.pairs.iter().map(|pair| self.pair(ladder, *pair, locale, &frame.root)).collect(),
        });
        let between = (lower + 1..higher).map(|level| Between {
            level: self.level_view(ladder, level, locale),
            parts: self.parts(ladder, of.criteria_of(level).map(|(at, _)| at), locale, &frame.root),
        });
        CompareView {
            accumulates: of.config.levels_accumulate,
            threads: threads.collect(),
            only_higher: self.parts(ladder, comparison.only_higher.iter().copied(), locale, &frame.root),
            between: between.collect(),
            only_lower: self.parts(ladder, comparison.only_lower.iter().copied(), locale, &frame.root),
            choices: self.choices(ladder, (lower, higher), locale),
            lower: low,
            higher: high,
            frame,
        }
    }

    /// Two criteria beside each other, with the words that differ marked where the two are close.
    fn pair(&self, ladder: usize, pair: model::Pair, locale: LocaleIndex, root: &str) -> PairView {
        let close = pair.lower.zip(pair.higher).filter(|_| pair.close).and_then(|(lower, higher)| {
            let text = |at: usize| self.site.ladders[ladder].criteria[at].text.read(locale);
            let ((low, low_locale), (high, high_locale)) = (text(lower), text(higher));
            let (low, high) = (low_locale == high_locale).then(|| marked(&low.statement, &high.statement))??;
            let cell = |at: usize, html: String| {
                let row = Row { html: Value::safe_string(&html), ..self.row(ladder, at, locale, root) };
                Some(self.render_row(Form::Cell, &row, locale, root))
            };
            Some(PairView { lower: cell(lower, low), higher: cell(higher, high) })
        });
        let cell = |at: usize| self.fragment(Form::Cell, ladder, at, locale, root);
        close.unwrap_or_else(|| PairView { lower: pair.lower.map(cell), higher: pair.higher.map(cell) })
    }

    /// Criteria by category, in the order of the ladder.
    fn parts(&self, ladder: usize, of: impl Iterator<Item = usize>, locale: LocaleIndex, root: &str) -> Vec<Part> {
        let mut parts: Vec<Part> = Vec::new();
        for at in of {
            let row = self.fragment(Form::Loose, ladder, at, locale, root);
            let category = self.site.ladders[ladder].criteria[at].category;
            match parts.iter_mut().find(|part| part.category.number == category + 1) {
                Some(part) => part.rows.push(row),
                None => {
                    let category = self.category_view(ladder, category, None, locale);
                    parts.push(Part { category, rows: vec![row] });
                }
            }
        }
        parts
    }

    fn choices(&self, ladder: usize, current: (usize, usize), locale: LocaleIndex) -> Vec<Choices> {
        let levels = &self.site.ladders[ladder].levels;
        let short = |level: usize| self.short_level(ladder, level, locale);
        let choice = |lower: usize, higher: usize| Choice {
            higher: short(higher),
            path: Page::Compare { locale, ladder, lower, higher }.path(self.site),
            current: (lower, higher) == current,
        };
        (0..levels.len().saturating_sub(1))
            .map(|lower| Choices {
                lower: short(lower),
                with: (lower + 1..levels.len()).map(|higher| choice(lower, higher)).collect(),
            })
            .collect()
    }
}
