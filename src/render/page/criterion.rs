//! The permanent page of a criterion: its statement in every language, its place, its thread, and how to cite it.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::NoteLink;
use super::threads::Step;
use crate::citing::{self, Form};
use crate::handle::{CriterionAt, CriterionIndex, LevelAt, Neighbours, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::{LadderPage, LocalePage, Page, Subject};
use crate::render::Renderer;
use crate::render::frame::{Frame, Link};
use crate::render::origin::Origin;
use crate::render::past::Moment;
use crate::render::row::{CategoryName, Row, Text};

#[derive(Serialize)]
pub(crate) struct CriterionView {
    #[serde(flatten)]
    frame: Frame,
    id: String,
    slug: String,
    category_number: usize,
    /// Whether the site has editions, and none of them holds it.
    is_unreleased: bool,
    /// The criterion in each language, the source first.
    parts: Vec<LanguagePart>,
}

/// What a reader of one language reads.
#[derive(Serialize)]
struct LanguagePart {
    locale: usize,
    language: String,
    direction: &'static str,
    slug: String,
    name: String,
    /// What stands between two words of the interface: nothing in Chinese and Japanese.
    space: &'static str,
    row: Row,
    ladder: Text,
    level: Value,
    /// The levels of other ladders on which it holds, if they are few, or how many there are.
    heirs: Vec<Link>,
    heir_count: usize,
    /// Where the ladders stand that build on its own.
    heirs_path: String,
    category: CategoryName,
    /// The row on the page of its level.
    in_level: String,
    thread: Option<Value>,
    steps: Vec<Step>,
    about: Vec<NoteLink>,
    mentions: Vec<NoteLink>,
    /// Where it was taken from, the latest step first. Empty for a ladder that was made from no other.
    origin: Vec<Origin>,
    /// What became of it, the latest first. Empty for a site without editions.
    moments: Vec<Moment>,
    /// How to cite it: the forms for people, then those for programs.
    citations: Vec<CitationForm>,
    data_citations: Vec<CitationForm>,
}

/// A citation in one form.
#[derive(Serialize)]
struct CitationForm {
    /// The word for the form.
    form: &'static str,
    text: String,
}

/// More ladders than these are not listed beside a criterion.
const FEW: usize = 12;

framed!(CriterionView);

impl Renderer<'_> {
    pub(crate) fn criterion(&self, criterion: CriterionAt) -> CriterionView {
        let of = &self.site[criterion.ladder];
        let this = &self.site[criterion];
        let page = Page::Criterion(criterion);
        let source = LocaleIndex::SOURCE;
        let id = this.id.to_string();
        let level = self.level_name(this.level.of(criterion.ladder), source);
        let title = format!("{id} · {level}");
        let description = format!("{id} ({level}): {}", this.text.source().plain);
        let mut frame = self.frame(page, "criterion", title, description);
        let neighbour = |at: CriterionIndex| Link {
            title: of.criteria[at].id.to_string(),
            href: format!("{}{}", frame.root, Page::Criterion(at.of(criterion.ladder)).path(self.site)),
        };
        let (previous, next) = (criterion.criterion.before(), criterion.criterion.behind(of.criteria.len()));
        (frame.previous, frame.next) = (previous.map(neighbour), next.map(neighbour));
        frame.json_ld = Some(self.criterion_json_ld(criterion));
        let locales = self.site.config.locale_indices();
        let parts = locales.map(|locale| self.language_part(criterion, locale, &frame)).collect();
        let is_unreleased =
            !self.site.history.editions.is_empty() && self.site.history.timeline(&this.id).editions.is_empty();
        CriterionView {
            is_unreleased,
            id,
            slug: this.id.slug(),
            category_number: of.categories[this.category].number,
            parts,
            frame,
        }
    }

    fn language_part(&self, criterion: CriterionAt, locale: LocaleIndex, frame: &Frame) -> LanguagePart {
        let of = &self.site[criterion.ladder];
        let this = &self.site[criterion];
        let of_locale = self.site.config.locale(locale);
        let backlinks = self.site.backlinks(Subject::Criterion(criterion));
        let links = |notes: &[NoteIndex]| notes.iter().map(|&note| self.note_link(note, locale)).collect();
        let level_path = Page::of_level(locale, this.level.of(criterion.ladder)).path(self.site);
        let heirs = self.site.kinship.heirs_of_level(this.level.of(criterion.ladder));
        let heir = |&level: &LevelAt| Link {
            title: self.level_of_ladder(level, locale),
            href: format!("{}{}", frame.root, Page::of_level(locale, level).path(self.site)),
        };
        LanguagePart {
            heir_count: heirs.len(),
            heirs: if heirs.len() > FEW { Vec::new() } else { heirs.iter().map(heir).collect() },
            heirs_path: format!(
                "{}#_heirs",
                Page::In(locale, LocalePage::Ladder(criterion.ladder, LadderPage::Whole)).path(self.site)
            ),
            locale: locale.0,
            language: of_locale.language.clone(),
            direction: of_locale.direction.name(),
            slug: of_locale.slug.clone(),
            name: self.words.name(locale).to_owned(),
            space: if of_locale.is_han() { "" } else { " " },
            row: self.row(criterion, locale, &frame.root),
            ladder: self.text(&of.title, locale),
            level: self.level_value(this.level.of(criterion.ladder), locale),
            category: self.category_view(this.category.of(criterion.ladder), None, locale),
            in_level: format!("{level_path}#{}", this.id.slug()),
            thread: this.thread.map(|thread| self.thread_value(thread.of(criterion.ladder), locale)),
            steps: this
                .thread
                .map(|thread| self.steps(thread.of(criterion.ladder), locale, &frame.root))
                .unwrap_or_default(),
            about: links(&backlinks.about),
            mentions: links(&backlinks.mentions),
            origin: self.origin(&this.id, locale),
            moments: self.moments(&this.id, locale),
            citations: self.citations(criterion, locale, &[Form::Text, Form::Markdown]),
            data_citations: self.citations(criterion, locale, &[Form::Html, Form::Bibtex, Form::CslJson]),
        }
    }

    /// How to cite it.
    fn citations(&self, criterion: CriterionAt, locale: LocaleIndex, forms: &[Form]) -> Vec<CitationForm> {
        let citation = citing::present(self.site, criterion, locale);
        let form = |&form: &Form| CitationForm { form: form.name(), text: citation.write(form, self.words, locale) };
        forms.iter().map(form).collect()
    }
}
