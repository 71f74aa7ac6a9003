//! The files that the search loads.

use serde_json::{Value, json};

use crate::driver::Folder;
use crate::pages::Pages;

const GUIDE: &str = "\n[[pages]]\nfolder = \"guide\"\nnavigation = false\n[pages.title]\nen = \"Guide\"\n";

/// A site with a guide that the navigation does not name, and with these pages in it.
fn guided(pages: &[(&str, &str)]) -> Folder {
    let folder = Folder::small();
    let site = folder.text("site.toml").to_owned() + GUIDE;
    let page = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\nAll about {title}.\n");
    let folder = folder.file("site.toml", &site).file("en/pages/about.md", &page("Us"));
    pages.iter().fold(folder, |folder, (path, title)| folder.file(path, &page(title)))
}

/// The value that a file of the index hands over.
fn index(pages: &Pages, path: &str) -> Value {
    let script = pages.page(path);
    let value = script.strip_prefix("rungs.index(").and_then(|script| script.strip_suffix(");\n"));
    serde_json::from_str(value.expect("it is one call")).expect("it hands over JSON")
}

fn addresses(index: &Value) -> Vec<&str> {
    let documents = index["documents"].as_array().expect("it has documents").iter();
    documents.map(|document| document["url"].as_str().expect("each has an address")).collect()
}

#[test]
fn pages_that_the_navigation_does_not_name_are_in_a_second_file() {
    let pages = Pages::of(&guided(&[("en/guide/start.md", "Beginnings"), ("en/guide/format.md", "Formats")]));
    let (first, second) = (index(&pages, "en/search.js"), index(&pages, "en/search-more.js"));
    assert_eq!(first["more"], "en/search-more.js");
    assert!(addresses(&first).contains(&"en/pages/about/"));
    assert!(addresses(&first).iter().all(|address| !address.contains("guide")), "{first}");
    assert_eq!(addresses(&second), ["en/guide/format/", "en/guide/start/"]);
    assert_eq!(second["documents"][1]["text"], "All about Beginnings.");
    assert_eq!(second["words"], json!(null), "the first file has the words for both");
}

#[test]
fn the_second_file_has_the_terms_of_the_glossary_and_the_first_the_words_people_look_for_them_by() {
    let glossary = "[[term]]\nen = \"best practice\"\nzh-TW = \"最佳實務\"\nalso = { en = \"good habit\", zh-TW = [\"最佳實踐\"] }\n";
    let pages = Pages::of(&Folder::bilingual().file("glossary.toml", glossary));
    let (first, second) = (index(&pages, "en/search.js"), index(&pages, "en/search-more.js"));
    assert_eq!(first["also"], json!([[["best practice"], ["good habit"]]]));
    assert_eq!(second["documents"][0]["kind"], "term");
    assert_eq!(second["documents"][0]["title"], "best practice");
    assert_eq!(second["documents"][0]["text"], "最佳實務");
    assert_eq!(second["documents"][0]["url"], "en/glossary/#best-practice");
    assert_eq!(second["others"][0]["also"], json!([[["最佳實務"], ["最佳實踐"]]]));
}

#[test]
fn the_second_file_has_what_pages_in_other_languages_say() {
    let folder = Folder::bilingual();
    let pages = Pages::of(&folder);
    for (locale, other) in [("en", "zh-tw"), ("zh-tw", "en")] {
        let [own, there] = [locale, other].map(|name| index(&pages, &format!("{name}/search.js")));
        let second = index(&pages, &format!("{locale}/search-more.js"));
        let first = |index: &Value| index["documents"][0].clone();
        let url = first(&own)["url"].as_str().expect("it has an address").to_owned();
        assert!(first(&own)["id"] == first(&there)["id"] && url.starts_with(locale), "{url}");
        let said = second["others"][0]["texts"][&url].as_str().expect("it is said there too").to_owned();
        assert!(said.contains(first(&there)["text"].as_str().expect("it has a text")), "{said}");
        assert_eq!(second["others"].as_array().map(Vec::len), Some(1));
    }
}

#[test]
fn ladders_say_what_they_say_beside_their_criteria_and_pages_what_they_are() {
    let pages = Pages::of(&Folder::bilingual());
    let first = index(&pages, "en/search.js");
    let found = addresses(&first);
    for page in ["ladder/", "ladder/matrix/", "ladder/beside/zh-tw/", "licence/", "downloads/", "translation/"] {
        assert!(found.contains(&&*format!("en/{page}")), "{page} in {found:?}");
    }
    let criteria = first["documents"].as_array().expect("it has documents").iter();
    let kinds: Vec<_> = criteria.map(|document| document["kind"].as_str().unwrap_or_default()).collect();
    assert_eq!(kinds[0], "criterion");
}

#[test]
fn there_is_no_second_file_with_nothing_in_it() {
    let named = guided(&[("en/guide/start.md", "Beginnings")]).edited("site.toml", "navigation = false", "");
    for folder in [Folder::small(), guided(&[]), named] {
        let pages = Pages::of(&folder);
        assert_eq!(index(&pages, "en/search.js")["more"], json!(null));
        assert!(!pages.files().contains_key("en/search-more.js"));
    }
}

#[test]
fn each_locale_has_a_second_file_of_its_own() {
    let folder = Folder::bilingual();
    let site = folder.text("site.toml").to_owned() + GUIDE + "zh-TW = \"指南\"\n";
    let page = |text: &str| format!("+++\ntitle = \"Title\"\n+++\n{text}\n");
    let folder = folder.file("site.toml", &site);
    let folder = folder.file("en/guide/start.md", &page("First.")).file("zh-TW/guide/start.md", &page("首先。"));
    let pages = Pages::of(&folder);
    for (locale, text) in [("en", "First."), ("zh-tw", "首先。")] {
        let more = format!("{locale}/search-more.js");
        assert_eq!(index(&pages, &format!("{locale}/search.js"))["more"], more);
        let second = index(&pages, &more);
        assert_eq!(addresses(&second), [format!("{locale}/guide/start/")]);
        assert_eq!(second["documents"][0]["text"], text);
    }
}
