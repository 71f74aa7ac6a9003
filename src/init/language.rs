//! Detects the language of a document from its folder, its name or its script.

use camino::Utf8Path;

use crate::locale::Locale;
use crate::text::han::is_han;
use crate::text::slice;

/// Codes of countries that are often taken for those of languages.
const MISTAKEN: [(&str, &str); 12] = [
    ("br", "pt-BR"),
    ("cn", "zh-CN"),
    ("cz", "cs"),
    ("dk", "da"),
    ("gr", "el"),
    ("hk", "zh-HK"),
    ("jp", "ja"),
    ("kr", "ko"),
    ("tw", "zh-TW"),
    ("ua", "uk"),
    ("us", "en-US"),
    ("vn", "vi"),
];

/// Languages that a name without a region may stand for. Of the others many are words, such as `qa` and `as`.
const COMMON: [&str; 36] = [
    "ar", "bg", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja",
    "ko", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "th", "tr", "uk", "vi", "zh",
];

/// The language of a document, as its path says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocumentPath {
    pub(crate) tag: String,
    /// The value as it is written, which may not be a tag.
    pub(crate) written: String,
    /// The path without it: what documents in several languages have in common.
    pub(crate) base: String,
}

/// Reads the language from a folder of the path, or from the name of the file: `zh-TW/index.md`, `index.zh_TW.md`,
/// `zh_TW.md`.
pub(crate) fn named(path: &Utf8Path) -> Option<DocumentPath> {
    let folders: Vec<_> = path.parent().map(|folder| folder.as_str().split('/').collect()).unwrap_or_default();
    let name = path.file_name().unwrap_or_default();
    let stem = path.file_stem().unwrap_or_default();
    for (at, folder) in folders.iter().enumerate().rev() {
        if let Some(tag) = tag(folder) {
            let others = folders.iter().enumerate().filter(|&(other, _)| other != at).map(|(_, folder)| *folder);
            let base = others.chain([name]).collect::<Vec<_>>().join("/");
            return Some(DocumentPath { tag, written: (*folder).to_owned(), base });
        }
    }
    let in_folder = |name: String| path.parent().map_or_else(|| name.clone(), |folder| folder.join(&name).to_string());
    if let Some(tag) = tag(stem) {
        return Some(DocumentPath { tag, written: stem.to_owned(), base: in_folder(String::new()) });
    }
    let suffixes = stem.match_indices(['.', '_', '-']).filter(|&(at, _)| at > 0);
    for (at, mark) in suffixes {
        let (name, suffix) = (slice(stem, ..at), slice(stem, at + mark.len()..));
        if let Some(tag) = tag(suffix) {
            return Some(DocumentPath { tag, written: suffix.to_owned(), base: in_folder(format!("{name}.md")) });
        }
    }
    None
}

/// Returns the tag that a name stands for, if it stands for one.
fn tag(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if let Some((_, tag)) = MISTAKEN.iter().find(|(written, _)| *written == lower) {
        return Some((*tag).to_owned());
    }
    let language = lower.split(['-', '_']).next().unwrap_or_default();
    let is_tag = lower
        .split(['-', '_'])
        .skip(1)
        .all(|part| matches!(part.len(), 2..=4) && (part.len() != 3 || part.bytes().all(|byte| byte.is_ascii_digit())));
    if !COMMON.contains(&language) || !is_tag {
        return None;
    }
    Locale::probably(&lower).map(|locale| locale.tag)
}

/// Returns the language that a text without a name for it is probably in.
pub(crate) fn guessed(text: &str) -> &'static str {
    let count = |is: &dyn Fn(char) -> bool| text.chars().filter(|&c| is(c)).count();
    let letters = count(&char::is_alphabetic).max(1);
    let kana = count(&|c| ('\u{3041}'..='\u{30FF}').contains(&c));
    let hangul = count(&|c| ('\u{AC00}'..='\u{D7A3}').contains(&c));
    let han = count(&is_han) - kana;
    match () {
        () if kana * 20 > letters => "ja",
        () if hangul * 4 > letters => "ko",
        () if han * 4 > letters && count(&|c| "这为们个对发时会说进过与应该设计团队术级".contains(c)) * 50 > han => {
            "zh-CN"
        }
        () if han * 4 > letters => "zh-TW",
        () => "en",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(path: &str) -> Option<(String, String)> {
        named(path.into()).map(|named| (named.tag, named.base))
    }

    #[test]
    fn a_language_is_read_from_folder_suffix_or_name() {
        let some = |tag: &str, base: &str| Some((tag.to_owned(), base.to_owned()));
        assert_eq!(read("docs/zh-TW/ladder.md"), some("zh-TW", "docs/ladder.md"));
        assert_eq!(read("index.zh_TW.md"), some("zh-TW", "index.md"));
        assert_eq!(read("docs/README-pt-br.md"), some("pt-BR", "docs/README.md"));
        assert_eq!(read("ladder/jp.md"), some("ja", "ladder/"));
        assert_eq!(read("ladder/cn/l1.md"), some("zh-CN", "ladder/l1.md"));
        assert_eq!(read("zh-Hant/l1.md"), some("zh-Hant", "l1.md"));
    }

    #[test]
    fn words_that_could_be_tags_are_words() {
        for path in ["qa/ladder.md", "tech-lead.md", "em.md", "ic3.md", "ladder.md", "as-is.md", "en-masse.md"] {
            assert_eq!(read(path), None, "for {path}");
        }
    }

    #[test]
    fn a_language_without_a_name_is_told_by_its_letters() {
        assert_eq!(guessed("Writes code"), "en");
        assert_eq!(guessed("撰寫程式碼 in Rust"), "zh-TW");
        assert_eq!(guessed("与团队一起设计"), "zh-CN");
        assert_eq!(guessed("コードを書く"), "ja");
        assert_eq!(guessed("코드를 작성한다"), "ko");
        assert_eq!(guessed(""), "en");
    }
}
