//! `rungs init`.

use std::collections::BTreeMap;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

use super::arguments::{Format, Init, Report};
use super::{Failure, Outcome, PAGES_ARE_PUBLIC, report, surroundings};
use crate::config::SITE;
use crate::diagnostic::{Code, Diagnostic, Place, Refusal, has_errors};
use crate::image;
use crate::init::{
    self, Account, AdoptOptions, AdoptedDocument, CONTENT, Files, FoundDocument, GITIGNORE, InstallSource, adopt,
    example, grouped,
};
use crate::source::{self, Sources};
use crate::text::{columns, counted, list};
use crate::write;

pub(super) fn run(arguments: &Init) -> Result<Outcome, Failure> {
    if arguments.from.is_empty() {
        let of_git = || git(&arguments.folder, &["config", "--get", "user.name"]);
        let person = of_git().filter(|_| arguments.owner.is_none());
        let owner = arguments.owner.as_ref().or(person.as_ref());
        begin(
            arguments,
            example(owner.map(String::as_str), person.is_some()),
            &BTreeMap::new(),
            "an example in English and Traditional Chinese",
            &[],
            &[],
        )
    } else {
        run_adopt(arguments)
    }
}

fn run_adopt(arguments: &Init) -> Result<Outcome, Failure> {
    let (sources, names, problems) = found(&arguments.from, &arguments.skip)?;
    let (root, options) = (Utf8Path::new(""), &arguments.report);
    if has_errors(&problems) {
        report::problems(&problems, &sources, root, options);
        report::failure("nothing was written, since not all documents can be read");
        return Ok(Outcome::Problems);
    }
    let documents: Vec<_> = sources
        .texts
        .iter()
        .zip(names)
        .map(|((path, text), name)| AdoptedDocument { found: FoundDocument { path, text }, name })
        .collect();
    let adopt_options = AdoptOptions {
        prefixes: arguments.prefix.clone(),
        levels: arguments.levels.clone(),
        locale: arguments.locale.clone(),
        owner: arguments.owner.clone(),
        by: arguments.owner.clone().or_else(|| git(&arguments.folder, &["config", "--get", "user.name"])),
        repository: arguments.from.first().and_then(|given| repository(given)),
    };
    let beside = beside(&arguments.from);
    let beside: Vec<_> = beside.iter().map(|(path, text)| FoundDocument { path, text }).collect();
    let adopted = match adopt(&documents, &beside, &adopt_options) {
        Ok(adopted) => adopted,
        Err(refusal) => {
            report::refusal(&refusal, &sources, root, options);
            return Ok(Outcome::Problems);
        }
    };
    let findings = match options.format {
        Format::Human => grouped(&adopted.findings, &|path| sources.texts.get(path).cloned()),
        _ => adopted.findings.clone(),
    };
    let findings: Vec<_> = problems.into_iter().chain(findings).collect();
    report::problems(&findings, &sources, root, options);
    let say = |line: &str| report::summary(options, line);
    for account in &adopted.accounts {
        account.lines().iter().for_each(|line| say(line));
        say("");
    }
    if !adopted.left.is_empty() {
        report::problems(&adopted.left, &sources, root, options);
        let refusal = Refusal::new("nothing was written, since the site could not be built")
            .help("fix these places in the documents, or leave documents out with --skip FILE");
        report::refusal(&refusal, &sources, root, &plain(options));
        return Ok(Outcome::Problems);
    }
    let doubts: Vec<_> = adopted
        .accounts
        .iter()
        .flat_map(|account| account.doubts().into_iter().map(|doubt| format!("  {}: {doubt}", account.title)))
        .collect();
    if !doubts.is_empty() && !arguments.accept {
        let message =
            format!("nothing was written, since Rungs may have misunderstood the ladder:\n{}", doubts.join("\n"));
        let help = "if this is right, add --accept. If not, name the levels with --levels \"Junior,Senior\", \
                    leave documents out with --skip FILE, or change the document";
        report::refusal(&Refusal::new(message).help(help), &sources, root, &plain(options));
        return Ok(Outcome::Problems);
    }
    if arguments.dry_run {
        say("nothing was written: leave out --dry-run to adopt");
        return Ok(Outcome::Fine);
    }
    let criteria = adopted.accounts.iter().map(Account::criteria).sum();
    let what = format!("adopted {criteria}", criteria = counted(criteria, "criterion", "criteria"));
    let images = images(&arguments.from, &adopted.files, &documents)?;
    let outcome = begin(arguments, adopted.files, &images, &what, &adopted.to_fill_in, &adopted.translations)?;
    if !images.is_empty() {
        let files = list(images.keys().map(|path| format!("`{path}`")));
        let each = if images.len() == 1 { "it" } else { "each" };
        say(&format!("Ladders only show the descriptions of images: to show {files}, put {each} into a note."));
    }
    if !adopted.notices_from.is_empty() {
        let files = list(&adopted.notices_from);
        say(&format!("Notices were taken from {files}: check that they apply to the text."));
    }
    Ok(outcome)
}

/// Returns the Markdown to adopt, for each document the part of its path that may name its language, and the problems
/// of reading it.
fn found(from: &[Utf8PathBuf], skip: &[Utf8PathBuf]) -> Result<(Sources, Vec<Utf8PathBuf>, Vec<Diagnostic>), Failure> {
    let mut found: BTreeMap<Utf8PathBuf, (String, Utf8PathBuf)> = BTreeMap::new();
    let mut problems = Vec::new();
    for given in from {
        let given = given.strip_prefix(".").unwrap_or(given);
        let above = given.parent().filter(|_| given.is_absolute()).unwrap_or(Utf8Path::new(""));
        let name = |path: &Utf8Path| path.strip_prefix(above).unwrap_or(path).to_owned();
        if given.as_str().is_empty() || given.is_dir() {
            let folder = if given.as_str().is_empty() { Utf8Path::new(".") } else { given };
            let (sources, more) = source::read_texts(folder)?;
            problems.extend(more.into_iter().map(|problem| below(given, problem)));
            let texts = sources.texts.into_iter().filter(|(path, _)| path.extension() == Some("md"));
            found.extend(texts.map(|(path, text)| (given.join(&path), (text, name(&given.join(&path))))));
            for path in source::files_named(folder, TABLES)? {
                let (text, problem) = source::read_file(&folder.join(&path))?;
                problems.extend(problem);
                found.insert(given.join(&path), (text, name(&given.join(&path))));
            }
            let others = source::files_named(folder, OTHERS)?.into_iter();
            problems.extend(others.filter_map(|path| left_out(&given.join(&path))));
        } else if let Some(format) = source::other_format(given) {
            let message = format!("`{given}` is {name}, which cannot be adopted", name = format.name);
            return Err(Refusal::new(message).help(format.help).to_string().into());
        } else {
            let (text, problem) = source::read_file(given)?;
            problems.extend(problem);
            found.insert(given.to_owned(), (text, name(given)));
        }
    }
    let names = |skip: &Utf8Path, path: &Utf8Path| {
        let skip = skip.strip_prefix(".").unwrap_or(skip);
        path.starts_with(skip) || path.file_name() == Some(skip.as_str())
    };
    let is_skipped = |path: &Utf8Path| skip.iter().any(|skip| names(skip, path));
    let paths = || found.keys().chain(problems.iter().map(|problem| &problem.label.place.path));
    if let Some(unknown) = skip.iter().find(|skip| !paths().any(|path| names(skip, path))) {
        let message = format!("`--skip {unknown}` is not among the documents");
        let documents = list(found.keys().map(|path| format!("`{path}`")));
        return Err(Refusal::new(message).help(format!("documents: {documents}")).to_string().into());
    }
    found.retain(|path, _| !is_skipped(path));
    problems.retain(|problem| !is_skipped(&problem.label.place.path));
    let (texts, names) = found.into_iter().map(|(path, (text, name))| ((path, text), name)).unzip();
    Ok((Sources { texts, ..Sources::default() }, names, problems))
}

/// The files that are read as tables, by the ends of their names.
const TABLES: &[&str] = &["csv", "tsv"];

/// The files beside documents that may hold a ladder and are not read.
const OTHERS: &[&str] = &["xlsx", "xls", "ods", "numbers", "docx", "doc", "odt", "rtf", "pdf", "pptx", "odp"];

/// Tells of a file that is not read.
fn left_out(path: &Utf8Path) -> Option<Diagnostic> {
    let format = source::other_format(path)?;
    let message = format!("`{path}` is {name}, and was left out", name = format.name);
    let help = format!("if there is a ladder in it, {help}; if not, add `--skip {path}`", help = format.help);
    Some(Place::file(path).problem(Code::Unplaced, message).help(help))
}

/// Returns a problem of a folder, with its path as seen from outside.
fn below(folder: &Utf8Path, mut problem: Diagnostic) -> Diagnostic {
    problem.label.place.path = folder.join(&problem.label.place.path);
    problem
}

/// Writes the files of a new site, unless something stands in their way, and says how to go on.
fn begin(
    arguments: &Init,
    content: Files,
    images: &BTreeMap<Utf8PathBuf, Vec<u8>>,
    what: &str,
    unsaid: &[String],
    translations: &[String],
) -> Result<Outcome, Failure> {
    let mut files = init::surroundings(InstallSource::of_this_program());
    files.extend(content);
    let folder = arguments.folder.strip_prefix(".").unwrap_or(&arguments.folder);
    // Most folders under version control have one already. It stays as it is.
    let ignoring = files.get(Utf8Path::new(GITIGNORE)).filter(|_| folder.join(GITIGNORE).exists()).cloned();
    if ignoring.is_some() {
        files.remove(Utf8Path::new(GITIGNORE));
    }
    let texts = files.iter().map(|(path, text)| (path, text.as_bytes()));
    let files: BTreeMap<_, _> = texts.chain(images.iter().map(|(path, bytes)| (path, bytes.as_slice()))).collect();
    let files = files.into_iter().map(|(path, bytes)| (path.clone(), bytes)).collect();
    let taken = taken(folder, &files)?;
    if !taken.is_empty() {
        let names: Vec<_> = taken.iter().map(|path| format!("  {path}")).collect();
        let message = "nothing was written, since this already exists:".to_owned() + "\n" + &names.join("\n");
        let refusal = Refusal::new(message).help("move it away, or choose another folder: `rungs init my-ladder`");
        report::refusal(&refusal, &Sources::default(), folder, &plain(&arguments.report));
        return Ok(Outcome::Problems);
    }
    write::create(folder, &files)?;
    let say = |line: &str| report::summary(&arguments.report, line);
    let number = counted(files.len(), "file", "files");
    say(&format!("{what}: {number} written\n"));
    files.keys().for_each(|path| say(&format!("  {}", folder.join(path))));
    if let Some(lines) = ignoring {
        say(&format!("\n{}", surroundings::ignore_advice(folder, &lines)));
    }
    say(&format!("\n{}\n", "Next:"));
    next(folder).iter().for_each(|line| say(line));
    let site = folder.join(CONTENT).join(SITE);
    match unsaid {
        [] => say(&format!("\n[provenance] in {site} says who owns the ladder: check that it is right.")),
        unsaid => {
            say(&format!(
                "\nThen fill in [provenance] in {site}: whose words these are, and what others may do with them."
            ));
            say(&format!("The documents do not say: {what}.", what = list(unsaid)));
            say("`rungs build` says what to write for each key, and what to write instead if the ladder is your own.");
        }
    }
    for tag in translations {
        say(&format!(
            "If the translation into {tag} is finished, record it: rungs translation accept {tag} --all --state \
             reviewed"
        ));
    }
    surroundings::print_source_setting(&arguments.report);
    say(PAGES_ARE_PUBLIC);
    Ok(Outcome::Fine)
}

/// Runs a Git query in a folder, or in the nearest existing folder above it. None if Git fails or answers nothing.
fn git(folder: &Utf8Path, question: &[&str]) -> Option<String> {
    let there = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(Utf8Path::new("."));
    let output = Command::new("git").args(question).current_dir(there).output().ok()?;
    let answer = String::from_utf8(output.stdout).ok()?;
    Some(answer.trim().to_owned()).filter(|answer| output.status.success() && !answer.is_empty())
}

/// Returns the page of the repository that contains a path. Its address may be written for Git.
fn repository(given: &Utf8Path) -> Option<String> {
    let address = git(given, &["config", "--get", "remote.origin.url"])?;
    let address = address.strip_suffix(".git").unwrap_or(&address);
    let page = match address.strip_prefix("git@").and_then(|rest| rest.split_once(':')) {
        Some((host, path)) => format!("https://{host}/{path}"),
        None => address.to_owned(),
    };
    // A token may stand before the host.
    let is_public = page.starts_with("https://") && !page.contains('@');
    is_public.then_some(page)
}

/// Reads LICENSE and README files next to the adopted documents and at the root of their repository, by path.
fn beside(from: &[Utf8PathBuf]) -> BTreeMap<Utf8PathBuf, String> {
    let mut folders: Vec<Utf8PathBuf> = Vec::new();
    for given in from {
        let folder = if given.is_dir() { given.as_path() } else { given.parent().unwrap_or(Utf8Path::new("")) };
        let root = git(given, &["rev-parse", "--show-toplevel"]).map(Utf8PathBuf::from);
        folders.extend(std::iter::once(folder.to_owned()).chain(root));
    }
    let names = |name: &str| {
        let name = name.to_ascii_lowercase();
        ["license", "licence", "copying", "unlicense", "readme"].iter().any(|start| name.starts_with(start))
    };
    let mut found = BTreeMap::new();
    for folder in folders {
        let folder = if folder.as_str().is_empty() { Utf8PathBuf::from(".") } else { folder };
        let entries = folder.read_dir_utf8().into_iter().flatten().filter_map(Result::ok);
        let files = entries.filter(|entry| names(entry.file_name()) && entry.path().is_file());
        // One that cannot be read says nothing.
        found.extend(files.filter_map(|file| {
            let (text, problem) = source::read_file(file.path()).ok()?;
            problem.is_none().then(|| (file.path().to_owned(), text))
        }));
    }
    found
}

/// Reads the images that the adopted texts show, as far as they stand below what was given, by their new places.
fn images(
    from: &[Utf8PathBuf],
    files: &Files,
    documents: &[AdoptedDocument<'_>],
) -> Result<BTreeMap<Utf8PathBuf, Vec<u8>>, Failure> {
    // A document of somebody else may name any file of this machine.
    let root = |given: &Utf8PathBuf| {
        let given = given.strip_prefix(".").unwrap_or(given);
        if given.is_dir() { given.to_owned() } else { given.parent().unwrap_or(Utf8Path::new("")).to_owned() }
    };
    let roots: Vec<_> = from.iter().map(root).collect();
    let is_given = |path: &&Utf8PathBuf| {
        let is_file = std::fs::symlink_metadata(path).is_ok_and(|file| file.is_file() && file.len() <= image::MOST);
        is_file && roots.iter().any(|root| path.starts_with(root))
    };
    let documents: Vec<_> = documents.iter().map(|document| document.found.path).collect();
    let mut images = BTreeMap::new();
    for (to, beside) in init::images_beside(files, &documents) {
        if let Some(path) = beside.iter().find(is_given) {
            images.insert(to, std::fs::read(path).map_err(|error| format!("`{path}` cannot be read: {error}"))?);
        }
    }
    Ok(images)
}

/// Returns the files that stand in the way of new ones. In a folder with content, all of its files do: another site is
/// there.
fn taken(folder: &Utf8Path, files: &BTreeMap<Utf8PathBuf, &[u8]>) -> Result<Vec<Utf8PathBuf>, Failure> {
    let mut taken = write::in_the_way(folder, files.keys());
    let content = folder.join(CONTENT);
    if content.is_dir() {
        let (sources, _) = source::read_texts(&content)?;
        taken.extend(sources.texts.into_keys().map(|path| content.join(path)));
        taken.sort();
        taken.dedup();
    }
    Ok(taken)
}

/// Returns the next three commands.
fn next(folder: &Utf8Path) -> Vec<String> {
    let commands = [
        ("rungs serve --open".to_owned(), "shows the site while you write".to_owned()),
        ("rungs id --write".to_owned(), "assigns ids to what you have added".to_owned()),
        ("rungs check".to_owned(), "reports problems".to_owned()),
    ];
    let enter =
        (!folder.as_str().is_empty()).then(|| (format!("cd {}", quoted(folder.as_str())), String::new())).into_iter();
    let commands: Vec<_> = enter.chain(commands).take(3).collect();
    columns(&commands).iter().map(|line| format!("  {line}")).collect()
}

/// Returns a path as a shell reads it.
fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if path.chars().all(is_plain) { path.to_owned() } else { format!("'{}'", path.replace('\'', r"'\''")) }
}

fn plain(report: &Report) -> Report {
    Report { format: Format::Human, quiet: report.quiet }
}
