//! `rungs release`.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::arguments::{ReleaseArguments as Arguments, SummaryFile};
use super::site::{ChangeRefused, SiteChange, edit, read_other};
use super::{Failure, Outcome, report, today};
use crate::check::placeholder_address;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Refusal, character};
use crate::edition::{self, Effect, Release};
use crate::id::EditionName;
use crate::locale::{Locale, LocaleIndex};
use crate::proposal::Reading;
use crate::release::{EditionDraft, Effects, ReleaseOptions, Released, compared, draft, release, summary};
use crate::source::Sources;
use crate::text::{counted, either, forbidden_in, list};

pub(super) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut summaries = Vec::new();
    for SummaryFile { tag, path } in &arguments.summary {
        let text = std::fs::read_to_string(path).map_err(|error| format!("`{path}` cannot be read: {error}"))?;
        let problems = character::forbidden(path, 0, &text, forbidden_in(&text));
        if !problems.is_empty() {
            let sources = Sources { texts: [(path.clone(), text)].into(), ..Sources::default() };
            let refusal = Refusal::new("the summary cannot be published").problems(problems);
            report::refusal(&refusal, &sources, Utf8Path::new(""), &arguments.report);
            return Ok(Outcome::Problems);
        }
        summaries.extend(summary(&text).map(|text| (tag.as_deref(), text)));
    }
    let other = arguments.against.as_ref().map(|folder| read_other(folder).map(|read| (folder, read))).transpose()?;
    edit(&arguments.content.folder, &arguments.base.overrides(), &arguments.report, |reading| {
        match (other, &arguments.name) {
            (Some((folder, (sources, found))), _) => against(folder, sources, found, reading),
            (None, Some(name)) => change(arguments, name, summaries, reading),
            (None, None) => {
                let draft = draft(reading, arguments.date.unwrap_or_else(today), &effects(arguments))?;
                Ok(shown(show(&draft, arguments), reading))
            }
        }
    })
}

fn effects(arguments: &Arguments) -> Effects {
    let Arguments { stricter, eased, reworded, .. } = arguments;
    Effects { stricter: stricter.clone(), eased: eased.clone(), reworded: reworded.clone() }
}

/// Returns lines about a site, with its problems.
fn shown(mut lines: Vec<String>, reading: &Reading) -> SiteChange {
    let mut problems = crate::build::problems(&reading.sources, reading.found.clone(), &reading.overrides);
    if !problems.is_empty() {
        lines.push(format!("{problems} to fix first", problems = report::count(&problems)));
    }
    problems.extend(placeholder_address(reading.config(), &reading.sources));
    SiteChange { problems, lines, ..SiteChange::new(BTreeMap::new(), "") }
}

/// Compares the site with the content of another folder.
fn against(
    folder: &Utf8Path,
    sources: Sources,
    found: Vec<Diagnostic>,
    reading: &Reading,
) -> Result<SiteChange, ChangeRefused> {
    let unreadable =
        |problems| Refusal::new(format!("{folder} cannot be compared: fix its errors first")).problems(problems);
    let other = Reading::of(&sources, found, &reading.overrides).map_err(unreadable);
    let other = other.and_then(|other| match other.without_errors() {
        Ok(_) => Ok(other),
        Err(refusal) => Err(unreadable(refusal.problems)),
    });
    let other = other.map_err(|refusal| ChangeRefused::elsewhere(refusal, sources, folder))?;
    let draft = compared(&other, reading, today())?;
    if draft.is_empty() {
        return Ok(shown(
            vec![format!("Ladders and notes are the same as in {folder}. Other pages are not compared.")],
            reading,
        ));
    }
    let mut lines = vec![format!("Compared with {folder}:\n")];
    lines.extend(differences(&draft, |_| true));
    lines.push(match draft.changes.len() {
        0 => "No criteria differ, only the text around them.".to_owned(),
        number => format!(
            "{differ}: {content}.",
            differ = counted(number, "criterion differs", "criteria differ"),
            content = listed(&draft_effect_counts(&draft))
        ),
    });
    let around = draft.around();
    if !around.is_empty() {
        lines.push(format!("Around the criteria: {around}.", around = list(&around)));
    }
    if !draft.unsaid.is_empty() {
        lines.push("The next release decides whether new wording expects more, less or the same.".to_owned());
    }
    Ok(shown(lines, reading))
}

/// Returns a new edition.
fn change(
    arguments: &Arguments,
    name: &EditionName,
    summaries: Vec<(Option<&str>, String)>,
    reading: &Reading,
) -> Result<SiteChange, ChangeRefused> {
    let date = arguments.date.unwrap_or_else(today);
    let draft = draft(reading, date, &effects(arguments))?;
    let summary = by_locale(summaries, reading.config())?;
    let request = ReleaseOptions { name: name.clone(), date, summary, effects: effects(arguments) };
    let released = release(reading, &request).map_err(|refusal| {
        let is_shown = |change: &edition::Change| draft.unsaid.contains(&change.id);
        let lines = if refusal.problems.is_empty() { differences(&draft, is_shown) } else { Vec::new() };
        ChangeRefused { lines, ..refusal.into() }
    })?;
    let lines = release_lines(&released, reading, arguments);
    let problems = placeholder_address(reading.config(), &reading.sources);
    Ok(SiteChange { problems, lines, images: released.images, ..SiteChange::new(released.edits, "") })
}

/// Returns summaries by the tags of their locales. Those without a tag are in the source.
fn by_locale(summaries: Vec<(Option<&str>, String)>, config: &Config) -> Result<BTreeMap<String, String>, Refusal> {
    let mut all = BTreeMap::new();
    for (written, text) in summaries {
        let locale = match written {
            None => Some(&config.locales[LocaleIndex::SOURCE]),
            Some(tag) => config.locales.iter().find(|locale| locale.tag.eq_ignore_ascii_case(tag)),
        };
        let Some(Locale { tag, .. }) = locale else {
            let tags: Vec<_> = config.locales.iter().map(|locale| format!("`{}`", locale.tag)).collect();
            let refusal = Refusal::new(format!("the site has no locale `{}`", written.unwrap_or_default()));
            return Err(refusal.help(format!("write the summary in {}", either(&tags))));
        };
        if all.insert(tag.clone(), text).is_some() {
            let refusal = Refusal::new(format!("there are two summaries in `{tag}`"));
            return Err(refusal.help(
                "write one file for each language, such as `--summary notes.md --summary zh-TW=notes.zh-TW.md`",
            ));
        }
    }
    Ok(all)
}

/// Returns lines about the changes and the next edition.
fn show(draft: &EditionDraft, arguments: &Arguments) -> Vec<String> {
    let criteria = counted(draft.frozen.criteria().count(), "criterion", "criteria");
    let release = || format!("To release it, run `{command}`", command = command(draft, arguments));
    let Some(last) = &draft.last else {
        return vec![format!("There is no edition yet. The first one would hold {criteria}."), release()];
    };
    let (last, date) = (last.name(), last.date);
    if draft.is_empty() {
        return vec![format!("Nothing has changed since {last} of {date}.")];
    }
    let mut lines = vec![format!("Since {last} of {date}:\n")];
    lines.extend(differences(draft, |_| true));
    if draft.changes.is_empty() {
        lines.push("No criteria have changed, only the text around them.\n".to_owned());
    }
    lines.push(format!(
        "This makes a {kind} release: {content}.",
        kind = draft.kind.name(),
        content = listed(&draft_effect_counts(draft))
    ));
    if draft.unsaid.is_empty() {
        lines.push(release());
        return lines;
    }
    if draft.kind < Release::Major {
        lines.push("It becomes a larger one if new wording expects more or less.".to_owned());
    }
    lines.push(format!("{}, and classify {ids} with these options:", release(), ids = list(&draft.unsaid)));
    lines.push("  --stricter IDS  they expect more".to_owned());
    lines.push("  --eased IDS     they expect less".to_owned());
    lines.push("  --reworded IDS  they expect the same in other words".to_owned());
    lines
}

/// Counts the changes by effect, the gravest effect first.
fn effect_counts<'a>(changes: impl Iterator<Item = &'a edition::Change>) -> Vec<String> {
    let effects: Vec<_> = changes.map(|change| change.effect).collect();
    let count = |effect: Effect| effects.iter().filter(|&&other| other == effect).count();
    let counts = Effect::ALL.into_iter().map(|effect| (effect, count(effect))).filter(|&(_, count)| count > 0);
    counts.map(|(effect, count)| format!("{count} {effect}", effect = effect.name())).collect()
}

/// Counts the changes by effect, and those without a stated effect.
fn draft_effect_counts(draft: &EditionDraft) -> Vec<String> {
    let mut content = effect_counts(draft.changes.iter().filter(|change| !draft.unsaid.contains(&change.id)));
    let unsaid = draft.unsaid.len();
    content.extend((unsaid > 0).then(|| format!("{unsaid} with new wording")));
    content
}

fn listed(counts: &[String]) -> String {
    if counts.is_empty() { "no criterion has changed".to_owned() } else { list(counts) }
}

/// Returns the command that makes the release.
fn command(draft: &EditionDraft, arguments: &Arguments) -> String {
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
    command.extend(arguments.base.base_url.as_ref().map(|url| format!(" --base-url {url}")));
    command.extend(arguments.date.map(|date| format!(" --date {date}")));
    command.extend(arguments.summary.iter().map(|summary| format!(" --summary {summary}")));
    command
}

/// Returns lines about changes, each with its old and new text.
fn differences(draft: &EditionDraft, is_shown: impl Fn(&edition::Change) -> bool) -> Vec<String> {
    let mut lines = Vec::new();
    for change in draft.changes.iter().filter(|change| is_shown(change)) {
        lines.push(format!("{} {}", change.id, describe_change(draft, change)));
        for tag in draft.shown_locales(change) {
            lines.push(format!("  {tag}"));
            lines.extend(draft.difference(change, tag).iter().map(|line| format!("  {line}")));
        }
        lines.push(String::new());
    }
    lines
}

/// `reworded`, `moved from L5 to L6, stricter`.
fn describe_change(draft: &EditionDraft, change: &edition::Change) -> String {
    let before = draft.last.as_ref().zip(change.before).map(|(last, at)| last.frozen.at(at).1);
    let after = change.after.map(|at| draft.frozen.at(at).1);
    let mut words = Vec::new();
    match (before, after) {
        (None, Some(after)) => words.push(format!("added to {level}", level = after.level)),
        (Some(before), None) => words.push(format!("withdrawn from {level}", level = before.level)),
        (Some(before), Some(after)) => {
            let moved = || format!("moved from {before} to {after}", before = before.level, after = after.level);
            let recategorised =
                || format!("moved from {before} to {after}", before = before.category, after = after.category);
            words.extend(change.moved.then(moved));
            words.extend(change.recategorised.then(recategorised));
        }
        (None, None) => {}
    }
    if draft.unsaid.contains(&change.id) {
        words.push("new wording".to_owned());
    } else if let Some(effect) = draft.frozen.effects.get(&change.id) {
        words.push(effect.name().to_owned());
    } else if !change.reworded.is_empty() {
        words.push(Effect::Retranslated.name().to_owned());
    }
    list(&words)
}

/// Returns lines about the release.
fn release_lines(released: &Released, reading: &Reading, arguments: &Arguments) -> Vec<String> {
    let Released { edition, changes, kind, .. } = released;
    let (name, base_url) = (edition.name(), &reading.config().base_url);
    let criteria = counted(edition.frozen.criteria().count(), "criterion", "criteria");
    let content = effect_counts(changes.iter());
    let kind = match content.as_slice() {
        [] => String::new(),
        content => format!(", a {kind} release: {content}", kind = kind.name(), content = list(content)),
    };
    let mut lines = vec![
        format!("{name} is released, {criteria}{kind}"),
        format!("digest blake3:{}", edition.digest()),
        format!("{base_url}e/{name}/"),
    ];
    let first = edition.frozen.criteria().next();
    lines.extend(first.map(|(_, first)| format!("{base_url}e/{name}/c/{}/", first.id.slug())));
    lines.push(keeping_advice(name, &arguments.content.folder));
    lines
}

/// Returns the advice for keeping an edition in version control.
fn keeping_advice(name: &EditionName, content: &Utf8Path) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let content = content.as_str();
    let content = if content.chars().all(is_plain) { content.to_owned() } else { format!("\"{content}\"") };
    format!(
        "To keep it, commit the edition and the register: `git add {content} && git commit -m \"Release {name}\" && \
         git tag edition-{name}`"
    )
}
