//! `rungs translation`.

use camino::Utf8Path;
use serde::Serialize;

use super::arguments::{
    Base, ContentArguments, Format, Lack, Report, TranslationAccept, TranslationExport, TranslationImport,
    TranslationStart,
};
use super::arguments::{TranslationCommand as Arguments, TranslationStatus};
use super::site::{self, ChangeRefused, LoadedSite, SiteChange, edit};
use super::{Failure, Outcome, report};
use crate::config::{Config, Overrides};
use crate::diagnostic::{Code, Diagnostic, Place, Position, Problems, Refusal, has_errors};
use crate::gettext::po::Catalog;
use crate::locale::LocaleIndex;
use crate::proposal::{Reading, checked};
use crate::source::Sources;
use crate::text::{counted, list, nearest, padding};
use crate::translation::{
    AcceptOptions, Tally, Translation, TranslationState, Unit, Wanted, accept, in_plain_text, start, tally,
};
use crate::{gettext, write};

pub(super) fn run(command: &Arguments) -> Result<Outcome, Failure> {
    match command {
        Arguments::Status(arguments) => status(arguments),
        Arguments::Accept(arguments) => run_accept(arguments),
        Arguments::Start(arguments) => run_start(arguments),
        Arguments::Export(arguments) => run_export(arguments),
        Arguments::Import(arguments) => run_import(arguments),
    }
}

fn read(content: &ContentArguments) -> Result<Option<LoadedSite>, Failure> {
    site::read(content, &Base { base_url: None })
}

/// Returns the report of a command that prints no problems beside a refusal.
fn plain(quiet: bool) -> Report {
    Report { format: Format::Human, quiet }
}

fn refused(refusal: &Refusal, known: &LoadedSite, content: &ContentArguments) -> Outcome {
    report::refusal(refusal, &known.sources, &content.folder, &plain(false));
    Outcome::Problems
}

fn run_export(arguments: &TranslationExport) -> Result<Outcome, Failure> {
    let Some(known) = read(&arguments.content)? else { return Ok(Outcome::Problems) };
    let locale = match translation_locale(&known.understood.site.config, &arguments.locale) {
        Ok(locale) => locale,
        Err(refusal) => return Ok(refused(&refusal, &known, &arguments.content)),
    };
    let catalog = gettext::export(&known.understood, &known.sources, locale);
    let config = &known.understood.site.config;
    if let Some(refusal) = not_replaced(&arguments.file, &catalog, |language| gettext::is_for(config, locale, language))
    {
        return Ok(refused(&refusal, &known, &arguments.content));
    }
    let units = units(catalog.messages.len());
    write::replace(Utf8Path::new(""), &[(arguments.file.clone(), catalog.write())].into())?;
    report::summary(&plain(arguments.quiet), &format!("{}: {units}", arguments.file));
    Ok(Outcome::Fine)
}

/// Refuses to replace a file with other work in it than the export has.
fn not_replaced(file: &Utf8Path, export: &Catalog, is_ours: impl Fn(&str) -> bool) -> Option<Refusal> {
    let is_written = std::fs::metadata(file).is_ok_and(|found| found.is_file() && found.len() > 0);
    let earlier = is_written.then(|| std::fs::read(file).ok()).flatten()?;
    let text = gettext::decoded(file, earlier).ok();
    let earlier = text.map(|text| Catalog::read(file, &text, &Problems::default()));
    let Some(earlier) = earlier.filter(|earlier| !earlier.messages.is_empty() || !earlier.header.is_empty()) else {
        return Some(Refusal::new(format!("`{file}` exists, and is not a PO file")).help("name another file"));
    };
    if let Some(theirs) = earlier.field("Language").filter(|language| !language.is_empty() && !is_ours(language)) {
        let refusal = Refusal::new(format!("`{file}` exists, and is for the language `{theirs}`"));
        return Some(refusal.help("name another file"));
    }
    let lost = gettext::lost(&earlier, export);
    let few: Vec<_> = lost.iter().take(3).map(|key| format!("`{key}`")).collect();
    (!lost.is_empty()).then(|| {
        let translations = counted(lost.len(), "translation", "translations");
        let more = if lost.len() > few.len() { ", …" } else { "" };
        Refusal::new(format!("`{file}` has {translations} that the site does not have: {}{more}", few.join(", "))).help(
            "import it first if they are newer than those of the site; otherwise name another file, and merge this one \
             into it with `msgmerge`",
        )
    })
}

fn run_import(arguments: &TranslationImport) -> Result<Outcome, Failure> {
    let file = &arguments.file;
    let bytes = std::fs::read(file).map_err(|error| format!("`{file}` cannot be read: {error}"))?;
    let shown = |text: &str| Sources { texts: [(file.clone(), text.to_owned())].into(), ..Sources::default() };
    let text = match gettext::decoded(file, bytes) {
        Ok(text) => text,
        Err((problem, text)) => {
            let refusal = Refusal::new("nothing was imported from this file").problems(vec![*problem]);
            report::refusal(&refusal, &shown(&text), Utf8Path::new(""), &arguments.report);
            return Ok(Outcome::Problems);
        }
    };
    change(&arguments.content, &arguments.report, |reading| {
        let locale = translation_locale(reading.config(), &arguments.locale)?;
        let imported = gettext::import(reading, locale, (file, &text)).map_err(|refusal| {
            // What is wrong stands in the file, not in the content.
            match refusal.problems.iter().all(|problem| problem.label.place.path == *file) {
                true => ChangeRefused::elsewhere(refusal, shown(&text), Utf8Path::new("")),
                false => refusal.into(),
            }
        })?;
        let changed = match imported.changed.len() {
            0 => "nothing new".to_owned(),
            count => counted(count, "text written", "texts written"),
        };
        let mut clauses = vec![format!("{file}: {changed}")];
        clauses.extend((imported.fuzzy > 0).then(|| format!("{} fuzzy skipped", imported.fuzzy)));
        let left_out = imported.problems.len();
        clauses.extend((left_out > 0).then(|| counted(left_out, "problem reported above", "problems reported above")));
        let outcome = if has_errors(&imported.problems) { Outcome::Problems } else { Outcome::Fine };
        let line = clauses.join(", ");
        let (problems, elsewhere) = (imported.problems, Some(shown(&text)));
        Ok(SiteChange { problems, elsewhere, outcome, ..SiteChange::new(imported.edits, line) })
    })
}

fn run_accept(arguments: &TranslationAccept) -> Result<Outcome, Failure> {
    change(&arguments.content, &plain(arguments.quiet), |reading| {
        let units = if arguments.all { Wanted::All } else { Wanted::Named(arguments.units.clone()) };
        let locale = translation_locale(reading.config(), &arguments.locale)?;
        let (translator, reviewer) = (arguments.translator.clone(), arguments.reviewer.clone());
        let request = AcceptOptions { locale, units, stage: arguments.state, translator, reviewer };
        let accepted = accept(reading.site(), &reading.understood.translations, &reading.sources, &request)?;
        let mut clauses = vec![match accepted.changed.as_slice() {
            [] => "nothing new to record".to_owned(),
            [one] => format!("{one} is marked as current"),
            more => format!("{units} are marked as current", units = self::units(more.len())),
        }];
        if !accepted.dropped.is_empty() {
            clauses.push(format!("removed {keys}, no longer in the source", keys = list(&accepted.dropped)));
        }
        if !accepted.remaining.is_empty() {
            let (keys, its) = (
                list(&accepted.remaining),
                if accepted.remaining.len() == 1 { "its translation is" } else { "their translations are" },
            );
            clauses.push(format!("kept {keys}, no longer in the source: {its} still there to be removed"));
        }
        if arguments.all && accepted.missing > 0 {
            clauses.push(counted(accepted.missing, "unit missing", "units missing"));
        }
        if arguments.state.is_none() && accepted.unreviewed > 0 {
            let units = self::units(accepted.unreviewed);
            let how = "add `--state reviewed` when somebody has read the translation";
            clauses.push(format!("{units} not reviewed yet: {how}"));
        }
        Ok(SiteChange::new(checked(reading, accepted.edits)?, clauses.join("; ")))
    })
}

fn run_start(arguments: &TranslationStart) -> Result<Outcome, Failure> {
    let folder = &arguments.content.folder;
    change(&arguments.content, &plain(arguments.quiet), |reading| {
        let started = start(reading.site(), &reading.sources, &arguments.locale)?;
        let is_new = |path: &&camino::Utf8PathBuf| !reading.sources.texts.contains_key(*path);
        // What is no text is not among the sources, and is not written over either.
        if let Some(taken) = started.edits.keys().filter(is_new).find(|path| folder.join(path).exists()) {
            let refusal = Refusal::new(format!("{path} already exists", path = folder.join(taken)));
            return Err(refusal.help("move it out of the way").into());
        }
        let (files, tag) = (counted(started.edits.len(), "file", "files"), started.locale.tag);
        let status = format!("`rungs translation status --locale {tag}` shows what to translate");
        let is_new = !reading.config().locales.iter().any(|locale| locale.tag == tag);
        let line = match started.added.len() {
            _ if is_new => format!("{tag} started, {files} written: {status}"),
            0 => format!("{tag}: {files} written: {status}"),
            count => format!("{tag}: {} added, {files} written: {status}", counted(count, "place", "places")),
        };
        let added = || started.added.iter().map(|added| (&added.path, added.line, added.what.as_str()));
        let is_new_file = |path: &&camino::Utf8PathBuf| !reading.sources.texts.contains_key(*path) && !is_new;
        let files_made = started.edits.keys().filter(is_new_file).map(|path| (path, 1, "a new file"));
        let mut places: Vec<_> = added().chain(files_made).collect();
        places.sort();
        let place =
            |(path, line, what): (&camino::Utf8PathBuf, usize, &str)| format!("{}:{line}: {what}", folder.join(path));
        let mut lines: Vec<_> = places.into_iter().map(place).collect();
        lines.push(line);
        Ok(SiteChange { lines, ..SiteChange::new(checked(reading, started.edits)?, "") })
    })
}

/// Changes a site that has no errors.
fn change(
    content: &ContentArguments,
    report: &Report,
    propose: impl FnOnce(&Reading) -> Result<SiteChange, ChangeRefused>,
) -> Result<Outcome, Failure> {
    edit(&content.folder, &Overrides::default(), report, |reading| propose(reading.without_errors()?))
}

/// Returns the locale of a tag, unless it is the source's.
fn translation_locale(config: &Config, tag: &str) -> Result<LocaleIndex, Refusal> {
    let found = config.locale_indices().find(|&locale| config.locale(locale).tag.eq_ignore_ascii_case(tag));
    match found {
        Some(LocaleIndex::SOURCE) => {
            Err(Refusal::new(format!("{tag} is the language of the source, so there is nothing to translate")))
        }
        Some(locale) => Ok(locale),
        None => {
            let near = nearest(tag, config.locales.iter().skip(1).map(|locale| locale.tag.as_str()));
            let help = near.map_or_else(
                || format!("add it with `rungs translation start {tag}`"),
                |near| format!("did you mean `{near}`?"),
            );
            Err(Refusal::new(format!("{tag} is not a locale of the site")).help(help))
        }
    }
}

fn status(arguments: &TranslationStatus) -> Result<Outcome, Failure> {
    let Some(known) = read(&arguments.content)? else { return Ok(Outcome::Problems) };
    let locales = match &arguments.locale {
        None => known.understood.site.config.locale_indices().skip(1).collect(),
        Some(tag) => match translation_locale(&known.understood.site.config, tag) {
            Ok(locale) => vec![locale],
            Err(refusal) => return Ok(refused(&refusal, &known, &arguments.content)),
        },
    };
    let lacking = lacking(&known, &locales);
    let printer = Printer { known: &known, folder: &arguments.content.folder };
    if matches!(arguments.report.format, Format::Github | Format::Sarif) {
        let shown = lacking.iter().filter(|lack| *lack.state != TranslationState::Unrecorded);
        let problems: Vec<_> = shown.map(|lack| printer.problem(lack)).collect();
        report::problems(&problems, &known.sources, printer.folder, &arguments.report);
    }
    for &locale in &locales {
        printer.counts(locale).iter().for_each(|line| report::summary(&arguments.report, line));
        for lack in lacking.iter().filter(|lack| lack.locale == locale) {
            match arguments.report.format {
                // How many they are is said above.
                Format::Human if *lack.state == TranslationState::Unrecorded => {}
                Format::Human => report::summary(&arguments.report, &printer.lines(lack)),
                Format::Json => report::print_line(printer.json(lack)),
                Format::Github | Format::Sarif => {}
            }
        }
    }
    if locales.is_empty() {
        report::summary(&arguments.report, "the site has one language: `rungs translation start` adds another");
    }
    let fails = |entry: &Lacking| arguments.fail_on.iter().any(|lack| lack_name(*lack) == entry.state.name());
    Ok(if lacking.iter().any(fails) { Outcome::Problems } else { Outcome::Fine })
}

fn lack_name(lack: Lack) -> &'static str {
    match lack {
        Lack::Missing => TranslationState::Missing.name(),
        Lack::Outdated => "outdated",
        Lack::Unrecorded => TranslationState::Unrecorded.name(),
    }
}

/// A unit, or a key of the interface, with a translation that is not known to be current.
struct Lacking<'a> {
    locale: LocaleIndex,
    key: String,
    kind: &'static str,
    state: &'a TranslationState,
    /// The translation, or the source if there is none.
    place: Place,
    source: Option<&'a str>,
    source_place: Option<&'a Place>,
}

fn lacking<'a>(known: &'a LoadedSite, locales: &[LocaleIndex]) -> Vec<Lacking<'a>> {
    let mut lacking = Vec::new();
    for &locale in locales {
        let units = known.understood.translations.units().iter();
        let of_unit = |(unit, translation): (&'a Unit, &'a Translation)| Lacking {
            locale,
            key: unit.key.to_string(),
            kind: unit.kind.name(),
            state: &translation.state,
            place: translation.place.clone().unwrap_or_else(|| unit.place.clone()),
            source: Some(&unit.source),
            source_place: Some(&unit.place),
        };
        let standing = units.filter_map(|unit| Some((unit, unit.translation(locale)?)));
        lacking.extend(standing.filter(|(_, translation)| translation.state != TranslationState::Current).map(of_unit));
        let tag = &known.understood.site.config.locale(locale).tag;
        let words = known.words.keys(locale, tag).into_iter().filter(|(_, is_own)| !is_own);
        lacking.extend(words.map(|(key, _)| Lacking {
            locale,
            key: format!("interface:{key}"),
            kind: "interface",
            state: &TranslationState::Missing,
            place: Place::file(format!("i18n/{tag}.toml")),
            source: None,
            source_place: None,
        }));
    }
    lacking
}

/// One object of the JSON form.
#[derive(Serialize)]
struct StatusLine<'a> {
    key: &'a str,
    kind: &'static str,
    locale: &'a str,
    state: &'static str,
    path: String,
    line: Option<usize>,
    column: Option<usize>,
    source: Option<&'a str>,
    recorded: Option<&'a str>,
}

struct Printer<'a> {
    known: &'a LoadedSite,
    folder: &'a Utf8Path,
}

impl Printer<'_> {
    fn tag(&self, locale: LocaleIndex) -> &str {
        &self.known.understood.site.config.locale(locale).tag
    }

    fn path(&self, place: &Place) -> String {
        self.folder.join(&place.path).to_string()
    }

    /// Returns where a place is for people. None for a file as a whole.
    fn position(&self, place: &Place) -> Option<Position> {
        let text = self.known.sources.text(&place.path)?;
        (!place.span().is_empty()).then(|| Position::of(text, place.span().start))
    }

    fn address(&self, place: &Place) -> String {
        let path = self.path(place);
        self.position(place).map_or_else(|| path.clone(), |at| format!("{path}:{}:{}", at.line, at.column))
    }

    /// Returns the counts of a locale, kind by kind.
    fn counts(&self, locale: LocaleIndex) -> Vec<String> {
        let tallies = tally(&self.known.understood.translations, locale);
        let sum = |count: fn(&Tally) -> usize| tallies.iter().map(count).sum::<usize>();
        let (all, current) = (sum(|tally| tally.all), sum(Tally::current));
        let percentage = (current * 100).checked_div(all).unwrap_or(100);
        let tag = self.tag(locale);
        let mut lines = vec![format!("{tag}: {percentage}%, {current} of {all} units")];
        for tally in &tallies {
            let (percentage, current, all) = (tally.percentage(), tally.current(), tally.all);
            let mut counts = vec![format!("{current} of {all}")];
            let some = |count: usize, what: fn(usize) -> String| (count > 0).then(|| what(count));
            counts.extend(some(tally.missing, |number| format!("{number} missing")));
            counts.extend(some(tally.outdated, |number| format!("{number} outdated")));
            counts.extend(some(tally.unrecorded, |number| format!("{number} unrecorded")));
            counts.extend(some(tally.machine, |number| format!("{number} by machine")));
            counts.extend(some(tally.draft, |number| format!("{number} draft")));
            lines.push(format!("  {} {percentage:>3}%  {}", padded(tally.kind.label()), list(&counts)));
        }
        let words = self.known.words.keys(locale, tag);
        let own = words.iter().filter(|(_, is_own)| *is_own).count();
        let percentage = (own * 100).checked_div(words.len()).unwrap_or(100);
        let counts = format!("{own} of {all}", all = words.len());
        lines.push(format!("  {} {percentage:>3}%  {counts}", padded("interface")));
        if sum(|tally| tally.unrecorded) > 0 {
            let hint = format!(
                "to record one that is right, run `rungs translation accept {tag} KEY`, or `--all` if all translations are"
            );
            lines.push(format!("  {hint}"));
        }
        lines
    }

    /// Returns one unit for people: where it is, and what has changed.
    fn lines(&self, lacking: &Lacking<'_>) -> String {
        let (place, key) = (self.address(&lacking.place), &lacking.key);
        let mut line = match lacking.state {
            TranslationState::Missing => format!("{place}: {key} is missing"),
            TranslationState::Outdated { .. } => format!("{place}: {key} is outdated"),
            TranslationState::Unrecorded => format!("{place}: {key} is unrecorded"),
            TranslationState::Current => format!("{place}: {key} is current"),
        };
        if let (TranslationState::Outdated { recorded }, Some(source), Some(place)) =
            (lacking.state, lacking.source, lacking.source_place)
        {
            let difference = in_plain_text(recorded, source);
            let indented: Vec<_> = difference.lines().map(|line| format!("    {line}")).collect();
            line.push_str(&format!("\n  {}:\n{}", self.address(place), indented.join("\n")));
        }
        line
    }

    fn json(&self, lacking: &Lacking<'_>) -> String {
        let position = self.position(&lacking.place);
        let recorded = match lacking.state {
            TranslationState::Outdated { recorded } => Some(recorded.as_str()),
            _ => None,
        };
        let line = StatusLine {
            key: &lacking.key,
            kind: lacking.kind,
            locale: self.tag(lacking.locale),
            state: lacking.state.name(),
            path: self.path(&lacking.place),
            line: position.map(|at| at.line),
            column: position.map(|at| at.column),
            source: lacking.source,
            recorded,
        };
        serde_json::to_string(&line).expect("texts and numbers can always be written as JSON")
    }

    fn problem(&self, lacking: &Lacking<'_>) -> Diagnostic {
        let (key, tag) = (&lacking.key, self.tag(lacking.locale));
        let (code, message) = match lacking.state {
            TranslationState::Outdated { .. } => (Code::OutdatedTranslation, format!("{key} is outdated in {tag}")),
            _ => (Code::MissingTranslation, format!("{key} is missing in {tag}")),
        };
        let problem = lacking.place.problem(code, message);
        match (lacking.state, lacking.source, lacking.source_place) {
            (TranslationState::Outdated { recorded }, Some(source), Some(place)) => {
                problem.related(place.clone(), in_plain_text(recorded, source))
            }
            _ => problem,
        }
    }
}

fn units(count: usize) -> String {
    counted(count, "unit", "units")
}

/// Returns a text that takes as many columns as the widest kind of unit, in which Han characters take two.
fn padded(text: &str) -> String {
    const COLUMNS: usize = 9;
    text.to_owned() + &padding(COLUMNS, text)
}
