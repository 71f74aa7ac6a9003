//! Writing a worksheet.

use super::lines::{self, content, is_bracketed_heading, mistakable, rating, unescaped};
use super::read::{Taken, is_quotation};
use super::{Answer, Known, Link, Rating, Sheet};

impl Sheet {
    /// Writes the file. Reading it again gives the same answers.
    pub(crate) fn write(&self, known: &Known<'_>) -> String {
        let end = self.line_end;
        let mut blocks = Vec::new();
        if let Some(keys) = &self.front.0 {
            let dashes = std::iter::once("---");
            let lines: Vec<_> = dashes.clone().chain(keys.iter().map(String::as_str)).chain(dashes).collect();
            blocks.push(lines.join(end));
        }
        blocks.push(self.preamble.clone());
        let mut is_open = lines::is_open(&self.preamble.split_inclusive('\n').collect::<Vec<_>>());
        for answer in &self.answers {
            let evidence = answer.guarded(known);
            blocks.extend(answer.section.as_ref().map(|section| content(&format!("## {section}")).to_owned()));
            blocks.push(answer.heading(is_open));
            blocks.push(answer.quotation.clone());
            blocks.extend(answer.rating.as_ref().map(Rating::line));
            is_open = lines::is_open(&evidence);
            blocks.push(evidence.concat());
        }
        blocks.retain(|block| !block.is_empty());
        let bom = if self.has_bom { "\u{FEFF}" } else { "" };
        format!("{bom}{}{end}", blocks.join(&end.repeat(2)))
    }
}

impl Rating {
    fn line(&self) -> String {
        content(&format!("{}{}{}", self.lead, self.value, self.tail)).to_owned()
    }
}

impl Answer {
    /// Returns the heading. Behind a fence that is open it stands in brackets.
    fn heading(&self, is_open: bool) -> String {
        let label = self.label();
        match &self.link {
            Link::To(address) => format!("### [{label}]({address}){}", self.rest),
            Link::Bare if !is_open => format!("### {label}{}", self.rest),
            _ => format!("### [{label}]{}", self.rest),
        }
    }

    /// Returns the lines of the evidence, with a backslash before those that would be taken for something else.
    fn guarded(&self, known: &Known<'_>) -> Vec<String> {
        let guard = |line: &str| format!("\\{line}");
        let lines = self.evidence.split_inclusive('\n').map(|line| match is_bracketed_heading(unescaped(line)) {
            true => guard(line),
            false => line.to_owned(),
        });
        let lines: Vec<String> = lines.collect();
        let taken = Taken { quotation: !self.quotation.is_empty(), rating: self.rating.is_some() };
        let of_rating = |line: &str| rating(line, &known.labels).is_some();
        let marks = mistakable(&lines, &taken, |run| is_quotation(&self.id, run, known), of_rating);
        lines.into_iter().zip(marks).map(|(line, mark)| if mark { guard(&line) } else { line }).collect()
    }
}
