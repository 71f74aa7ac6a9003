//! Translations that go out as PO files and come back.

use camino::Utf8Path;
use rungs::for_tests::gettext::{Imported, export, import};
use rungs::for_tests::locale::LocaleIndex;
use rungs::for_tests::source::Sources;
use rungs::for_tests::understand;

use crate::case::{Case, PO, paths};
use crate::oracles::{difference, is_translated, no_new_errors, reading, told};
use crate::random::Random;

const CHINESE: LocaleIndex = LocaleIndex(1);

pub fn make(random: &mut Random) -> Case {
    let mut case = Case::of(random.choose(&["bilingual", "past", "ladders", "fork", "themed"]));
    match random.below(4) {
        // The site changes while translators work.
        0 => {
            let texts: Vec<_> = paths(&case.base).into_iter().filter(|path| path.ends_with(".md")).collect();
            case.mutate(random, random.clone().choose(&texts));
            case.mutate(random, PO);
        }
        // Nothing changes but the site: an export imports to nothing new.
        1 => {
            let texts: Vec<_> = paths(&case.base).into_iter().filter(|path| path.ends_with(".md")).collect();
            case.mutate(random, random.clone().choose(&texts));
        }
        _ => case.mutate(random, PO),
    }
    case
}

pub fn check(case: &Case) {
    let sources = case.sources();
    let Some(before) = reading(&sources) else { return };
    if !is_translated(&before.understood.site) {
        return;
    }
    let own = export(&before.understood, &sources, CHINESE).write();
    match import(&before, CHINESE, (Utf8Path::new("own.po"), &own)) {
        Ok(same) => nothing_new(&same),
        Err(refusal) => told(&refusal.problems, &with(&sources, "own.po", &own)),
    }
    let text = case.text(PO);
    let file = Utf8Path::new("file.po");
    let shown = with(&sources, "file.po", &text);
    match import(&before, CHINESE, (file, &text)) {
        Err(refusal) => told(&refusal.problems, &shown),
        Ok(imported) => {
            told(&imported.problems, &shown);
            let mut after = sources.clone();
            after.texts.extend(imported.edits);
            no_new_errors("import", &sources, &after);
            // What the first import has made a place for is confirmed by the second. Then nothing is left.
            for round in 0..2 {
                let now = reading(&after).expect("it was read before");
                let again = import(&now, CHINESE, (file, &text));
                let again = again.unwrap_or_else(|refusal| panic!("{}: {:#?}", refusal.message, refusal.problems));
                nothing_new(&again);
                assert!(
                    round == 0 || again.edits.is_empty(),
                    "confirmed again: {:#?}",
                    difference(&after, &again.edits)
                );
                after.texts.extend(again.edits);
            }
            // What was imported is exported as it was.
            let (understood, _) = understand(&after, before.understood.site.config.clone());
            let written = export(&understood, &after, CHINESE).write();
            let read_back = reading(&after).expect("it was read before");
            if let Ok(same) = import(&read_back, CHINESE, (file, &written)) {
                nothing_new(&same);
            }
        }
    }
}

/// What stands already is confirmed, which is recorded beside the content.
fn nothing_new(imported: &Imported) {
    let texts = imported.edits.iter().filter(|(path, _)| path.file_name() != Some("translation.toml"));
    let texts: Vec<_> = texts.collect();
    assert!(texts.is_empty() && imported.changed.is_empty(), "{:?} is new: {texts:#?}", imported.changed);
}

fn with(sources: &Sources, path: &str, text: &str) -> Sources {
    let mut sources = sources.clone();
    sources.texts.insert(path.into(), text.to_owned());
    sources
}
