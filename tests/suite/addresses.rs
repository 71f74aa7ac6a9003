//! Where pages stand, and where links lead.

use std::collections::BTreeSet;

use camino::Utf8Path;
use insta::assert_snapshot;
use rungs::for_tests::config::Collection;
use rungs::for_tests::handle::LadderIndex;
use rungs::for_tests::locale::LocaleIndex;
use rungs::for_tests::model::{LadderPage, LinkTarget, LocalePage, Page, Site, resolve_link};

use crate::driver::Folder;

fn site() -> Site {
    let folder = Folder::bilingual().file("en/notes/time.md", NOTE);
    folder
        .file("en/notes/craft.md", "+++\ntitle = \"Craft\"\n+++\n")
        .file("zh-TW/notes/time.md", "+++\ntitle = \"時間\"\n+++\n## 時間\n")
        .build()
        .0
}

const NOTE: &str = "+++\ntitle = \"Time\"\n+++\n## How much?\n\n## How much?\n";

#[test]
fn every_page_of_a_site_has_an_address() {
    let site = site();
    let paths: Vec<_> = Page::all(&site).iter().map(|page| format!("/{}", page.path(&site))).collect();
    assert_snapshot!(paths.join("\n"), @r"
    /
    /404.html
    /en/
    /en/ladder/
    /en/ladder/l1/
    /en/ladder/l2/
    /en/ladder/l1/review/
    /en/ladder/l2/review/
    /en/ladder/matrix/
    /en/ladder/threads/
    /en/ladder/compare/l1-l2/
    /en/ladder/beside/zh-tw/
    /en/notes/
    /en/notes/craft/
    /en/notes/time/
    /en/notes/time/beside/zh-tw/
    /en/translation/
    /en/licence/
    /en/search/
    /en/downloads/
    /zh-tw/
    /zh-tw/ladder/
    /zh-tw/ladder/l1/
    /zh-tw/ladder/l2/
    /zh-tw/ladder/l1/review/
    /zh-tw/ladder/l2/review/
    /zh-tw/ladder/matrix/
    /zh-tw/ladder/threads/
    /zh-tw/ladder/compare/l1-l2/
    /zh-tw/ladder/beside/en/
    /zh-tw/notes/
    /zh-tw/notes/craft/
    /zh-tw/notes/time/
    /zh-tw/notes/time/beside/en/
    /zh-tw/translation/
    /zh-tw/licence/
    /zh-tw/search/
    /zh-tw/downloads/
    /c/en-001/
    /c/en-002/
    /c/en-003/
    /c/en-004/
    ");
}

#[test]
fn each_address_leads_back_to_its_page_and_to_no_other() {
    for site in [site(), Folder::real().build().0] {
        let pages = Page::all(&site);
        let paths: BTreeSet<_> = pages.iter().map(|page| page.path(&site)).collect();
        assert_eq!(paths.len(), pages.len());
        for page in pages {
            assert_eq!(Page::at(&site, &page.path(&site)), Some(page));
        }
        for path in ["en", "xx/", "en/ladders/", "en/ladder/l3/", "c/en-999/", "en/ladder/beside/en/", "en//", "/"] {
            let found = Page::at(&site, path);
            assert_eq!(found.is_some(), path == "en" || path == "/", "{path}");
        }
    }
}

#[test]
fn levels_with_hyphens_are_compared_at_addresses_of_their_own() {
    let levels = ["a", "b-c", "a-b", "c"].map(|id| format!("## {id} {{#{id}}}\n\n### Craft {{#craft}}\n\n- x\n\n"));
    let (site, _) = Folder::new().file("en/ladder.md", &levels.concat()).with_ids().build();
    let paths: BTreeSet<_> = Page::all(&site).iter().map(|page| page.path(&site)).collect();
    assert_eq!(paths.len(), Page::all(&site).len());
    assert!(paths.contains("en/ladder/compare/a--b-c/") && paths.contains("en/ladder/compare/a-b--c/"));
}

#[test]
fn a_page_is_found_in_the_other_language() {
    let (site, chinese) = (site(), LocaleIndex(1));
    let beside = Page::In(
        LocaleIndex::SOURCE,
        LocalePage::Ladder(LadderIndex(0), LadderPage::Beside { other: chinese, interleaved: false }),
    );
    assert_eq!(
        beside.in_locale(&site, chinese),
        Page::In(
            chinese,
            LocalePage::Ladder(LadderIndex(0), LadderPage::Beside { other: LocaleIndex::SOURCE, interleaved: false })
        )
    );
    assert_eq!(beside.in_locale(&site, LocaleIndex::SOURCE), beside);
    assert_eq!(
        Page::In(LocaleIndex::SOURCE, LocalePage::Collection(Collection::NOTES)).in_locale(&site, chinese),
        Page::In(chinese, LocalePage::Collection(Collection::NOTES))
    );
    assert_eq!(Page::Root.in_locale(&site, chinese), Page::Root);
}

/// Where a link in a file leads.
fn lead(target: &str, from: &str) -> String {
    let site = site();
    match resolve_link(&site, target, Utf8Path::new(from)) {
        LinkTarget::External(address) => format!("elsewhere: {address}"),
        LinkTarget::Page { page, anchor } => {
            format!("/{}{}", page.path(&site), anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default())
        }
        LinkTarget::Unsafe => "unsafe".to_owned(),
        LinkTarget::Broken(broken) => format!("{broken:?}"),
    }
}

#[test]
fn links_lead_to_files_as_people_write_them_and_to_addresses_as_pages_show_them() {
    let cases = [
        ("craft.md", "/en/notes/craft/"),
        ("./craft.md", "/en/notes/craft/"),
        ("../ladder.md#en-001", "/en/ladder/#en-001"),
        ("../ladder.md#EN-001", "/en/ladder/#en-001"),
        ("../ladder.md#l2", "/en/ladder/#l2"),
        ("../ladder.md#l2-craft", "/en/ladder/#l2-craft"),
        ("../../zh-TW/notes/time.md#%E6%99%82%E9%96%93", "/zh-tw/notes/time/#how-much"),
        ("#how-much-2", "/en/notes/time/#how-much-2"),
        ("../craft/", "/en/notes/craft/"),
        ("../craft?x=1", "/en/notes/craft/"),
        ("../../ladder/l1/index.html#craft", "/en/ladder/l1/#craft"),
        ("../../ladder/threads/#time", "/en/ladder/threads/#time"),
        ("../../ladder/matrix/#craft", "/en/ladder/matrix/#craft"),
        ("/c/en-001/", "/c/en-001/"),
        ("../../../", "/"),
        ("https://example.org/a?b#c", "elsewhere: https://example.org/a?b#c"),
        ("HTTP://example.org", "elsewhere: HTTP://example.org"),
        ("mailto:a@example.org", "elsewhere: mailto:a@example.org"),
    ];
    for (target, page) in cases {
        assert_eq!(lead(target, "en/notes/time.md"), page, "for {target}");
    }
    assert_eq!(lead("notes/time.md", "en/ladder.md"), "/en/notes/time/");
    assert_eq!(lead("l2/", "en/ladder.md"), "/en/ladder/l2/");
    assert_eq!(lead("craft.md", "zh-TW/notes/time.md"), "/zh-tw/notes/craft/", "there is a page though no file");
}

#[test]
fn links_to_nothing_are_told_from_links_that_are_dangerous() {
    let broken = [
        "",
        "#",
        "#nothing",
        "craft",
        "crafts.md",
        "../../../../",
        "https:",
        "https://",
        "http:page",
        "mailto:",
        "../ladder.md#en-999",
        "../../ladder/l1/#en-003",
        "file.pdf",
        "知識：一",
    ];
    for target in broken {
        let found = lead(target, "en/notes/time.md");
        assert!(!found.starts_with(['/', 'e', 'u']), "{target} is {found}");
    }
    let dangerous = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\u{1}javascript:alert(1)",
        "javascript :alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "\\\\example.org",
        "/\\example.org",
        "/\t/example.org",
        "ht\ntps://example.org",
        "blob:x",
        "x-new:y",
    ];
    for target in dangerous {
        assert_eq!(lead(target, "en/notes/time.md"), "unsafe", "for {target:?}");
    }
}
