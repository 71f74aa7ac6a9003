//! One slip is one error: what only follows from another fault is told when that is mended, if it is still there.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Sources;
use crate::text::nearest;

/// What is reported elsewhere of a ladder, or a part of one, that cannot be found. Which ids it had is asked before.
const OF_WHAT_IS_MISSING: &[Code] = &[
    Code::VanishedUnit,
    Code::LostPage,
    Code::UnknownReference,
    Code::OnlyInTranslation,
    Code::MissingTranslation,
    Code::BrokenLink,
];

/// Faults by which a part of the site cannot be found, and what is reported of that part elsewhere.
const CONSEQUENCES: [(Code, &[&[Code]]); 5] = [
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
    (Code::UnnamedLocale, &[OF_WHAT_IS_MISSING, &[Code::LadderFile]]),
    (
        Code::UnclosedFrontMatter,
        &[&[
            Code::UntitledThread,
            Code::VanishedUnit,
            Code::UnknownReference,
            Code::OnlyInTranslation,
            Code::MissingTranslation,
            Code::OutdatedTranslation,
        ]],
    ),
    (
        Code::UnclosedCode,
        &[
            OF_WHAT_IS_MISSING,
            &[
                Code::NoLevels,
                Code::EmptyLevel,
                Code::EmptyCategory,
                Code::LostAddress,
                Code::OutdatedTranslation,
                Code::MovedInTranslation,
                Code::NoCounterpart,
                Code::UnusedThread,
                Code::SingleLevelThread,
            ],
        ],
    ),
];

/// The problems without those that follow from others. What is left has an error in it, so that nothing is published.
pub(crate) fn without_consequences(problems: Vec<Diagnostic>, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    let has_file = |tag: &str| sources.texts.keys().any(|path| path.starts_with(tag));
    let is_cause = |problem: &Diagnostic| match problem.code {
        // A file that belongs to no ladder takes nothing from the site; a ladder without its file does.
        Code::LadderFile => !sources.texts.contains_key(&problem.label.place.path),
        // So does a folder that has taken the place of one that is named.
        Code::UnnamedLocale => config.locales.iter().any(|locale| !has_file(&locale.tag)),
        // The front matter of a ladder has the titles of threads, and its text has the criteria.
        Code::UnclosedFrontMatter | Code::UnclosedCode => ladder_of(problem).is_some(),
        Code::IncompleteRegister => true,
        _ => false,
    };
    let causes: Vec<&Diagnostic> = problems.iter().filter(|problem| is_cause(problem)).collect();
    let follows = |problem: &Diagnostic| {
        let explains = |(cause, consequences): &(Code, &[&[Code]])| {
            consequences.iter().any(|codes| codes.contains(&problem.code))
                && causes.iter().any(|of| of.code == *cause && may_be_of_one_ladder(of, problem))
        };
        CONSEQUENCES.iter().any(explains) || is_misnamed(problem, &causes) || is_of_another(problem, &problems)
    };
    let kept: Vec<bool> = problems.iter().map(|problem| !follows(problem)).collect();
    problems.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(problem, _)| problem).collect()
}

/// The ladder in whose file a problem stands, in whatever language.
fn ladder_of(problem: &Diagnostic) -> Option<&str> {
    let path = &problem.label.place.path;
    path.file_stem().filter(|_| path.extension() == Some("md") && path.components().count() == 2)
}

/// Whether nothing says that a problem is of another ladder than its cause.
fn may_be_of_one_ladder(cause: &Diagnostic, problem: &Diagnostic) -> bool {
    // What stands in one ladder may lead into another, and a page that is lost stands nowhere.
    let leads = matches!(
        problem.code,
        Code::UnknownReference | Code::BrokenLink | Code::NoCounterpart | Code::LostPage | Code::LostAddress
    );
    let is_of_all = matches!(cause.code, Code::UnnamedLocale | Code::IncompleteRegister);
    let (of_cause, of_problem) = (ladder_of(cause), ladder_of(problem));
    leads || is_of_all || of_problem.is_none() || of_problem == of_cause
}

/// Whether an id is where it does not belong since it took the place of another one, which is told.
fn is_of_another(problem: &Diagnostic, problems: &[Diagnostic]) -> bool {
    if !matches!(problem.code, Code::DuplicateId | Code::InvalidId) {
        return false;
    }
    let fixes = problems.iter().filter(|of| of.code == Code::VanishedId).filter_map(|of| of.fix.as_deref());
    let mut replaced = fixes.flat_map(|fix| fix.edits().iter().map(|edit| fix.place(edit)));
    let places: Vec<_> = std::iter::once(&problem.label).chain(&problem.related).map(|label| &label.place).collect();
    replaced.any(|place| places.contains(&&place))
}

/// Whether a file belongs to no ladder since a ladder has a name that is nearly that of the file.
fn is_misnamed(problem: &Diagnostic, causes: &[&Diagnostic]) -> bool {
    if problem.code != Code::LadderFile || causes.contains(&problem) {
        return false;
    }
    let names = causes.iter().filter(|of| of.code == Code::LadderFile).filter_map(|of| of.label.place.path.file_stem());
    problem.label.place.path.file_stem().is_some_and(|name| nearest(name, names).is_some())
}
