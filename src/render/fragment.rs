//! Criteria as HTML, made once for all the pages that show them.
//!
//! A criterion stands on some ten pages of each language. What it looks like there depends on its language, on the form
//! in which it is shown, and on how far below the root the page is; so each such fragment is rendered once.

use std::sync::OnceLock;

use tera::{Context, Value};

use super::Renderer;
use super::row::Row;
use crate::handle::{CriterionAt, CriterionIndex, LadderIndex, LevelAt, ThreadAt};
use crate::locale::LocaleIndex;
use crate::model::Site;

/// The forms in which a criterion is shown, each a component of the theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// An item of a list that other pages may lead to.
    Anchored,
    /// An item of a list beside which the criterion stands elsewhere on the page or on another.
    Loose,
    /// In a cell of a table.
    Cell,
    /// In a cell of a table that other pages may lead to.
    AnchoredCell,
}

impl Form {
    const COUNT: usize = 4;

    fn component(self) -> &'static str {
        match self {
            Self::Anchored | Self::Loose => "criterion",
            Self::Cell | Self::AnchoredCell => "cell",
        }
    }

    fn is_anchored(self) -> bool {
        matches!(self, Self::Anchored | Self::AnchoredCell)
    }
}

/// Pages that show criteria stand two to four folders below the root.
const DEPTHS: usize = 3;
const HIGHEST: usize = 2;

/// The fragments of one ladder. Empty until somebody asks for them.
pub(crate) struct Fragments {
    /// None for those of no ladder.
    ladder: Option<LadderIndex>,
    criteria: usize,
    made: Vec<OnceLock<Value>>,
    /// The names of levels, by locale and level.
    levels: Vec<OnceLock<Value>>,
    /// The names of threads, by locale and thread.
    threads: Vec<OnceLock<Value>>,
}

impl Fragments {
    pub(crate) fn of(site: &Site, ladder: LadderIndex) -> Self {
        let (of, locales) = (&site[ladder], site.config.locales.len());
        let empty = |count: usize| std::iter::repeat_with(OnceLock::new).take(locales * count).collect();
        Self {
            ladder: Some(ladder),
            criteria: of.criteria.len(),
            made: empty(Form::COUNT * DEPTHS * of.criteria.len()),
            levels: empty(of.levels.len()),
            threads: empty(of.threads.len()),
        }
    }

    /// For pages that belong to no ladder.
    pub(crate) fn none() -> Self {
        Self { ladder: None, criteria: 0, made: Vec::new(), levels: Vec::new(), threads: Vec::new() }
    }

    fn at(&self, form: Form, criterion: CriterionIndex, locale: LocaleIndex, root: &str) -> Option<&OnceLock<Value>> {
        let depth = (root.len() / "../".len()).checked_sub(HIGHEST).filter(|&depth| depth < DEPTHS)?;
        let place = (locale.0 * Form::COUNT + form as usize) * DEPTHS + depth;
        self.made.get(place * self.criteria + criterion.0)
    }
}

impl Renderer<'_> {
    /// The fragments of a ladder: that which is being rendered, or one that lends its criteria to others.
    fn fragments_of(&self, ladder: LadderIndex) -> Option<&Fragments> {
        Some(&self.fragments).filter(|own| own.ladder == Some(ladder)).or_else(|| self.lent.get(&ladder))
    }

    /// A criterion as HTML.
    pub(crate) fn fragment(&self, form: Form, criterion: CriterionAt, locale: LocaleIndex, root: &str) -> Value {
        let make = || self.render_row(form, &self.row(criterion, locale, root), locale, root);
        match self.fragments_of(criterion.ladder).and_then(|of| of.at(form, criterion.criterion, locale, root)) {
            Some(made) => made.get_or_init(make).clone(),
            None => make(),
        }
    }

    /// The name of a level.
    pub(crate) fn level_value(&self, level: LevelAt, locale: LocaleIndex) -> Value {
        let make = || Value::from_serializable(&self.level_view(level, locale));
        let place = locale.0 * self.site[level.ladder].levels.len() + level.level.0;
        self.fragments_of(level.ladder)
            .and_then(|of| of.levels.get(place))
            .map_or_else(make, |made| made.get_or_init(make).clone())
    }

    /// The name of a thread.
    pub(crate) fn thread_value(&self, thread: ThreadAt, locale: LocaleIndex) -> Value {
        let make = || Value::from_serializable(&self.thread_name(thread, locale));
        let place = locale.0 * self.site[thread.ladder].threads.len() + thread.thread.0;
        self.fragments_of(thread.ladder)
            .and_then(|of| of.threads.get(place))
            .map_or_else(make, |made| made.get_or_init(make).clone())
    }

    /// A row as HTML. A component of the theme that fails is reported and leaves nothing.
    pub(crate) fn render_row(&self, form: Form, row: &Row, locale: LocaleIndex, root: &str) -> Value {
        let (mut arguments, mut surroundings) = (Context::new(), Context::new());
        arguments.insert("row", row);
        arguments.insert("anchored", &form.is_anchored());
        surroundings.insert("root", root);
        surroundings.insert("locale", &locale.0);
        match self.theme.render_component(form.component(), &arguments, &surroundings) {
            Ok(html) => Value::safe_string(&html),
            Err(problem) => {
                self.report(form.component(), *problem);
                Value::safe_string("")
            }
        }
    }
}
