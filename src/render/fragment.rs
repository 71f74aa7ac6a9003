//! Criteria as HTML, made once for all the pages that show them.
//!
//! A criterion stands on some ten pages of each language. What it looks like there depends on its language, on the form
//! in which it is shown, and on how far below the root the page is; so each such fragment is rendered once.

use std::sync::OnceLock;

use tera::Value;
use typed_index_collections::TiVec;

use crate::handle::{CriterionIndex, LadderIndex, LevelIndex};
use crate::locale::LocaleIndex;
use crate::model::{Comparison, Site};

/// The forms in which a criterion is shown, each a component of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CriterionForm {
    /// An item of a list that other pages may lead to.
    Anchored,
    /// An item of a list beside which the criterion stands elsewhere on the page or on another.
    Loose,
    /// Id and text alone, where a page repeats what stands with the rest on another.
    Brief,
    /// The same where other pages may lead to it.
    AnchoredBrief,
    /// In a cell of a table.
    Cell,
    /// In a cell of a table that other pages may lead to.
    AnchoredCell,
}

impl CriterionForm {
    const COUNT: usize = 6;

    pub(crate) fn component(self) -> &'static str {
        match self {
            Self::Anchored | Self::Loose => "criterion",
            Self::Brief | Self::AnchoredBrief => "brief",
            Self::Cell | Self::AnchoredCell => "cell",
        }
    }

    pub(crate) fn is_anchored(self) -> bool {
        matches!(self, Self::Anchored | Self::AnchoredBrief | Self::AnchoredCell)
    }
}

/// Pages that show criteria stand two to four folders below the root.
const DEPTHS: usize = 3;
const HIGHEST: usize = 2;

/// The fragments of one ladder. Empty until somebody asks for them.
pub(crate) struct Fragments {
    /// None for those of no ladder.
    pub(crate) ladder: Option<LadderIndex>,
    criteria: usize,
    made: Vec<OnceLock<Value>>,
    /// The names of levels, by locale and level.
    pub(crate) levels: Vec<OnceLock<Value>>,
    /// The names of threads, by locale and thread.
    pub(crate) threads: Vec<OnceLock<Value>>,
    /// The comparisons of its levels, by both of them. They are the same in all locales.
    comparisons: TiVec<LevelIndex, TiVec<LevelIndex, OnceLock<Comparison>>>,
}

impl Fragments {
    pub(crate) fn of(site: &Site, ladder: LadderIndex) -> Self {
        let (ladder_data, locales) = (&site[ladder], site.config.locales.len());
        let empty = |count: usize| std::iter::repeat_with(OnceLock::new).take(locales * count).collect();
        Self {
            ladder: Some(ladder),
            criteria: ladder_data.criteria.len(),
            made: empty(CriterionForm::COUNT * DEPTHS * ladder_data.criteria.len()),
            levels: empty(ladder_data.levels.len()),
            threads: empty(ladder_data.threads.len()),
            comparisons: ladder_data
                .levels
                .iter()
                .map(|_| ladder_data.levels.iter().map(|_| OnceLock::new()).collect())
                .collect(),
        }
    }

    /// For pages that belong to no ladder.
    pub(crate) fn none() -> Self {
        Self {
            ladder: None,
            criteria: 0,
            made: Vec::new(),
            levels: Vec::new(),
            threads: Vec::new(),
            comparisons: TiVec::new(),
        }
    }

    /// Returns the place of the comparison of two levels.
    pub(crate) fn comparison(&self, lower: LevelIndex, higher: LevelIndex) -> Option<&OnceLock<Comparison>> {
        self.comparisons.get(lower)?.get(higher)
    }

    pub(crate) fn at(
        &self,
        form: CriterionForm,
        criterion: CriterionIndex,
        locale: LocaleIndex,
        root: &str,
    ) -> Option<&OnceLock<Value>> {
        let depth = (root.len() / "../".len()).checked_sub(HIGHEST).filter(|&depth| depth < DEPTHS)?;
        let place = (locale.0 * CriterionForm::COUNT + form as usize) * DEPTHS + depth;
        self.made.get(place * self.criteria + criterion.0)
    }
}
