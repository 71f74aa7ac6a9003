//! The summary of a release.

/// Returns the paragraphs of a plain text, with one blank line between them. None if it says nothing.
pub(crate) fn summary(text: &str) -> Option<String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let mut paragraphs = vec![Vec::new()];
    for line in text.lines().map(str::trim_end) {
        match (line.is_empty(), paragraphs.last_mut()) {
            (false, Some(paragraph)) => paragraph.push(line),
            (true, Some(paragraph)) if !paragraph.is_empty() => paragraphs.push(Vec::new()),
            _ => {}
        }
    }
    let written = paragraphs.iter().filter(|lines| !lines.is_empty()).map(|lines| lines.join("\n"));
    let written = written.collect::<Vec<_>>().join("\n\n");
    Some(written).filter(|written| !written.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_kept_and_blank_lines_around_them_are_not() {
        let text = "\r\n\r\nOne line  \r\nand another.\r\n\r\n\r\nThe end.\r\n";
        assert_eq!(summary(text).as_deref(), Some("One line\nand another.\n\nThe end."));
        assert_eq!(summary(" \n\n"), None);
    }
}
