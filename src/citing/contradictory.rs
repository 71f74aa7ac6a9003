//! Reports links whose words name something else than their address leads to.

use super::review::CitationMatcher;
use super::targets::{Aim, Target};
use super::{CitedAddress, cite, level_citation};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::locale::LocaleIndex;
use crate::text::slice;

impl CitationMatcher<'_> {
    /// Finds links of which no word agrees with the address. Returns their mentions, too.
    pub(super) fn contradictions(&self) -> Vec<(Vec<usize>, Diagnostic)> {
        let pages = (0..self.mentions.len()).filter(|&at| matches!(self.mentions[at].what, CitedAddress::Page { .. }));
        pages.filter_map(|page| self.contradiction(page)).collect()
    }

    fn contradiction(&self, page: usize) -> Option<(Vec<usize>, Diagnostic)> {
        let of_page = self.targets[page].as_ref()?;
        let words = self.words_of_link(page);
        let named: Vec<_> = words.iter().filter_map(|&at| Some((at, self.targets[at].as_ref()?))).collect();
        let is_range = words.iter().any(|&at| matches!(self.mentions[at].what, CitedAddress::Between { .. }));
        if is_range || named.iter().any(|(_, target)| self.agrees(target, of_page)) {
            return None;
        }
        let &(first, of_words) = named.first()?;
        let (words_say, leads) = (self.name_of(of_words), self.name_of(of_page));
        let place = Place::new(self.path, self.mentions[first].span.clone());
        let message = format!("the words of this link say {words_say}, but its address leads to {leads}");
        let address = self.address_of(of_words).map(|address| format!(", or link to {address}"));
        let help = format!("write `{leads}` if you mean that{}", address.unwrap_or_default());
        let problem = place.problem(Code::ContradictoryCitation, message).help(help);
        Some((words.into_iter().chain([page]).collect(), problem))
    }

    /// Returns the mentions within the words of the link to an address, in Markdown and in HTML.
    fn words_of_link(&self, page: usize) -> Vec<usize> {
        let paragraph = &self.paragraphs[self.paragraph_of[page]];
        let span = &self.mentions[page].span;
        let before = slice(self.text, paragraph.span.start.min(span.start)..span.start);
        let words = before.strip_suffix("](<").or_else(|| before.strip_suffix("]("));
        if let Some(words) = words {
            let start = paragraph.span.start + beginning(words);
            let before = (paragraph.mentions.start..page).rev();
            let mut found: Vec<_> = before.take_while(|&at| self.mentions[at].span.start >= start).collect();
            found.reverse();
            return found;
        }
        let behind = slice(self.text, span.end..paragraph.span.end.max(span.end));
        let is_tag = ["\">", "'>", ">"].into_iter().any(|joint| behind.starts_with(joint));
        let end = behind.find("</").filter(|_| is_tag && before.ends_with(['"', '\'', '='])).unwrap_or_default();
        let behind = page + 1..paragraph.mentions.end;
        behind.take_while(|&at| self.mentions[at].span.end <= span.end + end).collect()
    }

    /// Whether the words of a link name what its address leads to, or something else than a citation.
    fn agrees(&self, words: &Target, page: &Target) -> bool {
        let is_of_one_kind = matches!(
            (&words.what, &page.what),
            (Aim::Criterion(_), Aim::Criterion(_)) | (Aim::Level(_), Aim::Level(_))
        );
        let [one, other] = [words, page].map(|target| self.edition_of(target));
        let is_of_one_edition = one.is_none() || other.is_none() || one == other;
        let [one, other] = [words, page].map(|target| self.subject_of(target));
        !is_of_one_kind || one.is_none() || other.is_none() || (one == other && is_of_one_edition)
    }

    fn name_of(&self, target: &Target) -> String {
        match &target.what {
            Aim::Criterion(cited) => cited.to_string(),
            &Aim::Level(level) => level_citation(self.site, level, LocaleIndex::SOURCE).label,
        }
    }

    fn address_of(&self, target: &Target) -> Option<String> {
        match &target.what {
            Aim::Criterion(cited) => cite(self.site, cited, LocaleIndex::SOURCE).ok().map(|cited| cited.address),
            &Aim::Level(level) => Some(level_citation(self.site, level, LocaleIndex::SOURCE).address),
        }
    }
}

/// Returns where the words of a link begin that end with a text: behind the `[` that no `]` closes.
fn beginning(words: &str) -> usize {
    let mut open = 1;
    for (at, c) in words.char_indices().rev() {
        match c {
            ']' => open += 1,
            '[' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return at;
        }
    }
    words.len()
}
