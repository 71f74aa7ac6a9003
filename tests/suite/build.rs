//! The result of a build: its files, the same ones every time, and the parts of every page.

use std::collections::{BTreeMap, BTreeSet};

use rungs::for_tests::config::Overrides;
use rungs::for_tests::model::Page;
use rungs::for_tests::write::Output;
use rungs::for_tests::{Build, Progress};
use serde_json::Value;
use url::Url;

use crate::driver::{Folder, LADDER};
use crate::pages::{Pages, tags, text, unescaped, values};
use crate::published::Published;

/// The ladder with one word added to each text, so that a translation can be told from its source.
fn translation(word: &str) -> String {
    LADDER.replace("- ", &format!("- {word} ")).replace("\"Ladder\"", &format!("\"{word}\""))
}

/// The content of the attribute of each element of a kind that is told from others by some text in it.
fn attribute<'a>(page: &'a str, element: &str, mark: &str, name: &str) -> Vec<&'a str> {
    let tags = tags(page, element).into_iter().filter(|tag| tag.contains(mark));
    tags.flat_map(|tag| values(tag, name)).collect()
}

fn json_ld(page: &str) -> Option<Value> {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">")?;
    let (json, _) = rest.split_once("</script>").unwrap();
    Some(serde_json::from_str(json).unwrap())
}

fn built_by(threads: usize, folder: &Folder) -> Build {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| folder.built())
}

fn assert_same(one: &[Output], other: &[Output]) {
    assert_eq!(one.len(), other.len());
    for (one, other) in one.iter().zip(other) {
        assert!(one == other, "{} differs from {}", one.path, other.path);
    }
}

#[test]
fn a_build_gives_the_same_bytes_again_whatever_the_number_of_threads() {
    let folder = Folder::real();
    let first = built_by(1, &folder).outputs;
    assert!(first.len() > 170, "{}", first.len());
    assert_same(&first, &built_by(4, &folder).outputs);
    assert_same(&first, &built_by(4, &folder).outputs);
}

#[test]
fn the_order_in_which_files_are_found_makes_no_difference() {
    let files = [
        ("en/ladder.md", LADDER),
        ("en/notes/b.md", "+++\ntitle = \"B\"\nabout = [\"L1\"]\n+++\n[EN-001]\n"),
        ("en/notes/a.md", "+++\ntitle = \"A\"\nabout = [\"L1\"]\n+++\n[EN-001]\n"),
    ];
    let folder = |files: &mut dyn Iterator<Item = &(&str, &str)>| {
        files.fold(Folder::new(), |folder, (path, text)| folder.file(path, text)).themed("assets/b.css", "b")
    };
    assert_same(&folder(&mut files.iter()).built().outputs, &folder(&mut files.iter().rev()).built().outputs);
}

#[test]
fn every_page_of_the_real_content_is_built_with_every_anchor_that_a_link_may_name() {
    let folder = Folder::real();
    let (site, _) = folder.build();
    let pages = Pages::real();
    for page in Page::all(&site) {
        let path = page.path(&site);
        let html = pages.page(&path);
        let ids = values(html, "id");
        let distinct: BTreeSet<_> = ids.iter().map(|id| unescaped(id)).collect();
        assert_eq!(distinct.len(), ids.len(), "/{path} has an id twice");
        for anchor in page.anchors(&site) {
            assert!(distinct.contains(&anchor), "/{path} has no #{anchor}");
        }
    }
    assert_eq!(pages.html().count(), Page::all(&site).len());
    assert_eq!(folder.built().size.pages, Page::all(&site).len());
}

#[test]
fn links_between_pages_are_relative_and_only_machines_are_given_whole_addresses() {
    let pages = Pages::real();
    let base = "https://rungs.example/";
    for (path, page) in pages.html() {
        let links = ["a", "script", "img"].iter().flat_map(|element| tags(page, element));
        for tag in links {
            assert!(!tag.contains(base), "{path}: {tag}");
            let targets = values(tag, "href").into_iter().chain(values(tag, "src"));
            for target in targets {
                let is_absolute = target.starts_with('/') && path != "404.html";
                assert!(!is_absolute, "{path}: {target}");
            }
        }
        if path != "404.html" && !leads_on(page) {
            let address = path.strip_suffix("index.html").unwrap();
            // Frozen pages lead search engines to what holds now.
            let now = match address.strip_prefix("e/") {
                Some(frozen) if frozen.contains("/c/") => frozen.split_once('/').unwrap().1,
                Some(frozen) => match frozen.split_once('/').unwrap().1 {
                    "" => "en/changes/",
                    ladder => ladder,
                },
                None => address,
            };
            // A worksheet is a form about a level, and says nothing that the level does not.
            let now = now.strip_suffix("review/").unwrap_or(now);
            let canonical = format!("{base}{now}");
            assert_eq!(attribute(page, "link", "\"canonical\"", "href"), [canonical.as_str()]);
        }
    }
}

/// Returns whether a page stands at an old address of another one.
fn leads_on(page: &str) -> bool {
    page.contains(" data-moved")
}

#[test]
fn every_page_can_be_reached_from_the_root() {
    let base = Url::parse("https://rungs.example/").unwrap();
    for (name, pages) in
        [("content", Pages::real()), ("tests/fixtures/ladders", &Pages::of(&Folder::fixture("ladders")))]
    {
        let all: BTreeMap<_, _> =
            pages.html().map(|(path, page)| (path.trim_end_matches("index.html"), page)).collect();
        let (mut reached, mut next) = (BTreeSet::from([String::new()]), vec![String::new()]);
        while let Some(path) = next.pop() {
            let at = base.join(&path).unwrap();
            let links = tags(all[path.as_str()], "a").into_iter().flat_map(|tag| values(tag, "href"));
            for url in links.map(|link| at.join(link).unwrap()).filter(|url| url.origin() == base.origin()) {
                let to = url.path().trim_start_matches('/').to_owned();
                if all.contains_key(to.as_str()) && reached.insert(to.clone()) {
                    next.push(to);
                }
            }
        }
        let is_unreached =
            |(path, page): &(&&str, &&str)| **path != "404.html" && !leads_on(page) && !reached.contains(**path);
        let unreached: Vec<_> = all.iter().filter(is_unreached).map(|(path, _)| path).collect();
        assert!(unreached.is_empty(), "no page of {name} leads to these: {unreached:?}");
    }
}

#[test]
fn the_page_for_addresses_that_are_not_there_starts_from_the_path_of_the_base_url() {
    let overrides = Overrides { base_url: Some("https://example.org/ladders/".into()), ..Overrides::default() };
    let built = rungs::for_tests::build(&Folder::small().registered(), Vec::new(), &overrides, &Progress::default());
    let page = built.outputs.iter().find(|output| output.path == "404.html").unwrap();
    let page = std::str::from_utf8(&page.bytes).unwrap();
    let local = tags(page, "a").into_iter().chain(tags(page, "script")).chain(attribute_tags(page, "stylesheet"));
    let targets = local.flat_map(|tag| values(tag, "href").into_iter().chain(values(tag, "src")));
    let inside: Vec<_> = targets.filter(|target| !target.starts_with("https:") && !target.starts_with('#')).collect();
    assert!(inside.len() > 3);
    assert!(inside.iter().all(|target| target.starts_with("/ladders/")), "{inside:?}");
    assert!(page.contains("content=\"noindex\""));
}

fn attribute_tags<'a>(page: &'a str, mark: &str) -> Vec<&'a str> {
    tags(page, "link").into_iter().filter(|tag| tag.contains(mark)).collect()
}

#[test]
fn a_language_more_is_a_folder_and_a_line_more() {
    let ladder: String = (1..=10).map(|n| format!("- Does {n} things well. {{#EN-{n:03}}}\n")).collect();
    let japanese: String = (1..=10).map(|n| format!("- {n}つのことを上手にする。 {{#EN-{n:03}}}\n")).collect();
    let folder = Folder::new()
        .in_locales(&["en", "ja"])
        .file("en/ladder.md", &format!("# Ladder\n\n## L1 = Engineer {{#L1}}\n\n### Craft {{#craft}}\n\n{ladder}"))
        .file("ja/ladder.md", &format!("# はしご\n\n## L1 = エンジニア {{#L1}}\n\n### 技術 {{#craft}}\n\n{japanese}"));
    let pages = Pages::of(&folder);
    let level = pages.page("ja/ladder/l1/");
    assert!(level.contains("<html lang=\"ja\" dir=\"ltr\">"));
    assert_eq!((1..=10).filter(|n| level.contains(&format!("{n}つのことを上手にする。"))).count(), 10);
    assert!(level.contains("技術") && level.contains("エンジニア"));
    let beside = pages.page("en/ladder/beside/ja/");
    assert!(beside.contains("Does 10 things well.") && beside.contains("10つのことを上手にする。"));
    assert!(pages.page("c/en-010/").contains("lang=\"ja\""));
}

#[test]
fn a_language_that_is_written_from_right_to_left_says_so() {
    let folder = Folder::small().in_locales(&["en", "ar"]).file("ar/ladder.md", &translation("عربي"));
    let pages = Pages::of(&folder);
    for (path, page) in pages.html().filter(|(path, _)| path.starts_with("ar/")) {
        assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">"), "{path}");
    }
    assert!(pages.page("en/ladder/").contains("<html lang=\"en\" dir=\"ltr\">"));
    for path in ["c/en-001/", "en/ladder/beside/ar/"] {
        let page = pages.page(path);
        let foreign = page.split('<').filter(|tag| tag.contains("lang=\"ar\"") && tag.contains("dir=\"rtl\""));
        assert!(foreign.count() > 1, "{path} marks what is in Arabic");
    }
}

#[test]
fn a_site_in_one_language_has_no_language_switch() {
    for (path, page) in Pages::of(&Folder::small()).html() {
        assert!(!page.contains("data-language-switch") && !page.contains("/beside/"), "{path}");
    }
    let folder = Folder::small().in_locales(&["en", "ja"]).file("ja/ladder.md", &translation("訳"));
    assert!(Pages::of(&folder).page("en/ladder/").contains("data-language-switch"));
}

#[test]
fn the_language_switch_stays_on_the_same_thing() {
    let pages = Pages::real();
    let switch = |path: &str| -> Vec<String> {
        let (_, rest) = pages.page(path).split_once("data-language-switch").unwrap();
        let (links, _) = rest.split_once("</nav>").unwrap();
        values(links, "href").into_iter().map(str::to_owned).collect()
    };
    let ladder = "technical-leadership";
    assert_eq!(switch(&format!("en/{ladder}/l6/")), ["./".to_owned(), format!("../../../zh-tw/{ladder}/l6/")]);
    assert_eq!(switch("c/tl-042/"), ["#en", "#zh-tw"]);
}

#[test]
fn a_site_without_notes_and_without_threads_links_to_neither() {
    let ladder = LADDER.replace(" thread=time", "").replace("[threads]\ntime = \"Time\"\n", "");
    let pages = Pages::of(&Folder::new().file("en/ladder.md", &ladder));
    for (path, page) in pages.html() {
        let links = tags(page, "a").into_iter().flat_map(|tag| values(tag, "href"));
        let missing: Vec<_> = links.filter(|href| href.contains("/threads/") || href.contains("/notes/")).collect();
        assert_eq!(missing, Vec::<&str>::new(), "{path}");
    }
}

#[test]
fn levels_without_codes_have_addresses_and_names() {
    let ladder =
        LADDER.replace("L1 = Engineer {#L1}", "Engineer {#engineer}").replace("L2 = Lead {#L2}", "Lead {#lead}");
    let pages = Pages::of(&Folder::new().file("en/ladder.md", &ladder));
    assert!(pages.main("en/ladder/engineer/").contains("Engineer"));
    assert!(pages.main("en/ladder/compare/engineer-lead/").contains("Lead"));
    assert!(!pages.page("en/ladder/lead/").contains("> · Lead"));
}

#[test]
fn several_ladders_stand_side_by_side() {
    let ladders = "key = \"ladder\"\nprefix = \"EN\"\n\n[[ladders]]\nkey = \"design\"\nprefix = \"DE\"";
    let folder = Folder::small().edited("site.toml", "key = \"ladder\"\nprefix = \"EN\"", ladders).file(
        "en/design.md",
        &LADDER.replace("EN-", "DE-").replace("\"Ladder\"", "\"Design\"").replace("code", "drafts"),
    );
    let pages = Pages::of(&folder);
    assert!(pages.main("en/").contains("Ladder") && pages.main("en/").contains("Design"));
    assert!(pages.main("en/design/l2/").contains("Spends half of the day on drafts."));
    assert!(pages.main("c/de-004/").contains("DE-004"));
    assert!(pages.main("c/en-004/").contains("Spends half of the day on code."));
    assert!(!pages.page("en/design/").contains("href=\"../../en/ladder/l1/\""), "the navigation is that of its ladder");
}

#[test]
fn what_is_not_translated_is_shown_in_the_language_of_the_source_and_said_to_be_so() {
    let note = "+++\ntitle = \"Why\"\n+++\nBecause of this.\n";
    let ladder = translation("譯文").replace("- 譯文 Reviews the designs of a team. {#EN-003}\n", "");
    let folder = Folder::small().translated().file("zh-TW/ladder.md", &ladder).file("en/notes/why.md", note);
    let pages = Pages::of(&folder);
    for path in ["zh-tw/ladder/", "zh-tw/ladder/l2/", "zh-tw/ladder/matrix/"] {
        let page = pages.page(path);
        let (before, _) = page.split_once("Reviews the designs of a team.").expect(path);
        let marked = before.rfind("lang=\"en\"").expect(path);
        assert!(
            !before[marked..].contains("</li>") && !before[marked..].contains("</td>"),
            "{path} marks the statement"
        );
    }
    let untranslated = pages.main("zh-tw/notes/why/");
    assert!(untranslated.contains("Because of this."));
    assert!(pages.page("zh-tw/notes/why/").contains("<article lang=\"en\">"));
    assert!(pages.page("zh-tw/notes/why/").contains("class=\"untranslated\" lang=\"zh-Hant-TW\""));
    let level = pages.page("zh-tw/ladder/l2/");
    assert_eq!(level.matches("class=\"untranslated\"").count(), 1, "one criterion is said to be untranslated");
}

#[test]
fn the_sitemap_lists_every_page_and_alternates_are_reciprocal() {
    let folder = Folder::real();
    let pages = Pages::real();
    let (site, _) = folder.build();
    let sitemap = pages.page("sitemap.xml");
    let mut alternates: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for url in sitemap.split("<url>").skip(1) {
        let location = url.split("<loc>").nth(1).unwrap().split("</loc>").next().unwrap();
        let page = pages.page(location.strip_prefix("https://rungs.example/").unwrap());
        let languages = attribute(page, "link", "\"alternate\"", "hreflang");
        let addresses = attribute(page, "link", "\"alternate\"", "href");
        let found = languages.into_iter().zip(addresses).filter(|(language, _)| !language.is_empty()).collect();
        assert!(alternates.insert(location, found).is_none(), "{location} stands twice");
    }
    let current = Page::all(&site).iter().filter(|page| page.is_current() && !page.is_worksheet()).count();
    assert_eq!(alternates.len(), current, "all pages that say what holds now");
    for (address, others) in &alternates {
        let path = address.strip_prefix("https://rungs.example/").unwrap();
        for (_, other) in others.iter().filter(|(language, _)| *language != "x-default") {
            assert_eq!(&alternates[other], others, "{other} names the same alternates as {address}");
        }
        if path.starts_with("zh-tw/") || path.starts_with("en/") {
            assert!(others.iter().any(|(_, other)| other == address), "{address} is among its alternates");
            assert!(others.iter().any(|(language, _)| *language == "x-default"), "{address}");
        }
    }
    let level = &alternates["https://rungs.example/zh-tw/technical-leadership/l5/"];
    let languages: Vec<_> = level.iter().map(|(language, _)| *language).collect();
    assert_eq!(languages, ["en", "x-default", "zh-Hant-TW"]);
}

#[test]
fn a_page_that_is_not_translated_is_no_alternate() {
    let folder = Folder::small().translated().file("zh-TW/ladder.md", &translation("譯文"));
    let pages = Pages::of(&folder.file("en/notes/why.md", "+++\ntitle = \"Why\"\n+++\nBecause.\n"));
    assert_eq!(attribute(pages.page("en/notes/why/"), "link", "\"alternate\"", "hreflang"), ["en", "x-default"]);
}

#[test]
fn a_page_that_is_not_translated_does_not_compete_with_its_source() {
    let why = "+++\ntitle = \"Why\"\n+++\nBecause.\n";
    let folder = Folder::bilingual().file("en/notes/why.md", why);
    let both = folder.clone().file("zh-TW/notes/why.md", &why.replace("Why", "為什麼")).with_ids();
    let without_ladder = Pages::of(&folder.clone().without("zh-TW/ladder.md"));
    let without_note = Pages::of(&folder);
    for (pages, source) in [
        (&without_note, "en/notes/why/"),
        (&without_ladder, "en/ladder/"),
        (&without_ladder, "en/ladder/l1/"),
        (&without_ladder, "en/ladder/compare/l1-l2/"),
    ] {
        let path = source.replacen("en/", "zh-tw/", 1);
        let page = pages.page(&path);
        let sitemap = pages.page("sitemap.xml");
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{path}");
        let address = format!("https://ladders.example/{source}");
        assert_eq!(attribute(page, "link", "\"canonical\"", "href"), [&address], "{path}");
        assert_eq!(attribute(page, "link", "\"alternate\"", "hreflang"), [""; 0], "{path}");
        assert!(sitemap.contains(&format!("<loc>{address}</loc>")), "{source}");
        assert!(!sitemap.contains(&format!("<loc>https://ladders.example/{path}</loc>")), "{path}");
        let beside: Vec<_> = pages.files().keys().filter(|file| file.contains("/beside/")).collect();
        let of_it = |file: &&&String| file.contains(source.split('/').nth(1).unwrap());
        assert_eq!(beside.iter().filter(of_it).count(), 0, "{beside:?}");
    }
    let navigation = |pages: &Pages| pages.page("en/ladder/").contains("\"beside/zh-tw/\"");
    assert_eq!((navigation(&without_note), navigation(&without_ladder)), (true, false));
    // An address that an edition had leads on when its translation is taken away.
    let released = both.released("2026.1", "2026-01-01").without("zh-TW/notes/why.md");
    let site = Published::of(&released);
    assert_eq!(site.follow("en/notes/why/beside/zh-tw/"), Some("en/notes/why/"));
    assert_eq!(site.follow("zh-tw/notes/why/beside/en/"), Some("zh-tw/notes/why/"));
}

#[test]
fn search_engines_are_told_where_the_sitemap_is_and_github_not_to_run_jekyll() {
    let pages = Pages::of(&Folder::small());
    assert_eq!(pages.page("robots.txt"), "User-agent: *\nAllow: /\nSitemap: https://ladders.example/sitemap.xml\n");
    assert_eq!(pages.page(".nojekyll"), "");
}

#[test]
fn structured_data_names_licence_origin_and_language() {
    let pages = Pages::real();
    let mut count = 0;
    for (path, page) in pages.html() {
        let Some(data) = json_ld(page) else { continue };
        count += 1;
        assert_eq!(data["license"], "https://creativecommons.org/licenses/by-sa/4.0/", "{path}");
        assert!(data["creditText"].as_str().unwrap().contains("Raphael 'kena' Poss"), "{path}");
        // A criterion leads to its ladder, which has the notices.
        if path.starts_with("c/") {
            let ladder = data["inDefinedTermSet"].as_str().unwrap();
            assert_eq!(ladder, "https://rungs.example/en/technical-leadership/", "{path}");
            let named = data["name"].as_array().unwrap().iter().map(|name| name["@language"].clone());
            assert_eq!(data["inLanguage"], named.collect::<Value>(), "{path}");
            assert_eq!(data["inLanguage"], serde_json::json!(["en", "zh-Hant-TW"]), "{path}");
            continue;
        } else {
            let notice = data["copyrightNotice"].as_str().unwrap();
            assert!(notice.starts_with("Copyright ⓒ 2021-2022 Raphael 'kena' Poss."), "{path}");
            assert_eq!(data["isBasedOn"]["name"], "Technical Leadership Career Ladder by Poss", "{path}");
        }
        let in_chinese = path.starts_with("zh-tw/");
        assert_eq!(data["inLanguage"], if in_chinese { "zh-Hant-TW" } else { "en" }, "{path}");
        let source = data.get("translationOfWork").map(|work| work["@id"].as_str().unwrap().to_owned());
        let expected = data["@id"].as_str().unwrap().replacen("/zh-tw/", "/en/", 1);
        assert_eq!(source, in_chinese.then_some(expected), "{path}");
    }
    assert!(count > 102, "{count}");
    for path in
        ["en/technical-leadership/", "zh-tw/technical-leadership/", "zh-tw/technical-leadership/l5/", "c/tl-042/"]
    {
        assert!(json_ld(pages.page(path)).is_some(), "{path}");
    }
}

#[test]
fn the_attribution_stands_on_every_page() {
    for (path, page) in Pages::real().html() {
        let (_, footer) = page.rsplit_once("<footer").unwrap_or_else(|| panic!("{path} has no footer"));
        let licence = attribute(footer, "a", "rel=\"license\"", "href");
        assert_eq!(licence, ["https://creativecommons.org/licenses/by-sa/4.0/"], "{path}");
        let words = text(&format!("<footer{footer}"));
        for part in ["Technical Leadership Career Ladder by Poss", "Raphael 'kena' Poss", "CC BY-SA 4.0"] {
            assert!(words.contains(part), "{path} names {part} in\n{words}");
        }
        assert!(footer.contains("tl-career-ladder.pdf"), "{path} leads to the source");
        let modified = if page.contains("<html lang=\"en\"") { "odified" } else { "修改" };
        assert!(words.contains(modified), "{path} says that it was modified:\n{words}");
    }
}

#[test]
fn the_page_of_the_licence_has_the_notices_word_for_word() {
    let pages = Pages::real();
    for path in ["en/licence/", "zh-tw/licence/"] {
        let words = pages.main(path);
        for part in [
            "Copyright ⓒ 2021-2022 Raphael 'kena' Poss.",
            "Permission is granted to distribute, reuse and modify this table according to the terms of the \
             CreativeCommons-ShareAlike 4.0 International License.",
            "Creative Commons Attribution-ShareAlike 4.0 International",
            "CC-BY-SA-4.0",
        ] {
            assert!(words.contains(part), "{path} has {part} in\n{words}");
        }
        assert!(words.contains("TL-057"), "{path} lists what was changed");
    }
}

#[test]
fn a_criterion_is_described_within_the_first_kilobytes_of_its_page() {
    let pages = Pages::real();
    for (path, page) in pages.html().filter(|(path, _)| path.starts_with("c/")) {
        let head = &page[..page.floor_char_boundary(4096)];
        let id = path.split('/').nth(1).unwrap().to_uppercase();
        let statement = text(page.split("<h1 class=\"cited\"").nth(1).unwrap().split("</h1>").next().unwrap());
        let statement = statement.lines().last().unwrap_or_default().to_owned();
        let described = attribute(head, "meta", "name=\"description\"", "content");
        let described = unescaped(described.first().unwrap_or_else(|| panic!("{path} has no description in time")));
        assert!(described.starts_with(&id), "{path}: {described}");
        let said = described.split_once("): ").unwrap().1;
        assert!(statement.contains(said), "{path}: {described} is not {statement}");
    }
}
