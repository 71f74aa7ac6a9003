//! The permanent page of a criterion: its statement in every language, its place, its thread, and how to cite it.

use serde::Serialize;
use tera::Value;

use super::framed;
use super::note::NoteLink;
use super::threads::{self, ThreadStep};
use crate::citing::{self, CitationStyle};
use crate::handle::{CriterionAt, CriterionIndex, LevelAt, Neighbours, NoteIndex};
use crate::model::{LadderPage, Page, Subject};
use crate::render::history::{self, HistoryEntry};
use crate::render::json_ld;
use crate::render::name::{self, CategoryName};
use crate::render::origin::{self, OriginStep};
use crate::render::page_context::PageContext;
use crate::render::row::CriterionRow;
use crate::render::scene::Scene;
use crate::render::text::{Link, Text};

#[derive(Serialize)]
pub(crate) struct CriterionView {
    #[serde(flatten)]
    frame: PageContext,
    id: String,
    slug: String,
    category_number: usize,
    /// Whether the site has editions, and none of them holds it.
    is_unreleased: bool,
    /// The criterion in each language, the source first.
    parts: Vec<LanguagePart>,
}

/// The part of the page in one language.
#[derive(Serialize)]
struct LanguagePart {
    locale: usize,
    language: String,
    direction: &'static str,
    slug: String,
    name: String,
    /// The separator of two words of the interface: nothing in Chinese and Japanese.
    space: &'static str,
    row: CriterionRow,
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
    steps: Vec<ThreadStep>,
    about: Vec<NoteLink>,
    mentions: Vec<NoteLink>,
    /// Where it was taken from, the latest step first. Empty for a ladder that was made from no other.
    origin: Vec<OriginStep>,
    /// Its changes, the latest first. Empty for a site without editions.
    moments: Vec<HistoryEntry>,
    /// Citations of it: the forms for people, then those for programs.
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

pub(crate) fn view(scene: &Scene<'_>, criterion: CriterionAt) -> CriterionView {
    let ladder_data = &scene.site[criterion.ladder];
    let this = &scene.site[criterion];
    let id = this.id.to_string();
    let level = scene.site[this.level.of(criterion.ladder)].name(scene.locale);
    let title = format!("{id} · {level}");
    let description = format!("{id} ({level}): {}", this.text.source().plain);
    let mut frame = PageContext::of(scene, "criterion", title, description);
    let neighbour = |at: CriterionIndex| Link {
        title: ladder_data.criteria[at].id.to_string(),
        href: scene.href(Page::Criterion(at.of(criterion.ladder))),
    };
    let (previous, next) = (criterion.criterion.before(), criterion.criterion.behind(ladder_data.criteria.len()));
    (frame.previous, frame.next) = (previous.map(neighbour), next.map(neighbour));
    frame.json_ld = Some(json_ld::criterion(scene, criterion));
    let locales = scene.site.config.locale_indices();
    let parts = locales.map(|locale| language_part(&scene.read_in(locale), criterion)).collect();
    let is_unreleased =
        !scene.site.history.editions.is_empty() && scene.site.history.timeline(&this.id).editions.is_empty();
    CriterionView {
        is_unreleased,
        id,
        slug: this.id.slug(),
        category_number: ladder_data.categories[this.category].number,
        parts,
        frame,
    }
}

fn language_part(scene: &Scene<'_>, criterion: CriterionAt) -> LanguagePart {
    let ladder_data = &scene.site[criterion.ladder];
    let this = &scene.site[criterion];
    let of_locale = scene.site.config.locale(scene.locale);
    let backlinks = scene.site.backlinks(Subject::Criterion(criterion));
    let links = |notes: &[NoteIndex]| notes.iter().map(|&note| NoteLink::of(scene, note)).collect();
    let level_path = Page::of_level(scene.locale, this.level.of(criterion.ladder)).path(scene.site);
    let heirs = scene.site.inheritance.derived_levels(this.level.of(criterion.ladder));
    let heir = |&level: &LevelAt| Link {
        title: name::level_of_ladder(scene, level),
        href: scene.href(Page::of_level(scene.locale, level)),
    };
    LanguagePart {
        heir_count: heirs.len(),
        heirs: if heirs.len() > FEW { Vec::new() } else { heirs.iter().map(heir).collect() },
        heirs_path: format!("{}#_heirs", scene.of_ladder(criterion.ladder, LadderPage::Whole).path(scene.site)),
        locale: scene.locale.0,
        language: of_locale.language.clone(),
        direction: of_locale.direction.name(),
        slug: of_locale.slug.clone(),
        name: scene.language_name(),
        space: if of_locale.is_han() { "" } else { " " },
        row: CriterionRow::alone(scene, criterion),
        ladder: Text::of(scene, &ladder_data.title),
        level: name::level_value(scene, this.level.of(criterion.ladder)),
        category: CategoryName::of(scene, this.category.of(criterion.ladder), None),
        in_level: format!("{level_path}#{}", this.id.slug()),
        thread: this.thread.map(|thread| name::thread_value(scene, thread.of(criterion.ladder))),
        steps: this.thread.map(|thread| threads::steps(scene, thread.of(criterion.ladder))).unwrap_or_default(),
        about: links(&backlinks.about),
        mentions: links(&backlinks.mentions),
        origin: origin::origin(scene, &this.id),
        moments: history::history_entries(scene, &this.id),
        citations: citations(scene, criterion, &[CitationStyle::Text, CitationStyle::Markdown]),
        data_citations: citations(
            scene,
            criterion,
            &[CitationStyle::Html, CitationStyle::Bibtex, CitationStyle::CslJson],
        ),
    }
}

/// Returns the citations of a criterion, in the given forms.
fn citations(scene: &Scene<'_>, criterion: CriterionAt, forms: &[CitationStyle]) -> Vec<CitationForm> {
    let citation = citing::present(scene.site, criterion, scene.locale);
    let text = |form: CitationStyle| citation.write(form, scene.renderer.words, scene.locale);
    forms.iter().map(|&form| CitationForm { form: form.name(), text: text(form) }).collect()
}
