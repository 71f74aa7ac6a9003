//! The permanent page of a criterion that was withdrawn: what it said last, when and why it went, what followed it.

use camino::Utf8Path;
use serde::Serialize;
use tera::Value;

use super::framed;
use crate::adaptation::CriterionStatus;
use crate::citing::{self, Citation};
use crate::handle::WithdrawnIndex;
use crate::id::CriterionId;
use crate::model::{LadderPage, Subject, WithdrawnCriterion, level_name};
use crate::render::cite_action::{CitationForm, citation_data};
use crate::render::history::{EditionLink, HistoryEntry, frozen_text, frozen_title, history_entries};
use crate::render::html::Html;
use crate::render::origin::{self, OriginLink, OriginStep};
use crate::render::page_context::PageContext;
use crate::render::scene::Scene;
use crate::render::text::{Link, ProseView, Text};

#[derive(Serialize)]
pub(crate) struct WithdrawnView {
    #[serde(flatten)]
    frame: PageContext,
    id: String,
    /// The day, where the register has it.
    date: Option<String>,
    /// The first edition without it, once there is one.
    edition: Option<EditionLink>,
    /// The last edition that holds it.
    last: Option<EditionLink>,
    /// `replaced-by`, if it goes on in others.
    verb: Option<&'static str>,
    /// Whether it is asked where this ladder was made from, and not here.
    is_left_out: bool,
    parts: Vec<WithdrawnPart>,
    /// What scripts make the other forms of its citations of, as JSON.
    citations: Value,
}

#[derive(Serialize)]
struct WithdrawnPart {
    locale: usize,
    language: String,
    direction: &'static str,
    slug: String,
    name: String,
    /// The separator of two words of the interface: nothing in Chinese and Japanese.
    space: &'static str,
    /// None if nothing has kept it.
    statement: Option<ProseView>,
    detail: Option<ProseView>,
    reason: Option<ProseView>,
    level: Option<Text>,
    category: Option<Text>,
    ladder: Option<Link>,
    successors: Vec<Successor>,
    /// Where the successors lead in the end, if some of them were withdrawn themselves.
    heirs: Vec<Successor>,
    /// Where it was taken from, the latest step first.
    origin: Vec<OriginStep>,
    /// Its text in the upstream, if it differs from the text here.
    there: Option<ProseView>,
    there_detail: Option<ProseView>,
    /// The site that had withdrawn it before this one was made.
    withdrawn_by: Option<OriginLink>,
    moments: Vec<HistoryEntry>,
    /// Citations of it that people read. Empty if nothing has kept its text.
    citations: Vec<CitationForm>,
}

/// A criterion that came in place of another.
#[derive(Serialize)]
struct Successor {
    id: String,
    href: String,
    statement: Option<Text>,
    is_withdrawn: bool,
}

framed!(WithdrawnView);

pub(crate) fn view(scene: &Scene<'_>, withdrawn: WithdrawnIndex) -> WithdrawnView {
    let history = &scene.site.history;
    let withdrawn_criterion = &history.withdrawn[withdrawn];
    let id = withdrawn_criterion.id.to_string();
    let is_left_out = scene.is_left_out(&withdrawn_criterion.id);
    let key = if is_left_out { "adaptation.left-out-title" } else { "withdrawn.title" };
    let title = scene.phrase(key, &[("id", &id)]);
    let statement = last_text(scene, withdrawn_criterion).map(|(statement, _)| statement.plain()).unwrap_or_default();
    let description = format!("{title}: {statement}");
    let mut frame = PageContext::of(scene, "withdrawn", title, description);
    frame.ladder = withdrawn_criterion.ladder.map_or(0, usize::from);
    let named = withdrawn_criterion.withdrawal.edition.as_ref().and_then(|name| history.edition(name));
    let locales = || scene.site.config.locale_indices();
    let citations: Vec<_> =
        locales().map(|locale| citing::last_words(scene.site, withdrawn_criterion, locale)).collect();
    let cited: Vec<_> = locales().zip(&citations).filter_map(|(at, cited)| Some((at, cited.clone()?))).collect();
    WithdrawnView {
        date: withdrawn_criterion.withdrawal.date.map(|date| date.to_string()),
        edition: named.and_then(|edition| EditionLink::of(scene.site, edition, None)),
        last: withdrawn_criterion
            .last
            .and_then(|(edition, _)| EditionLink::of(scene.site, edition, Some(&withdrawn_criterion.id))),
        verb: withdrawn_criterion.verb().map(|verb| verb.name()),
        is_left_out,
        parts: locales()
            .zip(&citations)
            .map(|(locale, citation)| withdrawn_part(&scene.read_in(locale), withdrawn_criterion, citation.as_ref()))
            .collect(),
        citations: Value::safe_string(&citation_data(scene, &cited)),
        id,
        frame,
    }
}

fn withdrawn_part(scene: &Scene<'_>, criterion: &WithdrawnCriterion, citation: Option<&Citation>) -> WithdrawnPart {
    let own = scene.site.config.locale(scene.locale);
    let ladder = criterion.ladder.map(|ladder| {
        let page = scene.of_ladder(ladder, LadderPage::Whole);
        let title = scene.site[ladder].title.read(scene.locale).0.clone();
        Link { title, href: format!("{}#{}", scene.href(page), criterion.id.slug()) }
    });
    let level = criterion.level.as_ref().map(|level| {
        let title = frozen_title(scene, &level.title);
        Text { text: level_name(&level.code, &title.text), language: title.language }
    });
    let category = Some(frozen_title(scene, &criterion.category)).filter(|title| !title.text.is_empty());
    let text = last_text(scene, criterion);
    let successors: Vec<_> = criterion.successors().map(|id| successor(scene, id)).collect();
    let chained = successors.iter().any(|successor| successor.is_withdrawn);
    let heirs = criterion.final_successors.iter().filter(|_| chained).map(|id| successor(scene, id)).collect();
    let prose =
        |html: String, tag: &str| ProseView { html: Value::safe_string(&html), language: scene.foreign_tag(tag) };
    let html = withdrawn_html(scene, criterion);
    let there = words_there(scene, criterion, &html);
    WithdrawnPart {
        origin: origin::origin(scene, &criterion.id),
        there_detail: there.as_ref().and_then(|(_, detail)| detail.clone()),
        there: there.map(|(statement, _)| statement),
        withdrawn_by: origin::withdrawn_by(scene, &criterion.id),
        locale: scene.locale.0,
        language: own.language.clone(),
        direction: own.direction.name(),
        slug: own.slug.clone(),
        name: scene.language_name(),
        space: if own.is_han() { "" } else { " " },
        statement: text.as_ref().map(|(statement, _)| prose(html.inline(statement), tag_of(scene, criterion))),
        detail: text
            .as_ref()
            .filter(|(_, detail)| !detail.is_empty())
            .map(|(_, detail)| prose(html.blocks(detail), tag_of(scene, criterion))),
        reason: reason(scene, criterion, &html),
        level,
        category,
        ladder,
        successors,
        heirs,
        moments: history_entries(scene, &criterion.id),
        citations: citation.map_or_else(Vec::new, |citation| CitationForm::all(scene, citation)),
    }
}

fn withdrawn_html<'s>(scene: &Scene<'s>, criterion: &WithdrawnCriterion) -> Html<'s> {
    let file = criterion.ladder.map(|ladder| scene.site[ladder].files.read(scene.locale).0.as_path());
    let edition = criterion.last.map(|(edition, _)| edition);
    Html { edition, ..Html::at(scene, criterion.ladder, file.unwrap_or(Utf8Path::new(""))) }
}

/// Returns the upstream's text of a criterion that was left out, if it differs from the text here.
fn words_there(
    scene: &Scene<'_>,
    criterion: &WithdrawnCriterion,
    html: &Html<'_>,
) -> Option<(ProseView, Option<ProseView>)> {
    let step = scene.renderer.adaptation?.steps().next()?;
    let drift = step.drifts.get(&criterion.id).filter(|drift| drift.state == CriterionStatus::LeftOut)?;
    let (_, there) = step.before.at(drift.change.as_ref()?.before?);
    let (tag, statement) = frozen_text(scene, &there.statement)?;
    let detail = there.detail.get(tag);
    let said =
        last_text(scene, criterion).map(|(statement, detail)| (statement.plain(), crate::parse::plain_lines(detail)));
    let says = (statement.plain(), detail.map(|blocks| crate::parse::plain_lines(blocks)).unwrap_or_default());
    if said == Some(says) {
        return None;
    }
    let prose = |html: String| ProseView { html: Value::safe_string(&html), language: scene.foreign_tag(tag) };
    let detail = detail.map(|blocks| prose(html.blocks(blocks)));
    Some((prose(html.inline(statement)), detail))
}

/// Returns the locale in which its readers read what it said last.
fn tag_of<'w>(scene: &Scene<'_>, criterion: &'w WithdrawnCriterion) -> &'w str {
    frozen_text(scene, &criterion.text).map_or("", |(tag, _)| tag)
}

fn last_text<'w>(
    scene: &Scene<'_>,
    criterion: &'w WithdrawnCriterion,
) -> Option<&'w (crate::parse::RichText, Vec<crate::parse::Block>)> {
    frozen_text(scene, &criterion.text).map(|(_, text)| text)
}

fn reason(scene: &Scene<'_>, criterion: &WithdrawnCriterion, html: &Html<'_>) -> Option<ProseView> {
    let (tag, text) = frozen_text(scene, &criterion.withdrawal.reason)?;
    Some(ProseView { html: Value::safe_string(&html.markdown(text)), language: scene.foreign_tag(tag) })
}

fn successor(scene: &Scene<'_>, id: &CriterionId) -> Successor {
    let href = scene.href_of(&scene.permanent_path(&id.slug()));
    let statement = match scene.site.find(&id.to_string()) {
        Some(Subject::Criterion(criterion)) => {
            let (text, actual) = scene.site[criterion].text.read(scene.locale);
            Some(Text { text: text.plain.clone(), language: scene.foreign(actual) })
        }
        _ => None,
    };
    let is_withdrawn = scene.site.history.withdrawn_at(id).is_some();
    Successor { id: id.to_string(), href, statement, is_withdrawn }
}
