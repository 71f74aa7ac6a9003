//! Tests of the drawn pictures, pixel by pixel. They need fonts with Latin and Han characters, as drawing does.

use super::*;
use crate::locale::Direction::{LeftToRight, RightToLeft};

fn passage(text: &str, language: &str) -> CardText {
    let direction = if language == "ar" { RightToLeft } else { LeftToRight };
    CardText { text: text.to_owned(), language: language.to_owned(), direction }
}

fn card(text: CardText, translation: Option<CardText>) -> Card {
    Card {
        label: "TL-042".to_owned(),
        beside: "Leadership & Influence".to_owned(),
        category: Some(1),
        below: "T5/L5 · Senior Eng / Technical Lead".to_owned(),
        language: text.language.clone(),
        direction: text.direction,
        text,
        is_title: false,
        second: translation,
        origin: "Technical Leadership Career Ladder".to_owned(),
    }
}

fn drawn(card: &Card) -> Vec<u8> {
    let typeface = Typeface::with(card.characters(), &Fonts::installed());
    assert_eq!(typeface.lacks(card.characters()), [].into(), "install fonts-noto-cjk and fonts-dejavu-core");
    card.draw(&typeface)
}

/// Returns whether anything is drawn at each place.
fn ink(png: &[u8]) -> Vec<Vec<bool>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut indices = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut indices).unwrap();
    assert_eq!((info.width, info.height, info.color_type), (WIDTH, HEIGHT, png::ColorType::Indexed));
    indices.chunks(WIDTH as usize).map(|row| row.iter().map(|&index| index != 0).collect()).collect()
}

fn is_blank(ink: &[Vec<bool>], rows: std::ops::Range<usize>) -> bool {
    ink[rows].iter().all(|row| row.iter().all(|&ink| !ink))
}

/// Draws a card and looks whether all of it stands within the margins and its parts do not touch. The first text stands
/// from `top` on.
fn assert_fits_from(top: usize, card: &Card) -> Vec<Vec<bool>> {
    let ink = ink(&drawn(card));
    let is_blank = |rows| is_blank(&ink, rows);
    // Letters may reach a few pixels beyond the place where they stand.
    let sides = |row: &Vec<bool>| row[..76].iter().chain(&row[1124..]).any(|&ink| ink);
    let text = &card.text.text;
    assert_eq!(ink.iter().position(sides), None, "a line is too long: {text}");
    assert!(is_blank(0..60) && is_blank(600..630), "something stands above or below: {text}");
    assert!(is_blank(top - 16..top), "the text touches what is above it: {text}");
    assert!(is_blank(526..536), "the text touches the foot: {text}");
    assert!(!is_blank(top..514), "there is no text: {text}");
    ink
}

/// The same for a card with two lines above the text.
fn assert_fits(card: &Card) -> Vec<Vec<bool>> {
    assert_fits_from(206, card)
}

const LONG: &str = "Assists PMs and EMs to coordinate the definition of the technical roadmap, especially to balance \
                    business strategy with implementation constraints and balance implementation strategy / \
                    constraints with staffing.";
const HAN: &str = "協助PM與EM協調技術路線圖的擬定，尤其是在商業策略與實作限制之間取得平衡，以及在實作策略／限制與人力配置之間取得平衡。";

#[test]
fn texts_of_every_length_stand_within_the_margins() {
    for times in [1, 2, 3, 5, 8, 40] {
        assert_fits(&card(passage(&LONG.repeat(times), "en"), Some(passage(&HAN.repeat(times), "zh-Hant"))));
        assert_fits(&card(passage(&HAN.repeat(times), "zh-Hant"), Some(passage(&LONG.repeat(times), "en"))));
    }
    assert_fits(&card(passage("Mentors.", "en"), None));
    assert_fits(&card(passage("當責", "zh-Hant"), Some(passage("Is accountable", "en"))));
}

#[test]
fn titles_stand_within_the_margins_whatever_is_above_them() {
    for (beside, top) in [("", 84), ("5 levels, 102 criteria", 154)] {
        let titled = |title: &str, language: &str, second: Option<CardText>| Card {
            label: String::new(),
            beside: beside.to_owned(),
            category: None,
            below: String::new(),
            is_title: true,
            ..card(passage(title, language), second)
        };
        for times in [1, 2, 3, 8, 40] {
            assert_fits_from(top, &titled(&LONG.repeat(times), "en", Some(passage(LONG, "en"))));
            assert_fits_from(top, &titled(&HAN.repeat(times), "zh-Hant", Some(passage(HAN, "zh-Hant"))));
        }
        // A short one stands about in the middle, and not at the top with a hole below it.
        let ink = assert_fits_from(top, &titled("Guide", "en", None));
        let inked: Vec<_> = (top..514).filter(|&row| !is_blank(&ink, row..row + 1)).collect();
        let (above, below) = (inked[0] - top, 514 - inked[inked.len() - 1]);
        assert!(above.abs_diff(below) < 80, "{above} above and {below} below");
    }
}

#[test]
fn words_without_end_stand_within_the_margins_wherever_they_are() {
    let endless = "Wörterbuch".repeat(40);
    let mut card = card(passage(&endless, "de"), Some(passage(&"W".repeat(300), "de")));
    assert_fits(&card);
    for part in [&mut card.label, &mut card.beside, &mut card.below, &mut card.origin] {
        *part = endless.clone();
        part.truncate(300);
    }
    assert_fits(&card);
}

#[test]
fn a_right_to_left_text_stands_at_the_right() {
    let arabic = "يوجّه مهندسين آخرين ويراجع تصاميم الفريق (RFC) كلها. ";
    for times in [1, 3, 12] {
        assert_fits(&card(passage(arabic.repeat(times).trim_end(), "ar"), Some(passage("Mentors.", "en"))));
    }
    let ink = assert_fits(&card(passage("يوجّه", "ar"), None));
    let first = ink[210..500].iter().filter_map(|row| row.iter().position(|&ink| ink)).min();
    assert!(first > Some(WIDTH as usize / 2), "{first:?}");
}

#[test]
fn a_translation_is_drawn_where_there_is_room_for_it() {
    let with = |text: &str, translation: Option<&str>| {
        drawn(&card(passage(text, "en"), translation.map(|text| passage(text, "zh-Hant"))))
    };
    assert_ne!(with("Mentors.", Some("指導。")), with("Mentors.", None));
    assert_eq!(with(&LONG.repeat(4), Some("指導。")), with(&LONG.repeat(4), None));
}

#[test]
fn the_same_card_gives_the_same_bytes_whatever_else_the_fonts_were_read_for() {
    let card = card(passage("Mentors.", "en"), None);
    let more = Typeface::with(card.characters().chain("指導يوجّه".chars()), &Fonts::installed());
    assert_eq!(drawn(&card), card.draw(&more));
}

#[test]
fn the_path_changes_with_whatever_is_drawn_and_with_the_fonts() {
    let one = card(passage("Mentors.", "en"), None);
    let (none, installed) = (Fonts::default(), Fonts::installed());
    let path = one.path("tl-042", &none);
    let name = path.as_str().strip_prefix("og/tl-042-").and_then(|rest| rest.strip_suffix(".png")).unwrap();
    assert!(name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}");
    assert_ne!(path, one.path("tl-042", &installed));
    let changed = [
        Card { label: "TL-043".to_owned(), ..one.clone() },
        Card { category: Some(2), ..one.clone() },
        Card { text: passage("Mentors.", "fr"), ..one.clone() },
        Card { second: Some(passage("指導。", "zh-Hant")), ..one.clone() },
    ];
    assert!(changed.iter().all(|card| card.path("tl-042", &none) != path));
}

#[test]
fn characters_that_no_font_has_are_known() {
    let lacks = |fonts, text: &str| Typeface::with(text.chars(), &fonts).lacks(text.chars());
    assert_eq!(lacks(Fonts::default(), "a b"), ['a', 'b', ' '].into());
    assert_eq!(lacks(Fonts::installed(), "Mentors 指導\u{200B}\u{E000}"), ['\u{E000}'].into());
}
