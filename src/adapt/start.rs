//! Making a content folder of another one.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::settings::Settings;
use crate::adaptation::{Terms, Upstream};
use crate::blocks::{edited, line_end_of};
use crate::config::{self, BASE_URL, Config, Overrides, SITE, is_prefix};
use crate::diagnostic::{Code, Diagnostic, Problems, Refusal, Severity, has_errors};
use crate::edition::{Edition, Frozen, changes};
use crate::id::{EDITIONS, UPSTREAM};
use crate::image::Image;
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::freeze;
use crate::proposal::Reading;
use crate::register::{Key, REGISTER, Register};
use crate::source::Sources;
use crate::translation::FILE as RECORDS;

/// Options of `rungs adapt`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AdaptOptions {
    /// Prefixes of new ids: `AC`, or for one of several ladders `engineering=AC`.
    pub(crate) prefixes: Vec<String>,
    /// The person or organisation that makes the new site.
    pub(crate) by: String,
    pub(crate) by_url: Option<String>,
    /// The title of the new site: `TEXT` for the source locale, `LOCALE=TEXT` for any. Without it the title stays.
    pub(crate) title: Vec<String>,
    /// The address of the new site.
    pub(crate) base_url: Option<String>,
    pub(crate) date: Date,
}

/// A new content folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StartedAdaptation {
    pub(crate) texts: BTreeMap<Utf8PathBuf, String>,
    /// The images, but for those of editions and of pages that stay behind.
    pub(crate) images: BTreeMap<Utf8PathBuf, Arc<Image>>,
    /// The title of the upstream.
    pub(crate) upstream: String,
    pub(crate) criteria: usize,
    /// The keys of `[theme]` that are left out since they name files, and whether there is a theme that is left out.
    pub(crate) theme: (Vec<&'static str>, bool),
    /// A question about the licence that only a person can answer.
    pub(crate) warning: Option<String>,
    /// Problems of the new site that are to be fixed.
    pub(crate) problems: Vec<Diagnostic>,
}

/// Makes a content folder of another one, in memory.
///
/// # Errors
/// If the upstream has errors or its licence does not allow it, or if what is asked for does not fit it.
pub(crate) fn start(upstream: &Reading, request: &AdaptOptions) -> Result<StartedAdaptation, Refusal> {
    let (sources, config, site) = (&upstream.sources, upstream.config(), upstream.site());
    let register = &upstream.understood.register;
    let warning = judge(config)?;
    let title = match request.title.as_slice() {
        [] => BTreeMap::new(),
        written => crate::withdraw::read_reasons(config, written)?,
    };
    if !title.is_empty() && !title.contains_key(&config.locale(LocaleIndex::SOURCE).tag) {
        let tag = &config.locale(LocaleIndex::SOURCE).tag;
        return Err(Refusal::new(format!("there is no title in the source locale, {tag}"))
            .help("add `--title \"…\"` without a locale"));
    }
    let words = Words::new(sources, config, &Problems::default());
    let changes = config.locale_indices().map(|locale| {
        let upstream = config.title.read(locale).0;
        (config.locale(locale).tag.clone(), words.phrase(locale, "adaptation.change", &[("upstream", upstream)]))
    });
    let from = config.title.source();
    let left_out = config.collections.iter().filter(|collection| !collection.is_adapted);
    let left_out: Vec<_> = left_out.map(|collection| collection.folder.as_str()).collect();
    let settings = Settings {
        base_url: request.base_url.as_deref().unwrap_or(BASE_URL),
        title: &title,
        prefixes: &prefixes(config, &request.prefixes)?,
        by: &request.by,
        by_url: request.by_url.as_deref(),
        changes: &changes.collect::<Vec<_>>(),
        left_out: &left_out,
        upstream: (from, config.base_url.as_str()),
    };
    let mut texts = sources.texts.clone();
    texts.retain(|path, _| !path.starts_with(EDITIONS));
    leave_out(&mut texts, config, &left_out);
    let number = texts.keys().filter(|path| path.starts_with(UPSTREAM) && path.extension() == Some("json")).count() + 1;
    texts.insert(Upstream::path_of(number), record(upstream, request.date).text());
    let site_toml = settings.apply(&texts[camino::Utf8Path::new(SITE)]).ok_or_else(unwritable)?;
    texts.insert(SITE.into(), site_toml);
    texts.insert(REGISTER.into(), forgotten(register)?);
    let mut images = sources.images.clone();
    images.retain(|path, _| !path.starts_with(EDITIONS) && !is_left_out(path, config, &left_out));
    let problems = checked(&texts, &images, &settings)?;
    if problems.iter().any(|problem| problem.code == Code::AlteredUpstream) {
        return Err(Refusal::new(
            "the upstream has text that cannot be recorded: its marks, lists or quotations are nested too deep",
        )
        .help("nest less in a copy of the upstream, and adapt that"));
    }
    let criteria = site.ladders.iter().map(|ladder| ladder.criteria.len()).sum();
    let theme = (config.theme.with_files(), !sources.theme.is_empty());
    Ok(StartedAdaptation { texts, images, upstream: from.clone(), criteria, theme, warning, problems })
}

/// Removes folders of pages, and the records of their translations.
fn leave_out(texts: &mut BTreeMap<Utf8PathBuf, String>, config: &Config, left_out: &[&str]) {
    if left_out.is_empty() {
        return;
    }
    texts.retain(|path, _| !is_left_out(path, config, left_out));
    for locale in &config.locales {
        let root = Utf8Path::new(&locale.tag);
        let Some(records) = texts.get_mut(&root.join(RECORDS)) else { continue };
        let kept = edited(records, line_end_of(records), |document| {
            document.retain(|key, _| !left_out.iter().any(|folder| key.split(':').next() == Some(folder)));
            Some(())
        });
        // They are TOML: the upstream has no errors.
        if let Some(kept) = kept {
            *records = kept;
        }
    }
}

/// Returns whether a file stands in one of some folders of pages.
fn is_left_out(path: &Utf8Path, config: &Config, left_out: &[&str]) -> bool {
    let roots = || config.locales.iter().map(|locale| Utf8Path::new(&locale.tag));
    left_out.iter().any(|folder| roots().any(|root| path.starts_with(root.join(folder))))
}

/// Reads the upstream as it is now.
///
/// # Errors
/// If it has errors. They stand in its files.
pub(crate) fn read_upstream(
    sources: &Sources,
    found: Vec<Diagnostic>,
    overrides: &Overrides,
) -> Result<Reading, Refusal> {
    let problems = match Reading::of(sources, found, overrides) {
        Ok(reading) if has_errors(reading.problems()) => reading.problems().to_vec(),
        Ok(reading) => return Ok(reading),
        Err(problems) => problems,
    };
    let errors = problems.into_iter().filter(|problem| problem.severity() == Severity::Error).collect();
    Err(Refusal::new("the upstream has errors, which your site would inherit")
        .help("ask its owners to fix them, or fix them in a copy of your own")
        .problems(errors))
}

/// Returns a warning about licence terms that a person has to judge, or refuses if the licence forbids adapting.
fn judge(config: &Config) -> Result<Option<String>, Refusal> {
    let Some(licence) = &config.provenance.licence else {
        let owner = config.provenance.source.creators.first().map_or("its owner", |owner| owner.name.as_str());
        return Err(Refusal::new(format!(
            "all rights in this ladder are reserved by {owner}, and it names no licence"
        ))
        .help(
            "ask for permission; its owner then names a licence in `[provenance.source]` and `[provenance.licence]`",
        ));
    };
    match Terms::of(&licence.spdx) {
        Terms::NoDerivatives => Err(Refusal::new(format!(
            "{licence} does not allow sharing adapted versions",
            licence = licence.short_name
        ))
        .help("ask the creators for permission, or link to their site instead")),
        Terms::Unknown => Ok(Some(format!(
            "Rungs does not know the licence `{spdx}`: check at {url} whether it allows adapting the text, and under \
             which licence",
            spdx = licence.spdx,
            url = licence.url
        ))),
        Terms::ShareAlike(_) | Terms::Free => Ok(None),
    }
}

/// Returns the prefixes of each ladder, by its key: that of new ids, and those that are kept.
fn prefixes(config: &Config, written: &[String]) -> Result<BTreeMap<String, (String, Vec<String>)>, Refusal> {
    let mut prefixes = BTreeMap::new();
    let mut taken: Vec<&str> = config.ladders.iter().flat_map(config::LadderConfig::prefixes).collect();
    for text in written {
        let (key, prefix) = match (text.split_once('='), config.ladders.as_slice()) {
            (Some((key, prefix)), _) => (key, prefix),
            (None, [ladder]) => (ladder.key.as_str(), text.as_str()),
            (None, _) => return Err(of_which_ladder(config)),
        };
        let Some(ladder) = config.ladders.iter().find(|ladder| ladder.key == key) else {
            return Err(
                Refusal::new(format!("the upstream has no ladder `{key}`")).help(of_which_ladder(config).message)
            );
        };
        if !is_prefix(prefix) {
            return Err(Refusal::new(format!("`{prefix}` cannot be the prefix of ids"))
                .help("write upper case letters A to Z and digits, a letter first, such as `AC` for `AC-001`"));
        }
        if taken.contains(&prefix) {
            return Err(Refusal::new(format!("ids that begin with {prefix} are already in use"))
                .help("choose another prefix, so that a new criterion never has an id that the upstream may give"));
        }
        taken.push(prefix);
        let kept = ladder.prefixes().map(str::to_owned).collect();
        if prefixes.insert(key.to_owned(), (prefix.to_owned(), kept)).is_some() {
            return Err(
                Refusal::new(format!("the ladder `{key}` has two prefixes")).help("write one `--prefix` for each")
            );
        }
    }
    if prefixes.len() < config.ladders.len() {
        return Err(of_which_ladder(config));
    }
    Ok(prefixes)
}

fn of_which_ladder(config: &Config) -> Refusal {
    let options: Vec<_> = config.ladders.iter().map(|ladder| format!("--prefix {}=…", ladder.key)).collect();
    Refusal::new("each ladder needs a prefix of its own for new ids")
        .help(format!("write `{full}`", full = options.join(" ")))
}

/// Returns the record of the upstream that the new site keeps.
pub(super) fn record(upstream: &Reading, date: Date) -> Upstream {
    let last = upstream.site().history.editions.last();
    let name = last.map(|last| last.name().clone());
    let frozen = Frozen { edition: name, date: Some(date), ..freeze(upstream.site()) };
    let is_released = |last: &&Edition| changes(&last.frozen, &frozen).is_empty();
    let edition = last.filter(is_released).map(|last| last.name().clone());
    let places = frozen.places();
    let withdrawn = upstream.understood.register.entries().filter_map(|(key, _)| match key {
        Key::Criterion(id) if !places.contains_key(id) => Some(id.clone()),
        _ => None,
    });
    let withdrawn = withdrawn.collect();
    Upstream::new(&upstream.config().base_url, edition, withdrawn, frozen)
}

/// Returns the register without the upstream's editions: the new site begins its own.
fn forgotten(register: &Register) -> Result<String, Refusal> {
    register.telling(&[], &BTreeMap::new()).ok_or_else(|| {
        Refusal::new("the upstream's register cannot be rewritten")
            .help("write each entry as a block, with a line such as `[criterion.TL-001]`, then `state = \"active\"`")
    })
}

fn unwritable() -> Refusal {
    Refusal::new("the upstream's site.toml cannot be rewritten")
        .help("write its ladders under `[[ladders]]` and its changes under `[[provenance.modifications]]`")
}

/// Reads the new site again and returns its problems. Refuses if it is not the site that was asked for.
fn checked(
    texts: &BTreeMap<Utf8PathBuf, String>,
    images: &BTreeMap<Utf8PathBuf, Arc<Image>>,
    settings: &Settings<'_>,
) -> Result<Vec<Diagnostic>, Refusal> {
    let sources = Sources { texts: texts.clone(), images: images.clone(), ..Sources::default() };
    let read = Reading::of(&sources, Vec::new(), &Overrides::default()).map_err(|problems| {
        let refusal = Refusal::new("these options do not make a valid site.toml");
        refusal.help("fix the options that are reported").problems(problems)
    })?;
    let config = read.config();
    let is_meant = config.ladders.iter().all(|ladder| {
        let meant = settings.prefixes.get(&ladder.key);
        meant.is_some_and(|(prefix, kept)| *prefix == ladder.prefix && *kept == ladder.kept_prefixes)
    });
    let by = config.provenance.modifications.last().map(|step| step.by.name.as_str());
    if !is_meant || by != Some(settings.by) {
        return Err(unwritable());
    }
    Ok(read.problems().to_vec())
}
