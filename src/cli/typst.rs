//! PDFs, which the command `typst` makes of a template of the theme and of data.

use std::collections::BTreeMap;
use std::process::{Command, Output};

use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::Failure;
use super::arguments::Paper;
use crate::data::Print;
use crate::diagnostic::Refusal;
use crate::source::Sources;
use crate::theme;
use crate::write;

/// The program.
const TYPST: &str = "typst";

/// What to do where it is not there.
const HOW_TO_GET_IT: &str = "install it from https://github.com/typst/typst/releases (0.14 or later), with `brew \
                             install typst` or with `winget install Typst.Typst`";

/// The standard of accessible PDFs: ISO 14289-1.
const STANDARD: &str = "ua-1";

/// Makes a PDF. The same data give the same bytes.
///
/// # Errors
/// If there is no typst, or if it fails; with what it says.
pub(super) fn pdf(sources: &Sources, print: &Print, paper: Paper) -> Result<Result<Vec<u8>, Refusal>, Failure> {
    let fonts = match run(Command::new(TYPST).arg("fonts"))? {
        Ok(output) => String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect::<Vec<_>>(),
        Err(refusal) => return Ok(Err(refusal)),
    };
    let place = tempfile::tempdir()?;
    let folder =
        Utf8Path::from_path(place.path()).ok_or("the name of the folder for temporary files is not valid text")?;
    let mut files: BTreeMap<Utf8PathBuf, Vec<u8>> = theme::for_paper(sources);
    let (name, text) = &print.own;
    files.insert((*name).into(), text.clone().into_bytes());
    let mut asked = print.print.clone();
    asked["fonts"] = fonts.into();
    files.insert("print.json".into(), serde_json::to_vec(&asked)?);
    write::create(folder, &files)?;
    let made = folder.join("made.pdf");
    let seconds = print.date.map_or(0, seconds_of).to_string();
    let mut command = Command::new(TYPST);
    command.args(["compile", "--root", folder.as_str(), "--pdf-standard", STANDARD, "--creation-timestamp", &seconds]);
    command.args(["--input", &format!("paper={}", paper.name())]);
    command.args([folder.join(print.template).as_str(), made.as_str()]);
    Ok(match run(&mut command)? {
        Ok(_) => Ok(super::refs::read_bytes(&made)?),
        Err(refusal) => Err(refusal),
    })
}

/// Refuses more languages than a sheet of paper has room for.
pub(super) fn fits(tags: &[String]) -> Result<(), Refusal> {
    let refusal = || {
        let refusal = Refusal::new("a page has room for only two languages side by side");
        refusal.help("name one or two locales: `--locale en,zh-TW`")
    };
    if tags.len() <= 2 { Ok(()) } else { Err(refusal()) }
}

/// Runs typst to its end. Refuses if it fails.
fn run(command: &mut Command) -> Result<Result<Output, Refusal>, Failure> {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(format!("PDFs need `{TYPST}`, which is not installed: {HOW_TO_GET_IT}").into());
        }
        Err(error) => return Err(format!("`{TYPST}` cannot be run: {error}").into()),
    };
    if output.status.success() {
        return Ok(Ok(output));
    }
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let refusal = Refusal::new(format!("`{TYPST}` failed: {said}"));
    Ok(Err(refusal.help(format!("templates of your own are in `theme/print/`; if there are none, {HOW_TO_GET_IT}"))))
}

/// Returns the beginning of a day in seconds since 1970.
fn seconds_of(date: Date) -> i64 {
    date.to_zoned(jiff::tz::TimeZone::UTC).map_or(0, |day| day.timestamp().as_second())
}
