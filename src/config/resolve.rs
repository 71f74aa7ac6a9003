//! From what was written in `site.toml` to what it means.

use std::collections::BTreeMap;

use camino::Utf8Path;
use url::Url;

use super::inheritance::{self, LadderRelations};
use super::table::{Spanned, TomlReader, Value, instead_of};
use super::written::{PerLocale, Text, WrittenCards, WrittenLadder, WrittenSite, to_write};
use super::{CardsConfig, Config, LadderConfig, address, unnamed};
use crate::address::{folder_advice, is_reserved};
use crate::diagnostic::{Code, Place, Problems, Span};
use crate::locale::{Locale, LocaleIndex, Localized};
use crate::source::Sources;

/// Where everything about a site is written.
pub(crate) const SITE: &str = "site.toml";

/// Overrides of `site.toml` from the command line or the environment.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Overrides {
    /// From `--base-url` or `RUNGS_BASE_URL`.
    pub base_url: Option<String>,
    /// From `--repository` or `RUNGS_REPOSITORY`.
    pub repository: Option<String>,
}

/// Reads `site.toml`, and reports everything that is wrong in it at once.
///
/// There is a configuration if every part of it is known: problems beside it, such as an unknown key, do not prevent
/// it.
pub fn read(sources: &Sources, overrides: &Overrides, problems: &Problems) -> Option<Config> {
    let Some(text) = sources.text(Utf8Path::new(SITE)) else {
        let others = sources.texts.keys().filter(|path| path.file_name() == Some(SITE));
        let nearest = others.min_by_key(|path| path.components().count());
        let help = match nearest.and_then(|path| path.parent()) {
            Some(folder) => format!("its folder `{folder}` has one: name that folder"),
            None => "create one that begins with `base-url = \"https://ladders.example/\"`, `source-locale = \"en\"`, \
                     `title.en = \"Our ladders\"`; a build then names what is missing"
                .to_owned(),
        };
        problems.report(
            Place::file(SITE).problem(Code::NoSite, "there is no `site.toml` in the content folder").help(help),
        );
        return None;
    };
    let is_given = |key: &str| key == "base-url" && overrides.base_url.is_some();
    let reader = TomlReader::new(SITE, 0, text, problems)
        .requiring(|table, key| to_write(table, key).filter(|_| !is_given(key)));
    let written: Option<WrittenSite> = reader.read();
    let check = reader.whole().and_then(|table| table.get("check")?.if_table());
    let worksheet = reader.whole().and_then(|table| table.get("worksheet"));
    let mut resolver = Resolver { problems, unknown_tags: BTreeMap::new() };
    written.and_then(|written| resolver.site(written, Apart { check, worksheet }, overrides, sources))
}

/// The tables that are read apart from all else.
struct Apart<'t> {
    check: Option<Value<'t>>,
    worksheet: Option<Value<'t>>,
}

/// The locales that could be understood.
pub(super) struct Locales {
    /// The source first.
    list: Vec<Locale>,
    are_complete: bool,
}

impl Locales {
    pub(crate) fn index(&self, tag: &str) -> Option<LocaleIndex> {
        self.list.iter().position(|locale| locale.tag == tag).map(LocaleIndex)
    }

    /// Returns whether each locale could be understood. If not, an unknown tag elsewhere may well be one of the others.
    pub(crate) fn are_complete(&self) -> bool {
        self.are_complete
    }

    pub(crate) fn tags(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|locale| locale.tag.as_str())
    }

    /// Returns advice for a tag that is not a locale of the site.
    pub(crate) fn instead_of(&self, tag: &str) -> String {
        let tags: Vec<_> = self.list.iter().map(|locale| locale.tag.as_str()).collect();
        instead_of(tag, &tags)
    }
}

/// Collects what is wrong. A part that cannot be resolved is None, and has been reported.
pub(super) struct Resolver<'a> {
    pub(crate) problems: &'a Problems,
    /// The tags under which texts stand and that are no locales of the site, and where.
    unknown_tags: BTreeMap<String, Vec<Span>>,
}

impl Resolver<'_> {
    /// Every part is resolved before any is found to be missing, so that all their faults are known.
    fn site(
        &mut self,
        written: WrittenSite,
        Apart { check, worksheet }: Apart<'_>,
        overrides: &Overrides,
        sources: &Sources,
    ) -> Option<Config> {
        let locales = self.locales(written.source_locale, written.locales);
        let base_url = self.base_url(written.base_url, overrides);
        let former_base_urls = all(written.former_base_urls.iter().map(|text| {
            let (read, place) = (address::base_url(&text.value), at(&text.span));
            self.address(Code::InvalidBaseUrl, read, place, "`former-base-urls`")
        }));
        let edit_url = self.edit_url(written.repository, written.branch, written.content_path, overrides);
        let title = self.texts("title", written.title, locales.as_ref());
        let description = self.texts("description", written.description, locales.as_ref());
        let written_ladders = written.ladders.iter().flat_map(|list| &list.value);
        let keys: Vec<_> = written_ladders.flat_map(|ladder| ladder.key.iter().chain(&ladder.was)).cloned().collect();
        let ladders = self.ladders(written.ladders);
        let collections = self.collections(written.pages, &keys, locales.as_ref());
        let note_groups = self.note_groups(written.note_groups, locales.as_ref());
        let keys = ladders.as_deref().map(inheritance::keys);
        let categories = self.shared("categories", written.categories, keys.as_deref(), locales.as_ref());
        let threads = self.shared("threads", written.threads, keys.as_deref(), locales.as_ref());
        self.not_own_and_adapted(written.provenance.as_ref(), &written.upstream);
        let own_title = title.as_ref().map(Localized::source);
        let provenance = written.provenance.and_then(|written| self.provenance(written, own_title, locales.as_ref()));
        let checks = self.checks(check, locales.as_ref());
        let worksheet = self.worksheet(worksheet, locales.as_ref());
        let theme = self.theme(written.theme, locales.as_ref(), sources);
        let upstreams = all(written.upstream.into_iter().map(|upstream| self.upstream(upstream)));
        let locales = locales.filter(Locales::are_complete)?;
        self.report_unknown_tags(&locales);
        self.problems.extend(unnamed::locales(sources, &locales.list));
        Some(Config {
            title: title?,
            description: description?,
            base_url: base_url?,
            former_base_urls: former_base_urls?,
            locales: locales.list.into(),
            ladders: ladders?,
            collections: collections?.into(),
            note_groups: note_groups?,
            categories: categories?.into(),
            threads: threads?.into(),
            edit_url: edit_url?,
            provenance: provenance?,
            upstreams: upstreams?,
            cards: written.open_graph.and_then(|written| cards(&written.cards?)),
            compared: written.compare.and_then(|written| written.pairs),
            side_by_side: written.side_by_side.and_then(|written| written.pairs),
            worksheet,
            checks,
            theme,
        })
    }

    /// Reports each tag once that is no locale of the site: one that was dropped may stand at many places.
    fn report_unknown_tags(&self, locales: &Locales) {
        for (tag, spans) in &self.unknown_tags {
            let message = format!("unknown key `{tag}`: it is not a locale of the site");
            let problem = at(&spans[0]).problem(Code::UnknownKey, message);
            let problem = spans[1..].iter().fold(problem, |problem, span| problem.related(at(span), "and here"));
            self.problems.report(problem.help(match spans.len() {
                1 => locales.instead_of(tag),
                _ => format!("remove these keys, or add `\"{tag}\"` to `locales`"),
            }));
        }
    }

    pub(crate) fn report(&mut self, code: Code, message: impl Into<String>, span: &Span, help: impl Into<String>) {
        self.problems.report(at(span).problem(code, message).help(help));
    }

    /// None if the source locale is not known, since then nothing is that is written by locale.
    fn locales(&mut self, source: Text, listed: Option<Vec<Spanned<String>>>) -> Option<Locales> {
        let source = source?;
        let mut seen: Vec<(Locale, Span)> = Vec::new();
        let mut are_complete = true;
        for tag in listed.iter().flatten() {
            let Some(locale) = self.locale(tag) else {
                are_complete = false;
                continue;
            };
            match seen.iter().find(|(other, _)| other.slug == locale.slug) {
                Some((_, first)) => {
                    let message = format!("the locale `{tag}` is listed twice", tag = locale.tag);
                    let problem = at(&tag.span).problem(Code::InvalidValue, message);
                    self.problems.report(problem.related(at(first), "first listed here").help("remove one of the two"));
                }
                None => seen.push((locale, tag.span.clone())),
            }
        }
        let source_locale = self.locale(&source)?;
        let mut list: Vec<_> = seen.into_iter().map(|(locale, _)| locale).collect();
        match list.iter().position(|locale| *locale == source_locale) {
            Some(at) => list[..=at].rotate_right(1),
            None => {
                if listed.is_some() {
                    let message = format!("the source locale `{tag}` is not among the locales", tag = source.value);
                    let help = format!("add `\"{tag}\"` to `locales`", tag = source.value);
                    self.report(Code::InvalidValue, message, &source.span, help);
                }
                list.insert(0, source_locale);
            }
        }
        Some(Locales { list, are_complete })
    }

    fn locale(&mut self, tag: &Spanned<String>) -> Option<Locale> {
        let form = || "write a tag such as `en`, `zh-TW` or `sr-Latn`".to_owned();
        let locale = Locale::probably(&tag.value);
        if let Some(locale) = locale.as_ref().filter(|locale| locale.tag == tag.value) {
            if locale.is_known() {
                return Some(self.unmistaken(locale, &tag.span));
            }
            let message = format!("`{tag}` names an unknown language or region", tag = tag.value);
            let help = locale.meant().map_or_else(form, |meant| {
                format!("write `{meant}`, and name its folder `{meant}`", meant = meant.tag)
            });
            self.report(Code::InvalidLocale, message, &tag.span, help);
            return None;
        }
        let message = format!("`{tag}` is not a BCP 47 language tag in its usual form", tag = tag.value);
        let help = match locale {
            Some(locale) => format!("write `{tag}`, and name its folder `{tag}`", tag = locale.tag),
            None => form(),
        };
        self.report(Code::InvalidLocale, message, &tag.span, help);
        None
    }

    /// Warns of a locale that may be meant otherwise.
    fn unmistaken(&mut self, locale: &Locale, span: &Span) -> Locale {
        if let Some((language, meant)) = locale.mistaken_for() {
            let message = format!("`{tag}` is the code of {language}", tag = locale.tag);
            let help = format!(
                "write `{meant}` if you mean that; otherwise allow `unlikely-locale` in `[check]`",
                meant = meant.tag
            );
            self.report(Code::UnlikelyLocale, message, span, help);
        }
        locale.clone()
    }

    fn base_url(&mut self, written: Text, overrides: &Overrides) -> Option<Url> {
        let written = written.map(|text| (address::base_url(&text.value), at(&text.span), "`base-url`".to_owned()));
        let given = overrides.base_url.as_ref();
        let given = given
            .map(|text| (address::base_url(text), Place::file(SITE), "`--base-url` or `RUNGS_BASE_URL`".to_owned()));
        let mut url = None;
        for (read, place, origin) in [written, given].into_iter().flatten() {
            url = self.address(Code::InvalidBaseUrl, read, place, &origin);
        }
        url
    }

    /// None inside for a site without a repository.
    fn edit_url(
        &mut self,
        repository: Text,
        branch: Text,
        content_path: Text,
        overrides: &Overrides,
    ) -> Option<Option<Url>> {
        let branch = branch.map_or(Some("main".to_owned()), |text| self.text("branch", text));
        let content_path = content_path.map_or("content".to_owned(), |text| text.value);
        let written =
            repository.map(|text| (address::repository(&text.value), at(&text.span), "`repository`".to_owned()));
        let given = overrides.repository.as_ref();
        let origin = "`--repository` or `RUNGS_REPOSITORY`".to_owned();
        let given = given.map(|text| (address::repository(text), Place::file(SITE), origin));
        let mut url = Some(None);
        for (read, place, origin) in [written, given].into_iter().flatten() {
            url = self.address(Code::InvalidValue, read, place, &origin).map(Some);
        }
        let (url, branch) = (url?, branch?);
        Some(url.map(|repository| address::edit(repository, &branch, &content_path)))
    }

    /// Reports what is wrong with an address. The origin is what it was given by.
    pub(crate) fn address(
        &mut self,
        code: Code,
        read: Result<Url, address::AddressFault>,
        place: Place,
        origin: &str,
    ) -> Option<Url> {
        let report = |fault: address::AddressFault| {
            self.problems.report(place.problem(code, (fault.message)(origin)).help(fault.help));
        };
        read.map_err(report).ok()
    }

    fn ladders(&mut self, written: Option<Spanned<Vec<WrittenLadder>>>) -> Option<Vec<LadderConfig>> {
        let written = written?;
        if written.value.is_empty() {
            self.report(
                Code::InvalidValue,
                "the site has no ladder".to_owned(),
                &written.span,
                "name one under `[[ladders]]`".to_owned(),
            );
        }
        let keys = written.value.iter().flat_map(|ladder| ladder.key.iter().chain(&ladder.was));
        self.distinct("key", keys);
        let prefixes = || written.value.iter().flat_map(|ladder| ladder.prefix.iter().chain(&ladder.kept_prefixes));
        self.distinct("prefix", prefixes());
        self.apart(&prefixes().collect::<Vec<_>>());
        let (ladders, kin): (Vec<_>, Vec<_>) = written.value.into_iter().map(LadderRelations::apart_from).unzip();
        let mut ladders = all(ladders.into_iter().map(|ladder| self.ladder(ladder)))?;
        self.inheritance(&mut ladders, kin);
        Some(ladders)
    }

    fn ladder(&mut self, written: WrittenLadder) -> Option<LadderConfig> {
        let key = written.key.and_then(|key| self.ladder_key(key));
        let prefix = written.prefix.and_then(|prefix| self.ladder_prefix(prefix));
        let kept_prefixes = all(written.kept_prefixes.into_iter().map(|prefix| self.ladder_prefix(prefix)));
        let was = all(written.was.into_iter().map(|key| self.ladder_key(key)));
        let levels_accumulate = written.levels_accumulate.unwrap_or(true);
        let (prefix, kept_prefixes) = (prefix?, kept_prefixes?);
        let (inherits, compare_with) = (None, None);
        Some(LadderConfig { key: key?, was: was?, prefix, kept_prefixes, levels_accumulate, inherits, compare_with })
    }

    fn ladder_key(&mut self, key: Spanned<String>) -> Option<String> {
        Some(self.part_of_addresses(key, "the key of a ladder")?.value)
    }

    /// A name that stands in addresses behind the locale, where no other page of the site may stand. `what` says what
    /// it is the name of.
    pub(crate) fn part_of_addresses(&mut self, name: Spanned<String>, what: &str) -> Option<Spanned<String>> {
        let text = &name.value;
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let help = if !text.split('-').all(is_word) {
            "write lower case letters a to z, digits and single hyphens: it is part of addresses".to_owned()
        } else if is_reserved(text) {
            let kept = "choose another name: `/{text}/` is reserved for a page of the site itself in each language";
            folder_advice(text, kept.replace("{text}", text))
        } else {
            return Some(name);
        };
        self.report(Code::InvalidValue, format!("`{text}` cannot be {what}"), &name.span, help);
        None
    }

    fn ladder_prefix(&mut self, prefix: Spanned<String>) -> Option<String> {
        let text = &prefix.value;
        if is_prefix(text) {
            return Some(prefix.value);
        }
        let help = "write upper case letters A to Z and digits, a letter first, such as `TL` for `TL-042`".to_owned();
        self.report(Code::InvalidValue, format!("`{text}` cannot be the prefix of ids"), &prefix.span, help);
        None
    }

    /// Reports values that stand at more than one ladder.
    fn distinct<'v>(&mut self, what: &str, values: impl Iterator<Item = &'v Spanned<String>>) {
        let mut seen: Vec<&Spanned<String>> = Vec::new();
        for value in values {
            match seen.iter().find(|other| other.value == value.value) {
                Some(first) => {
                    let message = format!("two ladders have the {what} `{value}`", value = value.value);
                    let problem = at(&value.span).problem(Code::InvalidValue, message);
                    let problem = problem.related(at(&first.span), "first used here");
                    self.problems.report(problem.help(format!("give each ladder a {what} of its own")));
                }
                None => seen.push(value),
            }
        }
    }

    /// A text that may not be empty.
    pub(crate) fn text(&mut self, name: &str, text: Spanned<String>) -> Option<String> {
        if text.value.trim().is_empty() {
            self.report(
                Code::InvalidValue,
                format!("`{name}` is empty"),
                &text.span,
                "write a text between the quotes".to_owned(),
            );
            return None;
        }
        Some(text.value)
    }

    pub(crate) fn texts(
        &mut self,
        name: &str,
        written: Option<PerLocale<Spanned<String>>>,
        locales: Option<&Locales>,
    ) -> Option<Localized<String>> {
        self.localized(name, written, locales, |resolver, tag, text| {
            resolver.text(&format!("{name}.{}", tag.value), text)
        })
    }

    /// Resolves a table by locale: the source's value is required, others should be there.
    pub(crate) fn localized<T, U>(
        &mut self,
        name: &str,
        written: Option<PerLocale<T>>,
        locales: Option<&Locales>,
        resolve: impl Fn(&mut Self, &Spanned<String>, T) -> Option<U>,
    ) -> Option<Localized<U>> {
        let (written, locales) = (written?, locales?);
        let mut found: Vec<Option<Option<U>>> = locales.list.iter().map(|_| None).collect();
        for (tag, value) in written.value.0 {
            match locales.index(&tag.value) {
                Some(index) => found[index.0] = Some(value.and_then(|value| resolve(self, &tag, value))),
                None if !locales.are_complete => {}
                None => {
                    self.unknown_tags.entry(tag.value).or_default().push(tag.span);
                }
            }
        }
        for (locale, _) in locales.list.iter().zip(&found).filter(|(_, found)| found.is_none()) {
            let is_source = locale.tag == locales.list[0].tag;
            let code = if is_source { Code::MissingKey } else { Code::MissingTranslation };
            let message = match is_source {
                true => format!("`{name}` lacks the source locale `{tag}`", tag = locale.tag),
                false => format!("`{name}` is not translated into `{tag}`", tag = locale.tag),
            };
            let help = format!("add `{tag} = …`", tag = locale.tag);
            let problem = at(&written.span).problem(code, message).help(help);
            self.problems.report(problem.in_locale(&locale.tag));
        }
        let mut found = found.into_iter().map(Option::flatten);
        let mut localized = Localized::source_only(found.next()??);
        for (index, translation) in found.enumerate() {
            if let Some(translation) = translation {
                localized.translate(LocaleIndex(index + 1), translation);
            }
        }
        Some(localized)
    }
}

/// Returns whether ids may begin with it.
pub(crate) fn is_prefix(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// Returns whether a prefix is another one with digits behind it: `T1001` could be T-1001 or T1-001.
pub(crate) fn goes_on_in_digits(longer: &str, shorter: &str) -> bool {
    let rest = longer.strip_prefix(shorter).unwrap_or_default();
    !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit())
}

/// All of them or, after every one has been looked at, nothing.
pub(super) fn all<T>(parts: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    parts.collect::<Vec<_>>().into_iter().collect()
}

/// The cards that a site asks for.
fn cards(written: &Spanned<WrittenCards>) -> Option<CardsConfig> {
    let of_criteria = match written.value {
        WrittenCards::Levels => false,
        WrittenCards::All => true,
        WrittenCards::False => return None,
    };
    Some(CardsConfig { of_criteria, place: at(&written.span) })
}

/// A place in `site.toml`.
pub(super) fn at(span: &Span) -> Place {
    Place::new(SITE, span.clone())
}
