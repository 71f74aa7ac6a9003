//! The parts of templates: blocks and components by name, and what a template extends.

use camino::{Utf8Path, Utf8PathBuf};

use crate::diagnostic::Span;

/// A block of a template, or a component.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block<'t> {
    pub name: &'t str,
    /// The name in the template.
    pub name_span: Span,
    /// From `{% block … %}` to the end of its `{% endblock %}`, and the same of a component.
    pub text: &'t str,
    /// In how many blocks it stands.
    pub depth: usize,
}

/// The blocks of a template, in the order in which they begin. One that is never closed is left out.
pub(super) fn blocks(template: &str) -> Vec<Block<'_>> {
    let mut found: Vec<(usize, Block<'_>)> = Vec::new();
    let mut open: Vec<(usize, usize, Span)> = Vec::new();
    for tag in tags(template) {
        let words = &template[tag.words.clone()];
        let component = words.strip_prefix("component ").and_then(|rest| rest.split('(').next());
        if let Some(name) = words.strip_prefix("block ").or(component).map(str::trim) {
            let start = name.as_ptr() as usize - template.as_ptr() as usize;
            open.push((tag.span.start, open.len(), start..start + name.len()));
        } else if ["endblock", "endcomponent"].contains(&words.split(' ').next().unwrap_or_default()) {
            let Some((start, depth, name_span)) = open.pop() else { continue };
            let (name, text) = (&template[name_span.clone()], &template[start..tag.span.end]);
            found.push((start, Block { name, name_span, text, depth }));
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, block)| block).collect()
}

/// A file of components without those of some names. All else stands where it stood.
pub(super) fn without(template: &str, names: &[&str]) -> String {
    let mut rest = template.to_owned();
    for block in blocks(template).into_iter().filter(|block| names.contains(&block.name)) {
        let start = block.text.as_ptr() as usize - template.as_ptr() as usize;
        let blank: String = block.text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        rest.replace_range(start..start + block.text.len(), &blank);
    }
    rest
}

/// The template that a template extends.
pub(super) fn extended(template: &str) -> Option<Utf8PathBuf> {
    let mut tags = tags(template).into_iter().map(|tag| &template[tag.words]);
    let name = tags.find_map(|words| words.strip_prefix("extends "))?;
    Some(Utf8Path::new(name.trim().trim_matches(['"', '\''])).to_owned())
}

/// `{% … %}`, and the words in it.
struct Tag {
    span: Span,
    words: Span,
}

fn tags(template: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(start) = template[at..].find("{%").map(|start| at + start) {
        let comment = template[at..start].find("{#").map(|comment| at + comment);
        if let Some(comment) = comment {
            at = template[comment..].find("#}").map_or(template.len(), |end| comment + end + 2);
            continue;
        }
        let Some(end) = template[start..].find("%}").map(|end| start + end) else { break };
        let inner = template[start + 2..end].trim_matches(['-', ' ', '\n', '\t', '\r']);
        let words = inner.as_ptr() as usize - template.as_ptr() as usize;
        tags.push(Tag { span: start..end + 2, words: words..words + inner.len() });
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
