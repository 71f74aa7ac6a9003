//! `rungs export`.

use camino::Utf8Path;
use clap::ValueEnum;

use super::arguments::{Export, ExportFormat, Report};
use super::cite::edition;
use super::output::hand_out;
use super::typst::{fits, pdf};
use super::{Failure, Outcome, report, site};
use crate::data::{Print, Selection, Table, ladder_markdown, state};
use crate::diagnostic::Refusal;
use crate::edition::Frozen;
use crate::handle::LadderIndex;
use crate::interface::Words;
use crate::model::Site;
use crate::text::{either, list, nearest};

pub(super) fn run(arguments: &Export) -> Result<Outcome, Failure> {
    let Some(known) = site::read_citable(&arguments.content, &arguments.base)? else { return Ok(Outcome::Problems) };
    let done = match exported(arguments, &known.site, &known.words) {
        Ok(Made::Whole(made)) => hand_over(arguments, &made)?,
        Ok(Made::Printed(print)) => match pdf(&known.sources, &print, arguments.paper)? {
            Ok(made) => hand_over(arguments, &made)?,
            Err(refusal) => Err(refusal),
        },
        Err(refusal) => Err(refusal),
    };
    Ok(match done {
        Ok(()) => {
            known.warn_of_address(&arguments.content, &Report::HUMAN);
            Outcome::Fine
        }
        Err(refusal) => {
            report::failure(&refusal);
            Outcome::Problems
        }
    })
}

/// What was asked for, or what a PDF of it is made of.
enum Made {
    Whole(Vec<u8>),
    Printed(Print),
}

fn hand_over(arguments: &Export, made: &[u8]) -> Result<Result<(), Refusal>, Failure> {
    let again = |path: &Utf8Path| format!("remove it first, or name a file other than `{path}`");
    hand_out(arguments.output.as_deref(), made, "", again)
}

fn exported(arguments: &Export, site: &Site, words: &Words) -> Result<Made, Refusal> {
    let edition = arguments.edition.as_deref().map(|name| edition(site, name)).transpose()?;
    let frozen = site.as_of(edition);
    let format = format(arguments)?;
    let ladder = arguments.ladder.as_deref().map(|key| ladder(frozen, key)).transpose()?;
    let tags = tags(frozen, &arguments.locale)?;
    let selection = Selection { edition, ladder, tags };
    let made = match format {
        ExportFormat::Pdf => {
            let tags = printed_tags(arguments, frozen, &selection)?;
            return Ok(Made::Printed(Print::ladders(site, words, &Selection { tags, ..selection })));
        }
        ExportFormat::Json => whole(arguments).map(|()| state(site, edition).into_bytes()),
        ExportFormat::Csv => Ok(Table::of(site, &selection).csv().into_bytes()),
        ExportFormat::Xlsx => workbook(site, &selection),
        ExportFormat::Md => {
            let tag = one_locale(arguments, frozen, &selection)?;
            let ladder = one_ladder(frozen, &selection)?;
            Ok(ladder_markdown(site, frozen, ladder, tag).into_bytes())
        }
    };
    made.map(Made::Whole)
}

/// Returns the form that is asked for, or that the ending of the file names.
fn format(arguments: &Export) -> Result<ExportFormat, Refusal> {
    if let Some(format) = arguments.format {
        return Ok(format);
    }
    let ending = arguments.output.as_ref().and_then(|path| path.extension()).unwrap_or("json");
    ExportFormat::from_str(ending, true).map_err(|_| {
        let refusal = Refusal::new(format!("there is no format with the extension `.{ending}`"));
        let endings = ExportFormat::value_variants().iter().filter_map(|form| form.to_possible_value());
        let endings: Vec<_> = endings.map(|form| format!("`.{}`", form.get_name())).collect();
        refusal.help(format!("name a file that ends in {}, or add `--format`", either(&endings)))
    })
}

fn ladder(frozen: &Frozen, key: &str) -> Result<LadderIndex, Refusal> {
    let is_it = |name: &String| name.eq_ignore_ascii_case(key);
    let found = frozen.ladders.position(|ladder| is_it(&ladder.key));
    let found = found.or_else(|| frozen.ladders.position(|ladder| ladder.was.iter().any(is_it)));
    found.ok_or_else(|| Refusal::new(format!("there is no ladder `{key}`")).help(keys(frozen, Some(key))))
}

/// Returns advice that names the ladders, or the one that is like a word.
fn keys(frozen: &Frozen, like: Option<&str>) -> String {
    let all: Vec<_> = frozen.ladders.iter().map(|ladder| ladder.key.as_str()).collect();
    match like.and_then(|key| nearest(key, all.iter().copied())) {
        Some(near) => format!("did you mean `--ladder {near}`?"),
        None => format!("name one: {}", either(all.iter().map(|key| format!("`--ladder {key}`")).collect::<Vec<_>>())),
    }
}

/// Returns the languages that are asked for, or all.
fn tags(frozen: &Frozen, asked: &[String]) -> Result<Vec<String>, Refusal> {
    if asked.is_empty() {
        return Ok(frozen.locales.clone());
    }
    let mut tags: Vec<String> = Vec::new();
    for asked in asked {
        let found = frozen.locales.iter().find(|tag| tag.eq_ignore_ascii_case(asked));
        let found = found.ok_or_else(|| {
            let refusal = Refusal::new(format!("there is no locale `{asked}`"));
            match nearest(asked, frozen.locales.iter().map(String::as_str)) {
                Some(near) => refusal.help(format!("did you mean `{near}`?")),
                None => refusal.help(format!("its locales: {}", list(&frozen.locales))),
            }
        })?;
        if !tags.contains(found) {
            tags.push(found.clone());
        }
    }
    Ok(tags)
}

/// Refuses a part of what is only there as a whole.
fn whole(arguments: &Export) -> Result<(), Refusal> {
    let part = match arguments {
        Export { ladder: Some(_), .. } => "--ladder",
        Export { locale, .. } if !locale.is_empty() => "--locale",
        _ => return Ok(()),
    };
    let refusal = Refusal::new("JSON contains all ladders in all languages, as published by the site");
    Err(refusal.help(format!("leave out `{part}`, or choose another format: `--format csv`")))
}

/// Returns the language of what is written in one.
fn one_locale<'a>(arguments: &Export, frozen: &'a Frozen, selection: &'a Selection) -> Result<&'a str, Refusal> {
    match selection.tags.as_slice() {
        [tag] => Ok(tag),
        _ if arguments.locale.is_empty() => Ok(frozen.source()),
        _ => {
            let refusal = Refusal::new("a Markdown file has one language");
            Err(refusal.help("name one locale, and export each into a file of its own"))
        }
    }
}

/// Returns the languages on paper: the source, unless others are asked for.
fn printed_tags(arguments: &Export, frozen: &Frozen, selection: &Selection) -> Result<Vec<String>, Refusal> {
    match arguments.locale.as_slice() {
        [] => Ok(vec![frozen.source().to_owned()]),
        _ => fits(&selection.tags).map(|()| selection.tags.clone()),
    }
}

fn one_ladder(frozen: &Frozen, selection: &Selection) -> Result<LadderIndex, Refusal> {
    match (selection.ladder, frozen.ladders.first_key()) {
        (Some(ladder), _) => Ok(ladder),
        (None, Some(only)) if frozen.ladders.len() == 1 => Ok(only),
        _ => Err(Refusal::new("a Markdown file has one ladder").help(keys(frozen, None))),
    }
}

#[cfg(feature = "export")]
fn workbook(site: &Site, selection: &Selection) -> Result<Vec<u8>, Refusal> {
    Ok(crate::data::workbook(site, selection, &Table::of(site, selection)))
}

#[cfg(not(feature = "export"))]
fn workbook(_: &Site, _: &Selection) -> Result<Vec<u8>, Refusal> {
    let refusal = Refusal::new("this program was built without support for workbooks");
    Err(refusal.help("use a release build of Rungs, build it with `--features export`, or write `--format csv`"))
}
