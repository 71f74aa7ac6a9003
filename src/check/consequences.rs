//! One slip is one error: a fault that only follows from another is reported once that one is fixed, if it is still
//! there.

use crate::config::{Config, SITE};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::source::Sources;

/// Codes that follow from a ladder, or a part of one, that cannot be found. Its earlier ids are looked up first.
const OF_WHAT_IS_MISSING: &[Code] = &[
    Code::VanishedUnit,
    Code::LostPage,
    Code::LostAnchor,
    Code::UnknownReference,
    Code::OnlyInTranslation,
    Code::MissingTranslation,
    Code::BrokenLink,
];

/// Codes that follow from a ladder with a structure other than intended.
const OF_OTHER_STRUCTURE: &[Code] = &[
    Code::NoLevels,
    Code::EmptyLevel,
    Code::EmptyCategory,
    Code::DifferingTitle,
    Code::LostAddress,
    Code::OutdatedTranslation,
    Code::MovedInTranslation,
    Code::NoCounterpart,
    Code::UnusedThread,
    Code::SingleLevelThread,
];

/// Codes that follow from ids in unexpected places.
const OF_IDS: &[Code] = &[
    Code::InvalidId,
    Code::MissingId,
    Code::VanishedId,
    Code::UnregisteredId,
    Code::MisplacedAttributes,
    Code::InvalidAttributes,
];

/// Codes that follow from the front matter of a ladder that cannot be read.
const OF_UNREAD_FRONT_MATTER: &[Code] = &[
    Code::UntitledThread,
    Code::LostAnchor,
    Code::VanishedUnit,
    Code::UnknownReference,
    Code::OnlyInTranslation,
    Code::MissingTranslation,
    Code::OutdatedTranslation,
];

/// Faults that keep a part of the site from being found, with the codes that then follow elsewhere.
const CONSEQUENCES: [(Code, &[&[Code]]); 11] = [
    (
        Code::IncompleteRegister,
        &[&[
            Code::VanishedId,
            Code::UnregisteredId,
            Code::ReusedId,
            Code::MissingId,
            Code::InvalidSuccessor,
            Code::UnknownReference,
            Code::OnlyInTranslation,
        ]],
    ),
    (Code::LadderFile, &[OF_WHAT_IS_MISSING, &[Code::NoCounterpart]]),
    // What has no id yet is in no thread.
    (Code::MissingId, &[&[Code::UnusedThread, Code::SingleLevelThread]]),
    (Code::UnnamedLocale, &[OF_WHAT_IS_MISSING, &[Code::LadderFile]]),
    (
        Code::RenamedLadder,
        &[OF_WHAT_IS_MISSING, OF_OTHER_STRUCTURE, OF_IDS, &[Code::InvalidSuccessor, Code::UntitledThread]],
    ),
    (Code::UnclosedFrontMatter, &[OF_UNREAD_FRONT_MATTER]),
    (Code::TomlSyntax, &[OF_UNREAD_FRONT_MATTER]),
    (Code::UnclosedCode, &[OF_WHAT_IS_MISSING, OF_OTHER_STRUCTURE]),
    (Code::ForbiddenCharacter, &[OF_WHAT_IS_MISSING, OF_UNREAD_FRONT_MATTER, OF_IDS, &[Code::NoCounterpart]]),
    (Code::HeadingDepth, &[OF_WHAT_IS_MISSING, OF_OTHER_STRUCTURE, OF_IDS]),
    (Code::NotUtf8, &[OF_WHAT_IS_MISSING, OF_OTHER_STRUCTURE, OF_IDS]),
];

/// Returns the problems without those that follow from others. What is left has an error in it, so that nothing is
/// published.
pub(crate) fn without_consequences(problems: Vec<Diagnostic>, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let has_file = |tag: &str| sources.texts.keys().any(|path| path.starts_with(tag));
    let is_cause = |problem: &Diagnostic| match problem.code {
        // A file that belongs to no ladder takes nothing from the site; a ladder without its file does.
        Code::LadderFile => !sources.texts.contains_key(&problem.label.place.path),
        // So does a folder that has taken the place of one that is named.
        Code::UnnamedLocale => config.locales.iter().any(|locale| !has_file(&locale.tag)),
        // The front matter of a ladder has the titles of threads, and its text has the criteria.
        Code::UnclosedFrontMatter
        | Code::TomlSyntax
        | Code::UnclosedCode
        | Code::ForbiddenCharacter
        | Code::HeadingDepth
        | Code::NotUtf8 => ladder_of(problem).is_some(),
        Code::IncompleteRegister | Code::MissingId | Code::RenamedLadder | Code::VanishedId => true,
        _ => false,
    };
    let causes: Vec<&Diagnostic> = problems.iter().filter(|problem| is_cause(problem)).collect();
    let with = |codes: &[Code]| problems.iter().filter(|problem| codes.contains(&problem.code)).collect::<Vec<_>>();
    let vanished = with(&[Code::VanishedId]);
    let unnamed = with(&[Code::UnnamedLocale]);
    let mut of_threads = with(&[Code::UntitledThread, Code::OnlyInTranslation]);
    of_threads.retain(|diagnostic| diagnostic.fix.is_some());
    let follows = |problem: &Diagnostic| {
        let explains = |(cause, consequences): &(Code, &[&[Code]])| {
            consequences.iter().any(|codes| codes.contains(&problem.code))
                && causes
                    .iter()
                    .any(|cause_problem| cause_problem.code == *cause && may_be_of_one_ladder(cause_problem, problem))
        };
        CONSEQUENCES.iter().any(explains)
            || is_misnamed(problem, &causes)
            || is_of_another(problem, &problems)
            || is_swallowed(problem, &causes)
            || is_unread(problem, &problems)
            || is_of_lost(problem, &vanished)
            || is_of_thread(problem, &of_threads, sources)
            || is_of_misnamed(problem, &causes, sources)
            || is_of_dropped_locale(problem, &unnamed, sources)
    };
    let kept: Vec<bool> = problems.iter().map(|problem| !follows(problem)).collect();
    problems.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(problem, _)| problem).collect()
}

/// Returns whether a heading is missed in a file that is not read to its end, or whose front matter is not read.
fn is_unread(problem: &Diagnostic, problems: &[Diagnostic]) -> bool {
    let is_cause = |cause: &Diagnostic| {
        matches!(cause.code, Code::UnclosedCode | Code::UnclosedFrontMatter | Code::TomlSyntax)
            && cause.label.place.path == problem.label.place.path
    };
    problem.code == Code::LostAnchor && problems.iter().any(is_cause)
}

/// Returns the ladder that a file with a problem belongs to, in whatever language.
fn ladder_of(problem: &Diagnostic) -> Option<&str> {
    ladder_in(&problem.label.place)
}

fn ladder_in(place: &Place) -> Option<&str> {
    let path = &place.path;
    path.file_stem().filter(|_| path.extension() == Some("md") && path.components().count() == 2)
}

/// Returns whether nothing says that a problem is of another ladder than its cause.
fn may_be_of_one_ladder(cause: &Diagnostic, problem: &Diagnostic) -> bool {
    // What stands in one ladder may lead into another, and a page that is lost stands nowhere.
    let leads = matches!(
        problem.code,
        Code::UnknownReference | Code::BrokenLink | Code::NoCounterpart | Code::LostPage | Code::LostAddress
    );
    let is_of_all = matches!(cause.code, Code::UnnamedLocale | Code::IncompleteRegister);
    // A ladder that has another name in site.toml is the one whose file stands beside that.
    let of_cause = || match ladder_of(cause) {
        Some(ladder) => vec![ladder],
        None => cause.related.iter().filter_map(|label| ladder_in(&label.place)).collect(),
    };
    leads || is_of_all || ladder_of(problem).is_none_or(|ladder| of_cause().contains(&ladder))
}

/// Returns whether an id is out of place because it replaced another one, which is reported.
fn is_of_another(problem: &Diagnostic, problems: &[Diagnostic]) -> bool {
    if !matches!(problem.code, Code::DuplicateId | Code::InvalidId) {
        return false;
    }
    let fixes =
        problems.iter().filter(|problem| problem.code == Code::VanishedId).filter_map(|problem| problem.fix.as_deref());
    let mut replaced = fixes.flat_map(|fix| fix.edits().iter().map(|edit| fix.place(edit)));
    let places: Vec<_> = std::iter::once(&problem.label).chain(&problem.related).map(|label| &label.place).collect();
    replaced.any(|place| places.contains(&&place))
}

/// Returns whether attributes are misplaced because they follow the beginning of something unclosed.
fn is_swallowed(problem: &Diagnostic, causes: &[&Diagnostic]) -> bool {
    let is_before = |cause: &&Diagnostic| {
        let (from, place) = (&cause.label.place, &problem.label.place);
        cause.code == Code::UnclosedCode && from.path == place.path && from.span().start <= place.span().start
    };
    problem.code == Code::MisplacedAttributes && causes.iter().any(is_before)
}

/// Returns whether a level or a category is empty because its criteria have vanished, which is reported at the level.
fn is_of_lost(problem: &Diagnostic, vanished: &[&Diagnostic]) -> bool {
    let place = &problem.label.place;
    let mut lost = vanished.iter().filter(|diagnostic| diagnostic.label.place.path == place.path);
    match problem.code {
        Code::NoLevels => lost.next().is_some(),
        // A ladder is reported at its file as a whole.
        Code::OnlyInTranslation => vanished
            .iter()
            .any(|diagnostic| diagnostic.label.place.span().is_empty() && ladder_of(diagnostic) == ladder_of(problem)),
        Code::EmptyLevel => lost.any(|diagnostic| diagnostic.label.place == *place),
        Code::EmptyCategory => lost.any(|diagnostic| diagnostic.label.place.span().start <= place.span().start),
        _ => false,
    }
}

/// Returns whether a problem is about a thread under a misspelt key, which is reported.
fn is_of_thread(problem: &Diagnostic, reported: &[&Diagnostic], sources: &Sources) -> bool {
    const OF_THREADS: [Code; 4] =
        [Code::MissingTranslation, Code::OnlyInTranslation, Code::UnknownReference, Code::VanishedUnit];
    if !OF_THREADS.contains(&problem.code) {
        return false;
    }
    let place = &problem.label.place;
    let text = sources.text(&place.path).and_then(|text| text.get(place.span())).unwrap_or_default();
    let named = text.trim_matches(['"', '[', ']', ' ']);
    let named = named.strip_prefix("thread:").unwrap_or(named);
    let named = named.rsplit_once(":thread:").map_or(named, |(_, key)| key);
    let is_reported = |diagnostic: &Diagnostic| match diagnostic.code {
        Code::UntitledThread => true,
        Code::OnlyInTranslation => problem.code == Code::MissingTranslation,
        _ => false,
    };
    reported.iter().filter(|diagnostic| is_reported(diagnostic)).any(|diagnostic| {
        let meant = diagnostic.fix.iter().flat_map(|fix| fix.edits()).any(|edit| edit.text == named);
        meant || diagnostic.label.place == *place
    })
}

/// Returns whether a ladder is to be given a key, as the help says: that of its file, or that which it had before.
fn has_name(cause: &Diagnostic, name: &str) -> bool {
    matches!(cause.code, Code::LadderFile | Code::RenamedLadder | Code::VanishedId)
        && cause.help.as_ref().is_some_and(|help| help.contains(&format!("`key = \"{name}\"`")))
}

/// Returns whether a ladder is not known under the key that its file has, which it lost.
fn is_of_misnamed(problem: &Diagnostic, causes: &[&Diagnostic], sources: &Sources) -> bool {
    let place = &problem.label.place;
    let text = sources.text(&place.path).and_then(|text| text.get(place.span())).unwrap_or_default();
    let name = text.trim_matches('"');
    problem.code == Code::InvalidValue && place.path == SITE && causes.iter().any(|cause| has_name(cause, name))
}

/// Returns whether a key of `site.toml` is the tag of a locale with a folder that is not declared, which is reported.
fn is_of_dropped_locale(problem: &Diagnostic, unnamed: &[&Diagnostic], sources: &Sources) -> bool {
    let place = &problem.label.place;
    let tag = sources.text(&place.path).and_then(|text| text.get(place.span())).unwrap_or_default();
    problem.code == Code::UnknownKey
        && place.path == SITE
        && unnamed.iter().any(|diagnostic| diagnostic.label.place.path.starts_with(tag.trim_matches('"')))
}

/// Returns whether a file belongs to no ladder since a ladder has another name than the file.
fn is_misnamed(problem: &Diagnostic, causes: &[&Diagnostic]) -> bool {
    if problem.code != Code::LadderFile || causes.contains(&problem) {
        return false;
    }
    let name = problem.label.place.path.file_stem();
    name.is_some_and(|name| causes.iter().any(|cause| has_name(cause, name)))
}
