//! Honest work.

use super::{BRANCHES, EDITIONS, LADDERS, LOCALES, Year, file, text};
use crate::driver::Folder;

#[derive(Debug, Clone, Copy)]
pub enum Work {
    Add,
    Reword,
    Move,
    Withdraw,
    Translate,
    RenameLevel,
    Release,
    Merge,
}

impl Work {
    /// More often what is done more often.
    pub const ALL: [Self; 12] = [
        Self::Add,
        Self::Add,
        Self::Reword,
        Self::Reword,
        Self::Move,
        Self::Withdraw,
        Self::Withdraw,
        Self::Translate,
        Self::RenameLevel,
        Self::Release,
        Self::Merge,
        Self::Merge,
    ];
}

pub const FIRST_MATTERS: usize = 14;

const MANNERS: [[&str; 2]; 4] =
    [["with care", "審慎"], ["in time", "及時"], ["by hand", "親手"], ["for others", "為人"]];

pub fn statement(locale: usize, matter: usize, manner: usize) -> String {
    let manner = MANNERS[manner % MANNERS.len()][locale];
    match locale {
        0 => format!("Handles matter {matter} {manner}."),
        _ => format!("{manner}處理第{matter}件事。"),
    }
}

/// Two ladders in two languages, and a note about them.
pub fn first_site() -> Folder {
    let titles = [["Engineering", "Leading", "Craft", "Care"], ["工程", "管理", "工藝", "關懷"]];
    let mut folder = Folder::new().translated();
    folder = folder.edited(
        "site.toml",
        "[[ladders]]\nkey = \"ladder\"",
        "[check]\nallow = [\"near-duplicate\", \"single-level-thread\", \"unused-thread\"]\n\n[[ladders]]\nkey = \"leading\"\nprefix = \"LE\"\n\n\
         [[ladders]]\nkey = \"engineering\"",
    );
    for (locale, titles) in titles.iter().enumerate() {
        let mut matter = 0;
        for (ladder, prefix, levels) in [(0, "EN", &["L1", "L2"][..]), (1, "LE", &["M1", "M2"])] {
            let mut number = 0;
            let mut text = format!(
                "+++\ntitle = \"{title}\"\n\n[threads]\ntime = \"Time\"\n+++\n# {title}\n",
                title = titles[ladder]
            );
            for level in levels {
                text.push_str(&format!("\n## {level} = {level} {{#{level}}}\n"));
                for (category, title) in ["craft", "care"].iter().zip(&titles[2..]).take(2 - ladder) {
                    text.push_str(&format!("\n### {title} {{#{category}}}\n\n"));
                    for at in 0..(2 + ladder) {
                        (matter, number) = (matter + 1, number + 1);
                        let thread = if at == 0 && locale == 0 && *category == "craft" { " thread=time" } else { "" };
                        let said = statement(locale, matter, matter);
                        text.push_str(&format!("- {said} {{#{prefix}-{number:03}{thread}}}\n"));
                    }
                }
            }
            folder = folder.file(&format!("{}/{}.md", LOCALES[locale], LADDERS[ladder]), &text);
        }
        assert_eq!(matter, FIRST_MATTERS);
        let note =
            "+++\ntitle = \"Why\"\nabout = [\"engineering:L1\"]\n+++\n## Aim\n\nOf [engineering:L2] and [EN-001].\n";
        folder = folder.file(&format!("{}/notes/why.md", LOCALES[locale]), note);
    }
    folder.with_ids()
}

impl Year {
    /// Does something, if there is anything to do.
    pub(super) fn work(&mut self, work: Work) {
        match work {
            Work::Add => self.add(),
            Work::Reword => self.reword(),
            Work::Move => self.move_elsewhere(),
            Work::Withdraw => self.withdraw(),
            Work::Translate => self.translate(),
            Work::RenameLevel => self.rename_level(),
            Work::Release => self.release(),
            Work::Merge => self.merge(),
        }
    }

    pub(super) fn any_ladder(&mut self) -> &'static str {
        self.dice.one(&LADDERS)
    }

    /// A criterion of a file: the number of its line, its id and what it says.
    pub(super) fn any_criterion(&mut self, path: &str) -> (usize, String, String) {
        let criteria = text::criteria(&self.place.text(path));
        self.dice.one(&criteria)
    }

    fn add(&mut self) {
        let ladder = self.any_ladder();
        let (_, after, _) = self.any_criterion(&file("en", ladder));
        self.matters += 1;
        let insert = |year: &Self, locale: usize, block: &str| {
            let path = file(LOCALES[locale], ladder);
            let text = year.place.text(&path);
            let Some(at) = text::line_of(&text, &after) else { return };
            let line = format!("- {}{block}", statement(locale, year.matters, year.matters));
            year.place.put(&path, text::with_lines(&text, at + 1..at + 1, &[&line]));
        };
        insert(self, 0, "");
        self.run("rungs id --write");
        if self.dice.is() {
            let text = self.place.text(&file("en", ladder));
            let at = text::line_of(&text, &after).unwrap() + 1;
            let (_, id, _) = text::criteria(&text).into_iter().find(|(line, ..)| *line == at).unwrap();
            insert(self, 1, &format!(" {{#{id}}}"));
            self.try_run(&format!("rungs translation accept zh-TW {id}"));
        }
    }

    fn reword(&mut self) {
        let ladder = self.any_ladder();
        let (_, id, said) = self.any_criterion(&file("en", ladder));
        let matter = text::matter(&said).trim_start_matches("matter ").trim().parse().unwrap();
        let manner = self.dice.below(MANNERS.len());
        let is_translated = self.dice.is();
        for (locale, tag) in LOCALES.iter().enumerate().take(1 + usize::from(is_translated)) {
            let path = file(tag, ladder);
            let text = self.place.text(&path);
            let Some((at, _, said)) = text::criteria(&text).into_iter().find(|(_, of, _)| *of == id) else { continue };
            let line = text::line(&text, at).replace(&said, &statement(locale, matter, manner));
            self.place.put(&path, text::with_lines(&text, at..at + 1, &[&line]));
        }
        self.branch().words.remove(&id);
        if is_translated {
            self.try_run(&format!("rungs translation accept zh-TW {id}"));
        }
    }

    /// Puts a criterion behind another one, wherever that stands.
    fn move_elsewhere(&mut self) {
        let ladder = self.any_ladder();
        let (_, id, _) = self.any_criterion(&file("en", ladder));
        let (_, behind, _) = self.any_criterion(&file("en", ladder));
        if id == behind || self.is_alone(ladder, &id) {
            return;
        }
        for tag in LOCALES {
            let path = file(tag, ladder);
            let text = self.place.text(&path);
            let (Some(at), Some(_)) = (text::line_of(&text, &id), text::line_of(&text, &behind)) else { continue };
            let line = text::line(&text, at);
            let text = text::with_lines(&text, at..at + 1, &[]);
            let to = text::line_of(&text, &behind).unwrap() + 1;
            self.place.put(&path, text::with_lines(&text, to..to, &[&line]));
        }
    }

    /// Whether a criterion is the only one below its heading.
    pub(super) fn is_alone(&self, ladder: &str, id: &str) -> bool {
        let text = self.place.text(&file("en", ladder));
        let at = text::line_of(&text, id).unwrap();
        let is_item = |at: usize| text::line(&text, at).starts_with("- ");
        !is_item(at - 1) && !is_item(at + 1)
    }

    fn withdraw(&mut self) {
        let ladder = self.any_ladder();
        let (_, id, _) = self.any_criterion(&file("en", ladder));
        let (_, other, _) = self.any_criterion(&file("en", ladder));
        let successor = if self.dice.is() || id == other { String::new() } else { format!(" --covered-by {other}") };
        let (is_done, told) = self.try_run(&format!(
            "rungs withdraw {id} --reason 'No more.' --reason zh-TW=不再需要。{successor} --date 2026-08-01"
        ));
        let is_right = told.contains("is all that level") || told.contains("other texts refer to");
        assert!(is_done || is_right, "{told}");
    }

    fn translate(&mut self) {
        for ladder in LADDERS {
            let criteria = text::criteria(&self.place.text(&file("en", ladder)));
            let mut before: Option<String> = None;
            for (_, id, said) in criteria {
                let path = file("zh-TW", ladder);
                let text = self.place.text(&path);
                if text::line_of(&text, &id).is_none() {
                    let Some(at) = before.and_then(|before| text::line_of(&text, &before)) else { break };
                    let matter = text::matter(&said).trim_start_matches("matter ").trim().parse().unwrap();
                    let line = format!("- {} {{#{id}}}", statement(1, matter, 0));
                    self.place.put(&path, text::with_lines(&text, at + 1..at + 1, &[&line]));
                }
                before = Some(id);
            }
        }
        self.run("rungs translation accept zh-TW --all");
    }

    fn rename_level(&mut self) {
        let ladder = self.any_ladder();
        let text = self.place.text(&file("en", ladder));
        let levels: Vec<_> = text.lines().filter(|line| line.starts_with("## ")).map(str::to_owned).collect();
        let level = self.dice.one(&levels);
        let (_, block) = level.split_once("{#").unwrap();
        let old = block.split([' ', '}']).next().unwrap().to_owned();
        let was =
            block.split_once("was=").map(|(_, was)| format!(",{}", was.trim_end_matches('}'))).unwrap_or_default();
        self.matters += 1;
        let new = format!("N{}", self.matters);
        for tag in LOCALES {
            let path = file(tag, ladder);
            let text = self.place.text(&path);
            let Some(at) = text::line_of(&text, &old) else { continue };
            let (title, _) =
                text::line(&text, at).split_once(" {#").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
            let was = if tag == "en" { format!(" was={old}{was}") } else { String::new() };
            self.place.put(&path, text::with_lines(&text, at..at + 1, &[&format!("{title} {{#{new}{was}}}")]));
        }
        self.try_run("rungs id --write");
    }

    pub(super) fn release(&mut self) {
        self.translate();
        let count = self.released().len();
        let name = format!("2026.{}", count + 1);
        let day = format!("2026-{:02}-{:02}", 2 + count / 28, 1 + count % 28);
        let (is_done, told) = self.try_run(&format!("rungs release {name} --date {day} --reworded all"));
        if !is_done {
            let is_right = told.contains("nothing has changed") || told.contains("open problems");
            assert!(is_right, "{told}");
            return;
        }
        let edition = self.place.text(&format!("{EDITIONS}/{name}.json"));
        self.keep(edition);
    }

    /// Takes over what happened on the other branch.
    pub(super) fn merge(&mut self) {
        let other = 1 - self.on;
        let is_merged = self.place.git(&["merge", "-q", "--no-edit", BRANCHES[other]]).is_some();
        self.story.push(format!("   merged {} {}", BRANCHES[other], if is_merged { "" } else { "with conflicts" }));
        // Both may have said other words, or given one number to different criteria.
        let theirs = self.branches[other].clone();
        let ours = self.branch();
        ours.words.clear();
        if is_merged {
            ours.editions.extend(theirs.editions);
        }
    }
}
