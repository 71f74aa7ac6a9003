//! Writes `site.toml` for adopted ladders, with placeholders for unknown values.

use std::collections::BTreeMap;
use std::fmt::Write;

use toml_edit::Value;

use super::normalize::Normalization;

use super::notice::Notice;
use crate::config::{BASE_URL, TO_FILL_IN, TO_FILL_IN_ZH, UNKNOWN_ADDRESS};

/// A ladder, as far as `site.toml` speaks of it.
#[derive(Debug)]
pub(crate) struct Listed<'a> {
    pub(crate) key: &'a str,
    pub(crate) prefix: &'a str,
    /// By tag. That of the source is among them.
    pub(crate) titles: BTreeMap<&'a str, String>,
}

/// The values that `site.toml` is written from.
#[derive(Debug)]
pub(crate) struct Described<'a> {
    /// The source first.
    pub(crate) tags: &'a [String],
    pub(crate) ladders: &'a [Listed<'a>],
    /// The titles of a document that holds several ladders, by tag.
    pub(crate) titles: BTreeMap<&'a str, String>,
    pub(crate) notice: &'a Notice,
    /// The owner, who says that the documents are their own. None if somebody else may have written them.
    pub(crate) owner: Option<&'a str>,
    /// The person who adopts them, if known.
    pub(crate) by: Option<&'a str>,
    /// The page of the repository that the documents stand in.
    pub(crate) repository: Option<&'a str>,
    pub(crate) changes: Vec<Normalization>,
}

/// A text in the languages that Rungs speaks.
struct SiteTexts {
    english: String,
    chinese: String,
}

fn words(english: impl Into<String>, chinese: impl Into<String>) -> SiteTexts {
    SiteTexts { english: english.into(), chinese: chinese.into() }
}

impl Described<'_> {
    pub(crate) fn text(&self) -> String {
        let source = &self.tags[0];
        let tags: Vec<_> = self.tags.iter().map(|tag| quoted(tag)).collect();
        let mut text = format!(
            "# What the site is, its languages, and where its text comes from.\n\n\
             # The address of the site. The workflow for GitHub Pages sets it automatically.\n\
             base-url = {}\nsource-locale = {}\nlocales = [{}]\n",
            quoted(BASE_URL),
            quoted(source),
            tags.join(", ")
        );
        self.titles(&mut text);
        for Listed { key, prefix, .. } in self.ladders {
            let _ = write!(text, "\n[[ladders]]\nkey = {}\nprefix = {}\n", quoted(key), quoted(prefix));
            text.push_str(
                "# Whether a level also expects everything that the levels below it expect.\nlevels-accumulate = \
                 true\n",
            );
        }
        if let Some(owner) = self.owner {
            let comment =
                "# Who wrote the ladders. Nobody else may share them: the guide explains how to name a licence.";
            let _ = write!(text, "\n{comment}\n[provenance]\nowner = {{ name = {} }}\n", quoted(owner));
            return text;
        }
        self.source(&mut text);
        self.licence(&mut text);
        self.modifications(&mut text);
        for tag in self.tags.iter().skip(1) {
            let comment = to_fill_in("who translated it.");
            let _ = write!(text, "\n# {comment}\n[[provenance.translations]]\nlocale = {}\n", quoted(tag));
            let _ = writeln!(text, "translators = [{{ name = {} }}]", quoted(TO_FILL_IN));
        }
        text
    }

    fn titles(&self, text: &mut String) {
        text.push_str("\n[title]\n");
        match self.ladders {
            [one] => {
                for tag in self.tags {
                    if let Some(title) = one.titles.get(tag.as_str()) {
                        let _ = writeln!(text, "{tag} = {}", quoted(title));
                    }
                }
            }
            _ if !self.titles.is_empty() => {
                for (tag, title) in &self.titles {
                    let _ = writeln!(text, "{tag} = {}", quoted(title));
                }
            }
            _ => self.entries(&words("Career Ladders", "職涯階梯"), text),
        }
        text.push_str("\n[description]\n");
        self.entries(&words("What is expected at each level.", "各職級的期望。"), text);
    }

    fn source(&self, text: &mut String) {
        let notice = self.notice;
        let unsaid = |what: &str| to_fill_in(&format!("the document does not mention {what}."));
        let copyright = notice.copyright.clone().unwrap_or_else(|| unsaid("copyright"));
        let licence = notice.licence.clone().unwrap_or_else(|| unsaid("a licence"));
        let source = self.tags[0].as_str();
        let of_first = || self.ladders.first().and_then(|ladder| ladder.titles.get(source));
        let title = self.titles.get(source).or_else(of_first).cloned();
        let mut line = |comment: &str, key: &str, value: String| {
            let comment = if comment.is_empty() { String::new() } else { format!("# {}\n", to_fill_in(comment)) };
            let _ = writeln!(text, "{comment}{key} = {value}");
        };
        line("", "\n[provenance.source]\ntitle", quoted(&title.unwrap_or_default()));
        let holder = notice.holder.as_deref();
        let comment = if holder.is_none() { "who wrote it." } else { "" };
        line(comment, "creators", format!("[{{ name = {} }}]", quoted(holder.unwrap_or(TO_FILL_IN))));
        let missing = |value: &Option<String>, comment: &'static str| if value.is_none() { comment } else { "" };
        line(
            missing(&notice.copyright, "the copyright notice, word for word."),
            "copyright-notice",
            quoted(&copyright),
        );
        line(
            missing(&notice.licence, "what others may do with it, word for word."),
            "licence-notice",
            quoted(&licence),
        );
        let comment = if self.repository.is_none() { "where it comes from." } else { "" };
        line(comment, "uri", quoted(self.repository.unwrap_or(UNKNOWN_ADDRESS)));
    }

    fn licence(&self, text: &mut String) {
        let notice = self.notice;
        let named = notice.named.as_deref().or(notice.licence.as_deref()).unwrap_or(TO_FILL_IN);
        let (comment, name, short_name, spdx, url, reason) = match notice.known {
            Some(known) => (
                String::new(),
                known.name,
                known.short_name,
                known.spdx,
                known.url,
                words("The notice names the licence in full.", "聲明已寫出授權條款的全名。"),
            ),
            None => (
                format!("# {}\n", to_fill_in("which licence the notice means, by its names and its address, and why.")),
                named,
                named,
                TO_FILL_IN,
                UNKNOWN_ADDRESS,
                words(
                    to_fill_in("why the notice is understood this way."),
                    format!("{TO_FILL_IN_ZH}：為何如此解讀聲明。"),
                ),
            ),
        };
        let _ = write!(
            text,
            "\n{comment}[provenance.licence]\nnamed = {}\nname = {}\nshort-name = {}\nspdx = {}\nurl = {}\n\n\
             [provenance.licence.reason]\n",
            quoted(named),
            quoted(name),
            quoted(short_name),
            quoted(spdx),
            quoted(url)
        );
        self.entries(&reason, text);
    }

    fn modifications(&self, text: &mut String) {
        let comment = match self.by {
            Some(_) => "# Who adopted it, and what was changed.".to_owned(),
            None => format!("# {}", to_fill_in("who adopted it, and what else was changed.")),
        };
        let by = quoted(self.by.unwrap_or(TO_FILL_IN));
        let _ = write!(text, "\n{comment}\n[[provenance.modifications]]\nby = {{ name = {by} }}\n\n");
        text.push_str("[provenance.modifications.changes]\n");
        let mut english = vec!["Every level, category and criterion was given an id."];
        let mut chinese = vec!["每個職級、類別與準則都加上識別碼。"];
        for change in &self.changes {
            let (in_english, in_chinese) = change.words();
            english.push(in_english);
            chinese.push(in_chinese);
        }
        let list = |texts: &[&str]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
        self.written(&format!("[{}]", list(&english)), &format!("[{}]", list(&chinese)), text);
    }

    fn entries(&self, words: &SiteTexts, text: &mut String) {
        self.written(&quoted(&words.english), &quoted(&words.chinese), text);
    }

    /// Writes a text for each locale that Rungs can write it in. English stands in for other sources.
    fn written(&self, english: &str, chinese: &str, text: &mut String) {
        for (at, tag) in self.tags.iter().enumerate() {
            let said = match tag.split('-').next() {
                Some("zh") if tag.contains("TW") || tag.contains("Hant") => chinese,
                Some("en") => english,
                _ if at == 0 => english,
                _ => continue,
            };
            let _ = writeln!(text, "{tag} = {said}");
        }
    }
}

/// Returns a placeholder that says what for.
fn to_fill_in(what: &str) -> String {
    format!("{TO_FILL_IN}: {what}")
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
