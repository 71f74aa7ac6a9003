//! `rungs refs`.

use std::collections::BTreeMap;
use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Format, Refs, Report};
use super::severities::SeverityOverrides;
use super::{Failure, Outcome, report, site};
use crate::citing::{Asked, ReadText, Review, is_hypertext, judge, nearest_edition};
use crate::diagnostic::{Refusal, has_errors, sorted};
use crate::edition::Edition;
use crate::handle::EditionIndex;
use crate::id::EditionName;
use crate::model::Site;
use crate::source::{EncodedText, NoText, Sources};
use crate::text::{counted, list};
use crate::write;

/// The argument for standard input, as in most programs.
pub(super) const STANDARD_INPUT: &str = "-";

/// The name of standard input in messages.
const STANDARD_INPUT_NAME: &str = "<stdin>";

pub(super) fn run(arguments: &Refs) -> Result<Outcome, Failure> {
    let Refs { content, base, .. } = arguments;
    let known = match &arguments.data {
        Some(folder) => site::read_published(folder, content, base)?,
        None => site::read_citable(content, base)?,
    };
    let Some(known) = known else { return Ok(Outcome::Problems) };
    let options = Report::from(arguments.report);
    let severities = SeverityOverrides::of(&arguments.severities)?;
    let as_of = arguments.edition.as_deref().map(|name| edition(&known.site, name)).transpose()?;
    let asked = Asked::of(&known.site, &known.words, as_of);
    let texts = read(&arguments.files)?;
    let piped = texts.contains_key(Utf8Path::new(STANDARD_INPUT_NAME));
    let judged = |(path, read): (&'_ Utf8PathBuf, &ReadFile)| {
        let source = read.text.text.as_str();
        let reading = match is_hypertext(path.as_str(), source) {
            true => ReadText::hypertext(source),
            false => ReadText::plain(source),
        };
        (path.clone(), judge(&asked, path, source, &reading))
    };
    if arguments.fix && piped && options.format != Format::Human {
        let refused =
            "with `--fix`, standard output is for the text, so problems can only be printed in the human format"
                .to_owned();
        return Err(refused.into());
    }
    if arguments.data.is_none() {
        known.warn_of_address(&arguments.content, &options);
    }
    let reviews: BTreeMap<_, _> = texts.iter().map(judged).collect();
    let told = |review: &Review| {
        let unpinnable = if arguments.fix { review.unpinnable.clone() } else { Vec::new() };
        review.problems.clone().into_iter().chain(unpinnable).collect::<Vec<_>>()
    };
    let problems = severities.judged(sorted(reviews.values().flat_map(told).collect()));
    let shown = texts.iter().map(|(path, read)| (path.clone(), read.text.text.clone())).collect();
    let shown = Sources { texts: shown, ..Sources::default() };
    report::problems(&problems, &shown, Utf8Path::new(""), &options);
    if arguments.fix {
        pin(&reviews, &texts)?;
    }
    if !(arguments.fix && piped) {
        report::summary(&options, &summary(&reviews, arguments.fix, problems.len()));
    }
    Ok(if has_errors(&problems) { Outcome::Problems } else { Outcome::Fine })
}

/// Finds the edition that everything is judged as of.
fn edition(site: &Site, name: &str) -> Result<EditionIndex, Failure> {
    let found = EditionName::parse(name).and_then(|name| site.history.edition(&name));
    found.ok_or_else(|| {
        let help = match nearest_edition(site, name) {
            Some(near) => format!("did you mean `{near}`?"),
            None if site.history.editions.is_empty() => "none has been released yet".to_owned(),
            None => format!("editions: {}", list(site.history.editions.iter().map(Edition::name))),
        };
        Refusal::new(format!("the site has no edition `{name}`")).help(help).to_string().into()
    })
}

/// A file as it was read.
struct ReadFile {
    bytes: Vec<u8>,
    text: EncodedText,
}

/// Reads the files, by their names. Without any it is standard input.
fn read(files: &[Utf8PathBuf]) -> Result<BTreeMap<Utf8PathBuf, ReadFile>, Failure> {
    let standard_input = [STANDARD_INPUT.into()];
    let files = if files.is_empty() { &standard_input } else { files };
    let mut texts = BTreeMap::new();
    for path in files {
        let bytes = read_bytes(path)?;
        let path = if path == STANDARD_INPUT { STANDARD_INPUT_NAME.into() } else { path.clone() };
        let text = EncodedText::read(&bytes).map_err(|reason| no_text(&path, reason, "refs").to_string())?;
        texts.insert(path, ReadFile { bytes, text });
    }
    Ok(texts)
}

/// Returns the bytes of a file, or of standard input.
pub(super) fn read_bytes(path: &Utf8Path) -> Result<Vec<u8>, Failure> {
    if path == STANDARD_INPUT {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(|error| format!("standard input: {error}"))?;
        return Ok(bytes);
    }
    Ok(std::fs::read(path).map_err(|error| format!("`{path}` cannot be read: {error}"))?)
}

/// Refuses what is no text, with how to make it one for a command.
pub(super) fn no_text(path: &Utf8Path, reason: NoText, command: &str) -> Refusal {
    let text = format!("copy its text and pipe it to `rungs {command}`");
    let (message, help) = match reason {
        NoText::Document(what) => (
            format!("`{path}` is {what}, and its text cannot be read"),
            format!("save it as a web page (HTML) or as plain text in UTF-8, or {text}"),
        ),
        NoText::Archive => (
            format!("`{path}` is an archive of several files"),
            "unpack it, and name the file that you mean: a web page ends in `.html`".to_owned(),
        ),
        NoText::Mail => (
            format!("`{path}` is an email, or a page saved in the format of one, and its lines are broken"),
            format!("open it, and save it as an HTML-only web page, a file that ends in `.html`, or {text}"),
        ),
        NoText::UnknownEncoding => (
            format!("`{path}` is not in UTF-8, and does not declare its encoding"),
            "save it as plain text in UTF-8, or as a web page, which declares its encoding".to_owned(),
        ),
    };
    Refusal::new(message).help(help)
}

/// Writes files with their citations pinned, in their own encodings. What came from standard input goes to standard output.
fn pin(reviews: &BTreeMap<Utf8PathBuf, Review>, texts: &BTreeMap<Utf8PathBuf, ReadFile>) -> Result<(), Failure> {
    let mut changed = BTreeMap::new();
    for (path, review) in reviews {
        let Some(read) = texts.get(path) else { continue };
        let is_changed = review.pinned != read.text.text;
        let bytes = match is_changed {
            true => read.text.bytes(&review.pinned).filter(|_| read.text.is_kept(&read.bytes)).ok_or_else(|| {
                let help = "save it in UTF-8, then run this again";
                let message = format!("`{path}` cannot be written in its encoding, {}", read.text.encoding());
                Refusal::new(message).help(help).to_string()
            })?,
            false => read.bytes.clone(),
        };
        if path == STANDARD_INPUT_NAME {
            report::print_bytes(&bytes);
        } else if is_changed {
            changed.insert(path.clone(), bytes);
        }
    }
    Ok(write::replace(Utf8Path::new(""), &changed)?)
}

fn summary(reviews: &BTreeMap<Utf8PathBuf, Review>, fixed: bool, problems: usize) -> String {
    let count = |number: fn(&Review) -> usize| reviews.values().map(number).sum::<usize>();
    let all = count(|review| review.citations);
    let citations = counted(all, "citation", "citations");
    let part = |some: usize| if all == 1 { String::new() } else { format!("{some} of them ") };
    let problems = match problems {
        0 => "no problems".to_owned(),
        problems => counted(problems, "problem", "problems"),
    };
    let pinnable = count(|review| review.pinnable);
    match (count(|review| review.unpinned), fixed) {
        (0, _) => format!("{citations}, {problems}"),
        (unpinned, false) => {
            let pins = match pinnable {
                0 => "`--fix` says why it adds none".to_owned(),
                all if all == unpinned => "`--fix` adds it".to_owned(),
                some => format!("`--fix` adds it to {some}"),
            };
            format!("{citations}, {part}without an edition ({pins}), {problems}", part = part(unpinned))
        }
        (_, true) if all == 1 && pinnable == 0 => format!("{citations}, not pinned, {problems}"),
        (_, true) => format!("{citations}, {part}pinned, {problems}", part = part(pinnable)),
    }
}
