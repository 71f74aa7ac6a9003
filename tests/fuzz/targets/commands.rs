//! The commands that change a site.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use rungs::for_tests::adapt;
use rungs::for_tests::assign::assign;
use rungs::for_tests::diagnostic::{Code, Diagnostic};
use rungs::for_tests::fix::{fix, fix_all};
use rungs::for_tests::locale::LocaleIndex;
use rungs::for_tests::register::{REGISTER, Register};
use rungs::for_tests::release::{Effects, ReleaseOptions, draft, release};
use rungs::for_tests::source::Sources;
use rungs::for_tests::translation::{AcceptOptions, TranslationState, Unit, Wanted, accept};
use rungs::for_tests::understand;
use rungs::for_tests::withdraw::{WithdrawOptions, find_key, read_reasons, withdraw};

use crate::case::{Case, files};
use crate::driver::day;
use crate::oracles::{difference, errors, is_translated, no_new_errors, problems, reading, told};
use crate::random::Random;

/// Tries one command on a site.
type Try = fn(&Sources, &mut Random);

const COMMANDS: [(&str, Try); 7] = [
    ("id", id),
    ("fix", fixing),
    ("release", releasing),
    ("accept", accepting),
    ("withdraw", withdrawing),
    ("adapt", adapting),
    ("update", updating),
];

/// Names the command that a case is for. Without it all are tried.
const COMMAND: &str = "input/command";

pub fn make(random: &mut Random) -> Case {
    let mut case = super::site::make(random);
    let (command, _) = *random.pick(&COMMANDS);
    // Only these two have to do with each other.
    if command == "update" {
        case = Case::of("past");
        let paths: Vec<_> =
            files("past").keys().filter(|path| path.extension() == Some("md") && !path.starts_with("input")).collect();
        let path = *random.pick(&paths);
        case.mutate(random, path.as_str());
    }
    case.put(COMMAND, command);
    case
}

pub fn check(case: &Case) {
    let (sources, wanted) = (case.sources(), case.text(COMMAND));
    for (name, command) in COMMANDS {
        if wanted.is_empty() || wanted == name {
            command(&sources, &mut case.random());
        }
    }
}

fn edited(sources: &Sources, edits: BTreeMap<Utf8PathBuf, String>) -> Sources {
    let mut sources = sources.clone();
    sources.texts.extend(edits);
    sources
}

/// Ids are given once, and do no harm.
fn id(sources: &Sources, _: &mut Random) {
    let Some(before) = reading(sources) else { return };
    let assignment = assign(&before);
    told(&assignment.problems, sources);
    if assignment.is_refused {
        return;
    }
    let mut after = edited(sources, assignment.edits);
    after.texts.insert(REGISTER.into(), assignment.register);
    no_new_errors("id", sources, &after);
    let again = assign(&reading(&after).expect("it was read before"));
    assert!(again.is_refused || again.edits.is_empty(), "id gives ids again: {:#?}", difference(&after, &again.edits));
    assert!(
        again.is_refused || Some(again.register.as_str()) == after.text(Utf8Path::new(REGISTER)),
        "the register grows"
    );
}

/// Fixing ends, leaves nothing to fix and makes no errors.
fn fixing(sources: &Sources, _: &mut Random) {
    let found = problems(sources);
    let (mut left, mut after) = (found.clone(), sources.clone());
    fix_all(&mut left, &mut after, problems);
    told(&left, &after);
    assert_eq!(fix(&left, &after).count, 0, "something is left to fix");
    // A file of settings that could not be read, or a text with a character that no page may have, keeps others from being
    // judged.
    let is_unread = |problem: &&Diagnostic| {
        problem.label.place.path.extension() == Some("toml") || problem.code == Code::ForbiddenCharacter
    };
    let unread: Vec<_> = found.iter().filter(is_unread).cloned().collect();
    if errors(&unread).is_empty() {
        no_new_errors("fix", sources, &after);
    }
}

/// A draft after a release has nothing in it.
fn releasing(sources: &Sources, _: &mut Random) {
    let Some(before) = reading(sources) else { return };
    let effects = || Effects { reworded: vec!["all".to_owned()], ..Effects::default() };
    let date = day("2031-01-01");
    if let Ok(draft) = draft(&before, date, &effects()) {
        let options = ReleaseOptions { name: draft.next, date, summary: BTreeMap::new(), effects: effects() };
        match release(&before, &options) {
            Err(refusal) => told(&refusal.problems, sources),
            Ok(released) => {
                let mut after = edited(sources, released.edits);
                after.images.extend(released.images);
                no_new_errors("release", sources, &after);
                let after = reading(&after).expect("it was read before");
                let draft = rungs::for_tests::release::draft(&after, date, &Effects::default())
                    .map_err(|refusal| refusal.message);
                assert!(
                    draft.expect("the editions can be read").is_empty(),
                    "a draft after a release has something in it"
                );
            }
        }
    }
}

/// What is accepted is up to date, and is not accepted again.
fn accepting(sources: &Sources, _: &mut Random) {
    let Some(before) = reading(sources) else { return };
    let config = before.understood.site.config.clone();
    if !is_translated(&before.understood.site) {
        return;
    }
    let request = AcceptOptions { units: Wanted::All, ..AcceptOptions::nothing(LocaleIndex(1)) };
    match accept(&before.understood.site, &before.understood.translations, sources, &request) {
        Err(refusal) => told(&refusal.problems, sources),
        Ok(accepted) => {
            let after = edited(sources, accepted.edits);
            no_new_errors("accept", sources, &after);
            let (understood, _) = understand(&after, config);
            let again =
                accept(&understood.site, &understood.translations, &after, &request).expect("it was accepted before");
            assert!(again.edits.is_empty(), "accepted again: {:#?}", difference(&after, &again.edits));
            let units = understood.translations.units().iter();
            let is_outdated = |unit: &&Unit| {
                let translation = unit.translation(LocaleIndex(1));
                translation.is_some_and(|found| matches!(found.state, TranslationState::Outdated { .. }))
            };
            let outdated: Vec<_> = units.filter(is_outdated).map(|unit| unit.key.to_string()).collect();
            assert!(outdated.is_empty(), "outdated after it was accepted: {outdated:?}");
        }
    }
}

/// What is withdrawn leaves no errors behind.
fn withdrawing(sources: &Sources, random: &mut Random) {
    let Some(before) = reading(sources) else { return };
    let site = &before.understood.site;
    let ids: Vec<_> = site
        .ladders
        .iter()
        .flat_map(|ladder| ladder.criteria.iter().map(|criterion| criterion.id.to_string()))
        .collect();
    if ids.is_empty() {
        return;
    }
    let register = Register::read(sources, &Default::default());
    let Ok(key) = find_key(&register, random.pick::<String>(&ids), None) else { return };
    let reason = read_reasons(&site.config, &["Nobody needs it.".to_owned()]).expect("it is a reason");
    match withdraw(&before, &[WithdrawOptions { key, date: day("2031-01-01"), reason, succession: None }]) {
        Err(refusal) => told(&refusal.problems, sources),
        Ok(withdrawn) => no_new_errors("withdraw", sources, &edited(sources, withdrawn.edits)),
    }
}

/// What is made of a sound site is sound.
fn adapting(sources: &Sources, _: &mut Random) {
    let Some(before) = reading(sources) else { return };
    if !errors(&problems(sources)).is_empty() {
        return;
    }
    match adapt::start(&before, "AC", day("2031-01-01")) {
        Err(refusal) => told(&refusal.problems, sources),
        Ok(adapted) => {
            let found = problems(&adapted);
            told(&found, &adapted);
            assert!(errors(&found).is_empty(), "what was adapted has errors: {:#?}", errors(&found));
        }
    }
}

/// What is taken over from an upstream leaves no errors behind.
fn updating(upstream: &Sources, _: &mut Random) {
    let fork = Case::of("fork").sources();
    let (Some(site), Some(theirs)) = (reading(&fork), reading(upstream)) else { return };
    match adapt::update(&site, &theirs, day("2031-01-01")) {
        None => {}
        Some(Err(refusal)) => told(&refusal.problems, &fork),
        Some(Ok(edits)) => no_new_errors("update", &fork, &edited(&fork, edits)),
    }
}
