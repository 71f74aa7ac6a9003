//! Files that hold no text, told by what they begin with and hold.

use std::fs;

use camino::Utf8Path;

/// A file that a person would have to save as another one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OtherFormat {
    /// `a spreadsheet`
    pub(crate) name: &'static str,
    /// What to do with it.
    pub(crate) help: &'static str,
}

const SPREADSHEET: OtherFormat =
    OtherFormat { name: "a spreadsheet", help: "save each of its sheets as CSV in UTF-8, and adopt that file" };
const DOCUMENT: OtherFormat = OtherFormat {
    name: "a word processor document",
    help: "save it as Markdown, and adopt that file: `pandoc ladder.docx --to gfm --output ladder.md` does it",
};
const SLIDES: OtherFormat = OtherFormat { name: "a presentation", help: "copy its text into a Markdown file" };
const PDF: OtherFormat =
    OtherFormat { name: "a PDF", help: "copy its text into a Markdown file, or ask for its source" };
const IMAGE: OtherFormat = OtherFormat { name: "an image", help: "write what it shows in a Markdown file" };
const ARCHIVE: OtherFormat = OtherFormat { name: "an archive", help: "unpack it, and adopt the documents in it" };
const PAGE: OtherFormat = OtherFormat {
    name: "a web page",
    help: "save it as Markdown, and adopt that file: `pandoc ladder.html --to gfm --output ladder.md` does it",
};

/// What files begin with.
const BEGINNINGS: &[(&[u8], OtherFormat)] = &[
    (b"%PDF", PDF),
    (b"{\\rtf", DOCUMENT),
    (b"\x89PNG", IMAGE),
    (b"\xFF\xD8\xFF", IMAGE),
    (b"GIF8", IMAGE),
    (b"\x1F\x8B", ARCHIVE),
    (b"7z\xBC\xAF", ARCHIVE),
];

/// What files of several parts hold: of Office, of OpenDocument, of Apple, and of Office before 2007, in UTF-16.
const PARTS: &[(&[u8], OtherFormat)] = &[
    (b"xl/workbook", SPREADSHEET),
    (b"opendocument.spreadsheet", SPREADSHEET),
    (b"W\0o\0r\0k\0b\0o\0o\0k\0", SPREADSHEET),
    (b"Index/CalculationEngine", SPREADSHEET),
    (b"word/document", DOCUMENT),
    (b"opendocument.text", DOCUMENT),
    (b"W\0o\0r\0d\0D\0o\0c\0", DOCUMENT),
    (b"ppt/", SLIDES),
    (b"opendocument.presentation", SLIDES),
    (b"P\0o\0w\0e\0r\0P\0o\0i\0n\0t\0", SLIDES),
];

/// Returns what a file is, if it is no text. One that cannot be read is left to whoever reads it.
pub(crate) fn other_format(path: &Utf8Path) -> Option<OtherFormat> {
    of(&fs::read(path).ok()?)
}

fn of(bytes: &[u8]) -> Option<OtherFormat> {
    let found = |table: &[(&[u8], OtherFormat)], holds: &dyn Fn(&[u8]) -> bool| {
        table.iter().find(|(sign, _)| holds(sign)).map(|(_, format)| *format)
    };
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        let holds = |sign: &[u8]| bytes.windows(sign.len()).any(|part| part == sign);
        return found(PARTS, &holds).or(Some(ARCHIVE));
    }
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let begins = |sign: &str| text.get(..sign.len()).is_some_and(|start| start.eq_ignore_ascii_case(sign.as_bytes()));
    if begins("<!doctype html") || begins("<html") {
        return Some(PAGE);
    }
    found(BEGINNINGS, &|sign| bytes.starts_with(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_what_it_holds() {
        let name = |bytes: &[u8]| of(bytes).map_or("", |format| format.name);
        for (bytes, expected) in [
            (&b"PK\x03\x04....[Content_Types].xml....xl/workbook.xml"[..], "a spreadsheet"),
            (b"PK\x03\x04....word/document.xml", "a word processor document"),
            (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a spreadsheet"),
            (b"\xD0\xCF\x11\xE0....W\0o\0r\0d\0D\0o\0c\0u\0", "a word processor document"),
            (b"PK\x03\x04....a.txt", "an archive"),
            (b"%PDF-1.7", "a PDF"),
            (b"{\\rtf1", "a word processor document"),
            (b"\n<!DOCTYPE HTML>\n", "a web page"),
            (b"\xEF\xBB\xBF<html lang=\"en\">", "a web page"),
            (b"# Ladder\n", ""),
            (b"<table>", ""),
            ("甲,乙\n".as_bytes(), ""),
            (b"", ""),
        ] {
            assert_eq!(name(bytes), expected, "{bytes:?}");
        }
    }
}
