//! Notices of copyright and licence in documents that are adopted.

use crate::config::{KnownLicence, named_in};
use crate::diagnostic::Problems;
use crate::parse::{self, Block, BlockKind};
use crate::text::{slice, split};

/// What a document says of whose it is and what others may do with it, word for word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Notice {
    pub(crate) copyright: Option<String>,
    /// Who holds it, as the notice says.
    pub(crate) holder: Option<String>,
    pub(crate) licence: Option<String>,
    /// The words of the notice that name the licence.
    pub(crate) named: Option<String>,
    /// The licence, if it is named without a doubt.
    pub(crate) known: Option<KnownLicence>,
}

/// Finds the notices of a document: nothing unless exactly one paragraph speaks of copyright.
pub(crate) fn find(text: &str) -> Notice {
    let document = parse::parse("".into(), text, &Problems::default());
    let mut said = Vec::new();
    for section in &document.sections {
        paragraphs(&section.blocks, text, &mut said);
    }
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

fn paragraphs(blocks: &[Block], text: &str, said: &mut Vec<String>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(paragraph) => {
                let written =
                    slice(text, paragraph.text.span.0.clone()).split_whitespace().collect::<Vec<_>>().join(" ");
                said.push(written);
            }
            BlockKind::Quote(blocks) => paragraphs(blocks, text, said),
            _ => {}
        }
    }
}

/// Where a notice of copyright begins, if there is one: the word or the sign, and behind it a year.
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

/// A text cut behind its sentences. A full stop behind a single letter ends none.
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

/// Who holds the copyright: what stands behind the years.
fn holder(copyright: &str) -> Option<String> {
    let behind = slice(copyright, copyright_at(copyright)?..);
    let (_, name) = behind.rsplit_once(|c: char| c.is_ascii_digit())?;
    let name = name.trim_matches([' ', ',', '.', ':', ';']);
    let is_name =
        name.starts_with(char::is_alphabetic) && name.chars().count() <= 60 && !name.contains(['[', '<', '*']);
    is_name.then(|| name.trim_end_matches(". All rights reserved").to_owned())
}

/// What a notice calls a licence: the words with capitals and numbers up to `License`.
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
