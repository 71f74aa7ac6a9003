//! The forms in which a citation is written.

use serde_json::{Map, Value, json};

use super::{Author, Citation};
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::text::escaped;

/// A way to write a citation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum CitationStyle {
    Text,
    Markdown,
    Html,
    /// An entry for BibTeX and biblatex.
    Bibtex,
    /// A list of one item, as Zotero and pandoc read it: CSL-JSON 1.0.2.
    CslJson,
}

impl CitationStyle {
    pub(crate) const ALL: [Self; 5] = [Self::Text, Self::Markdown, Self::Html, Self::Bibtex, Self::CslJson];

    /// Returns the word for it on the command line.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Bibtex => "bibtex",
            Self::CslJson => "csl-json",
        }
    }
}

impl Citation {
    /// Writes the citation, with the words of a locale between its parts. No line end follows.
    pub(crate) fn write(&self, form: CitationStyle, words: &Words, locale: LocaleIndex) -> String {
        match form {
            CitationStyle::Text => self.phrase(words, locale, str::to_owned, |words, _| words.to_owned()),
            CitationStyle::Markdown => {
                self.phrase(words, locale, markdown, |words, address| match words == markdown(address) {
                    true => format!("<{address}>"),
                    false => format!("[{words}]({address})"),
                })
            }
            CitationStyle::Html => {
                let phrase = self.phrase(words, locale, escaped, |words, address| {
                    format!("<a href=\"{}\">{words}</a>", escaped(address))
                });
                format!("<p lang=\"{}\">{phrase}</p>", escaped(&self.language))
            }
            CitationStyle::Bibtex => self.bibtex(words, locale),
            CitationStyle::CslJson => self.csl_json(words, locale),
        }
    }

    /// Returns the citation in one sentence: `plain` writes words so that they mean themselves, `link` makes a link of
    /// such words. An address that nothing links to stands for itself.
    fn phrase(
        &self,
        words: &Words,
        locale: LocaleIndex,
        plain: impl Fn(&str) -> String,
        link: impl Fn(&str, &str) -> String,
    ) -> String {
        let edition = self.edition.as_ref().map(|(name, _)| name.to_string());
        let licence = match &self.licence {
            Some((name, address)) => link(&plain(name), address),
            None => plain(words.get(locale, "licence.reserved")),
        };
        let names = |authors: &[Author]| plain(&names(authors, words.get(locale, "list.separator")));
        let mut creators = names(&self.authors);
        for (key, authors) in [("citation.translated-by", &self.translators), ("citation.modified-by", &self.modifiers)]
        {
            if !authors.is_empty() {
                creators.push_str(&words.phrase(locale, key, &[("names", &names(authors))]));
            }
        }
        let values = [
            ("id", link(&plain(&self.label), &self.address)),
            ("statement", plain(self.statement.as_deref().unwrap_or_default())),
            ("level", plain(&self.level)),
            ("ladder", plain(&self.title)),
            ("edition", edition.clone().unwrap_or_default()),
            ("creators", creators),
            ("licence", licence),
            ("address", link(&plain(&self.address), &self.address)),
        ];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let key = match (&self.statement, edition) {
            (Some(_), Some(_)) => "citation.of-edition",
            (Some(_), None) => "citation.unreleased",
            (None, Some(_)) => "citation.level-of-edition",
            (None, None) => "citation.level-unreleased",
        };
        words.phrase(locale, key, &values)
    }

    /// Returns what the thing cited says: its statement, or the name of a level.
    fn what(&self) -> &str {
        self.statement.as_ref().unwrap_or(&self.level)
    }

    /// Returns the licence with its address, and who changed the text.
    fn rights(&self, words: &Words, locale: LocaleIndex) -> String {
        let modified = match self.modifiers.as_slice() {
            [] => String::new(),
            modifiers => {
                let names = names(modifiers, words.get(locale, "list.separator"));
                words.phrase(locale, "citation.modified-by", &[("names", &names)])
            }
        };
        let rights = match &self.licence {
            Some((name, address)) => format!("{name} ({address})"),
            None => words.get(locale, "licence.reserved").to_owned(),
        };
        rights + &modified
    }

    fn bibtex(&self, words: &Words, locale: LocaleIndex) -> String {
        let names = |authors: &[Author]| {
            let names: Vec<_> = authors.iter().map(|author| format!("{{{}}}", tex(&author.name))).collect();
            names.join(" and ")
        };
        let key = self.label.to_ascii_lowercase().replace(['@', ':'], "-");
        let rights = self.rights(words, locale);
        let note = if self.statement.is_some() { format!("{}; {rights}", self.level) } else { rights };
        let mut fields = vec![
            ("author", names(&self.authors)),
            ("title", format!("{{{}: {}}}", tex(&self.label), tex(self.what()))),
            ("howpublished", tex(&self.title)),
            ("note", tex(&note)),
        ];
        if !self.translators.is_empty() {
            fields.push(("translator", names(&self.translators)));
        }
        if let Some((name, date)) = &self.edition {
            fields.push(("edition", name.to_string()));
            fields.push(("date", date.to_string()));
            fields.push(("year", date.year().to_string()));
        }
        fields.push(("language", self.language.clone()));
        // Addresses are taken as they are by every style that shows them.
        fields.push(("url", self.address.clone()));
        let fields: Vec<_> = fields.iter().map(|(name, value)| format!("  {name} = {{{value}}},\n")).collect();
        format!("@misc{{{key},\n{}}}", fields.concat())
    }

    fn csl_json(&self, words: &Words, locale: LocaleIndex) -> String {
        let items = json!([self.csl_item(words, locale)]);
        serde_json::to_string_pretty(&items).expect("texts, numbers and lists of them are JSON")
    }

    /// Returns the citation as an item of CSL-JSON.
    pub(crate) fn csl_item(&self, words: &Words, locale: LocaleIndex) -> Map<String, Value> {
        let names =
            |authors: &[Author]| authors.iter().map(|author| json!({ "literal": author.name })).collect::<Vec<_>>();
        let fields = [
            ("id", json!(self.label)),
            ("type", json!("webpage")),
            ("title", json!(self.what())),
            ("number", json!(self.number)),
            ("container-title", json!(self.title)),
            ("author", json!(names(&self.authors))),
            ("note", json!(self.rights(words, locale))),
            ("language", json!(self.language)),
            ("URL", json!(self.address)),
        ];
        let mut item: Map<_, _> = fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        let mut add = |key: &str, value| item.insert(key.to_owned(), value);
        for (key, authors) in [("translator", &self.translators), ("contributor", &self.modifiers)] {
            if !authors.is_empty() {
                add(key, json!(names(authors)));
            }
        }
        if self.statement.is_some() {
            add("section", json!(self.level));
        }
        if let Some((name, date)) = &self.edition {
            add("edition", json!(name.to_string()));
            add("issued", json!({ "date-parts": [[date.year(), date.month(), date.day()]] }));
        }
        item
    }
}

fn names(authors: &[Author], between: &str) -> String {
    authors.iter().map(|author| author.name.as_str()).collect::<Vec<_>>().join(between)
}

/// Text that means itself in Markdown too.
pub(crate) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Returns the same in TeX.
fn tex(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' | '{' | '}' => escaped.extend(['\\', c]),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_each_form_mean_themselves() {
        assert_eq!(markdown("a [b](c) *d*"), "a \\[b\\](c) \\*d\\*");
        assert_eq!(tex("40% of R&D_1 {~}"), "40\\% of R\\&D\\_1 \\{\\textasciitilde{}\\}");
    }
}
