//! `rungs release`.

use camino::Utf8Path;

use super::arguments::{Release as Arguments, Report};
use super::{Failure, Outcome, report, today};
use crate::config::{self, Overrides};
use crate::diagnostic::Refusal;
use crate::edition::{Change, Effect, Release};
use crate::id::EditionName;
use crate::release::{Draft, Effects, Released, Request, Unfinished, draft, release, summary, unfinished};
use crate::source::{self, Sources};
use crate::text::{counted, list};
use crate::write;

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let content = &arguments.content.folder;
    let (sources, found) = source::read(content)?;
    let overrides = Overrides::default();
    let unfinished = arguments.name.as_ref().and_then(|name| unfinished(&sources, name));
    let sources = unfinished.as_ref().map_or(sources, |of| of.before.clone());
    let date = arguments.date.or_else(|| unfinished.as_ref().map(Unfinished::date)).unwrap_or_else(today);
    let effects = Effects {
        stricter: arguments.stricter.clone(),
        eased: arguments.eased.clone(),
        reworded: arguments.reworded.clone(),
    };
    let draft = match draft(&sources, &overrides, date, &effects) {
        Ok(draft) => draft,
        Err(refusal) => return refused(&refusal, &sources, content, &arguments.report),
    };
    let Some(name) = &arguments.name else {
        let problems = crate::build::problems(&sources, found, &overrides);
        report::problems(&problems, &sources, content, &arguments.report);
        show(&draft, arguments);
        if !problems.is_empty() {
            report::summary(
                &arguments.report,
                &format!("{problems} to mend first", problems = report::count(&problems)),
            );
        }
        return Ok(Outcome::Fine);
    };
    let summary = match &arguments.summary {
        Some(path) => {
            summary(&std::fs::read_to_string(path).map_err(|error| format!("`{path}` cannot be read: {error}"))?)
        }
        None => None,
    };
    let request = Request { name: name.clone(), date, summary, effects };
    let released = release(&sources, found, &overrides, &request);
    match released.and_then(|released| unfinished.map_or(Ok(released.clone()), |of| of.finished(released))) {
        Ok(released) => {
            write::replace(content, &released.edits)?;
            tell(&released, &sources, arguments);
            Ok(Outcome::Fine)
        }
        Err(refusal) => {
            if refusal.problems.is_empty() {
                differences(&draft, &arguments.report, |change| draft.unsaid.contains(&change.id));
            }
            refused(&refusal, &sources, content, &arguments.report)
        }
    }
}

fn refused(refusal: &Refusal, sources: &Sources, content: &Utf8Path, report: &Report) -> Result<Outcome, Failure> {
    report::refusal(refusal, sources, content, report);
    Ok(Outcome::Problems)
}

/// Prints what has changed, and what the next edition would be.
fn show(draft: &Draft, arguments: &Arguments) {
    let say = |line: &str| report::summary(&arguments.report, line);
    let number = draft.frozen.criteria().count();
    let criteria = counted(number, "criterion", "criteria");
    let Some(last) = &draft.last else {
        say(&format!("There is no edition yet. The first one would hold {criteria}."));
        say(&format!("To release it, run `{command}`", command = command(draft, arguments)));
        return;
    };
    if draft.is_empty() {
        say(&format!("Nothing has changed since {last} of {date}.", last = last.name(), date = last.frozen.date));
        return;
    }
    say(&(format!("Since {last} of {date}:", last = last.name(), date = last.frozen.date) + "\n"));
    differences(draft, &arguments.report, |_| true);
    if draft.changes.is_empty() {
        say(&("No criterion has changed, only what stands around them.".to_owned() + "\n"));
    }
    let content = reckoning(draft.changes.iter().filter(|change| !draft.unsaid.contains(&change.id)));
    let unsaid = Some(draft.unsaid.len()).filter(|&unsaid| unsaid > 0).map(|unsaid| format!("{unsaid} in new words"));
    let content: Vec<_> = content.into_iter().chain(unsaid).collect();
    say(&format!("This makes a {kind} release: {content}.", kind = draft.kind.name(), content = listed(&content)));
    if draft.unsaid.is_empty() {
        say(&format!("To release it, run `{command}`", command = command(draft, arguments)));
        return;
    }
    if draft.kind < Release::Major {
        say("It is more than that if new words ask for more or less.");
    }
    let ids: Vec<_> = draft.unsaid.iter().map(ToString::to_string).collect();
    let command = command(draft, arguments);
    say(&format!("To release it, run `{command}` with each of {ids} behind one of these:", ids = list(&ids)));
    say("  --stricter IDS  they ask for more");
    say("  --eased IDS     they ask for less");
    say("  --reworded IDS  they ask for the same in other words");
}

/// How many changes have each effect, the gravest effect first.
fn reckoning<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<String> {
    let effects: Vec<_> = changes.map(|change| change.effect).collect();
    let count = |effect: Effect| effects.iter().filter(|&&of| of == effect).count();
    let counts = Effect::ALL.into_iter().map(|effect| (effect, count(effect))).filter(|&(_, count)| count > 0);
    counts.map(|(effect, count)| format!("{count} {effect}", effect = effect.name())).collect()
}

fn listed(reckoning: &[String]) -> String {
    if reckoning.is_empty() { "no criterion has changed".to_owned() } else { list(reckoning) }
}

/// The command that makes the release.
fn command(draft: &Draft, arguments: &Arguments) -> String {
    let mut command = format!("rungs release {}", draft.next);
    let said = [("stricter", &arguments.stricter), ("eased", &arguments.eased), ("reworded", &arguments.reworded)];
    for (option, ids) in said {
        if !ids.is_empty() {
            command.push_str(&format!(" --{option} {}", ids.join(",")));
        }
    }
    // What was given once has to be given again.
    let content = Some(&arguments.content.folder).filter(|folder| *folder != "content");
    command.extend(content.map(|folder| format!(" --content {folder}")));
    command.extend(arguments.date.map(|date| format!(" --date {date}")));
    command.extend(arguments.summary.as_ref().map(|path| format!(" --summary {path}")));
    command
}

/// Prints changes, each with its old and new lines.
fn differences(draft: &Draft, report: &Report, is_shown: impl Fn(&Change) -> bool) {
    let say = |line: &str| report::summary(report, line);
    for change in draft.changes.iter().filter(|change| is_shown(change)) {
        say(&format!("{} {}", change.id, what(draft, change)));
        for tag in &change.reworded {
            say(&format!("  {tag}"));
            draft.difference(change, tag).iter().for_each(|line| say(&format!("  {line}")));
        }
        say("");
    }
}

/// `reworded`, `moved from L5 to L6, stricter`.
fn what(draft: &Draft, change: &Change) -> String {
    let before = draft.last.as_ref().zip(change.before).map(|(last, at)| last.frozen.at(at).1);
    let after = change.after.map(|at| draft.frozen.at(at).1);
    let mut words = Vec::new();
    match (before, after) {
        (None, Some(after)) => words.push(format!("added to {level}", level = after.level)),
        (Some(before), None) => words.push(format!("withdrawn from {level}", level = before.level)),
        (Some(before), Some(after)) => {
            let moved = || format!("moved from {before} to {after}", before = before.level, after = after.level);
            let recategorised =
                || format!("put from {before} into {after}", before = before.category, after = after.category);
            words.extend(change.moved.then(moved));
            words.extend(change.recategorised.then(recategorised));
        }
        (None, None) => {}
    }
    if draft.unsaid.contains(&change.id) {
        words.push("new words".to_owned());
    } else if let Some(effect) = draft.frozen.effects.get(&change.id) {
        words.push(effect.name().to_owned());
    } else if !change.reworded.is_empty() {
        words.push(Effect::Retranslated.name().to_owned());
    }
    list(&words)
}

/// Prints what was released.
fn tell(released: &Released, sources: &Sources, arguments: &Arguments) {
    let report = &arguments.report;
    let Released { edition, changes, kind, .. } = released;
    let name: &EditionName = edition.name();
    let criteria = counted(edition.frozen.criteria().count(), "criterion", "criteria");
    let content = reckoning(changes.iter());
    report::summary(
        report,
        &match kind {
            _ if content.is_empty() => format!("{name} is released, {criteria}"),
            kind => format!(
                "{name} is released, {criteria}, a {kind} release: {content}",
                kind = kind.name(),
                content = list(&content)
            ),
        },
    );
    report::summary(report, &format!("digest blake3:{}", edition.digest()));
    let (config, _) = config::read(sources, &Overrides::default());
    let Some(config) = config else { return };
    report::summary(report, &format!("{}e/{name}/", config.base_url));
    if let Some((_, first)) = edition.frozen.criteria().next() {
        report::summary(report, &format!("{}e/{name}/c/{}/", config.base_url, first.id.slug()));
    }
    report::summary(report, &kept(name, &arguments.content.folder));
}

/// How version control keeps an edition.
fn kept(name: &EditionName, content: &Utf8Path) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let content = content.as_str();
    let content = if content.chars().all(is_plain) { content.to_owned() } else { format!("\"{content}\"") };
    format!(
        "To keep it, commit the edition and the register: `git add {content} && git commit -m \"Release {name}\" && \
         git tag edition-{name}`"
    )
}
