//! Tables of CSV and TSV, written as tables of Markdown.
//!
//! The reader is one of its own, since it has to say of each cell where it stands in the file.

use camino::Utf8Path;

use super::draft::{FoundDocument, TextDraft};
use crate::diagnostic::Span;
use crate::text::{Edit, char_at, slice};

/// Whether a document is a table by its name.
pub(crate) fn is_table(path: &Utf8Path) -> bool {
    path.extension().is_some_and(|extension| ["csv", "tsv"].iter().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Returns a table of CSV as Markdown. Rows of one cell above the table are its title and texts.
pub(crate) fn draft(found: FoundDocument<'_>) -> TextDraft {
    let rows = rows(found.path, found.text);
    let filled = |row: &[Span]| row.iter().filter(|cell| !cell.is_empty()).count();
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let head = rows.iter().position(|row| filled(row) > 1).unwrap_or(rows.len());
    let mut draft = TextDraft::default();
    for (at, row) in rows[..head].iter().enumerate() {
        for cell in row.iter().filter(|cell| !cell.is_empty()) {
            if at == 0 {
                draft.add("# ");
            }
            draft.append(written(found, cell));
            draft.part();
        }
    }
    for (at, row) in rows[head..].iter().enumerate() {
        for cell in row {
            draft.add("| ");
            draft.append(written(found, cell));
            draft.add(" ");
        }
        draft.add(format!("{}|\n", "| ".repeat(columns - row.len())));
        if at == 0 {
            draft.add(format!("{}|\n", "| --- ".repeat(columns)));
        }
    }
    draft
}

/// Returns the cells of all rows that say anything, without quotation marks around them and spaces at their ends.
fn rows(path: &Utf8Path, text: &str) -> Vec<Vec<Span>> {
    let mark = text.len() - text.trim_start_matches('\u{FEFF}').len();
    let (start, separator) = match separator_line(text, mark) {
        Some(found) => found,
        None => (mark, separator(path, slice(text, mark..))),
    };
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut at = start;
    while at < text.len() {
        let cell = cell(text, at, separator);
        row.push(cell.said);
        at = cell.end;
        match char_at(text, at) {
            Some(c) if c == separator => at += c.len_utf8(),
            _ => {
                at += if slice(text, at..).starts_with("\r\n") { 2 } else { 1 };
                rows.push(std::mem::take(&mut row));
            }
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    rows
}

/// `sep=;`, with which files of Excel may begin: the separator, and where the table begins.
fn separator_line(text: &str, mark: usize) -> Option<(usize, char)> {
    let line = slice(text, mark..).split_inclusive('\n').next()?;
    let mut said = line.trim_end_matches(['\r', '\n']).strip_prefix("sep=")?.chars();
    let separator = said.next().filter(|_| said.next().is_none())?;
    Some((mark + line.len(), separator))
}

/// The separator that the first line with one has most often outside of quotation marks.
fn separator(path: &Utf8Path, text: &str) -> char {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("tsv")) {
        return '\t';
    }
    const SEPARATORS: [char; 3] = [',', ';', '\t'];
    let mut counts = [0_usize; 3];
    let mut is_quoted = false;
    for c in text.chars() {
        is_quoted ^= c == '"';
        if is_quoted {
            continue;
        }
        if let Some(at) = SEPARATORS.iter().position(|&separator| separator == c) {
            counts[at] += 1;
        }
        if c == '\n' && counts != [0; 3] {
            break;
        }
    }
    // Of equals the first.
    let most = (0..SEPARATORS.len()).rev().max_by_key(|&at| counts[at]).unwrap_or_default();
    SEPARATORS[most]
}

struct CsvCell {
    said: Span,
    /// Where the separator or the line end behind it stands.
    end: usize,
}

fn cell(text: &str, start: usize, separator: char) -> CsvCell {
    let ends = |c: char| c == separator || c == '\n' || c == '\r';
    let end_from = |at: usize| slice(text, at..).find(ends).map_or(text.len(), |length| at + length);
    let rest = slice(text, start..);
    let open = start + rest.len() - rest.trim_start_matches(' ').len();
    if char_at(text, open) == Some('"')
        && let Some(close) = closing(text, open + 1)
        && slice(text, close + 1..end_from(close + 1)).trim().is_empty()
    {
        return CsvCell { said: trimmed(text, open + 1..close), end: end_from(close + 1) };
    }
    let end = end_from(start);
    CsvCell { said: trimmed(text, start..end), end }
}

/// Returns where the quotation mark stands that closes a cell. Two of them are one in the text.
fn closing(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += slice(text, at..).find('"')?;
        if char_at(text, at + 1) != Some('"') {
            return Some(at);
        }
        at += 2;
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let said = slice(text, span.clone());
    let start = span.start + said.len() - said.trim_start().len();
    start..start + said.trim().len()
}

/// Returns what a cell says, in one line.
fn written(found: FoundDocument<'_>, cell: &Span) -> TextDraft {
    let said = slice(found.text, cell.clone());
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(c) = char_at(said, at) {
        let rest = slice(said, at..);
        match c {
            '"' if rest.starts_with("\"\"") => {
                edits.push(Edit::delete(at..at + 1));
                at += 2;
                continue;
            }
            '|' => edits.push(Edit::insert(at, "\\")),
            '\n' | '\r' => {
                let length = rest.len() - rest.trim_start().len();
                edits.push(Edit::replace(at..at + length, "<br>"));
                at += length;
                if slice(said, at..).starts_with("• ") {
                    edits.push(Edit::replace(at..at + '•'.len_utf8(), "-"));
                    at += '•'.len_utf8();
                }
                continue;
            }
            '•' if at == 0 && rest.starts_with("• ") => edits.push(Edit::replace(0..c.len_utf8(), "-")),
            _ => {}
        }
        at += c.len_utf8();
    }
    let mut draft = TextDraft::default();
    draft.copy(found, cell.clone());
    draft.edit(edits);
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(path: &str, text: &str) -> String {
        draft(FoundDocument { path: path.into(), text }).text()
    }

    #[test]
    fn cells_may_be_quoted_and_hold_what_parts_others() {
        let expected = "| Level | Craft |\n| --- | --- |\n| L1 | Writes, \"reads\".<br>- Tests \\| runs. |\n";
        for text in [
            "Level,Craft\nL1,\"Writes, \"\"reads\"\".\n• Tests | runs.\"\n",
            "\u{FEFF}Level;Craft\r\nL1;\"Writes, \"\"reads\"\".\r\n• Tests | runs.\"\r\n",
            "sep=;\nLevel;Craft\n\n;\n L1 ; \"Writes, \"\"reads\"\".\n  - Tests | runs.\" ",
            "Level\tCraft\nL1\t\"Writes, \"\"reads\"\".\n• Tests | runs.\"",
        ] {
            assert_eq!(markdown("a.csv", text), expected, "{text}");
        }
        let tabs = "Level\tCraft\nL1\t\"Writes, \"\"reads\"\".\n• Tests | runs.\"";
        assert_eq!(markdown("a.tsv", tabs), expected);
    }

    #[test]
    fn rows_may_be_short_and_stand_below_a_title() {
        assert_eq!(
            markdown("a.csv", "Engineering,,\nAs of May,,\n,,\nLevel,Craft,Team\nL1,Writes.\n"),
            "# Engineering\n\nAs of May\n\n| Level | Craft | Team |\n| --- | --- | --- |\n| L1 | Writes. | |\n"
        );
        assert_eq!(markdown("a.csv", ""), "");
        assert_eq!(markdown("a.csv", "a,\"never closed\nb,c\n"), "| a | \"never closed |\n| --- | --- |\n| b | c |\n");
    }
}
