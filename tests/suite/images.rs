//! Images of the content folder, in notes and pages: shown, published by their content, kept by editions.

use insta::assert_snapshot;
use serde_json::Value;

use crate::driver::Folder;
use crate::place::Place;
use crate::published::Published;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><path d=\"M0 10h40\"/></svg>";
const OTHER: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 20\"><path d=\"M0 5h9\"/></svg>";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x20\0\0\0\x10";
const GIF: &[u8] = b"GIF89a\x20\0\x10\0\0\0\0";
const JPEG: &[u8] = b"\xFF\xD8\xFF\xC0\0\x11\x08\0\x10\0\x20\x03\x01\x11\0\x02\x11\x01\x03\x11\x01\xFF\xD9";
const WEBP: &[u8] = b"RIFF\x1A\0\0\0WEBPVP8L\x0D\0\0\0\x2F\x1F\xC0\x03\0\0\0\0\0\0\0\0\0";

/// The text of a note.
fn text(body: &str) -> String {
    format!("+++\ntitle = \"Reviews\"\n+++\n{body}\n")
}

/// The small site with a note.
fn note(body: &str) -> Folder {
    Folder::small().file("en/notes/n.md", &text(body))
}

fn codes(folder: &Folder) -> Vec<&'static str> {
    folder.built().problems.iter().map(|problem| problem.code.name()).collect()
}

/// The elements of images in the body of a page.
fn images(page: &str) -> Vec<&str> {
    let body = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    body.split("<img ").skip(1).map(|image| image.split_once('>').unwrap().0).collect()
}

fn files(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    let outputs = folder.built().outputs.into_iter();
    let images = outputs.filter(|output| output.path.starts_with("assets/images"));
    images.map(|output| (output.path.to_string(), output.bytes)).collect()
}

#[test]
fn each_format_is_shown_with_its_size_and_published_by_its_content() {
    for (name, bytes) in [("a.png", PNG), ("a b.GIF", GIF), ("圖.jpeg", JPEG), ("x/a.webp", WEBP)] {
        let folder =
            note(&format!("Before ![A *map*](<{name}> \"Title\") it.")).image(&format!("en/notes/{name}"), bytes);
        assert_eq!(codes(&folder), [""; 0], "{name}");
        let [(path, published)] = &files(&folder)[..] else { panic!("{name}") };
        assert_eq!(published, bytes, "{name}");
        let shown = Published::of(&folder);
        let expected = format!(
            "src=\"../../../{path}\" alt=\"A map\" title=\"Title\" width=\"32\" height=\"16\" loading=\"lazy\""
        );
        // Quotation marks that HTML does not need are left out.
        let plain = |text: &str| text.replace('"', "");
        assert_eq!(images(shown.page("en/notes/n/")).into_iter().map(plain).collect::<Vec<_>>(), [plain(&expected)]);
    }
    let svg = note("[![A line](/en/line.svg)](https://example.org/)").image("en/line.svg", SVG);
    assert_eq!(codes(&svg), [""; 0]);
    assert_snapshot!(images(Published::of(&svg).page("en/notes/n/")).join("\n"), @r#"src="../../../assets/images/ed357252bf25c22dfbcc4b19f713ba4a.svg" alt="A line" width="40" height="20" loading="lazy""#);
}

#[test]
fn a_page_of_the_site_shows_images_too_and_what_nothing_shows_is_not_published() {
    let folder = Folder::small().file("en/pages/about.md", &text("| a |\n|---|\n| ![A line](../line.svg) |"));
    let folder = folder.image("en/line.svg", SVG).image("en/draft.svg", OTHER);
    assert_eq!(codes(&folder), [""; 0]);
    assert_eq!(images(Published::of(&folder).page("en/pages/about/")).len(), 1);
    assert_eq!(files(&folder).into_iter().map(|(_, bytes)| bytes).collect::<Vec<_>>(), [SVG.as_bytes()]);
}

#[test]
fn a_translation_shows_its_own_file_or_else_that_of_the_source() {
    let folder = Folder::bilingual()
        .file("en/notes/n.md", &text("![A line](line.svg)"))
        .file("zh-TW/notes/n.md", &text("![一條線](line.svg)").replace("Reviews", "審查"))
        .image("en/notes/line.svg", SVG);
    let widths = |folder: &Folder, page: &str| {
        let site = Published::of(folder);
        let width = |image: &str| image.split_once("width=").unwrap().1.trim_matches('"')[..2].to_owned();
        images(site.page(page)).into_iter().map(width).collect::<Vec<_>>()
    };
    let problems = |folder: &Folder| codes(folder).into_iter().filter(|code| code.contains("image")).count();
    assert_eq!((widths(&folder, "zh-tw/notes/n/"), problems(&folder)), (vec!["40".to_owned()], 0));
    let own = folder.image("zh-TW/notes/line.svg", OTHER);
    assert_eq!(
        (widths(&own, "zh-tw/notes/n/"), widths(&own, "en/notes/n/")),
        (vec!["20".to_owned()], vec!["40".to_owned()])
    );
    assert_eq!(widths(&own, "en/notes/n/beside/zh-tw/"), ["40", "20"]);
    assert_eq!(files(&own).len(), 2);
    assert_eq!(problems(&own), 0);
}

#[test]
fn what_cannot_be_shown_is_reported_with_advice() {
    let folder = note(
        "![a](gone.svg) ![b](Line.SVG) ![c](../line.svg) ![d](lime.svg) ![e](line.avif) ![f](../../../x.png)\n\
         ![g](photo.png) ![h](words.jpg) ![i](https://example.org/a.png) ![j](javascript:x) ![k]() ![l](bad.svg)\n\
         ![](line.svg)",
    );
    let folder = folder
        .image("en/notes/line.svg", SVG)
        .image("en/notes/photo.png", JPEG)
        .image("en/notes/words.jpg", "words")
        .image("en/notes/bad.svg", SVG.replace("<path", "<script/><path"));
    assert_snapshot!(folder.told(), @"
    error[broken-image]: there is no image `gone.svg`
     --> content/en/notes/n.md:4:1
      |
    4 | ![a](gone.svg) ![b](Line.SVG) ![c](../line.svg) ![d](lime.svg) ![e](line.avif) ![f](../../../x.png)
      | ^^^^^^^^^^^^^^ no file is called `en/notes/gone.svg`
      |
      = help: did you mean `line.svg`?

    error[broken-image]: there is no image `Line.SVG`
     --> content/en/notes/n.md:4:16
      |
    4 | ![a](gone.svg) ![b](Line.SVG) ![c](../line.svg) ![d](lime.svg) ![e](line.avif) ![f](../../../x.png)
      |                ^^^^^^^^^^^^^^ most servers distinguish upper and lower case
      |
      = help: write `line.svg`, the name of the file

    error[broken-image]: there is no image `../line.svg`
     --> content/en/notes/n.md:4:31
      |
    4 | ![a](gone.svg) ![b](Line.SVG) ![c](../line.svg) ![d](lime.svg) ![e](line.avif) ![f](../../../x.png)
      |                               ^^^^^^^^^^^^^^^^^ no file is called `en/line.svg`
      |
      = help: did you mean `line.svg`?

    error[broken-image]: there is no image `lime.svg`
     --> content/en/notes/n.md:4:49
      |
    4 | ![a](gone.svg) ![b](Line.SVG) ![c](../line.svg) ![d](lime.svg) ![e](line.avif) ![f](../../../x.png)
      |                                                 ^^^^^^^^^^^^^^ no file is called `en/notes/lime.svg`
      |
      = help: did you mean `line.svg`?

    error[broken-image]: there is no image `line.avif`
     --> content/en/notes/n.md:4:64
      |
    4 | ![a](gone.svg) ![b](Line.SVG) ![c](../line.svg) ![d](lime.svg) ![e](line.avif) ![f](../../../x.png)
      |                                                                ^^^^^^^^^^^^^^^ images are PNG, JPEG, WebP, GIF or SVG files
      |
      = help: export it in one of these formats, into the content folder

    error[broken-image]: there is no image `../../../x.png`
     --> content/en/notes/n.md:4:80
      |
    4 | ![a](gone.svg) ![b](Line.SVG) ![c](../line.svg) ![d](lime.svg) ![e](line.avif) ![f](../../../x.png)
      |                                                                                ^^^^^^^^^^^^^^^^^^^^ that is not in the content folder
      |
      = help: put the image next to the file, and write its path from there: `![A map](map.svg)`

    error[broken-image]: `en/notes/photo.png` is a JPEG file by its content
     --> content/en/notes/n.md:5:1
      |
    5 | ![g](photo.png) ![h](words.jpg) ![i](https://example.org/a.png) ![j](javascript:x) ![k]() ![l](bad.svg)
      | ^^^^^^^^^^^^^^^ it is not shown
      |
      = help: rename it to `en/notes/photo.jpg`, and write that here

    error[broken-image]: `en/notes/words.jpg` is not a JPEG file: its beginning is wrong
     --> content/en/notes/n.md:5:17
      |
    5 | ![g](photo.png) ![h](words.jpg) ![i](https://example.org/a.png) ![j](javascript:x) ![k]() ![l](bad.svg)
      |                 ^^^^^^^^^^^^^^^ it is not shown
      |
      = help: open it in an image editor, and export it again

    warning[image-not-shown]: this image is on another site
     --> content/en/notes/n.md:5:33
      |
    5 | ![g](photo.png) ![h](words.jpg) ![i](https://example.org/a.png) ![j](javascript:x) ![k]() ![l](bad.svg)
      |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ a link to it is shown here
      |
      = help: put a copy of it into the content folder, and write its path from this file: pages load nothing from other sites

    error[unsafe-link]: this link could run a program or lead anywhere
     --> content/en/notes/n.md:5:65
      |
    5 | ![g](photo.png) ![h](words.jpg) ![i](https://example.org/a.png) ![j](javascript:x) ![k]() ![l](bad.svg)
      |                                                                 ^^^^^^^^^^^^^^^^^^ not a file in the content folder
      |
      = help: put the image into the content folder, and write its path from this file

    error[broken-image]: this image names no file
     --> content/en/notes/n.md:5:84
      |
    5 | ![g](photo.png) ![h](words.jpg) ![i](https://example.org/a.png) ![j](javascript:x) ![k]() ![l](bad.svg)
      |                                                                                    ^^^^^^ there is no path between the parentheses
      |
      = help: put the image next to the file, and write its path from there: `![A map](map.svg)`

    error[unsafe-image]: `en/notes/bad.svg` contains `<script>`, which does more than draw, on line 1
     --> content/en/notes/n.md:5:91
      |
    5 | ![g](photo.png) ![h](words.jpg) ![i](https://example.org/a.png) ![j](javascript:x) ![k]() ![l](bad.svg)
      |                                                                                           ^^^^^^^^^^^^^ it is not shown
      |
      = help: export it as a plain, self-contained SVG, or as a PNG

    warning[no-alternative-text]: this image has no description
     --> content/en/notes/n.md:6:1
      |
    6 | ![](line.svg)
      | ^^^^^^^^^^^^^
      |
      = help: write what a reader learns from it: `![A map of the levels](line.svg)`; readers who cannot see it depend on this
    ");
}

#[test]
fn a_ladder_shows_the_words_of_an_image_and_says_so() {
    let ladder = "+++\ntitle = \"L\"\n+++\n![a](a.svg)\n\n## L1 = One {#L1}\n\n![b](a.svg)\n\n### Craft {#craft}\n\n\
                  - Draws ![c](a.svg) lines. {#EN-001}\n\n  ![d](https://example.org/d.png)\n";
    let folder = Folder::new().file("en/ladder.md", ladder).image("en/a.svg", SVG);
    assert_eq!(codes(&folder).into_iter().filter(|code| *code == "image-not-shown").count(), 4);
    let site = Published::of(&folder);
    for page in ["en/ladder/", "en/ladder/l1/", "c/en-001/"] {
        assert_eq!(images(site.page(page)), [""; 0], "{page}");
    }
    assert!(site.said("en/ladder/l1/").contains("Draws c lines."));
    assert_eq!(files(&folder), []);
}

#[test]
fn a_large_image_is_a_warning_and_one_that_is_too_large_an_error() {
    let sized = |bytes: usize| {
        let place = Place::of(&note("![A line](a.png)"));
        let mut image = PNG.to_vec();
        image.resize(bytes, 0);
        place.put("content/en/notes/a.png", image);
        let run = place.run("check --format json");
        (run.status, run.stdout)
    };
    let (status, told) = sized(2_000_000);
    assert_eq!((status, told.as_str()), (0, ""));
    let (status, told) = sized(2_400_000);
    assert!(status == 0 && told.contains("large-image") && told.contains("2.4 MB"), "{told}");
    let (status, told) = sized(20_000_001);
    assert!(status == 1 && told.contains("broken-image") && told.contains("larger than 20 MB"), "{told}");
}

#[test]
fn logo_and_icon_are_judged_as_images_are() {
    let themed = |logo: &str, icon: &[u8]| {
        let site = format!(
            "{}\n[theme]\nlogo = {{ file = \"logo.svg\" }}\nfavicon = \"icon.png\"\n",
            Folder::small().text("site.toml")
        );
        Folder::small().file("site.toml", &site).themed("logo.svg", logo).themed("icon.png", icon)
    };
    assert_eq!(codes(&themed(SVG, PNG)), [""; 0]);
    let folder = themed(&SVG.replace("<path", "<path onload='x'"), JPEG);
    assert_snapshot!(folder.told(), @r#"
    error[unsafe-image]: `theme/logo.svg` contains `onload`, which runs a program, on line 1
      --> content/site.toml:32:17
       |
    32 | logo = { file = "logo.svg" }
       |                 ^^^^^^^^^^
       |
       = help: export it as a plain, self-contained SVG, or as a PNG

    error[invalid-value]: `theme/icon.png` is a JPEG file by its content
      --> content/site.toml:33:11
       |
    33 | favicon = "icon.png"
       |           ^^^^^^^^^^
       |
       = help: export it again: it has to be `.svg`, `.png` or `.ico`, in name and content
    "#);
    let evil = "<svg xmlns=\"http://www.w3.org/2000/svg\"><a href=\"https://example.org/\"/></svg>";
    assert_eq!(codes(&themed(evil, PNG)), ["unsafe-image"]);
}

#[test]
fn an_edition_shows_what_it_showed_when_its_image_was_edited_and_deleted() {
    let place = Place::of(&note("![A line](line.svg)").image("en/notes/line.svg", SVG));
    place.run_ok("release 2026.1 --date 2026-01-01");
    let kept = place.files("content/editions/images");
    let [(name, bytes)] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!(bytes, SVG.as_bytes());
    place.put("content/en/notes/line.svg", OTHER);
    place.run_ok("release 2026.2 --date 2026-02-01");
    assert_eq!(place.files("content/editions/images").len(), 2);
    place.edit("content/en/notes/n.md", "![A line](line.svg)", "None.");
    place.remove("content/en/notes/line.svg");
    place.run_ok("build content -o public");
    let data: Value = serde_json::from_str(&place.text("public/data/editions/2026.1.json")).unwrap();
    assert!(data.to_string().contains(&format!("\"file\":\"{name}\"")), "{data}");
    assert!(data.to_string().contains("\"alternative\":\"A line\""), "{data}");
    assert_eq!(place.text(&format!("public/assets/images/{name}")), SVG);
    let path = format!("content/editions/images/{name}");
    place.put(&path, OTHER);
    let told = place.run("check").stderr;
    assert!(told.contains("error[altered-edition]") && told.contains("was changed after its release"), "{told}");
    place.remove(&path);
    let told = place.run("check").stderr;
    assert!(told.contains("error[altered-edition]") && told.contains("is gone"), "{told}");
    place.put(&path, SVG);
    place.run_ok("check --deny warnings");
}

#[test]
fn an_image_that_changes_is_a_change_of_the_site() {
    let place = Place::of(&note("![A line](line.svg)").image("en/notes/line.svg", SVG));
    place.run_ok("release 2026.1 --date 2026-01-01");
    assert!(place.run("release 2026.2 --date 2026-02-01").stderr.contains("nothing has changed"));
    place.put("content/en/notes/line.svg", OTHER);
    place.run_ok("release 2026.2 --date 2026-02-01");
}

#[test]
fn an_adaptation_takes_images_along_and_leaves_those_of_editions() {
    let place = Place::of(&note("![A line](line.svg)").image("en/notes/line.svg", SVG));
    place.run_ok("release 2026.1 --date 2026-01-01");
    place.run_ok("adapt content mine --prefix AC --by Ada --base-url https://acme.test/");
    assert_eq!(place.text("mine/en/notes/line.svg"), SVG);
    assert!(!place.at("mine/editions").exists());
}

#[test]
fn images_beside_an_adopted_document_come_along_and_those_elsewhere_do_not() {
    let place = Place::empty();
    let ladder = "# Ladder\n\n![The levels](../img/a%20b.svg)\n\n## L1 Engineer\n\n### Craft\n\n- Writes code that others \
                  can read.\n\n<img src=\"c.png\" alt=\"A chart\">\n\n![No](../../secret.svg) ![Gone](gone.svg)\n\n\
                  ## L2 Lead\n\n### Craft\n\n- Leads the design of a system.\n";
    place.put("docs/en/ladder.md", ladder);
    place.put("docs/img/a b.svg", SVG);
    place.put("docs/en/c.png", PNG);
    place.put("secret.svg", OTHER);
    let run = place.run_ok("init mine --from docs --accept");
    assert_eq!(place.text("mine/content/img/a b.svg"), SVG);
    assert!(place.at("mine/content/en/c.png").exists());
    let images = place.files("mine").into_iter().filter(|(path, _)| path.ends_with(".svg") || path.ends_with(".png"));
    assert_eq!(images.count(), 2);
    assert!(run.stderr.contains("warning[image-not-shown]"), "{}", run.stderr);
    assert!(
        run.stdout.contains("to show `content/en/c.png`, `content/img/a b.svg`, put each into a note"),
        "{}",
        run.stdout
    );
}

#[test]
fn words_of_images_are_in_search_exports_and_po_files() {
    let folder = Folder::bilingual()
        .file("en/notes/n.md", &text("![A line of levels](line.svg)"))
        .file("zh-TW/notes/n.md", &text("![職級之線](line.svg)").replace("Reviews", "審查"))
        .image("en/notes/line.svg", SVG);
    let outputs = folder.built().outputs;
    let holds = |start: &str, words: &str| {
        let mut files = outputs.iter().filter(|output| output.path.as_str().starts_with(start));
        files.any(|output| String::from_utf8_lossy(&output.bytes).contains(words))
    };
    assert!(holds("en/", "A line of levels") && holds("zh-tw/", "職級之線"));
    let searched = |words: &str| {
        outputs.iter().any(|output| {
            output.path.as_str().contains("search") && String::from_utf8_lossy(&output.bytes).contains(words)
        })
    };
    assert!(
        searched("A line of levels") && searched("職級之線"),
        "{:?}",
        outputs.iter().map(|output| output.path.as_str()).filter(|path| path.contains("search")).collect::<Vec<_>>()
    );
    assert!(holds("data/", "A line of levels"));
    let place = Place::of(&folder);
    place.run_ok("translation export zh-TW zh.po");
    let po = place.text("zh.po");
    assert!(po.contains("![A line of levels](") && po.contains("![職級之線]("), "{po}");
}
