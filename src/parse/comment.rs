//! HTML comments are notes between authors, and no text: remarks, copyright notices, switches for linters. All other
//! HTML is shown as text. So is a comment with an id in it, which is an error: the item with the id would vanish.

use pulldown_cmark::{Event, Tag};

use super::tokens::Token;
use crate::diagnostic::Span;
use crate::text::{Edit, Edits, slice};

/// The delimiters of a comment.
pub(super) const COMMENT: (&str, &str) = ("<!--", "-->");

/// Returns Markdown with empty lines in place of the comments that stand on lines of their own, each as long as before,
/// since a comment amid a list would tear it apart. None if there are none. `events` parses the text, which most texts do
/// not need.
pub(super) fn blanked<'t, E>(text: &str, events: impl FnOnce() -> E) -> Option<String>
where
    E: Iterator<Item = (Event<'t>, Span)>,
{
    if !text.contains(COMMENT.0) {
        return None;
    }
    let is_comment = |block: &Span| without(slice(text, block.clone())).trim().is_empty();
    let blocks = events().filter(|(event, _)| matches!(event, Event::Start(Tag::HtmlBlock))).map(|(_, span)| span);
    let blanks = blocks.filter(is_comment).map(|block| Edit::replace(block.clone(), blanks_for(slice(text, block))));
    let blanked = Edits::of(text).with(blanks.collect::<Vec<_>>()).ok()?.written();
    (blanked != text).then_some(blanked)
}

/// Returns a text without its comments. One that is never closed stays.
pub(super) fn without(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, comment)) = rest.split_once(COMMENT.0)
        && let Some((said, after)) = comment.split_once(COMMENT.1)
    {
        kept.push_str(before);
        if !is_remark(said) {
            kept.extend([COMMENT.0, said, COMMENT.1]);
        }
        rest = after;
    }
    kept + rest
}

/// Whether a comment, or what stands in one, is nothing but a remark.
pub(super) fn is_remark(comment: &str) -> bool {
    !comment.contains("{#")
}

/// Spaces in place of all but the line ends, and the marks of quotations that lines begin with.
fn blanks_for(block: &str) -> String {
    let mut is_margin = false;
    let blank = block.chars().map(|c| {
        is_margin = c == '\n' || (is_margin && [' ', '\t', '>'].contains(&c));
        if is_margin || c == '\r' { c.to_string() } else { " ".repeat(c.len_utf8()) }
    });
    blank.collect()
}

/// Adds a token behind a comment within a line. The spaces on one side of the comment go with it.
pub(super) fn push_behind(tokens: &mut Vec<(Token, Span)>, (mut token, mut span): (Token, Span)) {
    match (&mut token, tokens.last_mut()) {
        // The space behind it parts the words.
        (Token::Text(_), Some((Token::Text(before), _))) if !before.ends_with(' ') => {}
        (Token::Text(text), _) => {
            let trimmed = text.trim_start().to_owned();
            span.start += text.len() - trimmed.len();
            *text = trimmed;
        }
        (Token::End | Token::SoftBreak { .. } | Token::HardBreak, Some((Token::Text(before), of_before))) => {
            let trimmed = before.trim_end().len();
            of_before.end -= before.len() - trimmed;
            before.truncate(trimmed);
        }
        _ => {}
    }
    tokens.push((token, span));
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;

    use crate::diagnostic::Problems;
    use crate::parse::{BlockKind, outline, parse};

    /// Returns the statements of a ladder's only category, and whether nothing else stands there.
    fn statements(list: &str) -> (Vec<String>, bool) {
        let text = format!("# L\n\n## L1 = One {{#L1}}\n\n### Craft {{#craft}}\n\n{list}");
        let (outline, _) = outline(parse(Utf8Path::new("l.md"), &text, &Problems::default()));
        let category = &outline.levels().next().unwrap().categories[0];
        let said = category.criteria.iter().map(|criterion| criterion.statement.plain()).collect();
        (said, category.prose.is_empty() && category.criteria.iter().all(|criterion| criterion.detail.is_empty()))
    }

    #[test]
    fn a_comment_is_no_text_wherever_it_stands() {
        for list in [
            "- One. {#EN-001}\n- Two. {#EN-002}\n",
            "<!-- c -->\n- One. {#EN-001}\n<!-- c -->\n- Two. {#EN-002}\n<!-- c -->\n",
            "- One. {#EN-001}\n  <!-- c\n\n  d -->\n- Two. {#EN-002}\n",
            "- One. <!-- c --> {#EN-001}\n- Two. {#EN-002} <!-- c -->\n",
            "- <!-- c --> One. {#EN-001}\n- Two.<!-- c --> {#EN-002}\n",
            "- One. {#EN-001}\n\n<!-- c --><!-- d -->\n\n- Two. {#EN-002}\n",
        ] {
            assert_eq!(statements(list), (vec!["One.".to_owned(), "Two.".to_owned()], true), "{list}");
        }
    }

    #[test]
    fn words_around_a_comment_are_one_space_apart() {
        let said = |statement: &str| statements(&format!("- {statement}\n")).0.concat();
        assert_eq!(said("A <!-- c --> b."), "A b.");
        assert_eq!(said("A<!-- c --> b."), "A b.");
        assert_eq!(said("A <!-- c -->b."), "A b.");
        assert_eq!(said("甲<!-- c -->乙。"), "甲乙。");
        assert_eq!(said("A <!-- c\n  d --> b."), "A b.");
    }

    #[test]
    fn code_and_other_html_are_shown_as_they_are() {
        let blocks = |text: &str| {
            let document = parse(Utf8Path::new("n.md"), text, &Problems::default());
            let blocks = document.sections.iter().flat_map(|section| &section.blocks);
            let said = blocks.map(|block| match &block.kind {
                BlockKind::Code { text, .. } => text.clone(),
                BlockKind::Paragraph(paragraph) => paragraph.text.plain(),
                other => format!("{other:?}"),
            });
            said.collect::<Vec<_>>()
        };
        assert_eq!(blocks("```\n<!-- c -->\n```\n"), ["<!-- c -->\n"]);
        assert_eq!(blocks("`<!-- c -->` is code.\n"), ["<!-- c --> is code."]);
        assert_eq!(blocks("<div><!-- c --></div>\n"), ["<div></div>"]);
        assert_eq!(blocks("<!-- c --> and text\n"), ["and text"]);
        assert_eq!(blocks("> A.\n>\n> <!-- c\n> d -->\n>\n> B.\n").len(), 1);
        assert_eq!(blocks("<!-- c -->\n\nText.\n"), ["Text."]);
    }
}
