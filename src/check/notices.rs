//! Checks that an adapted ladder keeps the notices of its upstream and all earlier statements of changes, says that it
//! was changed, and is passed on under the same terms.
//!
//! CC BY-SA 4.0, sections 3(a)(1) and 3(b).

use camino::Utf8Path;
use toml_edit::{Document, Item};

use super::CheckInput;
use crate::adaptation::{Terms, Upstream};
use crate::config::{Config, Modification, SITE};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::edition;
use crate::locale::LocaleIndex;
use crate::source::Sources;
use crate::text::either;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let Some(adaptation) = checked.adaptation else { return Vec::new() };
    let config = &checked.site.config;
    // The last one has kept what those before it said, or it could not have been adapted.
    let upstream = adaptation.upstream();
    let notices = Notices { config, upstream, kept: &upstream.site.provenance, places: Places::read(checked.sources) };
    let mut problems = notices.source();
    problems.extend(notices.modifications());
    problems.extend(notices.translators());
    problems.extend(notices.licence());
    problems
}

struct Notices<'a> {
    config: &'a Config,
    upstream: &'a Upstream,
    kept: &'a edition::FrozenProvenance,
    places: Places<'a>,
}

impl Notices<'_> {
    /// Title, creators, notices and address of the work.
    fn source(&self) -> Vec<Diagnostic> {
        let (source, kept) = (&self.config.provenance.source, self.kept);
        let mut problems = Vec::new();
        let facts = [
            ("title", source.title == kept.title, &kept.title),
            ("copyright-notice", source.copyright_notice.contains(&kept.copyright_notice), &kept.copyright_notice),
            ("licence-notice", source.licence_notice.contains(&kept.licence_notice), &kept.licence_notice),
        ];
        if let Some(uri) = kept.uri.as_ref().filter(|kept| source.uri.as_ref().map(url::Url::as_str) != Some(kept)) {
            let place = self.places.of(&["provenance.source.uri"]);
            problems.push(dropped("`uri` no longer has what the upstream says".to_owned(), place, uri));
        }
        for (key, _, words) in facts.into_iter().filter(|(_, stands, _)| !stands) {
            let place = self.places.of(&[&format!("provenance.source.{key}")]);
            problems.push(dropped(format!("`{key}` no longer has what the upstream says"), place, words));
        }
        let is_named = |creator: &&edition::FrozenParty| !source.creators.iter().any(|own| own.name == creator.name);
        for creator in kept.creators.iter().filter(is_named) {
            let place = self.places.of(&["provenance.source.creators"]);
            problems.push(dropped("a creator of the work is no longer named".to_owned(), place, &creator.name));
        }
        problems
    }

    /// Checks the chain of changes: all steps of the upstream in their order, followed by one of this site.
    fn modifications(&self) -> Vec<Diagnostic> {
        let own = &self.config.provenance.modifications;
        let mut problems = Vec::new();
        let mut next = 0;
        for kept in &self.kept.modifications {
            match own.iter().skip(next).position(|step| step.by.name == kept.by.name) {
                Some(found) => {
                    let at = next + found;
                    problems.extend(self.changes(&own[at], kept, at));
                    next = at + 1;
                }
                None => {
                    let message = format!("the changes made by {by} are no longer stated", by = kept.by.name);
                    let place = self.place_of_step(next);
                    problems.push(dropped(message, place, &self.written(kept)));
                }
            }
        }
        if problems.is_empty() && own.len() == next {
            let message = "no modification says that this site has changed the text".to_owned();
            let place = self.place_of_step(next);
            let help =
                "add `[[provenance.modifications]]` with `by = { name = \"…\" }` and `changes.en = [\"…\"]`: CC \
                        BY-SA 4.0, section 3(a)(1)(B), requires you to indicate changes"
                    .to_owned();
            problems.push(place.problem(Code::DroppedNotice, message).help(help));
        }
        problems
    }

    /// Reports changes of one step that are no longer stated in a language that both sites have.
    fn changes(&self, own: &Modification, kept: &edition::FrozenModification, at: usize) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for locale in self.config.locale_indices() {
            let tag = self.config.locale(locale).tag.as_str();
            let Some(kept_changes) = kept.changes.get(tag) else { continue };
            let stated = own.changes.own(locale).map_or(&[][..], Vec::as_slice);
            for change in kept_changes.iter().filter(|change| !stated.contains(change)) {
                let step = format!("provenance.modifications.{at}");
                let place = self.places.of(&[&format!("{step}.changes.{tag}"), &step]);
                let message = format!("a change made by {by} is no longer stated in {tag}", by = kept.by.name);
                problems.push(dropped(message, place, change));
            }
        }
        problems
    }

    /// Returns the place of a step of the changes or, if it is gone, of the step before it.
    fn place_of_step(&self, at: usize) -> Place {
        let step = |at: usize| format!("provenance.modifications.{at}");
        let before = at.checked_sub(1).map(step).unwrap_or_default();
        self.places.of(&[&step(at), &before, "provenance.source"])
    }

    /// Returns a step as it would be written.
    fn written(&self, step: &edition::FrozenModification) -> String {
        let source = &self.config.locale(LocaleIndex::SOURCE).tag;
        let changes = step.changes.get(source).or_else(|| step.changes.values().next());
        let changes = changes.map(|changes| changes.join(" ")).unwrap_or_default();
        format!("{}: {changes}", step.by.name)
    }

    fn translators(&self) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        for locale in self.config.locale_indices() {
            let tag = self.config.locale(locale).tag.as_str();
            let Some(kept) = self.kept.translators.get(tag) else { continue };
            let own = self.config.provenance.translations.iter().filter(|translation| translation.locale == locale);
            let named: Vec<_> = own.flat_map(|credit| &credit.translators).map(|party| party.name.as_str()).collect();
            for party in kept.iter().filter(|party| !named.contains(&party.name.as_str())) {
                let message = format!("a translator into {tag} is no longer named");
                let place = self.places.of(&["provenance.translations.0", "provenance.source"]);
                problems.push(dropped(message, place, &party.name));
            }
        }
        problems
    }

    /// Checks that the text may go under the licence that it is now given.
    fn licence(&self) -> Option<Diagnostic> {
        let (own, kept) = (self.config.provenance.licence.as_ref()?, self.kept.licence.as_ref()?);
        let terms = Terms::of(&kept.spdx);
        if terms.allow(&own.spdx) {
            return None;
        }
        let message = match terms {
            Terms::NoDerivatives => {
                format!(
                    "{title} is under {spdx}, which does not allow sharing changed versions",
                    title = self.upstream.title(),
                    spdx = kept.spdx
                )
            }
            _ => {
                format!(
                    "an adaptation of {title} cannot be licensed under {spdx}",
                    title = self.upstream.title(),
                    spdx = own.spdx
                )
            }
        };
        let help = match terms {
            Terms::ShareAlike(licences) => {
                let licences = licences.iter().map(|spdx| format!("`{spdx}`"));
                format!("{licence} requires {licences}", licence = kept.short_name, licences = either(licences))
            }
            _ => "ask the creators for permission, or remove what is theirs".to_owned(),
        };
        let place = self.places.of(&["provenance.licence.spdx"]);
        Some(place.problem(Code::IncompatibleLicence, message).help(help))
    }
}

fn dropped(message: String, place: Place, words: &str) -> Diagnostic {
    place.problem(Code::DroppedNotice, message).help(format!("put it back, word for word: {words}"))
}

/// The places of values in `site.toml`.
pub(crate) struct Places<'a> {
    document: Option<Document<&'a str>>,
}

impl<'a> Places<'a> {
    pub(crate) fn read(sources: &'a Sources) -> Self {
        let text = sources.text(Utf8Path::new(SITE));
        Self { document: text.and_then(|text| Document::parse(text).ok()) }
    }

    /// Returns the place of the first that stands there, each by the keys that lead to it with dots between them and
    /// numbers for places in lists: `ladders.0.prefix`. The whole file if none does.
    pub(crate) fn of(&self, paths: &[&str]) -> Place {
        let found = paths.iter().find_map(|path| self.find(path));
        found.unwrap_or_else(|| Place::file(SITE))
    }

    fn find(&self, path: &str) -> Option<Place> {
        self.item(path)?.span().map(|span| Place::new(SITE, span))
    }

    /// Returns the value at a path of keys.
    pub(crate) fn item(&self, path: &str) -> Option<&Item> {
        let root = self.document.as_ref()?.as_item();
        path.split('.').try_fold(root, |item, key| match key.parse::<usize>() {
            Ok(at) => item.get(at),
            Err(_) => item.get(key),
        })
    }
}
