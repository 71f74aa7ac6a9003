//! `rungs adapt`.

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;
use serde::Serialize;

use super::arguments::{Adapt, Format};
use super::site::{ChangeRefused, SiteChange, edit, read_other};
use super::{Failure, Outcome, PAGES_ARE_PUBLIC, report, surroundings, today};
use crate::adapt::{self, AdaptOptions, Update, Updated};
use crate::adaptation::{ChainStep, CriterionStatus, Drift, Status, StatusRow};
use crate::config::{self, Overrides};
use crate::diagnostic::{Problems, Refusal, has_errors};
use crate::edition::{At, Frozen};
use crate::source::{self, Sources};
use crate::text::{columns, counted, list};
use crate::understood::{Understood, understand};
use crate::write;

pub(super) fn run(arguments: &Adapt) -> Result<Outcome, Failure> {
    match (arguments.status, arguments.update, &arguments.upstream) {
        (true, _, _) => status(arguments),
        (_, true, Some(upstream)) => update(arguments, upstream),
        _ => start(arguments),
    }
}

/// Makes a content folder of another one.
fn start(arguments: &Adapt) -> Result<Outcome, Failure> {
    let Some(upstream) = &arguments.upstream_folder else {
        return Err("name the content folder to start from".into());
    };
    let folder = &arguments.folder;
    // Whatever is asked for, nothing is written there.
    write::is_vacant(folder)?;
    let request = AdaptOptions {
        prefixes: arguments.prefix.clone(),
        by: arguments.by.clone().unwrap_or_default(),
        by_url: arguments.by_url.clone(),
        title: arguments.title.clone(),
        base_url: arguments.base_url.clone(),
        date: arguments.date.unwrap_or_else(today),
    };
    let overrides = Overrides { base_url: arguments.upstream_url.clone(), repository: None };
    let (sources, found) = read_other(upstream)?;
    let started = adapt::read_upstream(&sources, found, &overrides).and_then(|theirs| adapt::start(&theirs, &request));
    let started = match started {
        Ok(started) => started,
        Err(refusal) => {
            report::refusal(&refusal, &sources, upstream, &arguments.report);
            return Ok(Outcome::Problems);
        }
    };
    let texts = started.texts.iter().map(|(path, text)| (path.clone(), text.as_bytes()));
    let images = started.images.iter().map(|(path, image)| (path.clone(), image.bytes.as_slice()));
    write::found(folder, &texts.chain(images).collect())?;
    let written = Sources { texts: started.texts, ..Sources::default() };
    report::problems(&started.problems, &written, folder, &arguments.report);
    if let Some(warning) = &started.warning {
        report::warning(warning);
    }
    let criteria = counted(started.criteria, "criterion", "criteria");
    let say = |line: &str| report::summary(&arguments.report, line);
    say(&format!(
        "{folder} is adapted from {upstream}, with {criteria} under the same ids",
        upstream = started.upstream
    ));
    match &started.theme {
        (_, false) => {}
        (keys, true) if keys.is_empty() => say("Its theme/ is left out: templates and scripts are code"),
        (keys, true) => say(&format!(
            "Its theme/ is left out, since templates and scripts are code. Keys of `[theme]` that name files are left out, too: {keys}",
            keys = list(keys.iter().map(|key| format!("`{key}`")))
        )),
    }
    say("");
    let next = [
        (
            format!("edit {file}", file = folder.join("site.toml")),
            "to set the address of the site, and say what you change".to_owned(),
        ),
        (format!("rungs id {folder} --write"), "to assign ids of your own to new criteria".to_owned()),
        (format!("rungs adapt --status --content {folder}"), "to see how far you have diverged".to_owned()),
    ];
    columns(&next).iter().for_each(|line| say(&format!("  {line}")));
    surroundings::add(folder, &arguments.report)?;
    say(&format!("\n{PAGES_ARE_PUBLIC}"));
    Ok(if has_errors(&started.problems) { Outcome::Problems } else { Outcome::Fine })
}

/// Prints the distance of a site from its upstream.
fn status(arguments: &Adapt) -> Result<Outcome, Failure> {
    let content = &arguments.content.folder;
    let (sources, found) = source::read(content)?;
    let refused = |refusal: &Refusal, sources: &Sources, folder: &Utf8Path| {
        report::refusal(refusal, sources, folder, &arguments.report);
        Ok(Outcome::Problems)
    };
    let problems = Problems::from(found);
    let config = config::read(&sources, &Overrides::default(), &problems);
    let understood = config.map(|config| understand(&sources, config).0);
    let Some(Understood { adaptation, .. }) = &understood else {
        return refused(
            &Refusal::new("there is no site to compare").problems(problems.into_sorted()),
            &sources,
            content,
        );
    };
    let Some(adaptation) = adaptation else {
        let refusal = Refusal::new(format!("{content} was not adapted from another ladder"))
            .help("start from one with `rungs adapt FOLDER`, where FOLDER is its content folder");
        return refused(&refusal, &sources, content);
    };
    let now = match &arguments.upstream {
        Some(folder) => {
            let (sources, found) = read_other(folder)?;
            match adapt::read_upstream(&sources, found, &Overrides::default()) {
                Ok(now) => Some(Arc::clone(now.site().kept())),
                Err(refusal) => return refused(&refusal, &sources, folder),
            }
        }
        None => None,
    };
    let status = crate::adaptation::status(adaptation, now.as_deref());
    let Some(step) = adaptation.steps().next() else { return Ok(Outcome::Fine) };
    let reporter = AdaptReporter { step, now: now.as_deref() };
    match arguments.report.format {
        Format::Json => status.rows.iter().for_each(|row| report::print_line(reporter.json(row))),
        _ => reporter.report(&status, |line| report::summary(&arguments.report, line)),
    }
    Ok(Outcome::Fine)
}

/// Takes over the changes of the upstream.
fn update(arguments: &Adapt, upstream: &Utf8Path) -> Result<Outcome, Failure> {
    let (there, found) = read_other(upstream)?;
    let content = &arguments.content.folder;
    edit(content, &Overrides::default(), &arguments.report, |reading| {
        let adaptation = reading.understood.adaptation.as_ref().filter(|_| !has_errors(reading.problems()));
        let Some(adaptation) = adaptation else {
            let refusal = Refusal::new(format!("{content} was not adapted from another ladder, or has errors"));
            return Err(refusal.help("run `rungs check` first").problems(reading.problems().to_vec()).into());
        };
        let base_url = Some(adaptation.upstream().base_url.clone());
        let theirs = adapt::read_upstream(&there, found, &Overrides { base_url, repository: None })
            .map_err(|refusal| ChangeRefused::elsewhere(refusal, there, upstream))?;
        let request = Update { keep: arguments.keep.clone(), date: arguments.date.unwrap_or_else(today) };
        Ok(update_change(arguments, adapt::update(reading, adaptation, &theirs, &request)?))
    })
}

/// Returns the changes of an update, with the summary to print.
fn update_change(arguments: &Adapt, updated: Updated) -> SiteChange {
    let Updated { edits, taken, left, problems } = updated;
    let criteria = counted(taken.len(), "criterion", "criteria");
    let summary = match (edits.len(), arguments.write) {
        (0, _) => "nothing to update".to_owned(),
        (_, true) => format!("{criteria} updated"),
        (_, false) => format!("{criteria} can be updated: add `--write`"),
    };
    let done = if arguments.write { "updated" } else { "can be updated" };
    let mut lines: Vec<_> = taken.iter().map(|id| format!("{id} {done}")).collect();
    lines.extend(left.iter().map(|(id, why)| format!("{id} left as it is: {why}")));
    lines.push(summary);
    let is_open = !left.is_empty() || has_errors(&problems);
    let outcome = if is_open { Outcome::Problems } else { Outcome::Fine };
    SiteChange { edits, images: BTreeMap::new(), is_draft: !arguments.write, problems, elsewhere: None, lines, outcome }
}

struct AdaptReporter<'a> {
    step: ChainStep<'a>,
    /// The upstream as it is now.
    now: Option<&'a Frozen>,
}

impl AdaptReporter<'_> {
    fn report(&self, status: &Status, say: impl Fn(&str)) {
        let from = self.step.from;
        let (title, url, date) = (from.title(), &from.base_url, from.date());
        say(&match &from.edition {
            Some(edition) => {
                format!("Adapted from {title} ({url}, {edition}) on {date}.")
            }
            None => format!("Adapted from {title} ({url}) on {date}."),
        });
        let counts = status.counts();
        let counts = counts.iter().map(|(state, number)| format!("{number} {effect}", effect = state.label()));
        say(&format!("{}\n", list(counts)));
        for row in &status.rows {
            if let Some(here) = row.here.as_ref().filter(|here| here.state != CriterionStatus::Unchanged) {
                say(&format!("{} {}", row.id, self.describe(here, self.step.after)));
                self.lines(here, self.step.after).iter().for_each(|line| say(line));
            }
        }
        let Some(now) = self.now else {
            say("To see what has changed there since, add `--upstream FOLDER` with its content folder.");
            return;
        };
        let changed: Vec<_> = status.rows.iter().filter_map(|row| Some((row, row.there.as_ref()?))).collect();
        if changed.is_empty() {
            say(&format!("\n{}", "Nothing has changed there since."));
            return;
        }
        say(&format!("\n{}\n", "Changed there since:"));
        for (row, there) in changed {
            say(&format!("{} {}", row.id, with_state_here(row, self.describe_upstream(there, now))));
            self.lines(there, now).iter().for_each(|line| say(line));
        }
        let conflicts = status.rows.iter().filter(|row| row.is_conflict).count();
        if conflicts > 0 {
            let advice = counted(
                conflicts,
                "criterion changed on both sides: read both and decide.",
                "criteria changed on both sides: read both and decide.",
            );
            say(&format!("\n{advice}"));
        }
    }

    /// Describes the state of a criterion here: `adapted: new words in en`.
    fn describe(&self, drift: &Drift, after: &Frozen) -> String {
        let place = |frozen: &Frozen, at: Option<At>| at.map(|at| frozen.at(at).1.level.clone()).unwrap_or_default();
        let change = drift.change.as_ref();
        match drift.state {
            CriterionStatus::New => {
                format!("new at {level}", level = place(after, change.and_then(|change| change.after)))
            }
            CriterionStatus::LeftOut => {
                format!("left out of {level}", level = place(self.step.before, change.and_then(|change| change.before)))
            }
            state => format!("{state}: {how}", state = state.label(), how = self.describe_change(drift, after)),
        }
    }

    /// Describes the change of a criterion in the upstream.
    fn describe_upstream(&self, drift: &Drift, now: &Frozen) -> String {
        let place = |frozen: &Frozen, at: Option<At>| at.map(|at| frozen.at(at).1.level.clone()).unwrap_or_default();
        let change = drift.change.as_ref();
        match drift.state {
            CriterionStatus::New => {
                format!("added to {level}", level = place(now, change.and_then(|change| change.after)))
            }
            CriterionStatus::LeftOut => {
                format!(
                    "withdrawn from {level}",
                    level = place(self.step.before, change.and_then(|change| change.before))
                )
            }
            _ => self.describe_change(drift, now),
        }
    }

    /// `moved from L5 to L6, new words in en`.
    fn describe_change(&self, drift: &Drift, after: &Frozen) -> String {
        let Some(change) = &drift.change else { return String::new() };
        let (Some(was), Some(is)) = (change.before, change.after) else { return String::new() };
        let (old, new) = (self.step.before.at(was).1, after.at(is).1);
        let mut words = Vec::new();
        let moved = || format!("moved from {before} to {after}", before = old.level, after = new.level);
        let recategorised = || format!("moved from {before} to {after}", before = old.category, after = new.category);
        let reworded = || format!("new wording in {tags}", tags = list(&change.reworded));
        words.extend(change.moved.then(moved));
        words.extend(change.recategorised.then(recategorised));
        words.extend((!change.reworded.is_empty()).then(reworded));
        list(words)
    }

    /// Old and new words, each with its sign.
    fn lines(&self, drift: &Drift, after: &Frozen) -> Vec<String> {
        let Some(change) = &drift.change else { return Vec::new() };
        let text = |frozen: &Frozen, at: Option<At>, tag: &str| Some(frozen.at(at?).1.text(tag));
        let source = vec![after.source().to_owned()];
        let tags = if drift.state == CriterionStatus::Adapted { &change.reworded } else { &source };
        let mut lines = Vec::new();
        for tag in tags {
            lines.push(format!("  {tag}"));
            let sides = [("-", text(self.step.before, change.before, tag)), ("+", text(after, change.after, tag))];
            for (sign, text) in sides {
                let said = text.unwrap_or_default();
                lines.extend(said.lines().filter(|line| !line.is_empty()).map(|line| format!("  {sign} {line}")));
            }
        }
        lines
    }

    fn json(&self, row: &StatusRow) -> String {
        let side = |drift: &Drift, after: &Frozen, word: fn(CriterionStatus) -> &'static str| {
            let change = drift.change.as_ref();
            let at = |frozen: &Frozen, at: Option<At>| at.map(|at| frozen.at(at).1.level.clone());
            JsonSide {
                state: word(drift.state),
                from: change.filter(|change| change.moved).and_then(|change| at(self.step.before, change.before)),
                to: change.filter(|change| change.moved).and_then(|change| at(after, change.after)),
                recategorised: change.is_some_and(|change| change.recategorised),
                reworded: change.map(|change| change.reworded.clone()).unwrap_or_default(),
            }
        };
        let line = JsonRow {
            id: row.id.to_string(),
            here: row.here.as_ref().map(|drift| side(drift, self.step.after, CriterionStatus::name)),
            upstream: row.there.as_ref().zip(self.now).map(|(drift, now)| side(drift, now, state_there)),
            conflict: row.is_conflict,
        };
        serde_json::to_string(&line).expect("texts and lists of them are JSON")
    }
}

/// One criterion, as a line of JSON.
#[derive(Serialize)]
struct JsonRow {
    id: String,
    /// None for what came to the upstream later.
    here: Option<JsonSide>,
    /// The change in the upstream since. None if nothing changed, or the upstream was not compared.
    upstream: Option<JsonSide>,
    conflict: bool,
}

#[derive(Serialize)]
struct JsonSide {
    state: &'static str,
    /// The levels that it moved between.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    recategorised: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reworded: Vec<String>,
}

fn state_there(state: CriterionStatus) -> &'static str {
    match state {
        CriterionStatus::Unchanged => "unchanged",
        CriterionStatus::Adapted => "changed",
        CriterionStatus::New => "added",
        CriterionStatus::LeftOut => "withdrawn",
    }
}

/// Describes a change in the upstream, together with the state of the criterion here.
fn with_state_here(row: &StatusRow, change: String) -> String {
    match (&row.here, row.is_conflict) {
        (Some(here), true) => format!("{change}, conflict: {state} here", state = here.state.label()),
        (Some(here), false) if here.state != CriterionStatus::Unchanged => format!("{change}, the same here"),
        _ => change,
    }
}
