//! Diagnostics about slips, with the edits that fix them.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::lead::{Joined, Lead, LeadKind, indentation, joined};
use super::{Slip, SlipPosition, normal, unquoted, written};
use crate::diagnostic::{Code, Diagnostic, Fix, Place, Problems, Span};
use crate::id::CriterionId;
use crate::parse::comment::COMMENT;
use crate::parse::document::Attributes;
use crate::parse::fence::{blocks_of_html, has_end};
use crate::parse::{outline, parse};
use crate::text::{Edit, Edits, char_at, line_start, list, slice};

/// The diagnostic of a slip, and the edit that fixes it if its cause is the likely one.
struct Diagnosis {
    problem: Diagnostic,
    edit: Option<Edit>,
    /// Whether the change makes a heading.
    is_heading: bool,
}

impl Slip {
    /// Returns the slip to report in its place, if any. A line that follows a block is reported with that block and not
    /// again with its own, but the first line of a paragraph follows none.
    fn to_report(&self, text: &str, all: &[Self]) -> Option<Self> {
        let is_carried =
            !matches!(self.position, SlipPosition::Before { .. } | SlipPosition::FullWidth | SlipPosition::Quoted);
        if !is_carried || !all.iter().any(|other| other.next() == Some(&self.block)) {
            return Some(self.clone());
        }
        let SlipPosition::Paragraph(start) = self.position else { return None };
        Lead::of(text, start)?;
        let of_paragraph = all.iter().filter(|other| (start..=self.block.start).contains(&other.block.start));
        let first = of_paragraph.min_by_key(|other| other.block.start)?;
        Some(Self { position: SlipPosition::Paragraph(start), ..first.clone() })
    }
}

/// Finds the cause of one slip.
struct Diagnoser<'a> {
    slip: &'a Slip,
    path: &'a Utf8Path,
    text: &'a str,
    /// The id, or else the block as it is written.
    name: String,
}

impl<'a> Diagnoser<'a> {
    fn of(slip: &'a Slip, path: &'a Utf8Path, text: &'a str) -> Self {
        let name = slip.id.clone().unwrap_or_else(|| slice(text, slip.block.clone()).to_owned());
        Self { slip, path, text, name }
    }

    fn diagnosis(&self) -> Diagnosis {
        match &self.slip.position {
            SlipPosition::FullWidth => {
                let message = format!("{name} is in full-width braces", name = self.name);
                self.rewritten(message, "only `{` and `}` make attributes", normal(self.block()).into_owned())
            }
            SlipPosition::Quoted => {
                let is_code = self.block().starts_with('`');
                let label = if is_code { "code is text" } else { "a backslash makes this text" };
                self.rewritten(format!("{name} is text here", name = self.name), label, unquoted(self.block()))
            }
            SlipPosition::Before { rest, next } => self.before(*rest, next.as_ref()),
            SlipPosition::Paragraph(start) => match Lead::of(self.text, *start) {
                Some(lead) => self.led(self.nothing(), &lead),
                None => self.at_block(
                    self.nothing(),
                    NOWHERE,
                    match self.slip.id.as_deref().and_then(CriterionId::parse) {
                        Some(_) => {
                            "write `- ` before its sentence, move it to the end of what it belongs to, or remove it"
                        }
                        None => {
                            "put it at the end of a level's or category's heading or of a criterion, which begins with \
                             `- `, or remove it"
                        }
                    },
                ),
            },
            SlipPosition::Item(carrier) => {
                let carrier = carrier.as_deref().unwrap_or("the one above");
                let label = format!("this item is indented, so it belongs to {carrier}");
                self.at_block(self.nothing(), &label, "begin it where the item above begins, or remove its id")
            }
            SlipPosition::Quote => {
                self.at_block(self.nothing(), "is in a quotation", "remove the `>` before it, or remove the attributes")
            }
            SlipPosition::Cell => {
                self.at_block(self.nothing(), "is in a table", "write a list item instead of the row, or remove it")
            }
            SlipPosition::Heading => self.at_block(
                self.nothing(),
                NOWHERE,
                "put it at the end of a level's or category's heading or of a criterion, or remove it",
            ),
        }
    }

    /// Diagnoses a block before the end of its text, which goes on at `rest`.
    fn before(&self, rest: usize, next: Option<&(String, Span)>) -> Diagnosis {
        let between = slice(self.text, self.slip.block.end..rest);
        let is_below = between.contains('\n');
        let message = match next {
            Some((following, _)) => format!("{following} is read as part of {name}", name = self.name),
            None => format!("text follows {name}", name = self.name),
        };
        match (Lead::of(self.text, rest), next, joined(self.text, rest)) {
            (Some(lead), ..) if is_below => self.led(message, &lead),
            (_, Some(_), _) if is_below => {
                let end = char_at(self.text, rest).map_or(rest, |c| rest + c.len_utf8());
                let help = "write `- ` before it, or move the attributes to the end of what they belong to";
                self.at(message, rest..end, "a list item begins with `- `", help)
            }
            (_, Some((following, span)), _) if span.start == rest => self.at_block(
                format!("{name} and {following} are on the same thing", name = self.name),
                "another block follows",
                "a thing has one id: keep one of the two, and put back the line that the other belongs to",
            ),
            (_, Some(_), Some(joined)) => self.on_one_line(message, rest, &joined),
            _ => self.at_block(
                "attributes go at the end of what they belong to".to_owned(),
                "text follows",
                "move them to the end, or write `\\{` for a literal brace",
            ),
        }
    }

    /// Diagnoses a list item that begins on the line of another one.
    fn on_one_line(&self, message: String, rest: usize, joined: &Joined) -> Diagnosis {
        let text = self.text;
        let line = line_start(text, self.slip.block.start);
        let indent = slice(text, line..line + indentation(slice(text, line..)));
        let end = if slice(text, ..rest).contains("\r\n") { "\r\n" } else { "\n" };
        let edit = Edit::replace(self.slip.block.end..rest + joined.length, format!("{end}{indent}{}", joined.meant));
        let label = "a list item begins on a line of its own";
        let diagnosis = self.at(message, rest..rest + joined.sign, label, "begin a new line before it");
        Diagnosis { edit: Some(edit), ..diagnosis }
    }

    /// Diagnoses a line that was meant to begin a list item or a heading.
    fn led(&self, message: String, lead: &Lead<'_>) -> Diagnosis {
        Diagnosis {
            edit: Some(lead.edit()),
            is_heading: lead.kind == LeadKind::Heading,
            ..self.at(message, lead.shown(), &lead.cause(), &format!("write `{}…`", lead.meant))
        }
    }

    /// Diagnoses a block that has to be written in another way.
    fn rewritten(&self, message: String, label: &str, meant: String) -> Diagnosis {
        let diagnosis = self.at_block(message, label, &format!("write `{meant}`"));
        Diagnosis { edit: Some(Edit::replace(self.slip.block.clone(), meant)), ..diagnosis }
    }

    fn at_block(&self, message: String, label: &str, help: &str) -> Diagnosis {
        self.at(message, self.slip.block.clone(), label, help)
    }

    /// Shows a part of the text, with the block beside it.
    fn at(&self, message: String, span: Span, label: &str, help: &str) -> Diagnosis {
        let place = |span: Span| Place::new(self.path, span);
        let is_elsewhere = span != self.slip.block;
        let problem = place(span).problem(Code::MisplacedAttributes, message).label(label).help(help);
        let problem = if is_elsewhere { problem.related(place(self.slip.block.clone()), "") } else { problem };
        Diagnosis { problem, edit: None, is_heading: false }
    }

    fn block(&self) -> &'a str {
        slice(self.text, self.slip.block.clone())
    }

    fn nothing(&self) -> String {
        match &self.slip.id {
            Some(id) => format!("nothing here can carry the id {id}"),
            None => format!("nothing here can carry `{name}`", name = self.name),
        }
    }
}

const NOWHERE: &str = "belongs to no level, category or criterion";

/// Returns the comment around a place, or the one that begins there, if there are ids in it.
fn comment(text: &str, at: usize) -> Option<Span> {
    let start = match slice(text, at..).starts_with(COMMENT.0) {
        true => at,
        false => slice(text, ..at).rfind(COMMENT.0)?,
    };
    let end = start + slice(text, start..).find(COMMENT.1)? + COMMENT.1.len();
    let comment = start..end;
    (at < end && !written(text, comment.clone(), &[]).is_empty()).then_some(comment)
}

fn diagnose_comment(path: &Utf8Path, text: &str, comment: Span) -> Diagnostic {
    let ids: Vec<_> = written(text, comment.clone(), &[]).into_iter().map(|block| block.id).collect();
    let verb = if ids.len() == 1 { "is" } else { "are" };
    let message = format!("{ids} {verb} in a comment, which nobody reads", ids = list(&ids));
    let place = Place::new(path, comment.start..comment.start + COMMENT.0.len());
    place.problem(Code::MisplacedAttributes, message).label("a comment is not text").help(
        "remove `<!--` and `-->`; or remove the whole comment, and `rungs check` says how to withdraw what is gone",
    )
}

/// Tells of all that stands in a block of HTML. One that an empty line ends may lack only that line.
fn diagnose_html(path: &Utf8Path, text: &str, html: &Span) -> Diagnosis {
    let block = slice(text, html.clone());
    let ids: Vec<_> = written(text, html.clone(), &[]).into_iter().map(|block| block.id).collect();
    let first = block.lines().next().unwrap_or_default();
    let verb = if ids.len() == 1 { "is" } else { "are" };
    let message = format!("{ids} {verb} in HTML, which is shown as text", ids = list(&ids));
    let place = Place::new(path, html.start..html.start + first.trim_end().len());
    let problem = place.problem(Code::MisplacedAttributes, message).label("HTML is text here");
    if has_end(block) || !block.contains('\n') {
        let help = "remove this line and the one that ends it; or remove all of it, and `rungs check` says how to \
                    withdraw what is gone";
        return Diagnosis { problem: problem.help(help), edit: None, is_heading: false };
    }
    let at = html.start + block.find('\n').map_or(0, |end| end + 1);
    let end = if first.ends_with('\r') || slice(text, ..at).ends_with("\r\n") { "\r\n" } else { "\n" };
    let is_heading = slice(text, at..).trim_start().starts_with('#');
    let help = "put an empty line after this one, or remove this one";
    Diagnosis { problem: problem.help(help), edit: Some(Edit::insert(at, end)), is_heading }
}

/// The greatest number of slips of one file that are tried one by one if not all can be fixed together. The file is
/// read again for each.
const TRIED: usize = 20;

/// Returns the diagnostics of the slips of a page.
pub(crate) fn diagnose_page_slips(path: &Utf8Path, text: &str, slips: &[Slip]) -> Vec<Diagnostic> {
    diagnostics(path, text, slips, false)
}

/// Returns the diagnostics of the slips of a ladder. An edit after which the ids are read as intended becomes a fix.
pub fn diagnose_ladder_slips(path: &Utf8Path, text: &str, slips: &[Slip]) -> Vec<Diagnostic> {
    diagnostics(path, text, slips, true)
}

fn diagnostics(path: &Utf8Path, text: &str, slips: &[Slip], is_ladder: bool) -> Vec<Diagnostic> {
    // A comment is one slip, however many ids it holds.
    let around = |slip: &Slip| match slip.position {
        SlipPosition::Before { rest, .. } => comment(text, slip.block.start).or_else(|| comment(text, rest)),
        _ => None,
    };
    let comments: BTreeMap<usize, Span> = slips.iter().filter_map(around).map(|span| (span.start, span)).collect();
    // So is a block of HTML.
    let html = if slips.is_empty() { Vec::new() } else { blocks_of_html(path, text) };
    let html: Vec<Span> = html.into_iter().filter(|html| !comments.contains_key(&html.start)).collect();
    let is_in = |slip: &Slip, html: &Span| html.contains(&slip.block.start);
    let is_commented = |slip: &Slip| {
        around(slip).is_some()
            || comments.values().any(|comment| comment.contains(&slip.block.start))
            || html.iter().any(|html| is_in(slip, html))
    };
    let of_html = html.iter().filter_map(|html| slips.iter().find(|slip| is_in(slip, html)).map(|slip| (slip, html)));
    let of_html: Vec<_> = of_html.map(|(slip, html)| (slip.clone(), diagnose_html(path, text, html))).collect();
    let slips: Vec<_> =
        slips.iter().filter(|slip| !is_commented(slip)).filter_map(|slip| slip.to_report(text, slips)).collect();
    let of_others = slips.into_iter().map(|slip| {
        let diagnosis = Diagnoser::of(&slip, path, text).diagnosis();
        (slip, diagnosis)
    });
    let (slips, mut diagnoses): (Vec<_>, Vec<_>) = of_others.chain(of_html).unzip();
    if is_ladder && diagnoses.iter().any(|diagnosis| diagnosis.edit.is_some()) {
        let before = Read::of(path, text);
        let read = |edits: Vec<Edit>| Some(Read::of(path, &Edits::of(text).with(edits).ok()?.written()));
        let all = diagnoses.iter().filter_map(|diagnosis| diagnosis.edit.clone()).collect();
        let fixed = slips
            .iter()
            .zip(&diagnoses)
            .filter(|(_, diagnosis)| diagnosis.edit.is_some())
            .flat_map(|(slip, _)| slip.ids());
        let together = read(all).is_some_and(|after| before.is_fixed(&after, fixed));
        let mut tried = 0;
        for (slip, diagnosis) in slips.iter().zip(&mut diagnoses) {
            let Some(edit) = &diagnosis.edit else { continue };
            tried += 1;
            let fixes = || read(vec![edit.clone()]).is_some_and(|after| before.is_fixed(&after, slip.ids()));
            if together || (tried <= TRIED && fixes()) {
                let fix = Fix::new(Place::new(path, edit.span.clone()), edit.text.clone());
                diagnosis.problem.fix = Some(Box::new(fix));
            }
        }
    }
    // What stands below a heading that is none has nothing to belong to.
    let headings: Vec<&Edit> = diagnoses
        .iter()
        .filter_map(|diagnosis| {
            diagnosis.edit.as_ref().filter(|_| diagnosis.is_heading && diagnosis.problem.fix.is_some())
        })
        .collect();
    if !headings.is_empty() {
        let after = headings
            .into_iter()
            .fold(Edits::of(text), |edits, edit| edits.clone().with([edit.clone()]).unwrap_or(edits));
        let (_, left) = outline(parse(path, &after.written(), &Problems::default()));
        let is_left = |slip: &Slip| slip.id.is_none() || left.iter().any(|other| other.id == slip.id);
        let kept: Vec<bool> =
            slips.iter().zip(&diagnoses).map(|(slip, diagnosis)| diagnosis.is_heading || is_left(slip)).collect();
        let mut kept = kept.into_iter();
        diagnoses.retain(|_| kept.next().unwrap_or(true));
    }
    let commented = comments.into_values().map(|comment| diagnose_comment(path, text, comment));
    diagnoses.into_iter().map(|diagnosis| diagnosis.problem).chain(commented).collect()
}

/// Which ids a ladder's text gives to something, and how often.
struct Read {
    /// Those that may stand once.
    single: BTreeMap<String, usize>,
    categories: BTreeMap<String, usize>,
}

impl Read {
    fn of(path: &Utf8Path, text: &str) -> Self {
        let mut read = Self { single: BTreeMap::new(), categories: BTreeMap::new() };
        let (outline, _) = outline(parse(path, text, &Problems::default()));
        let count = |counts: &mut BTreeMap<String, usize>, attributes: &Attributes| {
            attributes.id.iter().for_each(|id| *counts.entry(id.text.clone()).or_default() += 1);
        };
        for level in outline.levels() {
            count(&mut read.single, &level.attributes);
            for category in &level.categories {
                count(&mut read.categories, &category.attributes);
                category.criteria.iter().for_each(|criterion| count(&mut read.single, &criterion.attributes));
            }
        }
        read
    }

    /// Whether another reading has all of these ids, some that were lost among them, and none twice by that.
    fn is_fixed<'a>(&self, after: &Self, mut lost: impl Iterator<Item = &'a str>) -> bool {
        let count_of = |ids: &BTreeMap<String, usize>, id: &str| ids.get(id).copied().unwrap_or_default();
        let total = |read: &Self| read.single.values().chain(read.categories.values()).sum::<usize>();
        self.single.iter().all(|(id, &number)| count_of(&after.single, id) >= number)
            && self.categories.iter().all(|(id, &number)| count_of(&after.categories, id) >= number)
            && after.single.iter().all(|(id, &number)| number == 1 || number == count_of(&self.single, id))
            && lost.all(|id| count_of(&after.single, id) + count_of(&after.categories, id) > 0)
            && total(after) > total(self)
    }
}
