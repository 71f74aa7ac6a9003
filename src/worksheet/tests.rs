//! Forms and fates, on a small site in two languages that goes through several editions.

use std::collections::BTreeMap;

use camino::Utf8Path;

use super::{Fate, Form, fate, fates, ratings};
use crate::assign::assign;
use crate::config::{self, Overrides};
use crate::diagnostic::Problems;
use crate::handle::{EditionIndex, LadderIndex, LevelAt, LevelIndex};
use crate::id::CriterionId;
use crate::interface::Words;
use crate::locale::LocaleIndex;
use crate::model::Site;
use crate::proposal::Reading;
use crate::register::{REGISTER, Register, Verb};
use crate::release::{Effects, ReleaseOptions, release};
use crate::source::Sources;
use crate::withdraw::{WithdrawOptions, find_key, read_reasons, withdraw};

pub(super) const ENGLISH: &str = "\
+++
title = \"Ladder\"
+++
# Ladder

## L1 = Engineer {#L1}

### Craft {#craft}

- Writes code that others can read. {#EN-001}
- Tests code. {#EN-002}

## L2 = Lead {#L2}

### Craft {#craft}

- Reviews the designs of a team. {#EN-003}
- Spends half of the day on code. {#EN-004}

### People {#people}

- Teaches others. {#EN-005}

## L3 = Head {#L3}

### People {#people}

- Leads leads. {#EN-006}
";

const CHINESE: &str = "\
+++
title = \"階梯\"
+++
# 階梯

## L1 = 工程師 {#L1}

### 工藝 {#craft}

- 撰寫他人看得懂的程式。 {#EN-001}
- 測試程式。 {#EN-002}

## L2 = 負責人 {#L2}

### 工藝 {#craft}

- 審查一個團隊的設計。 {#EN-003}
- 半天撰寫程式。 {#EN-004}

### 人 {#people}

- 教導他人。 {#EN-005}

## L3 = 主管 {#L3}

### 人 {#people}

- 帶領負責人。 {#EN-006}
";

/// The content folder of a site.
pub(super) struct Content(pub(super) Sources);

impl Content {
    pub(super) fn new() -> Self {
        let site = include_str!("../../tests/fixtures/small/site.toml")
            .replace(r#"["en"]"#, r#"["en", "zh-TW"]"#)
            .replace("title.en", "title.zh-TW = \"階梯\"\ntitle.en")
            .replace("description.en", "description.zh-TW = \"我們的期望。\"\ndescription.en")
            .replace("reason.en", "reason.zh-TW = \"如聲明所言。\"\nreason.en")
            .replace("changes.en", "changes.zh-TW = [\"加上識別碼。\"]\nchanges.en");
        let texts = [("site.toml", site.as_str()), ("en/ladder.md", ENGLISH), ("zh-TW/ladder.md", CHINESE)];
        let texts = texts.map(|(path, text)| (path.into(), text.to_owned())).into();
        let mut content = Self(Sources { texts, ..Sources::default() });
        content.assign();
        content
    }

    fn reading(&self) -> Reading {
        Reading::of(&self.0, Vec::new(), &Overrides::default()).unwrap_or_else(|problems| panic!("{problems:#?}"))
    }

    /// `rungs id --write`.
    pub(super) fn assign(&mut self) {
        let assignment = assign(&Reading::with(
            self.0.clone(),
            Vec::new(),
            Overrides::default(),
            config::read(&self.0, &Overrides::default(), &Problems::default()).unwrap(),
        ));
        self.0.texts.extend(assignment.edits);
        self.0.texts.insert(REGISTER.into(), assignment.register);
    }

    pub(super) fn edit(&mut self, path: &str, old: &str, new: &str) {
        let text = self.0.texts.get_mut(Utf8Path::new(path)).unwrap();
        assert!(text.contains(old), "{path} holds {old}");
        *text = text.replacen(old, new, 1);
    }

    /// Releases an edition in which these criteria are stricter and eased, and all others reworded.
    pub(super) fn release(&mut self, name: &str, stricter: &[&str], eased: &[&str]) {
        let owned = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
        let effects = Effects { stricter: owned(stricter), eased: owned(eased), reworded: vec!["all".to_owned()] };
        let name = name.parse().unwrap();
        let request = ReleaseOptions { name, date: "2026-03-02".parse().unwrap(), summary: BTreeMap::new(), effects };
        let released = release(&self.reading(), &request).unwrap_or_else(|refusal| panic!("{refusal:#?}"));
        self.0.texts.extend(released.edits);
    }

    pub(super) fn withdraw(&mut self, id: &str, succession: (Verb, &str)) {
        let request = WithdrawOptions {
            key: find_key(&Register::read(&self.0, &Problems::default()), id, None).unwrap(),
            date: "2026-06-01".parse().unwrap(),
            reason: read_reasons(self.reading().config(), &["Nobody needs it.".to_owned()]).unwrap(),
            succession: Some((succession.0, vec![CriterionId::parse(succession.1).unwrap()])),
        };
        let withdrawn = withdraw(&self.reading(), &[request]).unwrap_or_else(|refusal| panic!("{refusal:#?}"));
        self.0.texts.extend(withdrawn.edits);
    }

    pub(super) fn site(&self) -> Site {
        let problems = Problems::default();
        let config = config::read(&self.0, &Overrides::default(), &problems).unwrap();
        crate::understood::interpreted(&self.0, config, None, &problems).0
    }

    pub(super) fn words(&self, site: &Site) -> Words {
        Words::new(&self.0, &site.config, &Problems::default())
    }
}

/// A site with four editions. From the first to the second one criterion is reworded, one eased, one asks for more, one
/// moves up and one down, one is withdrawn, one is new; later some change again.
fn released() -> Content {
    let mut content = Content::new();
    content.release("2026.1", &[], &[]);
    content.edit("en/ladder.md", "Writes code that others can read.", "Writes readable code.");
    content.edit("en/ladder.md", "Reviews the designs of a team.", "Reviews the designs of two teams.");
    content.edit("zh-TW/ladder.md", "審查一個團隊的設計。", "審查兩個團隊的設計。");
    content.edit(
        "en/ladder.md",
        "of the day on code. {#EN-004}\n",
        "of the day on code. {#EN-004}\n- Plans work. {#EN-008}\n",
    );
    content.edit("en/ladder.md", "- Teaches others. {#EN-005}\n", "- Hires others. {#EN-007}\n");
    content.edit("zh-TW/ladder.md", "- 教導他人。 {#EN-005}\n", "");
    content.edit(
        "en/ladder.md",
        "- Leads leads. {#EN-006}\n",
        "- Leads leads. {#EN-006}\n- Teaches all others. {#EN-005}\n",
    );
    content.edit(
        "zh-TW/ladder.md",
        "- 帶領負責人。 {#EN-006}\n",
        "- 帶領負責人。 {#EN-006}\n- 教導所有人。 {#EN-005}\n",
    );
    content
}

pub(super) fn level(number: usize) -> LevelAt {
    LevelIndex(number).of(LadderIndex(0))
}

fn id(text: &str) -> CriterionId {
    CriterionId::parse(text).unwrap()
}

/// Returns a form in words: its levels, categories and criteria as they are cited.
fn told(form: &Form<'_>, locale: LocaleIndex) -> Vec<String> {
    let tag = &form.site.config.locale(locale).tag;
    let mut told = Vec::new();
    for level in form.levels() {
        told.push(format!("{} {}", level.label, form.name_of(level, tag)));
        for category in &level.categories {
            told.push(category.title.map_or("", |titles| titles[tag].as_str()).to_owned());
            for criterion in &category.criteria {
                let citation = form.citation(criterion, locale);
                told.push(format!("{} {}", citation.label, citation.address));
            }
        }
    }
    told
}

#[test]
fn a_form_asks_what_the_level_asks_and_then_what_those_below_it_ask() {
    let mut content = Content::new();
    let now = |content: &Content, locale| told(&Form::of(&content.site(), None, level(1)), LocaleIndex(locale));
    assert_eq!(
        now(&content, 0),
        [
            "L2 L2 · Lead",
            "Craft",
            "EN-003 https://ladders.example/c/en-003/",
            "EN-004 https://ladders.example/c/en-004/",
            "People",
            "EN-005 https://ladders.example/c/en-005/",
            "L1 L1 · Engineer",
            "Craft",
            "EN-001 https://ladders.example/c/en-001/",
            "EN-002 https://ladders.example/c/en-002/",
        ]
    );
    content.release("2026.1", &[], &[]);
    // What the last edition says is cited as that has it, and what has changed since by its permanent address.
    content.edit("en/ladder.md", "Reviews the designs of a team.", "Reviews the designs of two teams.");
    let told_now = now(&content, 1);
    assert_eq!(
        told_now[2..4],
        [
            "EN-003 https://ladders.example/c/en-003/#zh-tw",
            "EN-004@2026.1 https://ladders.example/e/2026.1/c/en-004/#zh-tw",
        ]
    );
    let site = content.site();
    let of_edition = told(&Form::of(&site, Some(EditionIndex(0)), level(1)), LocaleIndex::SOURCE);
    assert_eq!(of_edition[2], "EN-003@2026.1 https://ladders.example/e/2026.1/c/en-003/");
}

#[test]
fn ratings_are_those_of_the_site_or_else_words_of_the_interface() {
    let mut content = Content::new();
    let said = |content: &Content| {
        let site = content.site();
        let words = content.words(&site);
        [LocaleIndex(0), LocaleIndex(1)].map(|locale| ratings(&site, &words, locale).join(", "))
    };
    assert_eq!(said(&content)[0], "not yet, in part, consistently, does not arise");
    assert!(said(&content)[1].starts_with("尚未做到"));
    content.edit("site.toml", "[[ladders]]", "[worksheet]\nratings.en = [\"no\", \"yes\"]\n\n[[ladders]]");
    assert_eq!(said(&content), ["no, yes"; 2].map(str::to_owned));
    content.edit("site.toml", "ratings.en = [\"no\", \"yes\"]", "ratings.en = []");
    assert_eq!(said(&content), [""; 2].map(str::to_owned));
}

/// Returns what became of everything that a level asked in an edition, in words.
fn became(form: &Form<'_>, edition: usize, tags: &[&str]) -> BTreeMap<String, String> {
    let site = form.site;
    let carried = fates(form, EditionIndex(edition), tags).into_iter().map(|carried| {
        let mut said = carried.fate.name().to_owned();
        if let Some((level, address)) = carried.fate.moved_to(site, form.edition, LocaleIndex::SOURCE) {
            said += &format!(" to {level} ({address})");
        }
        if let Some(since) = carried.fate.stricter_since() {
            said += &format!(" since {}", site.history.editions[since].name());
        }
        for successor in carried.fate.successors(site) {
            said += &format!(", now {successor}");
        }
        for (old, new) in carried.differing_texts("zh-TW") {
            said += &format!(": {}", crate::translation::in_plain_text(&old, &new));
        }
        (carried.id.to_string(), said)
    });
    carried.collect()
}

#[test]
fn the_fate_of_each_criterion_cumulates_over_the_editions() {
    let mut content = released();
    content.assign();
    content.edit(
        "zh-TW/ladder.md",
        "### 人 {#people}\n\n",
        "- 規劃工作。 {#EN-008}\n\n### 人 {#people}\n\n- 招募他人。 {#EN-007}\n",
    );
    content.withdraw("EN-004", (Verb::ReplacedBy, "EN-008"));
    content.release("2026.2", &["EN-003", "EN-005"], &["EN-001"]);
    // Back to the words of the first edition.
    content.edit("en/ladder.md", "Writes readable code.", "Writes code that others can read.");
    content.edit("en/ladder.md", "Reviews the designs of two teams.", "Reviews the designs of a few teams.");
    content.release("2026.3", &[], &["EN-003"]);
    content.edit("zh-TW/ladder.md", "測試程式。", "寫測試。");
    content.edit("en/ladder.md", "Hires others.", "Hires people.");
    let site = content.site();
    let form = |edition: Option<usize>| Form::of(&site, edition.map(EditionIndex), level(1));
    let moved =
        "moved to L3 · Head (https://ladders.example/e/2026.2/en/ladder/l3/) since 2026.2: 教導[-他人-]{+所有人+}。";
    let expected = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(id, said)| (id.to_string(), said.to_string())).collect()
    };
    let stricter = "stricter since 2026.2: 審查[-一個-]{+兩個+}團隊的設計。";
    let new = [("EN-007", "added"), ("EN-008", "added")];
    let gone = ("EN-004", "withdrawn, now EN-008");
    assert_eq!(
        became(&form(Some(1)), 0, &["en"]),
        expected(&[[("EN-001", "eased"), ("EN-003", stricter), gone, ("EN-005", moved)].as_slice(), &new].concat())
    );
    // Two editions on: what was eased says again what it said, and what was stricter is so although it was eased since.
    let moved = moved.replace("2026.2/en", "2026.3/en");
    assert_eq!(
        became(&form(Some(2)), 0, &["en"]),
        expected(&[[("EN-003", stricter), gone, ("EN-005", moved.as_str())].as_slice(), &new].concat())
    );
    assert_eq!(became(&form(Some(2)), 1, &["en"]), expected(&[("EN-001", "reworded"), ("EN-003", "eased")]));
    // What new words of the present mean nobody has said yet. What changed in a translation concerns its readers.
    assert_eq!(became(&form(None), 2, &["en"]), expected(&[("EN-007", "changed")]));
    let of_readers = became(&form(None), 2, &["en", "zh-TW"]);
    assert_eq!(of_readers["EN-002"], "reworded: {+寫+}測試[-程式-]。");
    // One by one it is the same, also for what stands on no sheet of the level.
    let one = id("EN-005");
    let carried = fate(&site, &one, EditionIndex(0), Some(EditionIndex(2)), &["en"]).unwrap();
    assert_eq!(carried.fate, Fate::Moved { to: level(2), stricter: Some(EditionIndex(1)) });
    assert!(fate(&site, &id("EN-099"), EditionIndex(0), None, &["en"]).is_none());
    assert!(fate(&site, &id("EN-007"), EditionIndex(0), None, &["en"]).is_some_and(|it| it.fate == Fate::New));
    let gone = id("EN-004");
    let last = fate(&site, &gone, EditionIndex(0), None, &["en"]).unwrap();
    assert!(matches!(last.fate, Fate::Withdrawn { last: (EditionIndex(0), _), register: Some(_), .. }));
}

#[test]
fn a_level_is_followed_by_its_former_names() {
    let mut content = Content::new();
    content.release("2026.1", &[], &[]);
    content.edit("en/ladder.md", "{#L2}", "{#L4 was=L2}");
    content.edit("zh-TW/ladder.md", "{#L2}", "{#L4}");
    content.edit("en/ladder.md", "Reviews the designs of a team.", "Reviews all designs.");
    content.assign();
    content.release("2026.2", &[], &[]);
    let site = content.site();
    let form = Form::of(&site, Some(EditionIndex(1)), level(1));
    let said = became(&form, 0, &["en"]);
    assert_eq!(said.into_iter().collect::<Vec<_>>(), [("EN-003".to_owned(), "reworded".to_owned())]);
}
