//! The criteria as a workbook for spreadsheets: a table, the matrix in each language, and where it comes from.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Url, Workbook, Worksheet, XlsxError};

use super::table::Column;
use super::{Selection, Table, credit::Credit};
use crate::edition::{At, Frozen, FrozenLadder, FrozenLevel};
use crate::handle::LadderIndex;
use crate::model::{EditionPage, Page, Site, level_name};

/// The most letters that a cell holds, in UTF-16.
const MOST_IN_CELL: usize = 32_767;

/// The most letters of the name of a sheet, in UTF-16.
const MOST_IN_NAME: usize = 31;

/// The longest address of a link, in UTF-16.
const LONGEST_LINK: usize = 2_079;

/// The most rows of a sheet.
const MOST_ROWS: usize = 1_048_576;

/// The most links of a sheet.
const MOST_LINKS: usize = 65_530;

/// Returns a workbook of a selection, whose criteria are in the table. The same selection gives the same bytes.
pub(crate) fn workbook(site: &Site, selection: &Selection, table: &Table) -> Vec<u8> {
    written(site, selection, table).expect("cells and sheets keep to the limits of workbooks")
}

fn written(site: &Site, selection: &Selection, table: &Table) -> Result<Vec<u8>, XlsxError> {
    let frozen = site.as_of(selection.edition);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(site, selection, frozen)?);
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    criteria(workbook.add_worksheet(), table, &head, &text)?;
    for tag in &selection.tags {
        matrix(workbook.add_worksheet(), site, selection, tag, &head, &text)?;
    }
    about(workbook.add_worksheet(), site, selection, &head, &text)?;
    workbook.save_to_buffer()
}

/// Who made it, and when. The day is that of the edition, since the clock would make other bytes each time.
fn properties(site: &Site, selection: &Selection, frozen: &Frozen) -> Result<DocProperties, XlsxError> {
    let released = selection.edition.or_else(|| site.history.editions.last_key());
    let date = released.map(|edition| site.history.editions[edition].date);
    let day = |date: jiff::civil::Date| {
        ExcelDateTime::from_ymd(date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs())
    };
    let created = date.and_then(|date| day(date).ok()).map_or_else(|| ExcelDateTime::from_ymd(2000, 1, 1), Ok)?;
    let credit = Credit::of(site, &frozen.provenance);
    let title = frozen.title.get(frozen.source()).map_or("", String::as_str);
    let authors: Vec<_> = frozen.provenance.creators.iter().map(|creator| creator.name.as_str()).collect();
    Ok(DocProperties::new()
        .set_title(title)
        .set_author(authors.join(", "))
        .set_comment(&credit.attribution)
        .set_creation_datetime(&created))
}

/// The width of a column in characters.
fn width(column: &Column) -> f64 {
    match column {
        Column::Id | Column::Edition | Column::Level | Column::Position => 9.0,
        Column::Change | Column::Ladder | Column::Category | Column::Thread | Column::Licence => 16.0,
        Column::LevelTitle(_) | Column::CategoryTitle(_) | Column::ThreadTitle(_) => 24.0,
        Column::Statement(_) | Column::Detail(_) | Column::Attribution => 60.0,
        Column::Url => 40.0,
    }
}

fn criteria(sheet: &mut Worksheet, table: &Table, head: &Format, text: &Format) -> Result<(), XlsxError> {
    sheet.set_name("Criteria")?;
    for (at, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(at, width(column))?;
        sheet.write_string_with_format(0, at, column.name(), head)?;
    }
    let mut links = 0;
    for (row, cells) in (1..).zip(table.rows.iter().take(MOST_ROWS - 1)) {
        for ((at, column), cell) in (0..).zip(&table.columns).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            match (column, cell.parse::<u32>()) {
                (Column::Url, _) if links < MOST_LINKS && is_link(cell) => {
                    links += 1;
                    sheet.write_url_with_format(row, at, Url::new(cell), text)?;
                }
                (Column::Position, Ok(position)) => {
                    sheet.write_number_with_format(row, at, position, text)?;
                }
                _ => {
                    sheet.write_string_with_format(row, at, fitting(cell), text)?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 1)?;
    let last_row = u32::try_from(table.rows.len().min(MOST_ROWS - 1)).unwrap_or_default();
    let last_column = u16::try_from(table.columns.len() - 1).unwrap_or_default();
    sheet.autofilter(0, 0, last_row, last_column)?;
    Ok(())
}

/// Writes each ladder in one language: a row for each category, a column for each level, the lowest first.
fn matrix(
    sheet: &mut Worksheet,
    site: &Site,
    selection: &Selection,
    tag: &str,
    head: &Format,
    text: &Format,
) -> Result<(), XlsxError> {
    let frozen = site.as_of(selection.edition);
    let is_alone = selection.tags.len() == 1;
    let name = if is_alone { "Matrix".to_owned() } else { format!("Matrix {tag}") };
    // Two tags of that length hardly begin alike. If they do, a sheet keeps the name that it has by itself.
    sheet.set_name(name.chars().take(MOST_IN_NAME).collect::<String>())?;
    sheet.set_column_width(0, 24)?;
    let mut row = 0;
    let ladders: Vec<_> = frozen.ladders.iter_enumerated().filter(|(at, _)| selection.has(*at)).collect();
    for (at, ladder) in &ladders {
        let said = |texts| frozen.read(texts, tag).map_or("", |(text, _): (&String, _)| text.as_str());
        sheet.write_string_with_format(row, 0, fitting(said(&ladder.title)), head)?;
        for (column, level) in (1..).zip(&ladder.levels) {
            sheet.set_column_width(column, 60)?;
            let name = level_name(&level.code(), said(&level.title));
            sheet.write_string_with_format(row, column, fitting(&name), head)?;
        }
        for category in &ladder.categories {
            row += 1;
            sheet.write_string_with_format(row, 0, fitting(said(&category.title)), head)?;
            for (column, level) in (1..).zip(&ladder.levels) {
                let cell = asked(frozen, *at, ladder, level, &category.id, tag);
                sheet.write_string_with_format(row, column, fitting(&cell), text)?;
            }
        }
        row += 2;
    }
    // With several ladders each has a head of its own.
    sheet.set_freeze_panes(if ladders.len() == 1 { 1 } else { 0 }, 1)?;
    Ok(())
}

/// Returns what a level asks in a category: a line for each criterion.
fn asked(
    frozen: &Frozen,
    at: LadderIndex,
    ladder: &FrozenLadder,
    level: &FrozenLevel,
    category: &str,
    tag: &str,
) -> String {
    let here = ladder.criteria.keys().map(|criterion| frozen.at(At { ladder: at, criterion }).1);
    let here = here.filter(|criterion| criterion.level == level.id && criterion.category == category);
    let line = |criterion: &crate::edition::FrozenCriterion| {
        let statement = frozen.read(&criterion.statement, tag).map(|(text, _)| text.plain()).unwrap_or_default();
        format!("{} {statement}", criterion.id)
    };
    here.map(line).collect::<Vec<_>>().join("\n")
}

fn about(
    sheet: &mut Worksheet,
    site: &Site,
    selection: &Selection,
    head: &Format,
    text: &Format,
) -> Result<(), XlsxError> {
    let frozen = site.as_of(selection.edition);
    let provenance = &frozen.provenance;
    let credit = Credit::of(site, provenance);
    let page = selection.edition.map_or(Page::Root, |edition| Page::Edition(edition, EditionPage::Whole));
    let edition = selection.edition.map(|edition| &site.history.editions[edition]);
    let lines = [
        ("Title", frozen.title.get(frozen.source()).cloned()),
        ("Address", Some(format!("{}{}", site.config.base_url, page.path(site)))),
        ("Edition", edition.map(|edition| edition.name().to_string())),
        ("Date", edition.map(|edition| edition.date.to_string())),
        ("Source", Some(provenance.title.clone())),
        (
            "Creators",
            Some(provenance.creators.iter().map(|creator| creator.name.as_str()).collect::<Vec<_>>().join(", ")),
        ),
        ("Source address", provenance.uri.clone()),
        ("Licence", Some(credit.licence_cell())),
        ("Licence address", credit.licence_url.clone()),
        ("Notice", Some(format!("{} {}", provenance.copyright_notice, provenance.licence_notice).trim().to_owned())),
        ("Attribution", Some(credit.attribution.clone())),
    ];
    sheet.set_name("About")?;
    sheet.set_column_width(0, 18)?;
    sheet.set_column_width(1, 90)?;
    let told = lines.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)));
    for (row, (name, value)) in (0..).zip(told) {
        sheet.write_string_with_format(row, 0, name, head)?;
        if name.to_lowercase().ends_with("address") && is_link(&value) {
            sheet.write_url_with_format(row, 1, Url::new(value), text)?;
        } else {
            sheet.write_string_with_format(row, 1, fitting(&value), text)?;
        }
    }
    Ok(())
}

/// Returns whether an address may be a link. Spreadsheets refuse others.
fn is_link(address: &str) -> bool {
    let is_web = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    is_web && address.encode_utf16().count() <= LONGEST_LINK
}

/// Returns as much of a text as a cell holds. The file in JSON and that in CSV have all of it.
fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= MOST_IN_CELL {
        return text.to_owned();
    }
    let mut room = MOST_IN_CELL - 1;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(room);
        left.is_some()
    };
    text.chars().take_while(fits).chain(['…']).collect()
}
