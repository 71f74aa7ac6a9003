//! Pages that a site's owner adds: `pages/*.md`, and folders that `site.toml` names.

use insta::assert_snapshot;

use crate::driver::{Folder, LADDER};
use crate::pages::{Pages, values};
use crate::place::Place;

const GUIDE: &str = "\n[[pages]]\nfolder = \"guide\"\n[pages.title]\nen = \"Guide\"\n";

fn page(title: &str, order: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n{order}\n+++\n{text}\n")
}

/// A site with a guide of three pages, which ask for an order other than that of their names.
fn guided() -> Folder {
    let folder = Folder::small();
    let site = folder.text("site.toml").to_owned() + GUIDE;
    folder
        .file("site.toml", &site)
        .file("en/guide/format.md", &page("The format", "order = 2", "How a ladder is written. See [EN-001]."))
        .file("en/guide/start.md", &page("Start here", "order = 1", "What to do first."))
        .file("en/guide/editions.md", &page("Editions", "", "Last, since it asks for no place."))
}

fn in_order(page: &str, parts: &[&str]) -> bool {
    let places: Vec<_> =
        parts.iter().map(|part| page.find(part).unwrap_or_else(|| panic!("{part} is there"))).collect();
    places.is_sorted()
}

#[test]
fn pages_that_stand_by_themselves_need_no_setting_and_stand_in_the_navigation_of_every_page() {
    let folder = Folder::small()
        .file("en/pages/about.md", &page("About us", "order = 2", "Who we are."))
        .file("en/pages/zeal.md", &page("Zeal", "order = 1", "Why we care."));
    let pages = Pages::of(&folder);
    assert!(pages.page("en/pages/about/").contains("<p>Who we are.</p>"));
    for path in ["en/", "en/ladder/l1/", "en/pages/zeal/"] {
        let (_, navigation) = pages.page(path).split_once("<nav class=\"sections\"").unwrap();
        let (navigation, _) = navigation.split_once("</nav>").unwrap();
        assert!(in_order(navigation, &[">Matrix</a>", ">Zeal</a>", ">About us</a>"]), "on {path}");
    }
    assert!(pages.page("en/pages/zeal/").contains("<a href=\"./\" aria-current=\"page\">Zeal</a>"));
    assert!(!pages.page("en/pages/zeal/").contains("rel=\"next\""), "they are in no order of reading");
    assert!(!pages.files().contains_key("en/pages/index.html"));
}

#[test]
fn a_named_folder_is_one_entry_of_the_navigation_that_lists_its_pages_in_their_order() {
    let pages = Pages::of(&guided());
    let list = pages.page("en/guide/");
    assert!(in_order(
        list,
        &["<h1>Guide</h1>", ">Start here</a>", "What to do first.", ">The format</a>", ">Editions</a>"]
    ));
    let format = pages.page("en/guide/format/");
    let links = values(format, "href");
    for link in ["../", "../start/", "../editions/"] {
        assert!(links.contains(&link), "{link} in {links:?}");
    }
    assert!(in_order(format, &["rel=\"prev\" href=\"../start/\"", "rel=\"next\" href=\"../editions/\""]));
    assert!(format.contains("../../ladder/l1/#en-001"), "references are links");
    assert!(!pages.page("en/guide/start/").contains("rel=\"prev\""));
}

#[test]
fn extra_pages_are_found_listed_and_referred_to_like_notes() {
    let folder = guided().file(
        "en/pages/about.md",
        &page("About us", "", "Read [guide:start], [the format](../guide/format.md) and [EN-001]."),
    );
    let pages = Pages::of(&folder);
    let about = pages.page("en/pages/about/");
    assert!(values(about, "href").contains(&"../../guide/start/"));
    assert!(values(about, "href").contains(&"../../guide/format/"), "{:?}", values(about, "href"));
    let sitemap = pages.page("sitemap.xml");
    assert!(sitemap.contains("/en/guide/format/") && sitemap.contains("/en/pages/about/"));
    let index = pages.page("en/search.js");
    assert!(index.contains("\"kind\":\"page\"") && index.contains("What to do first."));
    assert!(pages.page("c/en-001/").contains("About us"), "the criterion knows who mentions it");
}

#[test]
fn a_page_may_be_left_out_of_the_navigation() {
    let folder = Folder::small().file("en/pages/imprint.md", &page("Imprint", "navigation = false", "Who we are."));
    let pages = Pages::of(&folder);
    assert!(pages.page("en/pages/imprint/").contains("Who we are."));
    assert!(!pages.page("en/").contains("Imprint"));
}

#[test]
fn a_folder_that_is_not_in_the_navigation_is_named_at_the_foot() {
    let folder = guided();
    let site = folder.text("site.toml").replace("folder = \"guide\"", "folder = \"guide\"\nnavigation = false");
    let pages = Pages::of(&folder.file("site.toml", &site));
    let (head, foot) = pages.page("en/ladder/l1/").split_once("<footer").unwrap();
    assert!(!head.contains("guide/") && foot.contains("<a href=\"../../guide/\">Guide</a>"));
    assert!(values(pages.page("en/guide/"), "href").contains(&"format/"));
}

#[test]
fn a_folder_may_do_without_two_languages_side_by_side_and_its_old_addresses_lead_on() {
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\nText.\n");
    let table = "\n[[pages]]\nfolder = \"guide\"\ntitle.en = \"Guide\"\ntitle.zh-TW = \"指南\"\n";
    let folder = Folder::bilingual();
    let site = format!("{}{table}", folder.text("site.toml"));
    let folder = folder.file("site.toml", &site);
    let folder = folder.file("en/guide/start.md", &page("Start")).file("zh-TW/guide/start.md", &page("開始"));
    let before = folder.released("1", "2026-01-01");
    let without = before.text("site.toml").replace("folder = \"guide\"", "folder = \"guide\"\nside-by-side = false");
    let after = before.clone().file("site.toml", &without);
    let (before, after) = (Pages::of(&before), Pages::of(&after));
    let beside: Vec<_> = before.files().keys().filter(|path| path.contains("guide/start/beside/")).collect();
    assert_eq!(beside.len(), 4);
    for path in beside {
        let target = if path.starts_with("en/") { "en/guide/start/" } else { "zh-tw/guide/start/" };
        assert!(after.page(path).contains(target) && after.page(path).contains("data-moved"), "{path}");
    }
    assert!(!after.page("en/guide/start/").contains("data-view-switch"));
    assert!(before.page("en/guide/start/").contains("data-view-switch"));
}

#[test]
fn references_and_links_in_extra_pages_are_checked() {
    let folder =
        Folder::small().file("en/pages/about.md", &page("About", "", "[EN-999], [page:abuot] and [this](gone.md)."));
    assert_snapshot!(folder.told(), @r"
    error[unknown-reference]: `EN-999` leads nowhere
     --> content/en/pages/about.md:5:1
      |
    5 | [EN-999], [page:abuot] and [this](gone.md).
      | ^^^^^^^^ nothing has this id
      |
      = help: if you mean the brackets literally, write `\[EN-999]`

    error[unknown-reference]: `page:abuot` leads nowhere
     --> content/en/pages/about.md:5:11
      |
    5 | [EN-999], [page:abuot] and [this](gone.md).
      |           ^^^^^^^^^^^^ nothing has this id
      |
      = help: did you mean `[page:about]`?

    error[broken-link]: the link `gone.md` leads nowhere
     --> content/en/pages/about.md:5:28
      |
    5 | [EN-999], [page:abuot] and [this](gone.md).
      |                            ^^^^^^^^^^^^^^^ no page is made from `en/pages/gone.md`
      |
      = help: write the path of a Markdown file from this one, or an address that begins with https://
    ");
}

#[test]
fn extra_pages_are_translated_like_notes() {
    let folder = Folder::small().translated().file("zh-TW/ladder.md", LADDER);
    let site = folder.text("site.toml").to_owned() + GUIDE + "zh-TW = \"指南\"\n";
    let folder = folder
        .file("site.toml", &site)
        .file("en/guide/start.md", &page("Start", "", "First."))
        .file("zh-TW/guide/start.md", &page("開始", "", "首先。"))
        .file("en/guide/next.md", &page("Next", "", "Then."));
    let pages = Pages::of(&folder);
    assert!(pages.page("zh-tw/guide/start/beside/en/").contains("First."));
    assert!(pages.page("zh-tw/guide/").contains("<h1>指南</h1>"));
    assert!(
        pages.page("zh-tw/guide/next/").contains("<article lang=\"en\">"),
        "what is not translated is shown in English"
    );
    let place = Place::of(&folder);
    let status = place.run("translation status --locale zh-TW");
    assert!(status.stdout.contains("guide:next"), "{}", status.stdout);
    assert!(
        place.run("translation export zh-TW out.po").status == 0 && place.text("out.po").contains("guide:start/0/1")
    );
}

#[test]
fn a_folder_of_pages_that_would_stand_where_something_else_does_is_refused() {
    let folder = Folder::small();
    let site = folder.text("site.toml").to_owned();
    let names = ["ladder", "notes", "My guide", "thread", "guide", "guide"];
    let named = names.map(|name| GUIDE.replace("\"guide\"", &format!("{name:?}"))).concat();
    let told = folder.file("site.toml", &format!("{site}{named}")).unregistered().told();
    let said: Vec<_> = told.lines().filter(|line| line.starts_with("error") || line.contains("= help")).collect();
    assert_snapshot!(said.join("\n"), @"
    error[invalid-value]: `ladder` cannot be the folder of pages
       = help: choose another name: in references, `ladder:` has another meaning
    error[invalid-value]: `notes` cannot be the folder of pages
       = help: choose another name: `/notes/` is reserved for a page of the site itself in each language
    error[invalid-value]: `My guide` cannot be the folder of pages
       = help: write lower case letters a to z, digits and single hyphens: it is part of addresses
    error[invalid-value]: `thread` cannot be the folder of pages
       = help: choose another name: in references, `thread:` has another meaning
    error[invalid-value]: `guide` cannot be the folder of pages
       = help: give each folder of pages a name of its own
    ");
}

#[test]
fn a_folder_that_nobody_names_is_told() {
    assert_snapshot!(Folder::small().file("en/guide/start.md", &page("Start", "", "x")).told(), @r#"
    error[ladder-file]: `en/guide/start.md` belongs to no ladder
    --> content/en/guide/start.md
     = help: add `[[pages]]` with `folder = "guide"` to site.toml, or move the file to notes/ or pages/
    "#);
}

#[test]
fn the_former_name_of_an_extra_page_leads_on() {
    let folder = guided().edited("en/guide/start.md", "order = 1", "order = 1\nwas = [\"begin\"]");
    assert!(Pages::of(&folder).page("en/guide/begin/").contains("../../../en/guide/start/"));
}

#[test]
fn no_more_of_extra_pages_than_their_addresses_and_titles_belongs_to_an_edition() {
    let place = Place::of(&guided());
    let released = place.run("release 2026.1 --date 2026-01-01");
    assert_eq!(released.status, 0, "{}", released.shown());
    let edition = place.text("content/editions/2026.1.json");
    assert!(edition.contains("\"en/guide/start/\"") && edition.contains("Start here"));
    assert!(!edition.contains("What to do first."));
}
