//! Look-up sheets of plain figures are left unread by a check. Whatever stands on them, the report is the one that
//! reading them would give.

use plancheck::Options;
use plancheck_api::engine;
use plancheck_tests::book::{At, Book, Content, Format, Look, Sheet, Value};
use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::{measured, plans, write};

use crate::support::{check, fired};

/// The report on a file, without what only says which bytes it has.
fn report(bytes: &[u8]) -> String {
    let files = [("plan.xlsx".to_owned(), bytes.to_vec())];
    let mut report = engine::check(&files, &Options::default(), &mut |_| {});
    report.documents[0].sha256.clear();
    report.documents[0].bytes = 0;
    report.to_json().unwrap()
}

/// The same file with a remark before the rows of every sheet, by which none is one of plain figures.
fn to_be_read(bytes: &[u8]) -> Vec<u8> {
    let is_sheet = |it: &String| it.starts_with("xl/worksheets/sheet");
    let mut bytes = bytes.to_vec();
    for name in write::names(&bytes).into_iter().filter(is_sheet) {
        let part = write::member(&bytes, &name);
        assert!(part.contains("<sheetData>"), "{name}");
        bytes = write::replace_member(&bytes, &name, part.replace("<sheetData>", "<!-- --><sheetData>"));
    }
    bytes
}

fn same(what: &str, bytes: &[u8]) -> String {
    let quick = report(bytes);
    assert!(quick == report(&to_be_read(bytes)), "{what}: another report where every sheet is read");
    quick
}

/// The published plan with a hidden sheet of a heading and a thousand figures.
fn with_look_up(change: impl FnOnce(&mut Sheet)) -> Book {
    let mut book = lay_out(&plans::sefton());
    let mut sheet = Sheet::new("Look-up");
    sheet.hidden = true;
    sheet.text(At { row: 0, col: 0 }, "Area", Look::Plain);
    for row in 1..101 {
        sheet.text(At { row, col: 0 }, format!("Area {row}"), Look::Plain);
        for col in 1..11 {
            put(&mut sheet, row, col, &format!("{row}{col}.5"));
        }
    }
    change(&mut sheet);
    book.sheets.push(sheet);
    book
}

fn put(sheet: &mut Sheet, row: u32, col: u32, figure: &str) {
    let figure = Content::Typed(Value::Number(figure.parse().unwrap()));
    sheet.put(At { row, col }, figure, Format::General, Look::Plain);
}

#[test]
fn plans_with_and_without_look_ups() {
    same("template-sized", &measured::template_sized());
    same("one look-up", &write::xlsx(&with_look_up(|_| {})));
    same("published", &write::xlsx(&lay_out(&plans::sefton())));
    same("blank", &write::xlsx(&lay_out(&plans::blank())));
    let mut figures = with_look_up(|_| {});
    figures.sheets.drain(..figures.sheets.len() - 1);
    assert!(same("nothing but figures", &write::xlsx(&figures)).contains("\"kind\": \"unknown\""));
}

/// What is done to a look-up sheet, and the name of it.
type Change = (&'static str, fn(&mut Sheet));

/// What WB10 finds on any sheet, it finds there too.
#[test]
fn personal_data_among_figures() {
    let changes: [Change; 6] = [
        ("a number", |it| put(it, 50, 5, "9434765919")),
        ("a text", |it| it.text(At { row: 50, col: 5 }, "NHS number 943 476 5919", Look::Plain)),
        ("a text of digits", |it| it.text(At { row: 50, col: 5 }, "9434765919", Look::Plain)),
        ("days under a heading", |it| {
            it.text(At { row: 0, col: 5 }, "Date of birth", Look::Plain);
            (1..101).for_each(|row| put(it, row, 5, "15000"));
        }),
        ("names under a heading", |it| it.text(At { row: 0, col: 0 }, "Patient name", Look::Plain)),
        ("mistyped numbers under a heading", |it| {
            it.text(At { row: 0, col: 5 }, "NHS Number:", Look::Plain);
            put(it, 1, 5, "9434765918");
        }),
    ];
    let clean = report(&write::xlsx(&with_look_up(|_| {})));
    for (what, change) in changes {
        let found = same(what, &write::xlsx(&with_look_up(change)));
        assert!(found != clean && found.contains("on Look-up"), "{what}: nothing was found");
    }
}

/// A sheet that is a part of the plan by its name or by what stands on it is read, however plain it is; and so is one
/// whose cells a drop-down offers.
#[test]
fn what_matters_among_figures() {
    let named = |name: &'static str| with_look_up(move |it| it.name = name.to_owned());
    for name in ["5a. Expenditure", "Expenditure", "4. income", "plancheck results"] {
        same(name, &write::xlsx(&named(name)));
    }
    let title = "Better Care Fund 2023-24 Template";
    same("a title", &write::xlsx(&with_look_up(|it| it.text(At { row: 0, col: 1 }, title, Look::Plain))));
    same("a label", &write::xlsx(&with_look_up(|it| it.text(At { row: 0, col: 1 }, "Role", Look::Plain))));
    let mut typed = lay_out(&plans::sefton());
    typed.sheets.iter_mut().for_each(Sheet::type_over);
    same("a plan without formulas", &write::xlsx(&typed));
    // A line has an area of the look-up as its source of funding, which a drop-down offers, or none does.
    let mut book = with_look_up(|_| {});
    book.wound("5a. Expenditure: line 1 under Source of Funding = Area 7");
    let bytes = write::xlsx(&book);
    let part = "xl/worksheets/sheet5.xml";
    let sheet = write::member(&bytes, part);
    let lists = sheet.find("<dataValidation ").unwrap();
    let list = "<dataValidation type=\"list\" sqref=\"A1:Z300\"><formula1>'Look-up'!$A$2:$A$50</formula1></dataValidation>";
    let offered = format!("{}{list}{}", &sheet[..lists], &sheet[lists..]);
    let offered = write::replace_member(&bytes, part, offered);
    same("a list", &offered);
    let accused = |bytes: &[u8]| fired(&check("plan.xlsx", bytes)).contains_key("EX10");
    assert!(accused(&bytes) && !accused(&offered), "the list was not looked at");
}
