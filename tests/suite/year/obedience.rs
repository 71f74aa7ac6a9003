//! Someone who does what a message says, and knows no more than that and how the files were when all was well.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::{EDITIONS, LADDERS, LOCALES, REGISTER, SITE, Year, file, text, work};

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Run(String),
    Write { path: String, text: String, why: &'static str },
    Rename { from: String, to: String },
    Remove(String),
    FinishMerge,
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Write { path, why, .. } => write!(f, "{why} in {path}"),
            other => write!(f, "{other:?}"),
        }
    }
}

impl Year {
    /// Does what the first error says, until there is none.
    pub(super) fn obey(&mut self) {
        let mut tried: BTreeSet<(String, Way)> = BTreeSet::new();
        for _ in 0..30 {
            let errors = self.place.errors();
            if errors.is_empty() {
                return;
            }
            let all: Vec<_> = errors.iter().map(|error| error["message"].as_str().unwrap()).collect();
            self.story.push(format!("   {all:?}"));
            let state = all.join("\n");
            // Where the first only says that another comes before it, that one is next.
            let open = errors.iter().find_map(|error| {
                let ways = self.ways(error);
                let new = |way: &Way| !tried.contains(&(state.clone(), way.clone()));
                let open: Vec<_> = ways.into_iter().filter(new).collect();
                (!open.is_empty()).then_some((error, open))
            });
            let Some((error, open)) = open else {
                panic!("the advice does not help: {:#}", errors[0]);
            };
            self.story.push(format!(
                "     {}:{} {} ({}) = {}",
                error["path"].as_str().unwrap(),
                error["line"],
                error["message"].as_str().unwrap(),
                error["label"].as_str().unwrap(),
                error["help"]
            ));
            let way = self.dice.one(&open).clone();
            self.story.push(format!("     -> {way}"));
            self.followed += 1;
            self.go(&way);
            tried.insert((state, way));
        }
        panic!("the advice leads in a circle");
    }

    fn go(&mut self, way: &Way) {
        match way {
            Way::Run(command) => {
                let (mut is_done, told) = self.try_run(command);
                if !is_done && told.contains("change these places, then run the command again") {
                    self.refer_to_another(&told);
                    (is_done, _) = self.try_run(command);
                }
                if let Some(forgotten) = command.strip_prefix("rungs id --forget ").filter(|_| is_done) {
                    self.forgotten.extend(forgotten.split(' ').map(str::to_owned));
                }
            }
            Way::Write { path, text, .. } => self.place.put(path, text),
            Way::Rename { from, to } => std::fs::rename(self.place.at(from), self.place.at(to)).unwrap(),
            Way::Remove(path) => std::fs::remove_dir_all(self.place.at(path)).unwrap(),
            Way::FinishMerge => self.finish_merge(),
        }
    }

    /// Lets notes refer to a criterion in place of what they must not refer to any more.
    fn refer_to_another(&mut self, told: &str) {
        let (_, other, _) = self.any_criterion(&file("en", LADDERS[0]));
        let errors = told.split("error[unknown-reference]: `").skip(1);
        let places: BTreeSet<(&str, &str)> = errors
            .filter_map(|error| {
                let (label, rest) = error.split_once('`')?;
                Some((label, rest.split_once("--> ")?.1.split(':').next()?))
            })
            .collect();
        for (label, path) in places {
            let text = self.place.text(path);
            let text = text.replace(&format!("[{label}]"), &format!("[{other}]"));
            self.place.put(path, text.replace(&format!("\"{label}\""), &format!("\"{other}\"")));
        }
        self.story.push(format!("     -> refer to {other}"));
    }

    /// All that a problem says can be done.
    fn ways(&mut self, problem: &Value) -> Vec<Way> {
        let word = |name: &str| problem[name].as_str().unwrap_or_default().to_owned();
        let (code, message, help, path) = (word("code"), word("message"), word("help"), word("path"));
        let mut ways = Vec::new();
        if problem["fix"].is_array() {
            ways.push(Way::Run("rungs check --fix".to_owned()));
        }
        let quoted: Vec<String> = help.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        for command in &quoted {
            let is_command = command.starts_with("git ") || command.starts_with("rungs ");
            // The bare name of a command is no order.
            if is_command && command.split(' ').count() > 2 {
                ways.push(Way::Run(command.replace('…', "No more.")));
            }
        }
        let text = if self.place.at(&path).is_file() { self.place.text(&path) } else { String::new() };
        let at = problem["line"].as_u64().unwrap_or(1) as usize - 1;
        let line = text::line(&text, at);
        let span = problem["start"].as_u64().unwrap_or(0) as usize..problem["end"].as_u64().unwrap_or(0) as usize;
        let put = |why: &'static str, lines: &[&str]| Way::Write {
            path: path.clone(),
            text: text::with_lines(&text, at..at + 1, lines),
            why,
        };
        let replaced = |why: &'static str, new: &str| {
            let mut text = text.clone();
            text.replace_range(span.clone(), new);
            Way::Write { path: path.clone(), text, why }
        };
        match code.as_str() {
            "unfinished-merge" => ways.push(Way::FinishMerge),
            "vanished-id" | "misplaced-attributes" if help.contains("put it back") || help.contains("put back") => {
                if help.contains("keep one of the two") {
                    let kept = line.split(" {#").next().unwrap();
                    let block = line.split(" {#").nth(1).unwrap();
                    self.place.put(&path, text::with_lines(&text, at..at + 1, &[&format!("{kept} {{#{block}")]));
                }
                for id in self.vanished(&message) {
                    ways.extend(self.put_back(&id, &path));
                }
                if let Some(was) = quoted.iter().find_map(|quoted| quoted.strip_prefix("was=")) {
                    ways.extend(self.say_what_it_was(was));
                }
                for block in quoted.iter().filter(|block| block.starts_with("{#") && block.contains(" was=")) {
                    let id = block.trim_start_matches("{#").split(' ').next().unwrap();
                    ways.extend(LADDERS.iter().filter_map(|ladder| {
                        let path = file("en", ladder);
                        let text = self.place.text(&path);
                        let at = text::line_of(&text, id)?;
                        let (title, _) =
                            text::line(&text, at).split_once("{#").map(|(a, b)| (a.to_owned(), b.to_owned()))?;
                        let text = text::with_lines(&text, at..at + 1, &[&format!("{title}{block}")]);
                        Some(Way::Write { path, text, why: "write `was`" })
                    }));
                }
            }
            "vanished-id" if help.contains("remove the two lines") => {
                let fence = line.trim();
                let end = text.lines().skip(at + 1).position(|line| line.trim() == fence).unwrap() + at + 1;
                let inner: Vec<_> = text.lines().skip(at + 1).take(end - at - 1).collect();
                let text = text::with_lines(&text, at..end + 1, &inner);
                ways.push(Way::Write { path: path.clone(), text, why: "take the fences away" });
            }
            "misplaced-attributes" => {
                let block = text.get(span.clone()).unwrap_or_default();
                if help.starts_with("write `- `") {
                    ways.push(put("write a dash", &[&format!("- {line}")]));
                }
                if help.contains("begin it where the item above begins") {
                    ways.push(put("take the indentation away", &[line.trim_start()]));
                }
                if help.contains("remove the `>`") {
                    ways.push(put("take the sign of a quotation away", &[line.trim_start_matches("> ")]));
                }
                if help.contains("remove the whole comment") {
                    let from = text[..span.end].rfind("<!--").unwrap();
                    let to = span.start + text[span.start..].find("-->").unwrap() + 3;
                    let inner = text[from + 4..to - 3].trim();
                    let bare = format!("{}{inner}{}", &text[..from], &text[to..]);
                    ways.push(Way::Write { path: path.clone(), text: bare, why: "take the signs of the comment away" });
                    let text = format!("{}{}", &text[..from], &text[to..]);
                    ways.push(Way::Write { path: path.clone(), text, why: "remove the comment" });
                }
                if help.contains("move them to the end") {
                    ways.push(put("move the block", &[&format!("{} {block}", line.replace(block, "").trim_end())]));
                }
                // In the source that is told as well.
                if (help.contains("or remove it") || help.contains("or remove the attributes"))
                    && path.starts_with("content/en/")
                {
                    ways.push(replaced("remove the block", ""));
                }
            }
            "unclosed-attributes" => ways.push(put("close the braces", &[&format!("{line}}}")])),
            "unclosed-code" => {
                let fence = help.rsplit(' ').next().unwrap();
                let behind = at + 1 + self.dice.below(5);
                let behind = behind.min(text.lines().count());
                let text = text::with_lines(&text, behind..behind, &[fence]);
                ways.push(Way::Write { path: path.clone(), text, why: "close the code" });
            }
            "unclosed-front-matter" if help.starts_with("end it") => {
                let at = text.lines().position(|line| line.starts_with("# ")).unwrap();
                let text = text::with_lines(&text, at..at, &["+++"]);
                ways.push(Way::Write { path: path.clone(), text, why: "close the front matter" });
            }
            "unclosed-front-matter" => {
                ways.push(Way::Write {
                    path: path.clone(),
                    text: format!("+++\n{text}"),
                    why: "open the front matter",
                });
            }
            "ladder-file" => {
                for setting in quoted.iter().filter(|quoted| quoted.starts_with("key = ")) {
                    let site = self.place.text(SITE);
                    let wrong = path.rsplit('/').next().unwrap().trim_end_matches(".md");
                    let site = site.replace(&format!("key = \"{wrong}\""), setting);
                    ways.push(Way::Write { path: SITE.to_owned(), text: site, why: "name the ladder" });
                }
            }
            "unnamed-locale" => {
                let folder = message.split('`').nth(1).unwrap();
                let from = format!("content/{folder}");
                if help.starts_with("rename the folder to") {
                    ways.push(Way::Rename { from: from.clone(), to: format!("content/{}", quoted[0]) });
                }
                if help.contains("remove the folder") {
                    ways.push(Way::Remove(from));
                }
            }
            "missing-id" if help.contains("from the source") => {
                let before = self.git(&["show", &format!("{}:{path}", self.branches[self.on].green)]);
                let right = before.lines().find(|before| before.starts_with(&format!("{line} {{")));
                ways.extend(right.map(|right| put("write the id of the source", &[right])));
            }
            "empty-level" => ways.push(put("remove the level", &[])),
            "no-levels" => ways.push(self.write_a_level(&path)),
            "unknown-edition" if quoted.len() == 1 => {
                let setting = quoted[0].as_str();
                let name = setting.split(' ').next().unwrap();
                let entry: Vec<_> = text.lines().skip(at + 1).take_while(|line| !line.is_empty()).collect();
                let others = entry.iter().copied().filter(|line| line.split(' ').next() != Some(name));
                let new = Some(setting).filter(|_| help.starts_with("write"));
                let lines: Vec<_> = std::iter::once(line.as_str()).chain(others).chain(new).collect();
                let text = text::with_lines(&text, at..at + 1 + entry.len(), &lines);
                ways.push(Way::Write { path: path.clone(), text, why: "say what the editions say" });
            }
            "missing-key" if message.contains("`state`") => {
                ways.push(put("write the state", &[&line, &quoted[0]]));
            }
            "missing-id" => {
                let is_if = help.starts_with("if it is one of those that have vanished");
                for block in quoted.iter().filter(|block| block.starts_with("{#")) {
                    let id = block.trim_start_matches("{#").trim_end_matches('}');
                    if !is_if || self.was_said(&path, id).is_some_and(|said| said == line) {
                        ways.push(put("write the id", &[&format!("{line} {block}")]));
                    }
                }
            }
            "duplicate-id" if text.lines().filter(|other| *other == line).count() > 1 => {
                ways.clear();
                ways.push(put("remove the copy", &[]));
            }
            "duplicate-id" | "reused-id" | "invalid-id" if help.contains("remove the id") => {
                let open = line.rfind('{').unwrap();
                let block = &line[open..=line.rfind('}').unwrap()];
                let rest = block.split_once(' ').map_or(String::new(), |(_, rest)| format!("{{{rest}"));
                let line = line.replacen(block, &rest, 1);
                ways.clear();
                ways.push(put("remove the id", &[line.trim_end()]));
            }
            "reused-id" if help.starts_with("remove it, or") => {
                ways.clear();
                let block = &line[line.rfind('{').unwrap()..];
                ways.push(put("remove it", &[]));
                ways.push(put("remove its id", &[line.replacen(block, "", 1).trim_end()]));
            }
            "reused-id" => {
                let setting = quoted.iter().find(|quoted| quoted.contains(" = ")).unwrap();
                let register = self.place.text(REGISTER);
                let entry = register.find(&format!(".{}]", message.split(' ').next().unwrap())).unwrap();
                let (before, entry) = register.split_at(entry);
                let text = format!("{before}{}", entry.replacen(&format!("{setting}\n"), "", 1));
                ways.push(Way::Write { path: REGISTER.to_owned(), text, why: "remove the setting" });
            }
            "only-in-translation" | "duplicate-id" if help.contains("from the source") => {
                let before = self.git(&["show", &format!("{}:{path}", self.branches[self.on].green)]);
                let wrong = line.split("{#").nth(1).unwrap().split([' ', '}']).next().unwrap();
                // The copy may stand above the line that has had the id all along.
                let right = text.lines().enumerate().find_map(|(at, line)| {
                    let said = line.split(" {#").next().filter(|_| text::line_of(line, wrong).is_some())?;
                    let right = before.lines().find(|line| line.starts_with(said))?;
                    text::line_of(right, wrong).is_none().then(|| text::with_lines(&text, at..at + 1, &[right]))
                });
                ways.push(match right {
                    Some(text) => Way::Write { path: path.clone(), text, why: "write the right id" },
                    None => put("remove it", &[]),
                });
            }
            "only-in-translation" => {
                if help.contains("remove it here") {
                    ways.push(put("remove it here", &[]));
                }
                if let Some(id) = message.split(' ').find(|word| word.contains('-')) {
                    ways.extend(
                        self.put_back(id, &file("en", path.rsplit('/').next().unwrap().trim_end_matches(".md"))),
                    );
                }
            }
            "unknown-reference" => {
                ways.extend(quoted.iter().filter(|_| help.contains("write")).map(|new| replaced("write", new)));
            }
            "toml-syntax" if message.contains("duplicate key") && !line.starts_with('[') => {
                ways.push(put("remove the second key", &[]));
            }
            "toml-syntax" if message.contains("duplicate key") => {
                let next = text.lines().skip(at + 1).position(|line| line.starts_with('['));
                let end = next.map_or(text.lines().count(), |next| at + 1 + next);
                let text = text::with_lines(&text, at..end, &[]);
                ways.push(Way::Write { path: path.clone(), text, why: "remove the second table" });
            }
            _ => {}
        }
        ways
    }

    /// Returns the text that carried an id when the branch was last free of problems.
    fn was_said(&self, path: &str, id: &str) -> Option<String> {
        let before = self.git(&["show", &format!("{}:{path}", self.branches[self.on].green)]);
        let line = text::line(&before, text::line_of(&before, id)?);
        line.split(" {#").next().map(str::to_owned)
    }

    /// Writes a level that was never there with a criterion, in a ladder that has lost all of them.
    fn write_a_level(&mut self, path: &str) -> Way {
        self.matters += 1;
        let matter = self.matters;
        let said = work::statement(0, matter, matter);
        let level = format!("\n## N{matter} = N{matter} {{#N{matter}}}\n\n### Kind {{#k{matter}}}\n\n- {said}\n");
        Way::Write { path: path.to_owned(), text: self.place.text(path) + &level, why: "write a level" }
    }

    /// The ids that are gone, as a message names them.
    fn vanished(&self, message: &str) -> Vec<String> {
        if let Some((_, ids)) = message.split_once("nor is what belongs to it: ") {
            return ids.split(", ").flat_map(|ids| ids.split(" and ")).map(str::to_owned).collect();
        }
        if let Some((_, other)) = message.split_once(" and ") {
            return vec![other.split(' ').next().unwrap().to_owned()];
        }
        vec![message.trim_end_matches(" is no longer in the content").to_owned()]
    }

    /// Writes behind a level of the same ladder which it was.
    fn say_what_it_was(&mut self, was: &str) -> Option<Way> {
        let path =
            LADDERS.map(|ladder| file("en", ladder)).into_iter().find(|path| self.was_said(path, was).is_some())?;
        let text = self.place.text(&path);
        let levels: Vec<_> =
            text.lines().enumerate().filter(|(_, line)| line.starts_with("## ") && line.ends_with('}')).collect();
        if levels.is_empty() {
            return None;
        }
        let (at, line) = self.dice.one(&levels);
        let line = match line.contains(" was=") {
            true => line.replace('}', &format!(",{was}}}")),
            false => line.replace('}', &format!(" was={was}}}")),
        };
        Some(Way::Write { text: text::with_lines(&text, at..at + 1, &[&line]), path, why: "write `was`" })
    }

    /// Writes a line again that carried an id when all was well, where it stood.
    fn put_back(&mut self, id: &str, path: &str) -> Vec<Way> {
        let id = id.rsplit(' ').next().unwrap();
        let mut ways = Vec::new();
        for ladder in LADDERS {
            let path = if path.starts_with(&file(LOCALES[1], ladder)) { path.to_owned() } else { file("en", ladder) };
            let green = self.branches[self.on].green.clone();
            let before = self.git(&["show", &format!("{green}:{path}")]);
            let now = self.place.text(&path);
            let Some(at) = text::line_of(&before, id).filter(|_| text::line_of(&now, id).is_none()) else { continue };
            let line = text::line(&before, at);
            let stands = |above: &usize| {
                let above = text::line(&before, *above);
                !above.is_empty() && now.lines().any(|line| line == above)
            };
            let Some(above) = (0..at).rev().find(stands) else { continue };
            let behind = now.lines().position(|line| line == text::line(&before, above)).unwrap() + 1;
            let lines = if line.starts_with("- ") { vec![line.as_str()] } else { vec!["", line.as_str(), ""] };
            let text = text::with_lines(&now, behind..behind, &lines);
            ways.push(Way::Write { path, text, why: "put it back" });
        }
        ways
    }

    /// Decides what is meant in each conflict. Of an edition one side is kept as it is.
    fn finish_merge(&mut self) {
        for (path, bytes) in self.place.files("content") {
            let path = format!("content/{path}");
            let Ok(text) = String::from_utf8(bytes) else { continue };
            if !text.contains("\n<<<<<<< ") && !text.starts_with("<<<<<<< ") {
                continue;
            }
            let is_edition = path.starts_with(EDITIONS);
            let mut kept = String::new();
            let (mut is_ours, mut is_theirs) = (false, false);
            let mut side = 0;
            for line in text.lines() {
                if line.starts_with("<<<<<<< ") {
                    let choice = if is_edition { 0 } else { self.dice.below(4) };
                    (is_ours, is_theirs) = (choice != 1, choice != 0);
                    side = 1;
                } else if line == "=======" && side == 1 {
                    side = 2;
                } else if line.starts_with(">>>>>>> ") {
                    side = 0;
                } else if side == 0 || (side == 1 && is_ours) || (side == 2 && is_theirs) {
                    kept.push_str(line);
                    kept.push('\n');
                }
            }
            self.place.put(&path, kept);
        }
    }
}
