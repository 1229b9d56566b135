//! Every sheet for display: what its readers know from Excel, from files of every kind and from broken ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use plancheck::display::{Borders, Colour, DisplayCell, Holds, Horizontal, Style, Vertical};
use plancheck::workbook::facts::TabState;
use plancheck::{Display, Input, Options, display};
use plancheck_api::sheets;
use plancheck_tests::book::{Area, At, Book, Content, Format, Look, Sheet, Value, at};
use plancheck_tests::write::{member, ods, replace_member, xlsb, xlsx};
use plancheck_tests::{big, plans, sample, sample_capacity};

use crate::support::shared;

const STYLES: &str = "xl/styles.xml";
const FIRST_SHEET: &str = "xl/worksheets/sheet1.xml";

fn shown(bytes: &[u8]) -> Display {
    display(&Input { name: "plan.xlsx", bytes }, &Options::default()).unwrap()
}

/// The place of a sheet.
fn sheet(display: &Display, name: &str) -> usize {
    display.sheets.iter().position(|it| it.name == name).unwrap_or_else(|| panic!("no sheet “{name}”"))
}

/// A cell of a sheet by its address.
fn cell(display: &Display, sheet: usize, address: &str) -> DisplayCell {
    let place = at(address);
    let cells = display.cells(sheet, place.row..place.row + 1);
    cells.into_iter().find(|it| it.col == place.col).unwrap_or_else(|| panic!("{address} is not given"))
}

fn text(display: &Display, sheet: usize, address: &str) -> String {
    cell(display, sheet, address).text
}

fn style(display: &Display, sheet: usize, address: &str) -> Style {
    let place = cell(display, sheet, address).style;
    display.sheets[sheet].styles[usize::try_from(place).unwrap()].clone()
}

/// A small workbook with a cell of every kind.
fn small() -> Book {
    let mut money = Sheet::new("Money");
    let number = |it: &str| Content::Typed(Value::read(it));
    money.put(at("A1"), number("Plan"), Format::General, Look::Title);
    money.put(at("A3"), number("Scheme"), Format::General, Look::Heading);
    money.put(at("B3"), number("Expenditure"), Format::General, Look::Heading);
    money.put(at("A4"), number("Nursing"), Format::General, Look::Input);
    money.put(at("B4"), number("200000"), Format::Pounds, Look::Input);
    money.put(at("B5"), Content::Blank, Format::Pounds, Look::Input);
    money.put(at("C4"), number("0.91"), Format::Percent, Look::Prefilled);
    money.put(at("D4"), Content::Typed(Value::Date(44_835)), Format::Month, Look::Plain);
    money.put(at("E4"), Content::Typed(Value::Date(44_902)), Format::Date, Look::Plain);
    money.put(at("F4"), number("0.285"), Format::WholePercent, Look::Plain);
    money.put(at("A6"), number("TRUE"), Format::General, Look::Plain);
    money.put(at("B6"), number("#REF!"), Format::General, Look::Plain);
    money.put(at("C6"), number("1234.5"), Format::Count, Look::Plain);
    money.formula(at("D6"), "SUM(B4:B5)", Value::read("200000"), Format::Pounds);
    money.set(at("E6"), Content::Formula { text: "NOW()".to_owned(), shows: None });
    money.put(at("F6"), number("-1234567"), Format::Pounds, Look::Plain);
    money.merges.push(Area { from: at("A1"), to: at("C1") });
    money.widths.extend([(0, 30), (1, 12)]);
    money.hidden_cols.insert(5);
    money.hidden_rows.insert(2);
    money.notes.insert(at("B4"), "Ask finance".to_owned());
    money.notes.insert(at("G9"), "A note on its own".to_owned());
    let mut lists = Sheet::new("Lists");
    lists.text(at("A1"), "Yes", Look::Plain);
    lists.hidden = true;
    let mut secret = Sheet::new("Secret");
    secret.text(at("A1"), "No", Look::Plain);
    secret.very_hidden = true;
    Book { sheets: vec![money, lists, secret], ..Book::default() }
}

#[test]
fn texts_are_shown_through_their_number_formats() {
    let display = shown(&xlsx(&small()));
    for (address, says) in [
        ("A1", "Plan"),
        ("B4", "£200,000"),
        ("C4", "91.0%"),
        ("D4", "Oct-22"),
        ("E4", "Wed 07/12/2022"),
        ("F4", "29%"),
        ("A6", "TRUE"),
        ("B6", "#REF!"),
        ("C6", "1,235"),
        ("D6", "£200,000"),
        ("E6", ""),
        ("F6", "-£1,234,567"),
    ] {
        assert_eq!(text(&display, 0, address), says, "{address}");
    }
    assert_eq!(display.plain, None);
}

#[test]
fn what_a_cell_holds_is_told() {
    let display = shown(&xlsx(&small()));
    let holds = |address| (cell(&display, 0, address).holds, cell(&display, 0, address).formula);
    assert_eq!(holds("A1"), (Holds::Text, false));
    assert_eq!(holds("B4"), (Holds::Number, false));
    assert_eq!(holds("D4"), (Holds::Number, false));
    assert_eq!(holds("A6"), (Holds::Logical, false));
    assert_eq!(holds("B6"), (Holds::Error, false));
    assert_eq!(holds("D6"), (Holds::Number, true));
    assert_eq!(holds("E6"), (Holds::Nothing, true));
    assert_eq!(holds("B5"), (Holds::Nothing, false));
    assert_eq!(cell(&display, 0, "B4").note.as_deref(), Some("Ask finance"));
    assert_eq!(cell(&display, 0, "G9").note.as_deref(), Some("A note on its own"));
}

#[test]
fn a_sheet_looks_as_its_readers_know_it() {
    let display = shown(&xlsx(&small()));
    let money = &display.sheets[0];
    let all = Borders { left: true, right: true, top: true, bottom: true };
    let input = style(&display, 0, "B4");
    assert_eq!(input.fill.map(|it| it.to_string()).as_deref(), Some("#FFFFCC"));
    assert_eq!((input.borders, input.wrap, input.vertical), (all, true, Vertical::Top));
    assert_eq!(style(&display, 0, "B5"), input, "a blank cell is filled as others are");
    let title = style(&display, 0, "A1");
    assert_eq!(
        (title.bold, title.size, title.fill, title.borders),
        (true, Some(160), None, Borders::default())
    );
    let heading = style(&display, 0, "A3");
    assert_eq!((heading.bold, heading.size, heading.fill.is_some()), (true, None, true));
    assert_eq!(heading.horizontal, Horizontal::General);
    let widths: Vec<_> = money.columns.iter().map(|it| (it.first, it.last, it.size)).collect();
    assert_eq!(widths, [(0, 0, Some(210)), (1, 1, Some(84)), (5, 5, Some(63))]);
    assert_eq!((money.col_width, money.row_height, money.grid), (64, 20, false));
    assert_eq!((&money.hidden_cols, &money.hidden_rows), (&vec![(5, 5)], &vec![(2, 2)]));
    assert_eq!(money.merges.iter().map(ToString::to_string).collect::<Vec<_>>(), ["A1:C1"]);
    assert_eq!((money.rows, money.cols), (9, 7));
    let states: Vec<TabState> = display.sheets.iter().map(|it| it.state).collect();
    assert_eq!(states, [TabState::Visible, TabState::Hidden, TabState::VeryHidden]);
}

/// The first sheet with other XML in place of some of its own.
fn with_sheet(book: &Book, old: &str, new: &str) -> Vec<u8> {
    let bytes = xlsx(book);
    let xml = member(&bytes, FIRST_SHEET);
    assert!(xml.contains(old), "{old}");
    replace_member(&bytes, FIRST_SHEET, xml.replacen(old, new, 1))
}

#[test]
fn panes_grid_heights_and_styles_of_rows_and_columns() {
    let view = "<sheetView showGridLines=\"0\" workbookViewId=\"0\"/></sheetViews>";
    let panes = "<sheetView workbookViewId=\"0\" topLeftCell=\"B2\"><pane xSplit=\"1\" ySplit=\"3\" \
                 topLeftCell=\"C5\" state=\"frozen\"/></sheetView></sheetViews>\
                 <sheetFormatPr defaultColWidth=\"20.7109375\" defaultRowHeight=\"12.75\"/>";
    let display = shown(&with_sheet(&small(), view, panes));
    let money = &display.sheets[0];
    assert_eq!((money.frozen_rows, money.frozen_cols), (4, 2));
    assert_eq!((money.grid, money.col_width, money.row_height), (true, 145, 17));
    // A split that is not frozen is none.
    let split = panes.replace("state=\"frozen\"", "state=\"split\"");
    let display = shown(&with_sheet(&small(), view, &split));
    assert_eq!((display.sheets[0].frozen_rows, display.sheets[0].frozen_cols), (0, 0));
    // The fourth row in the style of inputs, and so a cell that only a note is at.
    let bytes = with_sheet(&small(), "<row r=\"6\">", "<row r=\"6\" s=\"33\" customFormat=\"1\" ht=\"30\">");
    let display = shown(&bytes);
    let money = &display.sheets[0];
    let row = money.bands.iter().find(|it| it.first == 5).unwrap();
    assert_eq!((row.last, row.size), (5, Some(40)));
    let look = &money.styles[usize::try_from(row.style.unwrap()).unwrap()];
    assert_eq!(look.fill.map(|it| it.to_string()).as_deref(), Some("#FFFFCC"));
}

#[test]
fn dates_that_count_from_1904_are_the_same_days() {
    let mut book = small();
    book.dates_from_1904 = true;
    let display = shown(&xlsx(&book));
    assert_eq!(
        (text(&display, 0, "D4"), text(&display, 0, "E4")),
        ("Oct-22".into(), "Wed 07/12/2022".into())
    );
}

/// A number format that gives a colour, one that hides, one that no program should rely on, and one of
/// negative time.
#[test]
fn formats_beyond_those_of_the_template() {
    let bytes = xlsx(&small());
    let with = |code: &str| {
        let styles = member(&bytes, STYLES).replace("&quot;£&quot;#,##0", code);
        shown(&replace_member(&bytes, STYLES, styles))
    };
    let red = with("#,##0;[Red]-#,##0");
    assert_eq!((text(&red, 0, "B4"), text(&red, 0, "F6")), ("200,000".into(), "-1,234,567".into()));
    let colour = |address| style(&red, 0, address).colour;
    assert_eq!((colour("B4"), colour("F6").map(|it| it.to_string()).as_deref()), (None, Some("#FF0000")));
    let hidden = with(";;;");
    assert_eq!((text(&hidden, 0, "B4"), text(&hidden, 0, "F6")), (String::new(), String::new()));
    let unknown = with("bbbb");
    assert_eq!((text(&unknown, 0, "B4"), text(&unknown, 0, "F6")), ("200000".into(), "-1234567".into()));
    assert!(unknown.plain.unwrap().contains("number formats such as “bbbb”"));
    let dated = with("dd/mm/yyyy");
    assert_eq!((text(&dated, 0, "B4"), text(&dated, 0, "F6")), ("30/07/2447".into(), "-1234567".into()));
}

#[test]
fn numbers_beyond_all_figures_are_numbers_all_the_same() {
    let display = shown(&with_sheet(&small(), "<v>1234.5</v>", "<v>12345678901234567</v>"));
    let large = cell(&display, 0, "C6");
    assert_eq!((large.text.as_str(), large.holds), ("12,345,678,901,234,600", Holds::Number));
}

#[test]
fn colours_of_the_theme_are_looked_up() {
    let bytes = xlsx(&small());
    let styles =
        member(&bytes, STYLES).replace("rgb=\"FFFFFFCC\"", "theme=\"4\" tint=\"0.59999389629810485\"");
    let themed = replace_member(&bytes, STYLES, styles);
    let fill = |bytes: &[u8]| style(&shown(bytes), 0, "B4").fill.map(|it| it.to_string()).unwrap();
    assert_eq!(fill(&themed), "#B9CDE5", "without a theme they are Excel's first");
    let theme = |xml: &str| {
        let relations = member(&themed, "xl/_rels/workbook.xml.rels").replace(
            "</Relationships>",
            "<Relationship Id=\"rIdTheme\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/theme\" \
             Target=\"theme/theme1.xml\"/></Relationships>",
        );
        let mut zip = plancheck_tests::write::Zipped::default();
        for name in plancheck_tests::write::names(&themed) {
            zip.add(
                &name,
                if name.ends_with("workbook.xml.rels") { relations.clone() } else { member(&themed, &name) },
            );
        }
        zip.add("xl/theme/theme1.xml", xml);
        zip.bytes()
    };
    let own = "<a:theme xmlns:a=\"a\"><a:themeElements><a:clrScheme name=\"NHS\"><a:accent1><a:srgbClr val=\"005EB8\"/>\
               </a:accent1></a:clrScheme></a:themeElements></a:theme>";
    assert_eq!(fill(&theme(own)), "#7DBFFF");
    let broken = shown(&theme("<a:theme><a:themeElements>"));
    assert_eq!(text(&broken, 0, "B4"), "£200,000");
    let plain = broken.plain.unwrap();
    assert!(plain.contains("theme") && plain.ends_with('.'), "{plain}");
}

/// A part of looks that is broken costs the looks and no value.
#[test]
fn broken_looks_cost_no_value() {
    let mut book = small();
    book.wound("spoil xl/styles.xml");
    let display = shown(&xlsx(&book));
    assert_eq!((text(&display, 0, "B4"), text(&display, 0, "A1")), ("200000".into(), "Plan".into()));
    assert_eq!(text(&display, 0, "C4"), "0.91");
    assert_eq!(style(&display, 0, "B4"), Style::default());
    assert_eq!(display.sheets[0].columns[0].size, Some(210), "widths stand in another part");
    let plain = display.plain.unwrap();
    assert!(plain.contains("colours, borders and number formats") && plain.ends_with('.'), "{plain}");
    let mut book = small();
    book.wound("spoil xl/worksheets/sheet1.xml");
    let display = shown(&xlsx(&book));
    assert_eq!(text(&display, 0, "A1"), "Plan");
    assert_eq!(text(&display, 1, "A1"), "Yes");
    assert!(display.plain.unwrap().contains("“Money”"));
}

/// Counts that are lies, styles that are not there, and references that lead in circles.
#[test]
fn hostile_styles_cost_little() {
    let bytes = xlsx(&small());
    let styles = "<styleSheet><numFmts count=\"4294967295\"><numFmt numFmtId=\"4294967295\" formatCode=\"\"/></numFmts>\
                  <fonts count=\"4294967295\"/><fills count=\"-1\"><fill/></fills><borders/>\
                  <cellXfs count=\"4294967295\"><xf numFmtId=\"4294967295\" fontId=\"4294967295\" fillId=\"99\" borderId=\"7\"/>\
                  </cellXfs></styleSheet>";
    let display = shown(&replace_member(&bytes, STYLES, styles));
    assert_eq!(text(&display, 0, "B4"), "200000");
    assert!(display.sheets.iter().flat_map(|it| &it.styles).all(|it| *it == Style::default()));
    let many = format!(
        "<styleSheet><fonts>{}</fonts><cellXfs>{}</cellXfs></styleSheet>",
        "<font><b/></font>".repeat(45_000),
        "<xf fontId=\"1\"/>".repeat(45_000)
    );
    let display = shown(&replace_member(&bytes, STYLES, many));
    assert!(style(&display, 0, "B4").bold);
    let far = shown(&with_sheet(&small(), "<c r=\"B4\" s=\"", "<c r=\"B4\" s=\"99999999999"));
    assert_eq!(text(&far, 0, "B4"), "200000");
}

/// Where a sheet hides every row of which it says nothing.
#[test]
fn rows_that_nothing_is_said_of_can_be_hidden() {
    let view = "</sheetViews>";
    let hides = "</sheetViews><sheetFormatPr defaultRowHeight=\"15\" zeroHeight=\"1\"/>";
    let display = shown(&with_sheet(&small(), view, hides));
    // The third row says so itself.
    assert_eq!(display.sheets[0].hidden_rows, [(1, 1), (2, 2), (6, 8)]);
    assert_eq!(shown(&xlsx(&small())).sheets[0].hidden_rows, [(2, 2)]);
}

/// Rows of ever different heights on many sheets: what travels of them at once is bounded.
#[test]
fn heights_of_all_sheets_together_are_bounded() {
    let rows: String =
        (10..=40_000).map(|row| format!("<row r=\"{row}\" ht=\"{}\"/>", 15 + row % 2)).collect();
    let last = "<row r=\"40001\"><c r=\"A40001\"><v>1</v></c></row></sheetData>";
    let mut book = small();
    let money = book.sheets[0].clone();
    for name in ["a", "b", "c", "d", "e"] {
        book.sheets.push(Sheet { name: name.to_owned(), ..money.clone() });
    }
    let mut bytes = xlsx(&book);
    for nth in 0..book.sheets.len() {
        let part = format!("xl/worksheets/sheet{}.xml", nth + 1);
        let xml = member(&bytes, &part).replacen("</sheetData>", &format!("{rows}{last}"), 1);
        bytes = replace_member(&bytes, &part, xml);
    }
    let display = shown(&bytes);
    let bands: usize = display.sheets.iter().map(|it| it.bands.len()).sum();
    assert!((80_000..=100_000).contains(&bands), "{bands} runs of rows");
    assert_eq!(display.sheets.last().unwrap().rows, 40_001);
}

/// Rows that are only formatted, down to the last one: they are not in use.
#[test]
fn ghosts_do_not_count() {
    let mut ghosts = String::new();
    for row in (7..=1_048_576).filter(|it| *it < 1_000 || it % 32 == 0) {
        let height = 15 + row % 2;
        write!(
            ghosts,
            "<row r=\"{row}\" s=\"33\" customFormat=\"1\" ht=\"{height}\"><c r=\"A{row}\" s=\"33\"/></row>"
        )
        .unwrap();
    }
    let mut book = small();
    book.sheets[0].merges.push(Area { from: at("A20"), to: at("XFD1048576") });
    let bytes = with_sheet(&book, "</sheetData>", &format!("{ghosts}</sheetData>"));
    let display = shown(&bytes);
    let money = &display.sheets[0];
    assert_eq!((money.rows, money.cols), (509, 33), "what is near is in use, what is far is not");
    assert!(money.bands.len() <= 509);
    assert!(display.cells(0, 0..u32::MAX).iter().all(|it| it.row < 509));
    assert_eq!(text(&display, 0, "B4"), "£200,000");
}

#[test]
fn a_cell_in_the_last_corner_is_one_cell() {
    let mut book = small();
    book.wound("Money: XFD1048576 = stray");
    let display = shown(&xlsx(&book));
    assert_eq!((display.sheets[0].rows, display.sheets[0].cols), (1_048_576, 16_384));
    assert_eq!(display.cells(0, 100..u32::MAX).len(), 1);
    assert_eq!(text(&display, 0, "XFD1048576"), "stray");
}

#[test]
fn rows_are_given_as_they_are_asked_for() {
    let display = shown(&big(60));
    let idx = sheet(&display, "5a. Expenditure");
    let all = display.cells(idx, 0..u32::MAX);
    assert!(all.is_sorted_by_key(|it| (it.row, it.col)));
    let middle: Vec<DisplayCell> = all.iter().filter(|it| (50..60).contains(&it.row)).cloned().collect();
    assert!(middle.len() > 50);
    assert_eq!(display.cells(idx, 50..60), middle);
    assert_eq!(display.cells(idx, std::ops::Range { start: 60, end: 50 }), []);
    assert_eq!(display.cells(99, 0..10), []);
}

/// Other kinds of file: values in a general format, and a sentence that says so.
#[test]
fn other_kinds_of_file_show_their_values() {
    for (kind, bytes) in [("ods", ods(&small())), ("xlsb", xlsb(&small()))] {
        let display = shown(&bytes);
        assert!(display.plain.as_deref().is_some_and(|it| it.contains("are not shown")), "{kind}");
        for (address, says) in [
            ("A1", "Plan"),
            ("B4", "200000"),
            ("C4", "0.91"),
            ("D4", "1 Oct 2022"),
            ("E4", "7 Dec 2022"),
            ("A6", "TRUE"),
            ("D6", "200000"),
        ] {
            assert_eq!(text(&display, 0, address), says, "{kind} {address}");
        }
        assert_eq!(display.sheets[1].state, TabState::Hidden, "{kind}");
        assert_eq!(display.sheets[0].hidden_rows, [(2, 2)], "{kind}");
        assert!(cell(&display, 0, "D6").formula, "{kind}");
    }
}

#[test]
fn a_file_that_cannot_be_opened_is_refused_as_ever() {
    let refused = display(&Input { name: "plan.xlsx", bytes: b"Dear colleague" }, &Options::default());
    assert!(refused.unwrap_err().message.contains("not a workbook"));
}

/// What Google Sheets and others make of a workbook looks the same.
#[test]
fn other_programs_files_look_the_same() {
    let usual = shown(&sample());
    for (program, bytes) in [
        ("Google Sheets", plancheck_tests::dialect::google_sheets(&sample())),
        ("Excel for the web", plancheck_tests::dialect::excel_for_the_web(&sample())),
    ] {
        let display = shown(&bytes);
        for (idx, (one, other)) in usual.sheets.iter().zip(&display.sheets).enumerate() {
            assert_eq!((one.rows, one.cols), (other.rows, other.cols), "{program} {}", one.name);
            assert_eq!(usual.cells(idx, 0..u32::MAX), display.cells(idx, 0..u32::MAX), "{program}");
        }
    }
}

#[test]
fn the_templates_show_money_months_and_shares() {
    let display = shown(&sample());
    let texts: Vec<String> =
        (0..display.sheets.len()).flat_map(|idx| display.cells(idx, 0..u32::MAX)).map(|it| it.text).collect();
    assert!(texts.iter().any(|it| it.starts_with('£') && it.contains(',')));
    assert!(texts.iter().any(|it| it.ends_with('%')));
    let display = shown(&sample_capacity());
    let idx = sheet(&display, "3.1 Demand - Hospital Discharge");
    assert!(display.cells(idx, 0..u32::MAX).iter().any(|it| it.text == "Oct-22"));
}

/// What travels says the same as what the core says, and comes back as it went.
#[test]
fn sheets_travel() {
    let display = shown(&xlsx(&small()));
    let all = sheets::sheets(&display);
    let back: sheets::Sheets = serde_json::from_str(&serde_json::to_string(&all).unwrap()).unwrap();
    assert_eq!(back, all);
    let head = serde_json::to_value(&all.sheets[0]).unwrap();
    assert_eq!(head["merges"], serde_json::json!([{"row": 0, "col": 0, "rows": 1, "cols": 3}]));
    assert_eq!(head["hiddenCols"], serde_json::json!([[5, 5]]));
    assert_eq!(serde_json::to_value(all.sheets[2].state).unwrap(), "very-hidden");
    let rows = sheets::rows(&display, 0, 3..1_000_000);
    assert_eq!((rows.first, rows.rows.len()), (3, 6));
    let back: sheets::SheetRows = serde_json::from_str(&serde_json::to_string(&rows).unwrap()).unwrap();
    assert_eq!(back, rows);
    let money = serde_json::to_value(&rows.rows[0][1]).unwrap();
    assert_eq!(
        (&money["col"], &money["text"], &money["holds"], &money["note"], money.get("formula")),
        (&1.into(), &"£200,000".into(), &"number".into(), &"Ask finance".into(), None)
    );
    let style = &all.sheets[0].styles[usize::try_from(rows.rows[0][1].style).unwrap()];
    assert_eq!((style.fill.as_deref(), style.borders.as_str()), (Some("#FFFFCC"), "ltrb"));
    assert_eq!(sheets::rows(&display, 0, 500..600).rows.len(), 0);
    assert_eq!(sheets::rows(&display, 99, 0..10), sheets::SheetRows { first: 0, rows: Vec::new() });
}

/// The published workbooks, where they are at hand.
#[test]
fn the_published_workbooks_look_as_they_do_in_excel() {
    let Some(bytes) = shared("fixtures/sefton-2022-23-planning.xlsx") else { return };
    let planning = shown(&bytes);
    assert_eq!(planning.plain, None);
    assert_eq!(planning.sheets[8].state, TabState::Hidden);
    let expenditure = &planning.sheets[sheet(&planning, "5a. Expenditure")];
    assert_eq!((expenditure.frozen_rows, expenditure.frozen_cols), (48, 3));
    let capacity = shown(&shared("fixtures/sefton-2022-23-capacity-demand.xlsx").unwrap());
    assert_eq!(capacity.plain, None);
    let mut fills: BTreeMap<Colour, usize> = BTreeMap::new();
    for display in [&planning, &capacity] {
        for (idx, sheet) in display.sheets.iter().enumerate() {
            for it in display.cells(idx, 0..u32::MAX) {
                let style = &sheet.styles[usize::try_from(it.style).unwrap()];
                *fills.entry(style.fill.unwrap_or(Colour::WHITE)).or_default() += 1;
            }
        }
    }
    let yellow = fills.iter().find(|it| it.0.to_string() == "#FFFFCC").unwrap();
    assert!(*yellow.1 > 100, "{fills:?}");
}

#[test]
fn every_plan_of_the_tests_can_be_shown() {
    let book = plancheck_tests::layout::planning_2022_23::lay_out(&plans::exampleshire());
    let display = shown(&xlsx(&book));
    for (idx, (own, it)) in book.sheets.iter().zip(&display.sheets).enumerate() {
        let cells = display.cells(idx, 0..u32::MAX);
        let filled = |at: &At| own.content(*at) != &Content::Blank;
        let count = own.cells.keys().filter(|it| filled(it)).count();
        assert_eq!(cells.iter().filter(|it| !it.text.is_empty() || it.formula).count(), count, "{}", it.name);
    }
}
