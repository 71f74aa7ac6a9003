//! Anchors of headings: those that authors give, and those of the last edition that lead to no heading any more.

use super::CheckInput;
use crate::diagnostic::{Code, Diagnostic, Fix, Place, Span};
use crate::handle::{LadderIndex, NoteIndex};
use crate::locale::LocaleIndex;
use crate::model::{HeadingFault, HeadingFaultKind, LostHeading, PageHeadings};
use crate::parse::Attribute;

pub(crate) fn check(checked: &CheckInput<'_>) -> Vec<Diagnostic> {
    let site = checked.site;
    let notes = site.notes.keys().flat_map(|note| of_note(checked, note));
    let ladders = site.ladders.keys().flat_map(|ladder| of_ladder(checked, ladder));
    notes.chain(ladders).collect()
}

fn of_note(checked: &CheckInput<'_>, note: NoteIndex) -> Vec<Diagnostic> {
    let text = &checked.site[note].text;
    let headings = |locale: LocaleIndex| {
        let sections = text.own(locale).into_iter().flat_map(|text| &text.sections);
        sections.filter_map(|section| section.heading.as_ref())
    };
    let spans = headings(LocaleIndex::SOURCE).map(|heading| heading.text.span.0.clone()).collect();
    let page = PageFiles {
        checked,
        headings: checked.site.history.headings.of_note(note),
        place: &|locale, span| Place::new(text.read(locale).0.path.clone(), span),
        spans,
    };
    let values = checked.site.config.locale_indices().flat_map(|locale| {
        let named = headings(locale).filter(|heading| heading.attributes.id.is_some());
        named.flat_map(|heading| &heading.attributes.values).map(move |value| (locale, value))
    });
    let values = values.map(|(locale, (key, value))| page.unknown(locale, key, value)).collect::<Vec<_>>();
    page.problems().chain(values).collect()
}

fn of_ladder(checked: &CheckInput<'_>, ladder: LadderIndex) -> Vec<Diagnostic> {
    let ladder_data = &checked.site[ladder];
    let page = PageFiles {
        checked,
        headings: checked.site.history.headings.of_ladder(ladder),
        place: &|locale, span| Place::new(ladder_data.files.read(locale).0.clone(), span),
        spans: ladder_data.prose.source().iter().map(|prose| prose.span.0.clone()).collect(),
    };
    page.problems().collect()
}

/// The headings of a page, and where they stand.
struct PageFiles<'a> {
    checked: &'a CheckInput<'a>,
    headings: &'a PageHeadings,
    place: &'a dyn Fn(LocaleIndex, Span) -> Place,
    /// The headings in the file of the source.
    spans: Vec<Span>,
}

impl PageFiles<'_> {
    fn problems(&self) -> impl Iterator<Item = Diagnostic> {
        let faults = self.headings.faults.iter().map(|fault| self.fault(fault));
        faults.chain(self.headings.lost.iter().map(|lost| self.lost(lost)))
    }

    fn fault(&self, fault: &HeadingFault) -> Diagnostic {
        let HeadingFault { locale, given, kind } = fault;
        let place = (self.place)(*locale, given.span.clone());
        let anchor = &given.text;
        match kind {
            HeadingFaultKind::Form(form) => {
                let problem = place.problem(Code::InvalidId, format!("`{anchor}` cannot be the anchor of a heading"));
                problem.help(format!("write lower case letters, digits and single hyphens, such as `{{#{form}}}`"))
            }
            HeadingFaultKind::Taken => {
                let message = format!("the anchor `#{anchor}` occurs twice on this page");
                let problem = place.problem(Code::DuplicateId, message).label("again here");
                problem.help("give this heading another anchor, or remove this one")
            }
            HeadingFaultKind::Released(words) => {
                let message = format!("`#{anchor}` is the anchor of the heading “{words}”, which still exists");
                let problem =
                    place.problem(Code::DuplicateId, message).label("released as the anchor of another heading");
                problem.help(format!(
                    "give this heading another anchor; or, if `#{anchor}` is to lead here, give the other heading an \
                     anchor of its own"
                ))
            }
            HeadingFaultKind::Translation(source) => {
                let message = format!("the anchor `#{anchor}` is only in the translation");
                let problem = place.problem(Code::OnlyInTranslation, message);
                match source {
                    Some(source) => problem
                        .label(format!("the heading of the source at this place has the anchor `#{source}`"))
                        .help(format!("write `{{#{source}}}`, or remove it: anchors are the same in every language"))
                        .fix(Fix::new(place.clone(), format!("#{source}"))),
                    None => problem
                        .label("the source has no heading at this place")
                        .help("remove it, or write the heading in the source"),
                }
            }
        }
    }

    fn lost(&self, lost: &LostHeading) -> Diagnostic {
        let LostHeading { anchor, words, near, is_new } = lost;
        let edition = self.checked.site.history.editions.last();
        let edition = edition.map(|edition| edition.name().to_string()).unwrap_or_default();
        let message = format!("the heading “{words}” of {edition} is gone, and nothing says where `#{anchor}` leads");
        let code = Code::LostAnchor;
        let none = format!("`<!-- rungs: allow {code} -->`", code = code.name());
        match near.and_then(|near| self.spans.get(near)) {
            Some(span) => {
                let problem = (self.place)(LocaleIndex::SOURCE, span.clone()).problem(code, message);
                problem.help(match is_new {
                    true => format!(
                        "if this heading replaced it, write `{{#{anchor}}}` at its end; if none did, write {none} on \
                         a line above it: `#{anchor}` then tells readers that it is gone"
                    ),
                    false => format!(
                        "write `{{#{anchor}}}` at the end of the heading that replaced it; if none did, write {none} \
                         on a line above this one: `#{anchor}` then tells readers that it is gone"
                    ),
                })
            }
            None => {
                let place = (self.place)(LocaleIndex::SOURCE, 0..0);
                let problem = Place::file(place.path).problem(code, message);
                problem.help(format!(
                    "write `{{#{anchor}}}` at the end of the heading that replaced it; if none did, put `allow = \
                     [\"{code}\"]` under `[check]` in site.toml until the next release",
                    code = code.name()
                ))
            }
        }
    }

    fn unknown(&self, locale: LocaleIndex, key: &str, value: &Attribute) -> Diagnostic {
        let place = (self.place)(locale, value.span.clone());
        let problem = place.problem(Code::InvalidAttributes, format!("unknown attribute `{key}`"));
        problem.help("a heading can only have an anchor here: remove it")
    }
}
