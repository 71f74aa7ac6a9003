//! A sheet on its way through editions that are drawn.

use camino::Utf8Path;
use proptest::prelude::*;

use super::{level_of, update};
use crate::handle::EditionIndex;
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::register::Verb;
use crate::worksheet::file::{Answer, Sheet};
use crate::worksheet::tests::{Content, ENGLISH, level};
use crate::worksheet::{Form, Languages, known};

/// What happens to one criterion from one edition to the next.
#[derive(Debug, Clone, Copy)]
enum Step {
    Stays,
    Reworded,
    Stricter,
    Eased,
    /// To the level at a place.
    Moved(usize),
    Withdrawn,
    /// Another one is asked above it.
    Joined,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Stays),
        1 => Just(Step::Reworded),
        1 => Just(Step::Stricter),
        1 => Just(Step::Eased),
        1 => (0..3_usize).prop_map(Step::Moved),
        1 => Just(Step::Withdrawn),
        1 => Just(Step::Joined),
    ]
}

/// Takes a ladder through one edition. Steps belong to criteria by their order.
fn next_edition(content: &mut Content, number: usize, steps: &[Step]) {
    const PATH: &str = "en/ladder.md";
    let text = content.0.texts[Utf8Path::new(PATH)].clone();
    let ids =
        text.lines().filter_map(|line| line.strip_suffix('}')?.split_once("{#EN-").map(|(_, id)| format!("EN-{id}")));
    let ids: Vec<String> = ids.filter(|id| !id.starts_with("EN-09")).collect();
    // There is always something to release.
    content.edit(PATH, ". {#EN-092}", &format!(" {number}. {{#EN-092}}"));
    let (mut stricter, mut eased, mut withdrawn) = (Vec::new(), Vec::new(), Vec::new());
    for (id, step) in ids.iter().zip(steps) {
        let text = content.0.texts[Utf8Path::new(PATH)].clone();
        let line = text.lines().find(|line| line.contains(&format!("{{#{id}}}"))).unwrap().to_owned() + "\n";
        let word = |word: &str| line.replacen(". {#", &format!(" {word} {number}. {{#"), 1);
        let level = text.split(&line).next().unwrap().matches("\n## L").count() - 1;
        match *step {
            Step::Stays => {}
            Step::Reworded => content.edit(PATH, &line, &word("anew")),
            Step::Stricter => {
                content.edit(PATH, &line, &word("always"));
                stricter.push(id.as_str());
            }
            Step::Eased => {
                content.edit(PATH, &line, &word("sometimes"));
                eased.push(id.as_str());
            }
            Step::Moved(to) if level != to => {
                content.edit(PATH, &line, "");
                let stays = format!("{{#EN-09{to}}}\n");
                content.edit(PATH, &stays, &format!("{stays}{line}"));
            }
            Step::Moved(_) => {}
            Step::Withdrawn => withdrawn.push(id.clone()),
            Step::Joined => {
                let new = format!("- Joins {id} {number}.\n");
                content.edit(PATH, &line, &format!("{new}{line}"));
            }
        }
    }
    content.assign();
    for id in withdrawn {
        content.withdraw(&id, (Verb::CoveredBy, "EN-090"));
    }
    content.release(&format!("2026.{number}"), &stricter, &eased);
}

/// Fills in every answer of a sheet.
fn filled_in(sheet: &Sheet) -> Sheet {
    let mut sheet = sheet.clone();
    for (number, answer) in sheet.answers.iter_mut().enumerate() {
        answer.evidence = format!("Evidence {number}.\n\n```\n### EN-001\n```\n\n> Quoted.");
        if let Some(rating) = answer.rating.as_mut().filter(|_| number % 3 > 0) {
            rating.lead.push(' ');
            rating.value = format!("rating {number}");
        }
    }
    sheet
}

/// Carries a sheet over to an edition, by its file.
fn carried(site: &Site, words: &Words, text: &str, edition: usize) -> String {
    let languages = Languages { words, reader: LocaleIndex::SOURCE, tags: vec!["en".to_owned()] };
    let known = known(site, words);
    let sheet = Sheet::read(text, &known);
    let until = Some(EditionIndex(edition));
    let (from, level) = level_of(site, &sheet, until).unwrap();
    let form = Form::of(site, until, level.unwrap());
    update(&sheet, &form, from, &languages, &known).sheet.write(&known)
}

properties! {
    2 cases,

    #[test]
    fn a_sheet_loses_nothing_on_its_way_through_five_editions(
        editions in prop::collection::vec(prop::collection::vec(step(), 12), 5),
        with_inherited in any::<bool>(),
    ) {
        let mut content = Content::new();
        content.edit("site.toml", r#"["en", "zh-TW"]"#, r#"["en"]"#);
        let site = content.0.texts.get_mut(Utf8Path::new("site.toml")).unwrap();
        *site = site.lines().filter(|line| !line.contains(".zh-TW")).map(|line| format!("{line}\n")).collect();
        content.0.texts.remove(Utf8Path::new("zh-TW/ladder.md"));
        // On each level one criterion stays. It covers what is withdrawn, and what moves stands below it.
        let mut ladder = ENGLISH.replace("### People {#people}\n\n- Teaches", "- Teaches");
        for (number, first) in ["- Writes code that", "- Reviews the designs", "- Leads leads"].iter().enumerate() {
            ladder = ladder.replace(first, &format!("- Ends level {number}. {{#EN-09{number}}}\n{first}"));
        }
        content.0.texts.insert("en/ladder.md".into(), ladder);
        content.assign();
        content.release("2026.1", &[], &[]);
        let blank = {
            let site = content.site();
            let words = content.words(&site);
            let languages = Languages { words: &words, reader: LocaleIndex::SOURCE, tags: vec!["en".to_owned()] };
            let form = Form::of(&site, Some(EditionIndex(0)), level(1));
            filled_in(&form.blank(&languages, with_inherited)).write(&known(&site, &words))
        };
        let mut step_by_step = blank.clone();
        for (number, steps) in editions.iter().enumerate() {
            next_edition(&mut content, number + 2, steps);
            let site = content.site();
            let words = content.words(&site);
            let read = |text: &str| Sheet::read(text, &known(&site, &words)).answers;
            let before: Vec<Answer> = read(&blank);
            let at_once = carried(&site, &words, &blank, number + 1);
            step_by_step = carried(&site, &words, &step_by_step, number + 1);
            for text in [&at_once, &step_by_step] {
                let after = read(text);
                for answer in &before {
                    let kept = after.iter().find(|kept| kept.id == answer.id);
                    let kept = kept.unwrap_or_else(|| panic!("{} is kept: {text}", answer.id));
                    prop_assert!(kept.evidence.ends_with(&answer.evidence), "{text}");
                    let is_kept = kept.rating() == answer.rating() || kept.evidence.contains(answer.rating());
                    prop_assert!(is_kept, "{text}");
                }
                prop_assert_eq!(&carried(&site, &words, text, number + 1), text);
            }
        }
    }
}
