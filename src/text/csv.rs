//! Tables for spreadsheets: CSV as RFC 4180 has it.

/// What spreadsheets take for a formula, at the beginning of a cell.
const FORMULAS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// Returns rows of cells as a file. The mark at its beginning tells spreadsheets that it is UTF-8.
pub(crate) fn csv<R: AsRef<[String]>>(rows: impl IntoIterator<Item = R>) -> String {
    let mut text = "\u{FEFF}".to_owned();
    for row in rows {
        let cells: Vec<_> = row.as_ref().iter().map(|text| cell(text)).collect();
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    text
}

/// Returns a text as a cell. What looks like a formula becomes a text.
fn cell(text: &str) -> String {
    let apostrophe = if text.starts_with(FORMULAS) { "'" } else { "" };
    let text = format!("{apostrophe}{text}");
    match text.contains(['"', ',', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_texts_in_every_spreadsheet() {
        let row: Vec<_> =
            ["a,b", "say \"no\"", "=1+1", "-x", "@a", "\tb", "1 - 2", "", "行\n行"].map(str::to_owned).into();
        assert_eq!(csv([row]), "\u{FEFF}\"a,b\",\"say \"\"no\"\"\",'=1+1,'-x,'@a,'\tb,1 - 2,,\"行\n行\"\r\n");
    }
}
