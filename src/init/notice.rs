//! Notices of copyright and licence in documents that are adopted, and beside them.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use super::draft::FoundDocument;
use crate::config::{KnownLicence, named_in, of_spdx};
use crate::diagnostic::Problems;
use crate::parse::{self, Block, BlockKind};
use crate::text::{slice, split};

/// The copyright and licence notices of a document, word for word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) copyright: Option<String>,
    /// The copyright holder in the notice.
    pub(crate) holder: Option<String>,
    pub(crate) licence: Option<String>,
    /// The words of the notice that name the licence.
    pub(crate) named: Option<String>,
    /// The licence, if it is named without a doubt.
    pub(crate) known: Option<KnownLicence>,
}

impl Notice {
    /// Returns the notice, completed from files beside it.
    pub(crate) fn or_beside(self, beside: &Self) -> Self {
        let has_copyright = self.copyright.is_some();
        let has_licence = self.licence.is_some();
        let (of_copyright, of_licence) =
            (if has_copyright { &self } else { beside }.clone(), if has_licence { &self } else { beside }.clone());
        let Self { copyright, holder, .. } = of_copyright;
        let Self { licence, named, known, .. } = of_licence;
        Self { copyright, holder, licence, named, known }
    }
}

/// Finds the notices of a document: nothing unless exactly one paragraph speaks of copyright.
pub(crate) fn find(text: &str) -> Notice {
    let said = statements(text);
    let is_copyright = |said: &&String| copyright_at(said).is_some();
    let is_licence = |said: &&String| speaks_of_licence(said);
    let mut notice = Notice::default();
    let copyrights: Vec<_> = said.iter().filter(is_copyright).collect();
    let [copyright] = copyrights.as_slice() else { return notice };
    let sentences = sentences(copyright);
    let own = sentences.iter().take_while(|sentence| copyright_at(sentence).is_some() || !speaks_of_licence(sentence));
    let length: usize = own.map(|sentence| sentence.len()).sum();
    let (first, rest) = split(copyright, length);
    notice.copyright = Some(first.trim().to_owned()).filter(|first| !first.is_empty());
    notice.holder = holder(first);
    let others: Vec<_> = said.iter().filter(is_licence).filter(|said| said != copyright).collect();
    notice.licence = match (rest.trim(), others.as_slice()) {
        ("", [one]) => Some((*one).clone()),
        ("", _) => None,
        (rest, _) => Some(rest.to_owned()),
    };
    if let Some(licence) = &notice.licence {
        let full = named_in(licence).into_iter().next();
        notice.known = full.map(|(_, known)| known);
        notice.named = full.map(|(name, _)| name.to_owned()).or_else(|| called(licence));
    }
    notice
}

/// Finds the notices of the files that license a folder: LICENSE and README. Statements in which they differ are left
/// out.
pub(crate) fn beside(files: &[FoundDocument<'_>]) -> Notice {
    let copyrights: BTreeSet<_> = files.iter().flat_map(|file| copyright_lines(file.text)).collect();
    let licences: Vec<_> = files.iter().flat_map(|file| licences(file)).collect();
    let mut notice = Notice::default();
    if let [copyright] = copyrights.into_iter().collect::<Vec<_>>().as_slice() {
        notice.copyright = Some((*copyright).to_owned());
        notice.holder = holder(copyright);
    }
    if let Some(first) = licences.first().filter(|first| licences.iter().all(|other| other.known == first.known)) {
        // A sentence tells more than the title of a licence.
        let longest = licences.iter().max_by_key(|found| found.notice.len()).unwrap_or(first);
        notice.licence = Some(longest.notice.clone());
        notice.named = Some(longest.words.clone());
        notice.known = Some(longest.known);
    }
    notice
}

/// A licence that a file names.
struct NamedLicence {
    /// The sentence that names it, or the words alone.
    notice: String,
    words: String,
    known: KnownLicence,
}

/// The number of bytes at the beginning of a licence text that contain its title.
const TITLE: usize = 1000;

/// The greatest length of a sentence that names a licence.
const SENTENCE: usize = 400;

fn licences(file: &FoundDocument<'_>) -> Vec<NamedLicence> {
    let named = |text: &str, notice: Option<&str>| -> Vec<NamedLicence> {
        let found = named_in(text).into_iter().map(|(words, known)| {
            let notice = notice.unwrap_or(words).to_owned();
            NamedLicence { notice, words: words.to_owned(), known }
        });
        found.collect()
    };
    let by_identifier = file.text.split("SPDX-License-Identifier:").skip(1).filter_map(|behind| {
        let identifier = behind.split_whitespace().next()?;
        Some(named_by(identifier, of_spdx(identifier)?))
    });
    let mut found: Vec<_> = by_identifier.collect();
    if !is_readme(file) {
        let title: Vec<_> = slice(file.text, ..file.text.floor_char_boundary(TITLE)).split_whitespace().collect();
        found.extend(named(&title.join(" "), None));
        return found;
    }
    for said in statements(file.text) {
        let is_sentence = speaks_of_licence(&said) && said.len() <= SENTENCE && !said.contains("](");
        if speaks_of_licence(&said) {
            found.extend(named(&said, is_sentence.then_some(said.as_str())));
        }
        // `MIT`, below a heading.
        let bare = said.trim_end_matches('.');
        found.extend(of_spdx(bare).map(|known| named_by(bare, known)));
        found.extend(badges(&said));
    }
    found
}

fn named_by(identifier: &str, known: KnownLicence) -> NamedLicence {
    NamedLicence { notice: identifier.to_owned(), words: identifier.to_owned(), known }
}

/// Returns the licences of badges: `img.shields.io/badge/License-CC_BY--SA_4.0-lightgrey`.
fn badges(said: &str) -> Vec<NamedLicence> {
    let addresses = said.split("img.shields.io/badge/").skip(1);
    let badge = |behind: &str| {
        let path = behind.split([')', '?', '"', ' ', ']']).next().unwrap_or_default();
        let path = percent_decode_str(path).decode_utf8_lossy().replace("--", "\u{0}");
        let mut parts = path.split('-').map(|part| part.replace('\u{0}', "-").replace('_', " "));
        let label = parts.next()?;
        let words = parts.next().filter(|_| speaks_of_licence(&label))?;
        let known = of_spdx(&words).or_else(|| named_in(&words).first().map(|(_, known)| *known))?;
        Some(named_by(&words, known))
    };
    addresses.filter_map(badge).collect()
}

/// Returns the lines that begin with the sign or the word for copyright, and a year.
fn copyright_lines(text: &str) -> impl Iterator<Item = &str> {
    let trimmed = text.lines().map(|line| line.trim_matches(|c: char| c.is_whitespace() || "#*_>-".contains(c)));
    trimmed.filter(|line| copyright_at(line) == Some(0))
}

/// Whether a file tells of a folder, and is not the text of a licence.
fn is_readme(file: &FoundDocument<'_>) -> bool {
    file.path.file_name().is_some_and(|name| name.to_ascii_lowercase().starts_with("readme"))
}

/// Returns the paragraphs of a text, each in one line.
fn statements(text: &str) -> Vec<String> {
    let document = parse::parse("".into(), text, &Problems::default());
    let mut said = Vec::new();
    document.sections.iter().for_each(|section| paragraphs(&section.blocks, text, &mut said));
    said
}

fn paragraphs(blocks: &[Block], text: &str, said: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => {
                let written =
                    slice(text, paragraph.text.span.0.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
                said.push(written);
            }
            BlockKind::Quote(blocks) | BlockKind::Alert { blocks, .. } => paragraphs(blocks, text, said),
            _ => {}
        }
    }
}

/// Returns where a notice of copyright begins, if there is one: the word or the sign, and behind it a year.
fn copyright_at(text: &str) -> Option<usize> {
    let at = ["Copyright", "copyright", "©", "ⓒ", "(c)", "版權所有", "著作權"]
        .iter()
        .filter_map(|sign| text.find(sign))
        .min()?;
    let behind: String = slice(text, at..).chars().take(40).collect();
    let has_year = behind.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    has_year.then_some(at)
}

fn speaks_of_licence(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["licence", "license", "permission", "cc by", "cc0", "授權"].iter().any(|word| lower.contains(word))
}

/// Returns a text cut behind its sentences. A full stop behind a single letter ends none.
fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices(". ") {
        let word = slice(text, start..at).rsplit(' ').next().unwrap_or_default();
        if word.chars().count() > 1 {
            sentences.push(slice(text, start..at + 2));
            start = at + 2;
        }
    }
    sentences.push(slice(text, start..));
    sentences
}

/// Returns the copyright holder: the words after the years.
fn holder(copyright: &str) -> Option<String> {
    let behind = slice(copyright, copyright_at(copyright)?..);
    let (_, name) = behind.rsplit_once(|c: char| c.is_ascii_digit())?;
    let name = name.trim_matches([' ', ',', '.', ':', ';']);
    let is_name =
        name.starts_with(char::is_alphabetic) && name.chars().count() <= 60 && !name.contains(['[', '<', '*']);
    is_name.then(|| name.trim_end_matches(". All rights reserved").to_owned())
}

/// Returns the name of a licence in a notice: the words with capitals and numbers up to `License`.
fn called(licence: &str) -> Option<String> {
    let end = ["License", "Licence"].iter().filter_map(|word| Some(licence.rfind(word)? + word.len())).max()?;
    let before = slice(licence, ..end);
    let is_part = |word: &&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let words: Vec<_> = before.rsplit(' ').take_while(is_part).collect();
    let name: Vec<_> = words.into_iter().rev().collect();
    Some(name.join(" ")).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_taken_word_by_word_and_its_licence_only_where_it_is_named_in_full() {
        let notice = find(
            "# L\n\n## Credit\n\nCopyright ⓒ 2021-2022 Raphael 'kena' Poss. Permission is granted to reuse this table \
             according to the terms of the CreativeCommons-ShareAlike 4.0 International License.\n",
        );
        assert_eq!(notice.copyright.as_deref(), Some("Copyright ⓒ 2021-2022 Raphael 'kena' Poss."));
        assert_eq!(notice.holder.as_deref(), Some("Raphael 'kena' Poss"));
        assert!(notice.licence.unwrap().starts_with("Permission is granted"));
        assert_eq!(notice.named.as_deref(), Some("CreativeCommons-ShareAlike 4.0 International License"));
        assert_eq!(notice.known, None);
        let notice = find("© 2024 A. Person, Inc.\n\nThis work is licensed under CC BY 4.0.\n");
        assert_eq!(notice.holder.as_deref(), Some("A. Person, Inc"));
        assert_eq!((notice.known.unwrap().spdx, notice.named.as_deref()), ("CC-BY-4.0", Some("CC BY 4.0")));
    }

    #[test]
    fn where_there_is_a_doubt_nothing_is_taken() {
        for text in ["", "Respects copyright.", "Copyright 2020 A\n\nCopyright 2021 B\n", "Licensed to kill."] {
            assert_eq!(find(text), Notice::default(), "{text}");
        }
    }
}
