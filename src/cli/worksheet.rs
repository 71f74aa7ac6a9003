//! `rungs worksheet`.

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Report, SheetFormat, Worksheet};
use super::cite::{edition, editions, level, locale, misnamed_edition, no_level};
use super::refs::{STANDARD_INPUT, no_text, read_bytes};
use super::site::CitableSite;
use super::typst::{fits, pdf};
use super::{Failure, Outcome, output, report, site};
use crate::citing::{CitedLevel, FoundLevel, level_label, nearest_levels, pinned_level, place_then};
use crate::data::Print;
use crate::diagnostic::Refusal;
use crate::edition::Edition;
use crate::handle::{EditionIndex, LevelAt};
use crate::id::{CriterionId, EditionName};
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::{Site, Subject, reader_of};
use crate::source::{EncodedText, NoText};
use crate::text::{counted, list};
use crate::translation::in_plain_text;
use crate::worksheet::file::{Sheet, missed_headings};
use crate::worksheet::{self, Form, Languages, Row, Update, VERSION, known, level_of, rating_at, ratings, update};
use crate::write;

pub(super) fn run(arguments: &Worksheet) -> Result<Outcome, Failure> {
    let Some(known) = site::read_citable(&arguments.content, &arguments.base)? else { return Ok(Outcome::Problems) };
    let done = match &arguments.update {
        Some(path) => carry_over(arguments, &known.site, &known.words, path)?,
        None => blank(arguments, &known)?,
    };
    Ok(done.map_or_else(
        |refusal| {
            report::failure(&refusal);
            Outcome::Problems
        },
        |()| {
            known.warn_of_address(&arguments.content, &Report::HUMAN);
            Outcome::Fine
        },
    ))
}

/// A blank sheet, or what a PDF of it is made of.
enum BlankSheet {
    Text(String),
    Printed(Print),
}

/// Writes a blank sheet.
fn blank(arguments: &Worksheet, known: &CitableSite) -> Result<Result<(), Refusal>, Failure> {
    let (site, words) = (&known.site, &known.words);
    let made = found(arguments, site).and_then(|found| {
        let (edition, level, note) = match found {
            FoundLevel::Then(edition, level) => (Some(edition), level, None),
            FoundLevel::Now(level) => last(site, level, &arguments.locale),
        };
        let languages = languages(site, words, edition, &arguments.locale)?;
        let form = Form::of(site, edition, level);
        let sheet = match arguments.format {
            SheetFormat::Md => {
                BlankSheet::Text(form.blank(&languages, arguments.with_inherited).write(&worksheet::known(site, words)))
            }
            SheetFormat::Csv => BlankSheet::Text(form.table(&languages, arguments.with_inherited)),
            SheetFormat::Pdf => {
                fits(&languages.tags)?;
                BlankSheet::Printed(form.print(&languages, arguments.with_inherited))
            }
        };
        Ok((sheet, note))
    });
    let (sheet, note) = match made {
        Ok(made) => made,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let sheet = match sheet {
        BlankSheet::Text(text) => text.into_bytes(),
        BlankSheet::Printed(print) => match pdf(&known.sources, &print, arguments.paper)? {
            Ok(made) => made,
            Err(refusal) => return Ok(Err(refusal)),
        },
    };
    let done = hand_out(arguments.output.as_deref(), &sheet)?;
    if let Some(note) = note.filter(|_| done.is_ok()) {
        report::note(&note);
    }
    Ok(done)
}

/// Hands out a sheet. One that is there already is kept.
fn hand_out(output: Option<&Utf8Path>, sheet: &[u8]) -> Result<Result<(), Refusal>, Failure> {
    output::hand_out(output, sheet, ", and somebody may have filled it in", |path| {
        format!("name another file, or carry it over to another edition: `rungs worksheet --update {path}`")
    })
}

/// Finds the level that a blank sheet is asked for.
fn found(arguments: &Worksheet, site: &Site) -> Result<FoundLevel, Refusal> {
    let written = arguments.level.as_deref().unwrap_or_default();
    let written = match (&arguments.edition, written.split_once('@')) {
        (None, _) => written.to_owned(),
        (Some(edition), None) => format!("{written}@{edition}"),
        (Some(edition), Some((_, other))) if edition == other => written.to_owned(),
        (Some(edition), Some((level, other))) => {
            let refusal = Refusal::new(format!("two editions are named: {other} and {edition}"));
            return Err(refusal.help(format!("name one: `rungs worksheet {level} --edition {edition}`")));
        }
    };
    if let Some(refusal) = misnamed_edition(site, &written) {
        return Err(refusal);
    }
    level(site, &written)?.ok_or_else(|| no_such_level(site, &written))
}

fn no_such_level(site: &Site, written: &str) -> Refusal {
    let near = CitedLevel::parse(written).map(|cited| nearest_levels(site, &cited)).unwrap_or_default();
    let levels = list(near.iter().map(|label| format!("`{label}`")));
    let id = CriterionId::parse_leniently(written);
    if let Some(Subject::Criterion(at)) = id.and_then(|id| site.find(&id.to_string())) {
        let level = level_label(site, FoundLevel::Now(site[at].level.of(at.ladder)));
        let refusal = Refusal::new(format!("`{written}` is a criterion, and a worksheet is for a level"));
        return refusal.help(format!("name the level that expects it: `rungs worksheet {level}`"));
    }
    Refusal::new(format!("there is no level `{written}`")).help(format!("levels: {levels}"))
}

/// Returns the last edition and a level in it, if readers of all languages of the sheet find there what is asked now, and
/// says which it is.
fn last(site: &Site, level: LevelAt, tags: &[String]) -> (Option<EditionIndex>, LevelAt, Option<String>) {
    let label = level_label(site, FoundLevel::Now(level));
    let Some(edition) = site.history.editions.last_key() else {
        let note = "no edition has been released yet, so the sheet names none; `rungs release` creates one";
        return (None, level, Some(note.to_owned()));
    };
    let name = site.history.editions[edition].name();
    let mut read = site.config.locale_indices().filter(|&at| {
        let own = &site.config.locale(at).tag;
        tags.iter().any(|tag| tag.eq_ignore_ascii_case(own)) || (tags.is_empty() && at == LocaleIndex::SOURCE)
    });
    let is_same = read.all(|locale| pinned_level(site, level, locale).edition.is_some());
    match place_then(site, edition, level) {
        Some(then) if is_same => {
            let note = format!("the sheet is for {label} in edition {name}: the level has not changed since");
            (Some(edition), then, Some(note))
        }
        then => {
            let other = match then {
                Some(_) => format!("`--edition {name}` gives the one of the latest edition"),
                None => "no edition has it yet".to_owned(),
            };
            let note = format!(
                "{label} has changed since the latest edition, so the sheet is for its current version; {other}"
            );
            (None, level, Some(note))
        }
    }
}

/// Returns the languages of a sheet, by their tags. An edition may have some that the site has no more.
fn languages<'w>(
    site: &Site,
    words: &'w Words,
    edition: Option<EditionIndex>,
    tags: &[String],
) -> Result<Languages<'w>, Refusal> {
    let source = [site.config.locale(LocaleIndex::SOURCE).tag.clone()];
    let tags = if tags.is_empty() { &source } else { tags };
    let mut languages = Languages { words, reader: LocaleIndex::SOURCE, tags: Vec::new() };
    for (place, tag) in tags.iter().map(|tag| tag.trim()).enumerate() {
        let then = edition.map(|edition| &site.history.editions[edition].locales);
        let then = then.and_then(|locales| locales.iter().find(|locale| locale.tag.eq_ignore_ascii_case(tag)));
        let (reader, tag) = match then {
            Some(locale) => (reader_of(site, locale), locale.tag.clone()),
            None => {
                let locale = locale(site, Some(tag))?;
                (locale, site.config.locale(locale).tag.clone())
            }
        };
        if place == 0 {
            languages.reader = reader;
        }
        if !languages.tags.contains(&tag) {
            languages.tags.push(tag);
        }
    }
    Ok(languages)
}

/// Carries a filled-in sheet over to another edition.
fn carry_over(
    arguments: &Worksheet,
    site: &Site,
    words: &Words,
    path: &Utf8PathBuf,
) -> Result<Result<(), Refusal>, Failure> {
    let read = match EncodedText::read(&read_bytes(path)?) {
        Ok(read) => read,
        Err(reason) => return Ok(Err(no_sheet(path, reason))),
    };
    let text = read.text.as_str();
    let known = known(site, words);
    let sheet = Sheet::read(text, &known);
    let made = target(site, arguments.edition.as_deref()).and_then(|until| {
        is_readable(path, &sheet)?;
        let (from, level) = level_in(site, &sheet, path, until)?;
        let languages = languages_of(site, words, &sheet, until)?;
        let form = Form::of(site, Some(until), level);
        Ok((update(&sheet, &form, from, &languages, &known), until))
    });
    let (update, until) = match made {
        Ok(made) => made,
        Err(refusal) => return Ok(Err(refusal)),
    };
    remark(site, words, &sheet);
    tell_missed(site, path, text, &sheet);
    let name = site.history.editions[until].name().to_string();
    let lines = told(&update, arguments.dry_run);
    if arguments.dry_run {
        lines.iter().for_each(report::print_line);
        report::print_line(summary(&update, &name));
        return Ok(Ok(()));
    }
    let output = arguments.output.as_ref().or(Some(path).filter(|path| *path == STANDARD_INPUT));
    // Standard output may be for the sheet.
    let is_piped = output.is_some_and(|output| output == STANDARD_INPUT);
    for line in lines.iter().chain([&summary(&update, &name)]) {
        if is_piped { report::note(line) } else { report::summary(&Report::HUMAN, line) }
    }
    let written = update.sheet.write(&known);
    match (output, read.bytes(&written)) {
        // A file in UTF-16 becomes one in UTF-8.
        (Some(output), bytes) => {
            let bytes = bytes.filter(|bytes| std::str::from_utf8(bytes).is_ok());
            hand_out(Some(output), &bytes.unwrap_or_else(|| written.into_bytes()))
        }
        (None, _) if written == text => Ok(Ok(())),
        (None, Some(bytes)) => Ok(Ok(write::replace(Utf8Path::new(""), &[(path.clone(), bytes)].into())?)),
        (None, None) => {
            let refusal = Refusal::new(format!("`{path}` cannot be written in its encoding, {}", read.encoding()));
            Ok(Err(refusal.help("save it in UTF-8, then run this again")))
        }
    }
}

/// Refuses what is no text, with how to make it one that is a sheet.
fn no_sheet(path: &Utf8Path, reason: NoText) -> Refusal {
    match reason {
        NoText::Document(what) => {
            let refusal = Refusal::new(format!("`{path}` is {what}, but a worksheet is a Markdown file"));
            refusal.help("save it as Markdown or as plain text in UTF-8, then run this again with that file")
        }
        reason => no_text(path, reason, "worksheet --update -"),
    }
}

/// Returns the edition that a sheet is carried over to.
fn target(site: &Site, name: Option<&str>) -> Result<EditionIndex, Refusal> {
    let Some(name) = name else {
        let none = || {
            let refusal = Refusal::new("no edition has been released yet, so there is none to carry the sheet over to");
            refusal.help("`rungs release` creates one; until then, the sheet stays as it is")
        };
        return site.history.editions.last_key().ok_or_else(none);
    };
    edition(site, name)
}

/// Refuses what is no worksheet, and what a later Rungs wrote.
fn is_readable(path: &Utf8Path, sheet: &Sheet) -> Result<(), Refusal> {
    let version = sheet.version();
    if version == Some(VERSION) {
        return Ok(());
    }
    let is_later = |version: &str| version.parse().is_ok_and(|version: u32| version > 1);
    if let Some(version) = version.filter(|version| is_later(version)) {
        let refusal = Refusal::new(format!(
            "`{path}` is a worksheet in format {version}, but this version of Rungs only knows {VERSION}"
        ));
        return Err(refusal.help("update Rungs, then run the command again; the file stays as it is"));
    }
    let refusal = Refusal::new(format!(
        "`{path}` is not a worksheet: its front matter does not say `rungs-worksheet: {VERSION}`"
    ));
    Err(refusal.help(format!(
        "begin it with the lines `---`, `rungs-worksheet: {VERSION}`, `level: L6` and `---`, and each answer with the \
         id of \
         its criterion, `### TL-042`; `rungs worksheet L6` shows a blank one"
    )))
}

/// Returns the edition of a sheet, and its level in the edition that it is carried over to.
fn level_in(
    site: &Site,
    sheet: &Sheet,
    path: &Utf8Path,
    until: EditionIndex,
) -> Result<(Option<EditionIndex>, LevelAt), Refusal> {
    let value = |key: &str| sheet.front.get(key).unwrap_or_default();
    let (id, name) = (value("level"), site.history.editions[until].name());
    if id.is_empty() {
        let refusal = Refusal::new(format!("`{path}` does not say which level it is for"));
        return Err(refusal.help("write it below `rungs-worksheet: 1`: `level: L6`"));
    }
    let (from, level) = level_of(site, sheet, Some(until)).map_err(|reason| {
        let ladder = Some(value("ladder")).filter(|ladder| !ladder.is_empty()).map(str::to_owned);
        let cited = CitedLevel { ladder, id: id.to_owned(), edition: EditionName::parse(value("edition")) };
        no_level(site, &cited, &reason)
    })?;
    if let Some(from) = from.filter(|from| *from > until) {
        let from = site.history.editions[from].name();
        let refusal = Refusal::new(format!("`{path}` is for {from}, which came after {name}"));
        return Err(refusal.help(format!("carry it over to {from} or to a later edition")));
    }
    let level = level.ok_or_else(|| {
        let refusal = Refusal::new(format!("{name} has no level that corresponds to `{id}`"));
        refusal.help(format!(
            "create a sheet for the level that you mean, `rungs worksheet LEVEL --edition {name}`, and copy the \
             answers there; \
             `rungs refs {path}` says what became of each criterion"
        ))
    })?;
    Ok((from, level))
}

/// Returns the languages that a sheet names. What neither the edition nor the site has is passed over, and told.
fn languages_of<'w>(
    site: &Site,
    words: &'w Words,
    sheet: &Sheet,
    until: EditionIndex,
) -> Result<Languages<'w>, Refusal> {
    let named = sheet.front.get("locales").unwrap_or_default().split(',').map(|tag| tag.trim().to_owned());
    let (known, others): (Vec<_>, Vec<_>) = named
        .filter(|tag| !tag.is_empty())
        .partition(|tag| languages(site, words, Some(until), std::slice::from_ref(tag)).is_ok());
    if !others.is_empty() {
        let edition = site.history.editions[until].name();
        report::note(&format!(
            "{edition} is not in {}: it is quoted in the other languages of the sheet",
            list(&others)
        ));
    }
    languages(site, words, Some(until), &known)
}

/// Says what is odd about a sheet.
fn remark(site: &Site, words: &Words, sheet: &Sheet) {
    let value = |key: &str| sheet.front.get(key).filter(|value| !value.is_empty());
    let is_own = |address: &str| {
        let bases = std::iter::once(&site.config.base_url).chain(&site.config.former_base_urls);
        bases.map(url::Url::as_str).any(|base| base.trim_end_matches('/') == address.trim_end_matches('/'))
    };
    if let Some(other) = value("site").filter(|address| !is_own(address)) {
        report::warning(&format!("the sheet is from another site, {other}: its answers are matched by their ids only"));
    }
    if let Some(name) = value("edition")
        && !site.history.editions.iter().map(Edition::name).any(|edition| edition.to_string() == name)
    {
        report::warning(&format!("the sheet is for {name}, which is not an edition of the site: {}", editions(site)));
    }
    let of_site = ratings(site, words, LocaleIndex::SOURCE);
    let written = sheet.answers.iter().filter(|answer| !answer.rating().is_empty());
    let unknown = written.filter(|answer| rating_at(site, words, answer.rating()).is_none());
    let unknown = list(unknown.map(|answer| format!("{}: “{}”", answer.id, answer.rating())));
    if !unknown.is_empty() && !of_site.is_empty() {
        report::note(&format!("unknown ratings were kept: {unknown}"));
    }
}

/// Says which headings name a criterion of the site and begin no answer.
fn tell_missed(site: &Site, path: &Utf8Path, text: &str, sheet: &Sheet) {
    // The sheet may name another edition by the time that somebody follows the advice.
    let edition = sheet.front.get("edition").filter(|name| !name.is_empty());
    let edition = edition.map(|name| format!("@{name}")).unwrap_or_default();
    for (line, id) in missed_headings(text) {
        if matches!(site.find(&id.to_string()), Some(Subject::Criterion(_))) {
            let advice = format!("if it should, write `### {id}{edition}`");
            report::note(&format!("{path}:{line}: this heading does not begin an answer; {advice}"));
        }
    }
}

/// Returns what became of each answer, line by line. What is unchanged is left out unless all is wanted.
fn told(update: &Update, all: bool) -> Vec<String> {
    let rows = update.rows.iter().filter(|row| all || row.outcome != worksheet::Outcome::Unchanged);
    let mut lines: Vec<String> = rows
        .flat_map(|row| {
            let differences = row.differences.iter().map(|(old, new)| format!("    {}", in_plain_text(old, new)));
            std::iter::once(format!("{}  {}", row.id, became(row))).chain(differences).collect::<Vec<_>>()
        })
        .collect();
    if !update.left_out.is_empty() {
        let new = counted(update.left_out.len(), "criterion is", "criteria are");
        let ids = list(&update.left_out);
        lines.push(format!(
            "{new} new at the level, and not added, since the sheet did not have all criteria before: {ids}"
        ));
    }
    lines
}

fn became(row: &Row) -> String {
    use worksheet::Outcome as Became;
    let emptied = |rating: &str| match rating {
        "" => String::new(),
        rating => format!("; the rating “{rating}” was cleared, and is kept above the evidence"),
    };
    match &row.outcome {
        Became::Unchanged => "unchanged".to_owned(),
        Became::Reworded => "reworded, expects the same".to_owned(),
        Became::Changed => "its wording differs from the quotation in the sheet".to_owned(),
        Became::Eased => "expects less".to_owned(),
        Became::Recategorised => "is in another category".to_owned(),
        Became::Stricter { since, rating } => format!("has expected more since {since}{}", emptied(rating)),
        Became::Moved { to, stricter: None, .. } => format!("now expected at {to}"),
        Became::Moved { to, stricter: Some(since), rating } => {
            format!("now expected at {to}, and has expected more since {since}{}", emptied(rating))
        }
        Became::Withdrawn(successors) if successors.is_empty() => "no longer expected".to_owned(),
        Became::Withdrawn(successors) => format!("no longer expected; replaced by: {}", list(successors)),
        Became::Gone => "no longer expected, and left where it is".to_owned(),
        Became::New => "new".to_owned(),
        Became::Newer(edition) => format!("is for {edition}, which came later: left as it is"),
        Became::Unknown => "not known here: left as it is".to_owned(),
    }
}

fn summary(update: &Update, edition: &str) -> String {
    let count = |is_it: fn(&Row) -> bool| update.rows.iter().filter(|row| is_it(row)).count();
    let new = count(|row| row.outcome == worksheet::Outcome::New);
    let unchanged = count(|row| row.outcome == worksheet::Outcome::Unchanged);
    let answers = counted(update.rows.len() - new, "answer", "answers");
    format!("{edition}: {answers}, {unchanged} unchanged, {new} new")
}
