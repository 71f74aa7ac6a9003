//! Reading a worksheet.

use super::lines::{
    answer_heading, code, content, is_blank, is_bracketed_heading, mistakable, paragraphs, quotation, rating, section,
    unescaped,
};
use super::{Answer, FrontMatter, Known, Sheet, trimmed};
use crate::citing::ReadText;
use crate::id::CriterionId;
use crate::text::slice;

const BOM: char = '\u{FEFF}';

/// What stands before the evidence of an answer.
pub(super) struct Taken {
    pub(super) quotation: bool,
    pub(super) rating: bool,
}

impl Sheet {
    /// Reads a file. Every text can be read: what is no answer stands before the first one.
    pub(crate) fn read(text: &str, known: &Known<'_>) -> Self {
        let (has_bom, text) = text.strip_prefix(BOM).map_or((false, text), |text| (true, text));
        // Blank lines above the first that says something are not kept.
        let blank: usize = text.split_inclusive('\n').take_while(|line| is_blank(line)).map(str::len).sum();
        let text = slice(text, blank..);
        let line_end = match text.split_inclusive('\n').next() {
            Some(first) if first.ends_with("\r\n") => "\r\n",
            _ => "\n",
        };
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let (front, body) = front_matter(&lines);
        let code = code(body);
        let begins = |at: &usize| !code[*at] && answer_heading(body[*at]).is_some();
        let starts: Vec<usize> = (0..body.len()).filter(begins).collect();
        // Where the heading of the section of an answer stands, if one stands right before it.
        let section_at = |number: usize| {
            let from = number.checked_sub(1).map_or(0, |before| starts[before] + 1);
            let above = (from..starts[number]).rev().find(|at| !is_blank(body[*at]))?;
            section(body[above]).is_some().then_some(above)
        };
        let ends = |number: usize| match starts.get(number) {
            Some(start) => section_at(number).unwrap_or(*start),
            None => body.len(),
        };
        let answer = |number: usize| {
            let mut answer = answer(body[starts[number]], &body[starts[number] + 1..ends(number + 1)], line_end, known);
            answer.section = section_at(number).and_then(|at| section(body[at])).map(str::to_owned);
            answer
        };
        Self {
            has_bom,
            line_end,
            front,
            preamble: trimmed(&body[..ends(0)].concat()).to_owned(),
            answers: (0..starts.len()).map(answer).collect(),
        }
    }
}

/// Returns the headings with an id that begin no answer, by the numbers of their lines from one: those of another level, or
/// with an id in another form.
pub(crate) fn missed_headings(text: &str) -> Vec<(usize, CriterionId)> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let headings = lines
        .iter()
        .zip(code(&lines))
        .enumerate()
        .filter(|(_, (line, is_code))| line.starts_with('#') && !is_code && answer_heading(line).is_none());
    let missed = headings.filter_map(|(at, (line, _))| {
        // Hyphens and letters of word processors are read, too.
        let line = ReadText::plain(line).text.replace('\\', "");
        let words = line.trim_start_matches('#').trim_start_matches([' ', '\t', '[', '*', '_']);
        let id = words.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()?;
        CriterionId::parse_leniently(id).map(|id| (at + 1, id))
    });
    missed.collect()
}

/// Returns the front matter, and the lines behind it.
fn front_matter<'l, 't>(lines: &'l [&'t str]) -> (FrontMatter, &'l [&'t str]) {
    let is_fence = |line: &&str| content(line) == "---";
    let end = lines.iter().skip(1).position(is_fence).map(|at| at + 1);
    match end.filter(|_| lines.first().is_some_and(is_fence)) {
        Some(end) => {
            let keys = lines[1..end].iter().map(|line| line.trim_end_matches(['\r', '\n']).to_owned());
            (FrontMatter(Some(keys.collect())), &lines[end + 1..])
        }
        None => (FrontMatter::default(), lines),
    }
}

/// Reads an answer by its heading and the lines below that.
fn answer(heading: &str, lines: &[&str], line_end: &str, known: &Known<'_>) -> Answer {
    let Some(heading) = answer_heading(heading) else { return Answer::default() };
    let after_blanks = |from: usize| (from..lines.len()).find(|at| !is_blank(lines[*at])).unwrap_or(lines.len());
    let first = after_blanks(0);
    let run = quotation(&lines[first..]);
    let is_of_ladder = is_quotation(&heading.id, run, known);
    let behind = after_blanks(first + run.len());
    let rating = lines.get(behind).and_then(|line| rating(line, &known.labels));
    let rest = if rating.is_some() { behind + 1 } else { behind };
    let own = if is_of_ladder { String::new() } else { run.concat() };
    let evidence = match rating.is_some() {
        // The quotation of the person stood before the rating.
        true if !own.is_empty() => [trimmed(&own), trimmed(&lines[rest..].concat())].join(&line_end.repeat(2)),
        true => lines[rest..].concat(),
        false if is_of_ladder => lines[behind..].concat(),
        false => lines[first..].concat(),
    };
    let taken = Taken { quotation: is_of_ladder, rating: rating.is_some() };
    Answer {
        section: None,
        edition: heading.edition.map(str::to_owned),
        link: heading.link,
        rest: heading.rest.to_owned(),
        quotation: if is_of_ladder { trimmed(&run.concat()).to_owned() } else { String::new() },
        evidence: without_backslashes(trimmed(&evidence), &heading.id, &taken, known),
        id: heading.id,
        rating,
    }
}

/// Whether quoted lines are those of the ladder: every paragraph of them is a statement of the id.
pub(super) fn is_quotation(id: &str, lines: &[&str], known: &Known<'_>) -> bool {
    let paragraphs = paragraphs(lines);
    !paragraphs.is_empty() && paragraphs.iter().all(|paragraph| (known.is_statement)(id, paragraph))
}

/// Returns evidence without the backslashes that writing has put before lines.
fn without_backslashes(evidence: &str, id: &str, taken: &Taken, known: &Known<'_>) -> String {
    let lines: Vec<&str> = evidence.split_inclusive('\n').collect();
    let of_rating = |line: &str| rating(line, &known.labels).is_some();
    let marks = mistakable(&lines, taken, |run| is_quotation(id, run, known), of_rating);
    let bare = lines.iter().zip(marks).map(|(line, mark)| match line.starts_with('\\') {
        true if mark || is_bracketed_heading(unescaped(line)) => slice(line, 1..),
        _ => line,
    });
    bare.collect()
}
