//! Sites that nobody wrote, of any size, to measure and test with.
//!
//! The same [`Shape`] gives the same bytes everywhere, and a ladder stays the same when others are added to the site.
//! What is made has all ids but no register: `rungs id --write` makes that, as it does for a person.

use std::fmt::Write;

mod vocabulary;

use vocabulary::{CATEGORIES, CRAFTS, DEEDS, ENDS, GRADES, MATTERS, SCOPES, Words};

/// The greatest number of threads of a ladder. On a small level, four of five criteria belong to one.
const THREADS: usize = 24;

/// The size of a site.
#[derive(Debug, Clone)]
pub struct Shape {
    pub ladders: usize,
    /// In each ladder.
    pub levels: usize,
    /// In each ladder, spread evenly over its levels.
    pub criteria: usize,
    /// About each ladder.
    pub notes: usize,
    /// BCP 47 tags, the source locale first. All but Chinese ones are written in English.
    pub locales: Vec<String>,
    pub seed: u64,
}

/// One file of a content folder: its path with `/` between folders, and its text.
pub type File = (String, String);

impl Shape {
    /// Every file of the site.
    pub fn files(&self) -> Vec<File> {
        let mut files = vec![("site.toml".to_owned(), self.site_toml())];
        for ladder in (0..self.ladders).map(|number| Ladder::draw(self, number)) {
            for locale in &self.locales {
                files.push((format!("{locale}/{}.md", ladder.key), ladder.markdown(Language::of(locale))));
                files.extend((0..self.notes).map(|note| ladder.note(note, locale)));
            }
        }
        files
    }

    fn site_toml(&self) -> String {
        let mut toml = format!(
            "base-url = \"https://rungs.example/\"\nsource-locale = \"{}\"\nlocales = {:?}\n",
            self.locales[0], self.locales
        );
        toml += &self.table("title", "Synthetic ladders", "合成階梯");
        toml += &self.table("description", "Ladders that nobody wrote.", "沒有人寫過的階梯。");
        for number in 0..self.ladders {
            let (key, prefix) = (key(number), prefix(number));
            toml += &format!("\n[[ladders]]\nkey = \"{key}\"\nprefix = \"{prefix}\"\nlevels-accumulate = true\n");
        }
        toml += PROVENANCE;
        toml += &self.table("provenance.licence.reason", "The notice says so.", "聲明即如此。");
        for locale in &self.locales[1..] {
            let translators = "translators = [{ name = \"Nobody\" }]";
            toml += &format!("\n[[provenance.translations]]\nlocale = \"{locale}\"\n{translators}\n");
        }
        toml
    }

    /// A table with a text for each locale.
    fn table(&self, name: &str, english: &str, chinese: &str) -> String {
        let line = |locale: &String| format!("{locale} = \"{}\"\n", Language::of(locale).choose(english, chinese));
        format!("\n[{name}]\n{}", self.locales.iter().map(line).collect::<String>())
    }
}

const PROVENANCE: &str = r#"
[provenance.source]
title = "Synthetic ladders"
creators = [{ name = "Nobody" }]
copyright-notice = "No copyright is claimed."
licence-notice = "CC0 1.0 Universal"
uri = "https://rungs.example/"

[provenance.licence]
named = "CC0 1.0 Universal"
name = "Creative Commons Zero 1.0 Universal"
short-name = "CC0 1.0"
spdx = "CC0-1.0"
url = "https://creativecommons.org/publicdomain/zero/1.0/"
"#;

fn key(ladder: usize) -> String {
    format!("ladder-{:03}", ladder + 1)
}

/// `SA`, `SB`, …, `SZ`, `SBA`: letters only, so that ids read well.
fn prefix(ladder: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = ladder;
    loop {
        letters.push(b'A' + (rest % 26) as u8);
        rest /= 26;
        if rest == 0 {
            break;
        }
    }
    letters.push(b'S');
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    English,
    Chinese,
}

impl Language {
    fn of(locale: &str) -> Self {
        if locale.starts_with("zh") { Self::Chinese } else { Self::English }
    }

    fn choose<'a>(self, english: &'a str, chinese: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    fn say(self, words: &Words) -> &'static str {
        match self {
            Self::English => words.en,
            Self::Chinese => words.zh,
        }
    }
}

/// A ladder as it was drawn, to be said in each language.
struct Ladder {
    number: usize,
    key: String,
    prefix: String,
    levels: Vec<Vec<Criterion>>,
    /// The matter of each thread. A criterion belongs to the thread of its place in the level.
    threads: Vec<usize>,
}

struct Criterion {
    number: usize,
    category: usize,
    thread: Option<usize>,
    form: Form,
    deeds: [usize; 2],
    matters: [usize; 2],
    scope: usize,
    end: usize,
    has_detail: bool,
}

enum Form {
    /// Does something somewhere, to some end.
    Plain,
    /// The same, the place first.
    PlaceFirst,
    /// Does two things.
    Twofold,
    /// Spends a share of the time, in percent.
    Share(usize, usize),
}

impl Ladder {
    fn draw(shape: &Shape, number: usize) -> Self {
        let mut dice = Dice(shape.seed ^ (number as u64 + 1).wrapping_mul(0xA076_1D64_78BD_642F));
        let mut decks = Decks::new(&mut dice);
        let levels = shape.levels.max(1);
        let of_threads = if levels > 1 { THREADS.min(shape.criteria * 4 / (levels * 5)) } else { 0 };
        let threads: Vec<usize> = (0..of_threads).map(|_| decks.matters.draw(&mut dice)).collect();
        let mut ladder = Self { number, key: key(number), prefix: prefix(number), levels: Vec::new(), threads };
        for level in 0..levels {
            let numbers = level * shape.criteria / levels..(level + 1) * shape.criteria / levels;
            let (first, length) = (numbers.start, numbers.len());
            let criteria = numbers.map(|serial| {
                let place = serial - first;
                let thread = ladder.threads.get(place).map(|_| place);
                let mut criterion = decks.criterion(&mut dice, serial + 1, place * CATEGORIES.len() / length);
                if let Some(thread) = thread {
                    criterion.thread = Some(thread);
                    criterion.matters[0] = ladder.threads[thread];
                }
                if thread == Some(0) {
                    let most = 80usize.saturating_sub(10 * level).max(20);
                    criterion.form = Form::Share(most / 2, most);
                }
                criterion
            });
            let criteria = criteria.collect();
            ladder.levels.push(criteria);
        }
        ladder
    }

    fn id(&self, criterion: usize) -> String {
        format!("{}-{criterion:03}", self.prefix)
    }

    fn title(&self, language: Language) -> String {
        let craft = language.say(&CRAFTS[self.number % CRAFTS.len()]);
        match language {
            Language::English => format!("{craft} Ladder {}", self.number + 1),
            Language::Chinese => format!("{craft}階梯{}", self.number + 1),
        }
    }

    fn markdown(&self, language: Language) -> String {
        let title = self.title(language);
        let mut text = format!("+++\ntitle = \"{title}\"\n");
        if !self.threads.is_empty() {
            text += "\n[threads]\n";
        }
        for (thread, &matter) in self.threads.iter().enumerate() {
            text += &format!("matter-{:02} = \"{}\"\n", thread + 1, capitalized(language.say(&MATTERS[matter])));
        }
        let guidance = language.choose("Each level builds on the one below it.", "每個職級都建立在前一職級之上。");
        text += &format!("+++\n# {title}\n\n{guidance}\n");
        for (level, criteria) in self.levels.iter().enumerate() {
            let grade = language.say(&GRADES[level % GRADES.len()]);
            let sign = language.choose(" = ", "＝");
            text += &format!("\n## L{code}{sign}{grade} {code} {{#L{code}}}\n", code = level + 1);
            let mut category = None;
            for criterion in criteria {
                if category.replace(criterion.category) != Some(criterion.category) {
                    let (id, title) = &CATEGORIES[criterion.category];
                    text += &format!("\n### {} {{#{id}}}\n", language.say(title));
                }
                self.write_criterion(&mut text, criterion, language);
            }
        }
        text
    }

    fn write_criterion(&self, text: &mut String, criterion: &Criterion, language: Language) {
        let thread = criterion.thread.filter(|_| language == Language::English);
        let thread = thread.map(|thread| format!(" thread=matter-{:02}", thread + 1)).unwrap_or_default();
        let id = self.id(criterion.number);
        write!(text, "\n- {} {{#{id}{thread}}}\n", criterion.statement(language)).expect("a string takes any text");
        if criterion.has_detail {
            let detail =
                language.choose("What counts is what is in use, not what is planned.", "以實際使用者為準，而非計畫。");
            write!(text, "\n  {detail}\n").expect("a string takes any text");
        }
    }

    /// A note about three criteria of the ladder, which mentions as many others.
    fn note(&self, number: usize, locale: &str) -> File {
        let language = Language::of(locale);
        let criteria: Vec<&Criterion> = self.levels.iter().flatten().collect();
        let chosen = |place: usize| criteria[(number * 7 + place * 11) % criteria.len()];
        let matter = capitalized(language.say(&MATTERS[chosen(0).matters[0]]));
        let title = match language {
            Language::English => format!("{matter} on {}, part {}", self.title(language), number + 1),
            Language::Chinese => format!("{}的{matter}（{}）", self.title(language), number + 1),
        };
        let mut text = format!("+++\ntitle = \"{title}\"\nabout = [\"{}\"]\n+++\n", self.id(chosen(0).number));
        for place in 0..6 {
            let criterion = chosen(place);
            let ask = language.choose("asks for this", "要求如下");
            let (colon, id) = (language.choose(": ", "："), self.id(criterion.number));
            text += &format!("\n[{id}] {ask}{colon}{}\n", criterion.statement(language));
        }
        (format!("{locale}/notes/{}-{:02}.md", self.key, number + 1), text)
    }
}

impl Criterion {
    fn statement(&self, language: Language) -> String {
        let [deed, other_deed] = self.deeds.map(|at| language.say(&DEEDS[at]));
        let [matter, other_matter] = self.matters.map(|at| language.say(&MATTERS[at]));
        let (scope, end) = (language.say(&SCOPES[self.scope]), language.say(&ENDS[self.end]));
        let statement = match (&self.form, language) {
            (Form::Plain, Language::English) => format!("{deed} {matter} {scope}, {end}."),
            (Form::Plain, Language::Chinese) => format!("{scope}{deed}{matter}，{end}。"),
            (Form::PlaceFirst, Language::English) => format!("{scope}, {deed} {matter}, {end}."),
            (Form::PlaceFirst, Language::Chinese) => format!("{deed}{matter}，{scope}，{end}。"),
            (Form::Twofold, Language::English) => {
                format!("{deed} {matter} and {other_deed} {other_matter} {scope}, {end}.")
            }
            (Form::Twofold, Language::Chinese) => {
                format!("{scope}{deed}{matter}，並{other_deed}{other_matter}，{end}。")
            }
            (Form::Share(least, most), Language::English) => {
                format!("spends {least}-{most}% of the week on {matter} {scope}.")
            }
            (Form::Share(least, most), Language::Chinese) => {
                format!("{scope}以每週{least}–{most}%的時間投入{matter}。")
            }
        };
        capitalized(&statement)
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Words are dealt from shuffled decks, so that none comes again before all others were used. That keeps sentences apart.
struct Decks {
    deeds: Deck,
    matters: Deck,
    scopes: Deck,
    ends: Deck,
}

impl Decks {
    fn new(dice: &mut Dice) -> Self {
        let mut deck = |size| Deck::shuffled(size, dice);
        Self {
            deeds: deck(DEEDS.len()),
            matters: deck(MATTERS.len()),
            scopes: deck(SCOPES.len()),
            ends: deck(ENDS.len()),
        }
    }

    fn criterion(&mut self, dice: &mut Dice, number: usize, category: usize) -> Criterion {
        Criterion {
            number,
            category,
            thread: None,
            form: match dice.below(4) {
                0 => Form::PlaceFirst,
                1 => Form::Twofold,
                _ => Form::Plain,
            },
            deeds: [self.deeds.draw(dice), self.deeds.draw(dice)],
            matters: [self.matters.draw(dice), self.matters.draw(dice)],
            scope: self.scopes.draw(dice),
            end: self.ends.draw(dice),
            has_detail: dice.below(8) == 0,
        }
    }
}

struct Deck {
    cards: Vec<usize>,
    next: usize,
}

impl Deck {
    fn shuffled(size: usize, dice: &mut Dice) -> Self {
        let mut deck = Self { cards: (0..size).collect(), next: 0 };
        deck.shuffle(dice);
        deck
    }

    fn shuffle(&mut self, dice: &mut Dice) {
        for place in (1..self.cards.len()).rev() {
            self.cards.swap(place, dice.below(place + 1));
        }
        self.next = 0;
    }

    fn draw(&mut self, dice: &mut Dice) -> usize {
        if self.next == self.cards.len() {
            self.shuffle(dice);
        }
        self.next += 1;
        self.cards[self.next - 1]
    }
}

/// SplitMix64: small, and the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.roll() % limit as u64) as usize
    }
}
