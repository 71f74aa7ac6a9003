//! The parts of templates: blocks and components by name, and what a template extends.

use camino::{Utf8Path, Utf8PathBuf};

use crate::text::{Edit, Edits, Span, slice, span_of};

/// A block of a template, or a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TemplateBlock<'t> {
    pub(crate) name: &'t str,
    /// The name in the template.
    pub(crate) name_span: Span,
    /// From `{% block … %}` to the end of its `{% endblock %}`, and the same of a component.
    pub(crate) text: &'t str,
    /// In how many blocks it stands.
    pub(crate) depth: usize,
}

/// Returns the blocks of a template, in the order in which they begin. One that is never closed is left out.
pub(super) fn blocks(template: &str) -> Vec<TemplateBlock<'_>> {
    let mut found: Vec<(usize, TemplateBlock<'_>)> = Vec::new();
    let mut open: Vec<(usize, usize, Span)> = Vec::new();
    for tag in tags(template) {
        let words = tag.words;
        let component = words.strip_prefix("component ").and_then(|rest| rest.split('(').next());
        if let Some(name) = words.strip_prefix("block ").or(component).map(str::trim) {
            open.push((tag.span.start, open.len(), span_of(template, name)));
        } else if ["endblock", "endcomponent"].contains(&words.split(' ').next().unwrap_or_default()) {
            let Some((start, depth, name_span)) = open.pop() else { continue };
            let (name, text) = (slice(template, name_span.clone()), slice(template, start..tag.span.end));
            found.push((start, TemplateBlock { name, name_span, text, depth }));
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, block)| block).collect()
}

/// Returns a file of components without those of some names. All else stands where it stood.
pub(super) fn without(template: &str, names: &[&str]) -> String {
    let mut edits = Edits::of(template);
    for block in blocks(template).into_iter().filter(|block| names.contains(&block.name)) {
        let blank: String = block.text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        // One that stands in another is gone with it.
        let _ = edits.add(Edit::replace(span_of(template, block.text), blank));
    }
    edits.written()
}

/// Returns the template that a template extends.
pub(super) fn extended(template: &str) -> Option<Utf8PathBuf> {
    let name = tags(template).into_iter().find_map(|tag| tag.words.strip_prefix("extends "))?;
    Some(Utf8Path::new(name.trim().trim_matches(['"', '\''])).to_owned())
}

/// `{% … %}`, and the words in it.
struct Tag<'t> {
    span: Span,
    words: &'t str,
}

fn tags(template: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    // As the engine reads them: what closes a tag or a comment stands behind all of what opens it.
    let find = |sign: &str, from: usize| slice(template, from..).find(sign).map(|found| from + found);
    while let Some(start) = find("{%", at) {
        if let Some(comment) = find("{#", at).filter(|&comment| comment < start) {
            at = find("#}", comment + 2).map_or(template.len(), |end| end + 2);
            continue;
        }
        let Some(end) = find("%}", start + 2) else { break };
        let words = slice(template, start + 2..end).trim_matches(['-', ' ', '\n', '\t', '\r']);
        tags.push(Tag { span: start..end + 2, words });
        at = end + 2;
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_found_with_their_texts_and_depths() {
        let template = "{% extends \"base.html\" %}{# {% block no %} #}\n{%- block main -%}<a>{% block b %}{% if c %}{% endif %}{% endblock %}{% endblock main %}";
        let found: Vec<_> = blocks(template).into_iter().map(|block| (block.name, block.depth, block.text)).collect();
        let inner = "{% block b %}{% if c %}{% endif %}{% endblock %}";
        let outer = format!("{{%- block main -%}}<a>{inner}{{% endblock main %}}");
        assert_eq!(found, [("main", 0, outer.as_str()), ("b", 1, inner)]);
        assert_eq!(extended(template), Some("base.html".into()));
    }

    #[test]
    fn components_can_be_taken_out_without_moving_the_others() {
        let template = "{% component a(x: string) -%}\né{% endcomponent a %}\n{% component b() %}b{% endcomponent b %}";
        let rest = without(template, &["a"]);
        let names: Vec<_> = blocks(&rest).into_iter().map(|block| block.name.to_owned()).collect();
        assert_eq!((names, rest.len()), (vec!["b".to_owned()], template.len()));
        assert_eq!(rest.find("{% component b"), template.find("{% component b"));
    }

    #[test]
    fn templates_that_are_cut_off_do_no_harm() {
        for template in ["{%", "{% block", "{% block a %}", "{% endblock %}", "{#", "{# {% %}"] {
            assert_eq!(blocks(template), []);
        }
    }
}
