//! Slips of the hand, as maintainers make them.

use super::{LADDERS, LOCALES, REGISTER, SITE, Year, file, text};

macro_rules! slips {
    ($($name:ident)+) => {
        #[derive(Debug, Clone, Copy)]
        pub enum Slip { $($name),+ }

        impl Slip {
            pub const ALL: [Self; [$(stringify!($name)),+].len()] = [$(Self::$name),+];
        }
    };
}

slips! {
    SpaceAfterDash Dash Bullet Indentation Quotation JoinedItems TwoBlocks
    Comment CommentOfLines FrontMatter CodeBlock Escaped InlineCode FullWidthBraces UnclosedBraces
    RegisterDeleted RegisterHalf RegisterOld ConflictMarkers
    IdCopied LineCopied IdOfOtherLadder IdRemoved ItemDeleted ItemDeletedEverywhere
    LevelRenamed LevelRenamedEverywhere LevelIdRemoved LevelDeleted CategoryRenamed CategoryRenamedEverywhere
    HeadingSpace LadderKey FrontMatterUnopened FrontMatterUnclosed LocaleFolder UnclosedFence
}

impl Year {
    /// Makes a slip and gives whether there was an occasion.
    pub(super) fn slip(&mut self, slip: Slip) -> bool {
        let ladder = self.any_ladder();
        let path = file(self.dice.one(&LOCALES), ladder);
        let old = self.place.text(&path);
        if text::criteria(&old).is_empty() {
            // Nothing of the ladder is translated.
            return false;
        }
        let (at, id, said) = self.any_criterion(&path);
        let line = text::line(&old, at);
        let block = format!("{{{}", line.split_once('{').unwrap().1);
        let put = |year: &Self, lines: &[&str]| year.place.put(&path, text::with_lines(&old, at..at + 1, lines));
        let next = text::line(&old, at + 1);
        let has_next = next.starts_with("- ") && next.contains("{#");
        match slip {
            Slip::SpaceAfterDash => put(self, &[&line.replacen("- ", "-", 1)]),
            Slip::Dash => put(self, &[&line.replacen("- ", "", 1)]),
            Slip::Bullet => {
                let bullet = self.dice.one(&["•", "‧", "–", "＊", "●", "‧\u{3000}", "•\t"]);
                put(self, &[&line.replacen("- ", bullet, 1)]);
            }
            Slip::Indentation => put(self, &[&format!("  {line}")]),
            Slip::Quotation => put(self, &[&format!("> {line}")]),
            Slip::JoinedItems if has_next => {
                self.place.put(&path, text::with_lines(&old, at..at + 2, &[&format!("{line} {next}")]));
            }
            Slip::TwoBlocks if has_next => {
                let other = format!("{{{}", next.split_once('{').unwrap().1);
                self.place.put(&path, text::with_lines(&old, at..at + 2, &[&format!("{line} {other}")]));
            }
            Slip::JoinedItems | Slip::TwoBlocks => return false,
            Slip::Comment => put(self, &[&format!("<!-- {line} -->")]),
            Slip::CommentOfLines => {
                let end = at + 1 + usize::from(has_next);
                let lines: Vec<_> = old.lines().skip(at).take(end - at).collect();
                let new = [&["<!--"], &lines[..], &["-->"]].concat();
                self.place.put(&path, text::with_lines(&old, at..end, &new));
            }
            Slip::FrontMatter => {
                let without = text::with_lines(&old, at..at + 1, &[]);
                self.place.put(&path, text::with_lines(&without, 1..1, &[&format!("# {block} {said}")]));
            }
            Slip::CodeBlock => {
                let end = (at + 1 + self.dice.below(4)).min(old.lines().count());
                let lines: Vec<_> = old.lines().skip(at).take(end - at).collect();
                let new = [&["```"], &lines[..], &["```"]].concat();
                self.place.put(&path, text::with_lines(&old, at..end, &new));
            }
            Slip::Escaped => put(self, &[&line.replace('{', "\\{")]),
            Slip::InlineCode => put(self, &[&line.replace(&block, &format!("`{block}`"))]),
            Slip::FullWidthBraces => put(self, &[&line.replace('{', "｛").replace('}', "｝")]),
            Slip::UnclosedBraces => put(self, &[&line.replace('}', "")]),
            Slip::RegisterDeleted => std::fs::remove_file(self.place.at(REGISTER)).unwrap(),
            Slip::RegisterHalf => {
                let register = self.place.text(REGISTER);
                let entries: Vec<_> = register.split("\n\n").map(str::to_owned).collect();
                let kept: Vec<_> = entries.into_iter().filter(|_| self.dice.below(3) > 0).collect();
                self.place.put(REGISTER, kept.join("\n\n") + "\n");
            }
            Slip::RegisterOld => {
                let commits = self.git(&["log", "--format=%H", "--", REGISTER]);
                let commits: Vec<_> = commits.lines().collect();
                let commit = self.dice.one(&commits).to_owned();
                self.git(&["restore", &format!("--source={commit}"), REGISTER]);
            }
            Slip::ConflictMarkers => {
                let file = self.dice.one(&[path.as_str(), REGISTER, "content/zh-TW/translation.toml"]);
                let text = self.place.text(file);
                let at = self.dice.below(text.lines().count());
                let line = text::line(&text, at);
                let lines = ["<<<<<<< HEAD", &line, "=======", &line, ">>>>>>> other"];
                self.place.put(file, text::with_lines(&text, at..at + 1, &lines));
            }
            Slip::IdCopied => {
                let (_, other, _) = self.any_criterion(&path);
                put(self, &[&line.replace(&id, &other)]);
            }
            Slip::LineCopied => {
                let (_, behind, _) = self.any_criterion(&path);
                let to = text::line_of(&old, &behind).unwrap() + 1;
                self.place.put(&path, text::with_lines(&old, to..to, &[&line]));
            }
            Slip::IdOfOtherLadder => {
                let other = file("en", LADDERS[usize::from(ladder == LADDERS[0])]);
                let (_, other, _) = self.any_criterion(&other);
                put(self, &[&line.replace(&id, &other)]);
            }
            Slip::IdRemoved => put(self, &[&line.replace(&format!(" {block}"), "")]),
            Slip::ItemDeleted => {
                if self.is_alone(ladder, &id) {
                    return false;
                }
                let path = file("en", ladder);
                let text = self.place.text(&path);
                let at = text::line_of(&text, &id).unwrap();
                self.place.put(&path, text::with_lines(&text, at..at + 1, &[]));
            }
            Slip::ItemDeletedEverywhere => {
                if self.is_alone(ladder, &id) {
                    return false;
                }
                for locale in LOCALES {
                    let path = file(locale, ladder);
                    let text = self.place.text(&path);
                    if let Some(at) = text::line_of(&text, &id) {
                        self.place.put(&path, text::with_lines(&text, at..at + 1, &[]));
                    }
                }
            }
            Slip::LevelRenamed => self.rename_heading("## ", ladder, &[path.as_str()]),
            Slip::LevelRenamedEverywhere => self.rename_heading("## ", ladder, &LOCALES.map(|tag| file(tag, ladder))),
            Slip::CategoryRenamed => self.rename_heading("### ", ladder, &[path.as_str()]),
            Slip::CategoryRenamedEverywhere => {
                self.rename_heading("### ", ladder, &LOCALES.map(|tag| file(tag, ladder)));
            }
            Slip::LevelIdRemoved => {
                let at = old.lines().position(|line| line.starts_with("## ")).unwrap();
                let line = text::line(&old, at);
                let line = line.split(" {#").next().unwrap();
                self.place.put(&path, text::with_lines(&old, at..at + 1, &[line]));
            }
            Slip::LevelDeleted => {
                let texts = LOCALES.map(|locale| self.place.text(&file(locale, ladder)));
                if texts.iter().any(|text| text.matches("\n## ").count() < 2) {
                    return false;
                }
                for (locale, text) in LOCALES.iter().zip(texts) {
                    let last = text.rfind("\n## ").unwrap();
                    self.place.put(&file(locale, ladder), format!("{}\n", &text[..last]));
                }
            }
            Slip::HeadingSpace => {
                let sign = self.dice.one(&["## ", "### "]);
                let at = old.lines().position(|line| line.starts_with(sign)).unwrap();
                let line = text::line(&old, at).replacen(sign, sign.trim(), 1);
                self.place.put(&path, text::with_lines(&old, at..at + 1, &[&line]));
            }
            Slip::LadderKey => self.place.edit(SITE, &format!("\"{ladder}\""), &format!("\"{}\"", &ladder[1..])),
            Slip::FrontMatterUnopened => self.place.edit(&path, "+++\n", ""),
            Slip::FrontMatterUnclosed => self.place.edit(&path, "\n+++\n", "\n"),
            Slip::LocaleFolder => {
                let (right, wrong) = self.dice.one(&[
                    ("en", "em"),
                    ("zh-TW", "zh-TQ"),
                    ("zh-TW", "zh_TW"),
                    ("zh-TW", "zhTW"),
                    ("en", "english"),
                ]);
                let [from, to] = [right, wrong].map(|name| self.place.at(&format!("content/{name}")));
                std::fs::rename(from, to).unwrap();
            }
            Slip::UnclosedFence => put(self, &["```", &line]),
        }
        true
    }

    /// Gives a level or a category another id in some of its files, on each level on which it stands, and does not say
    /// what it was.
    fn rename_heading(&mut self, sign: &str, ladder: &str, paths: &[impl AsRef<str>]) {
        let text = self.place.text(&file("en", ladder));
        let ids: Vec<_> = text.lines().filter(|line| line.starts_with(sign)).map(str::to_owned).collect();
        let line = self.dice.one(&ids);
        let id = line.split("{#").nth(1).unwrap().split([' ', '}']).next().unwrap();
        self.matters += 1;
        let new = format!("{}{}", if sign == "## " { "R" } else { "r" }, self.matters);
        for path in paths {
            let text = self.place.text(path.as_ref());
            let text = text.replace(&format!("{{#{id}}}"), &format!("{{#{new}}}"));
            self.place.put(path.as_ref(), text.replace(&format!("{{#{id} "), &format!("{{#{new} ")));
        }
    }
}
