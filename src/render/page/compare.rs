//! Two levels of a ladder, row by row: threads aligned, then what only the higher level asks, then what carries over.

use serde::Serialize;
use tera::Value;

use super::framed;
use crate::handle::{CategoryAt, CriterionAt, LadderIndex, LevelAt, LevelIndex};
use crate::model::{self, LadderPage, LocalePage, Page};
use crate::render::difference::marked;
use crate::render::fragment::CriterionForm;
use crate::render::name::{self, CategoryName, LevelName};
use crate::render::page_context::PageContext;
use crate::render::row::{self, CriterionRow};
use crate::render::scene::Scene;
use crate::render::text::Text;

#[derive(Serialize)]
pub(crate) struct CompareView {
    #[serde(flatten)]
    frame: PageContext,
    lower: LevelName,
    higher: LevelName,
    /// The form to prepare a promotion on, if the site has one.
    worksheet: Option<String>,
    accumulates: bool,
    /// What becomes of how many criteria.
    tally: Vec<OutcomeCount>,
    threads: Vec<ThreadComparison>,
    /// The criteria of both levels by category, where no thread is on both.
    categories: Vec<CategoryComparison>,
    /// Criteria of both in the same words.
    alike: Vec<PairView>,
    only_higher: Vec<ComparedPart>,
    /// The levels between the two and the criteria that each adds, the lowest first.
    between: Vec<Between>,
    only_lower: Vec<ComparedPart>,
    #[serde(flatten)]
    chooser: Chooser,
}

#[derive(Serialize)]
pub(crate) struct ThreadComparison {
    thread: Value,
    pairs: Vec<PairView>,
}

#[derive(Serialize)]
struct CategoryComparison {
    category: CategoryName,
    pairs: Vec<PairView>,
}

#[derive(Serialize)]
pub(crate) struct PairView {
    outcome: Outcome,
    lower: Option<ComparisonCell>,
    higher: Option<ComparisonCell>,
}

/// What becomes of a criterion of the lower level, or that there was none.
#[derive(Serialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Outcome {
    /// It grows into one of the higher level.
    Grow,
    /// It is asked at the higher level alone.
    New,
    /// It holds at the higher level as it stands.
    Carry,
    /// It is asked at the lower level alone.
    End,
}

/// The outcomes in the order of the page, each with the words that count it.
const TALLY: [(Outcome, &str); 4] = [
    (Outcome::Grow, "compare.grow"),
    (Outcome::New, "compare.new"),
    (Outcome::Carry, "compare.carry"),
    (Outcome::End, "compare.end"),
];

impl Outcome {
    /// Returns what becomes of a criterion of the lower level that has no counterpart at the higher one.
    fn of_lower(accumulates: bool) -> Self {
        if accumulates { Self::Carry } else { Self::End }
    }
}

/// How many criteria have an outcome, in words.
#[derive(Serialize)]
struct OutcomeCount {
    outcome: Outcome,
    text: String,
}

/// A criterion in a cell.
#[derive(Serialize)]
pub(crate) struct ComparisonCell {
    /// The ladder that it is inherited from.
    from: Option<Text>,
    html: Value,
}

/// Criteria of one category.
#[derive(Serialize)]
pub(crate) struct ComparedPart {
    category: CategoryName,
    /// The ladder that they are inherited from.
    from: Option<Text>,
    rows: Vec<Value>,
}

#[derive(Serialize)]
struct Between {
    level: LevelName,
    parts: Vec<ComparedPart>,
}

/// The ways to the comparisons of the levels that a page compares.
#[derive(Serialize)]
pub(crate) struct Chooser {
    /// For each of the levels on the page, its comparisons with the others.
    choices: Vec<Choices>,
    /// The same with the levels of other ladders, ladder by ladder.
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

/// The comparisons of a level.
#[derive(Serialize)]
struct Choices {
    level: String,
    with: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    title: String,
    path: String,
    current: bool,
}

framed!(CompareView);

pub(crate) fn view(scene: &Scene<'_>, ladder: LadderIndex, lower: LevelIndex, higher: LevelIndex) -> CompareView {
    let ladder_data = &scene.site[ladder];
    let (low, high) = (LevelName::of(scene, lower.of(ladder)), LevelName::of(scene, higher.of(ladder)));
    let short = |level: LevelIndex| name::short_level(scene, level.of(ladder));
    let values =
        [("lower", &*short(lower)), ("higher", &*short(higher)), ("ladder", ladder_data.title.read(scene.locale).0)];
    let title = scene.phrase("compare.title", &values);
    let description = scene.phrase("compare.description", &values);
    let frame = PageContext::of(scene, "compare", title, description);
    let compared = || model::compare_within(scene.site, lower.of(ladder), higher.of(ladder));
    let fragments = scene.renderer.fragments_of(ladder);
    let comparison = match fragments.and_then(|fragments| fragments.comparison(lower, higher)) {
        Some(made) => made.get_or_init(compared),
        None => &compared(),
    };
    let category = |pairs: &Vec<model::Pair>| {
        let first = pairs.iter().find_map(|pair| pair.lower.or(pair.higher))?;
        Some(CategoryComparison { category: category_of(scene, first), pairs: pair_views(scene, pairs, [ladder; 2]) })
    };
    let between = ladder_data.levels.keys().filter(|&level| lower < level && level < higher).map(|level| {
        let criteria: Vec<_> = scene.site.criteria_on(level.of(ladder)).collect();
        let level = LevelName { count: criteria.len(), ..LevelName::of(scene, level.of(ladder)) };
        Between { level, parts: parts(scene, CriterionForm::Brief, Some(ladder), &criteria) }
    });
    let accumulates = ladder_data.config.levels_accumulate;
    let carried = if accumulates { CriterionForm::Brief } else { CriterionForm::Loose };
    let alike = pair_views(scene, &comparison.alike, [ladder; 2]).into_iter();
    let alike: Vec<_> = alike.map(|pair| PairView { outcome: Outcome::Carry, ..pair }).collect();
    let threads = thread_parts(scene, comparison, [ladder; 2]);
    let categories: Vec<_> = comparison.categories.iter().filter_map(category).collect();
    let pairs = threads.iter().flat_map(|part| &part.pairs).chain(categories.iter().flat_map(|part| &part.pairs));
    let alone = std::iter::repeat_n(Outcome::New, comparison.only_higher.len());
    let alone = alone.chain(std::iter::repeat_n(Outcome::of_lower(accumulates), comparison.only_lower.len()));
    let outcomes: Vec<_> = pairs.chain(&alike).map(|pair| pair.outcome).chain(alone).collect();
    let tally = TALLY.iter().filter_map(|&(outcome, key)| {
        let number = outcomes.iter().filter(|other| **other == outcome).count();
        (number > 0).then(|| OutcomeCount { outcome, text: scene.count(key, number) })
    });
    CompareView {
        worksheet: super::worksheet::href(scene, higher.of(ladder)),
        accumulates,
        tally: tally.collect(),
        threads,
        categories,
        alike,
        only_higher: parts(scene, CriterionForm::Loose, Some(ladder), &comparison.only_higher),
        between: between.collect(),
        only_lower: parts(scene, carried, Some(ladder), &comparison.only_lower),
        chooser: chooser(scene, ladder, &[lower, higher]),
        lower: low,
        higher: high,
        frame,
    }
}

/// Returns the category of a criterion.
pub(crate) fn category_of(scene: &Scene<'_>, criterion: CriterionAt) -> CategoryName {
    CategoryName::of(scene, scene.site[criterion].category.of(criterion.ladder), None)
}

/// Returns the threads of both levels, whose ladders are given, lower and higher.
pub(crate) fn thread_parts(
    scene: &Scene<'_>,
    comparison: &model::Comparison,
    ladders: [LadderIndex; 2],
) -> Vec<ThreadComparison> {
    let part = |rows: &model::ThreadRows| ThreadComparison {
        thread: name::thread_value(scene, rows.thread),
        pairs: pair_views(scene, &rows.pairs, ladders),
    };
    comparison.threads.iter().map(part).collect()
}

/// Returns pairs of criteria in the columns of two ladders.
pub(crate) fn pair_views(scene: &Scene<'_>, pairs: &[model::Pair], ladders: [LadderIndex; 2]) -> Vec<PairView> {
    pairs.iter().map(|&pair| pair_view(scene, pair, ladders)).collect()
}

/// Two criteria beside each other, with the words that differ marked where the two are close.
fn pair_view(scene: &Scene<'_>, pair: model::Pair, ladders: [LadderIndex; 2]) -> PairView {
    let accumulates = scene.site[ladders[0]].config.levels_accumulate;
    let outcome = match (pair.lower, pair.higher) {
        (Some(_), Some(_)) => Outcome::Grow,
        (None, _) => Outcome::New,
        (Some(_), None) => Outcome::of_lower(accumulates),
    };
    let close = pair.lower.zip(pair.higher).filter(|_| pair.close).and_then(|(lower, higher)| {
        let text = |criterion: CriterionAt| scene.site[criterion].text.read(scene.locale);
        let ((low, low_locale), (high, high_locale)) = (text(lower), text(higher));
        let (low, high) = (low_locale == high_locale).then(|| marked(&low.statement, &high.statement))??;
        let cell = |criterion: CriterionAt, ladder: LadderIndex, html: String| {
            let row = CriterionRow { html: Value::safe_string(&html), ..CriterionRow::alone(scene, criterion) };
            let html = row::rendered(scene, CriterionForm::Cell, &row);
            Some(ComparisonCell { from: from(scene, criterion, Some(ladder)), html })
        };
        Some(PairView { outcome, lower: cell(lower, ladders[0], low), higher: cell(higher, ladders[1], high) })
    });
    close.unwrap_or_else(|| PairView {
        outcome,
        lower: pair.lower.map(|criterion| compared_cell(scene, criterion, ladders[0])),
        higher: pair.higher.map(|criterion| compared_cell(scene, criterion, ladders[1])),
    })
}

/// Returns a criterion in the column of a ladder.
pub(crate) fn compared_cell(scene: &Scene<'_>, criterion: CriterionAt, ladder: LadderIndex) -> ComparisonCell {
    let html = row::fragment(scene, CriterionForm::Cell, criterion);
    ComparisonCell { from: from(scene, criterion, Some(ladder)), html }
}

/// Returns the ladder that a criterion is from, where that is not the one that is shown.
fn from(scene: &Scene<'_>, criterion: CriterionAt, shown: Option<LadderIndex>) -> Option<Text> {
    (shown != Some(criterion.ladder)).then(|| Text::of(scene, &scene.site[criterion.ladder].title))
}

/// Criteria by category, in the order of the ladder that is shown, what it inherits from each other apart.
pub(crate) fn parts(
    scene: &Scene<'_>,
    form: CriterionForm,
    shown: Option<LadderIndex>,
    criteria: &[CriterionAt],
) -> Vec<ComparedPart> {
    let mut parts: Vec<(CategoryAt, ComparedPart)> = Vec::new();
    for &criterion in criteria {
        let row = row::fragment(scene, form, criterion);
        let key = scene.site[criterion].category.of(criterion.ladder);
        match parts.iter_mut().find(|(part_key, _)| *part_key == key) {
            Some((_, part)) => part.rows.push(row),
            None => {
                let category = CategoryName::of(scene, key, None);
                let part = ComparedPart { category, from: from(scene, criterion, shown), rows: vec![row] };
                parts.push((key, part));
            }
        }
    }
    parts.into_iter().map(|(_, part)| part).collect()
}

/// Up to so many levels of a ladder, each page of a comparison leads to all others. All comparisons of more levels would be
/// most of the page.
const FEW: usize = 5;

/// Returns the ways to the comparisons of some levels of a ladder, or of all if they are few.
pub(crate) fn chooser(scene: &Scene<'_>, ladder: LadderIndex, shown: &[LevelIndex]) -> Chooser {
    let inheritance = &scene.site.inheritance;
    let others = inheritance.compared(ladder).iter().chain(inheritance.compared_by(ladder));
    let levels = scene.site[ladder].levels.keys();
    let compared = scene.site.config.compared(levels.len());
    let offered = if levels.len() <= FEW { levels.clone().collect() } else { shown.to_vec() };
    // The comparison of the two levels themselves is named once.
    let is_named = |at: usize, other: LevelIndex| offered[..=at].contains(&other);
    let pair = |at: usize, other: LevelIndex| {
        let pair = [offered[at].min(other), offered[at].max(other)];
        (!is_named(at, other) && compared.has(pair)).then_some(pair)
    };
    let line = |at: usize| Choices {
        level: name::short_level(scene, offered[at].of(ladder)),
        with: levels
            .clone()
            .filter_map(|other| {
                let [lower, higher] = pair(at, other)?;
                let page = scene.of_ladder(ladder, LadderPage::Compare { lower, higher });
                Some(choice(scene, page, lower.of(ladder), higher.of(ladder)))
            })
            .collect(),
    };
    Chooser {
        choices: (0..offered.len()).map(line).filter(|line| !line.with.is_empty()).collect(),
        across: others.map(|&other| across(scene, ladder, shown, other)).collect(),
    }
}

/// Returns the comparisons of some levels with another ladder, on whichever ladder's pages they stand. Beside them are
/// those of the other ladder's level that the page compares.
fn across(scene: &Scene<'_>, ladder: LadderIndex, shown: &[LevelIndex], other: LadderIndex) -> AcrossLadder {
    let is_own = scene.site.inheritance.compared(ladder).contains(&other);
    let page = |level: LevelAt, opposite: LevelAt| match is_own {
        true => Page::across(scene.locale, level, opposite),
        false => Page::across(scene.locale, opposite, level),
    };
    let opposite_here = match scene.page {
        Page::In(_, LocalePage::Ladder(_, LadderPage::Across { other: here, opposite, .. })) if here == other => {
            Some(opposite)
        }
        _ => None,
    };
    let line = |level: LevelIndex| {
        let is_offered = |opposite: LevelIndex| shown.contains(&level) || opposite_here == Some(opposite);
        let offered = scene.site[other].levels.keys().filter(|&opposite| is_offered(opposite)).map(|opposite| {
            let (level, at) = (level.of(ladder), opposite.of(other));
            choice(scene, page(level, at), level, at)
        });
        Choices { level: name::short_level(scene, level.of(ladder)), with: offered.collect() }
    };
    let levels = scene.site[ladder].levels.keys();
    AcrossLadder {
        ladder: Text::of(scene, &scene.site[other].title),
        current: opposite_here.is_some(),
        choices: levels.filter(|level| shown.contains(level) || opposite_here.is_some()).map(line).collect(),
    }
}

fn choice(scene: &Scene<'_>, page: Page, lower: LevelAt, higher: LevelAt) -> Choice {
    let title = format!("{}–{}", name::short_level(scene, lower), name::short_level(scene, higher));
    Choice { title, path: page.path(scene.site), current: page == scene.page }
}
