//! Files of Excel 97 to 2003 and of the binary form of today's, made to exhaust a reader: each is refused in
//! plain words or opened at no cost, and what programs write is read as before.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use plancheck::Options;
use plancheck::open::{OpenErrorCode, open};
use plancheck::workbook::{Value, Workbook};
use plancheck_tests::hostile::legacy::{specimens, xls, xlsb};

const DAMAGED: Option<(OpenErrorCode, &str)> = Some((OpenErrorCode::Damaged, "cannot be read"));
const IN_ONE_PLACE: Option<(OpenErrorCode, &str)> = Some((OpenErrorCode::Damaged, "stored in one place"));

fn large(words: &str) -> Option<(OpenErrorCode, &str)> {
    Some((OpenErrorCode::TooLarge, words))
}

fn opened(bytes: &[u8]) -> Result<Workbook, (OpenErrorCode, String)> {
    open(bytes, &Options::default().limits, &mut |_, _| {}).map_err(|it| (it.code, it.message))
}

#[test]
fn every_specimen_ends_as_it_should() {
    let expected = BTreeMap::from([
        ("honest.xls", None),
        ("sector-named-twice.xls", DAMAGED),
        ("chain-without-end.xls", DAMAGED),
        ("two-streams.xls", None),
        ("dimensions-of-everything.xls", None),
        ("cell-before-the-beginning.xls", large("filled cells")),
        ("several-numbers-wide.xls", large("filled cells")),
        ("several-numbers-short.xls", DAMAGED),
        ("tabs.xls", None),
        ("tabs-without-end.xls", large("251 sheets")),
        ("tabs-in-one-place.xls", IN_ONE_PLACE),
        ("sheets-over-each-other.xls", IN_ONE_PLACE),
        ("name-of-tab-cut.xls", DAMAGED),
        ("long-text-shared.xls", large("MB of text in its cells")),
        ("continued-without-end.xls", DAMAGED),
        ("formulas-of-spaces.xls", None),
        ("formulas-of-names.xls", None),
        ("formula-too-long.xls", DAMAGED),
        ("formula-cut.xls", DAMAGED),
        ("text-without-characters.xls", DAMAGED),
        ("shown-text-without-characters.xls", DAMAGED),
        ("names-without-end.xls", large("100,001 defined names")),
        ("name-cut.xls", DAMAGED),
        ("last-row.xls", None),
        ("honest.xlsb", None),
        ("record-too-long.xlsb", large("MB in one piece")),
        ("record-too-long-elsewhere.xlsb", large("MB in one piece")),
        ("strings-without-end.xlsb", large("4,294,967,295 texts that cells share")),
        ("string-filled-from-the-last.xlsb", DAMAGED),
        ("cell-filled-from-the-last.xlsb", DAMAGED),
        ("formulas-inside-each-other.xlsb", DAMAGED),
        ("formula-too-long.xlsb", DAMAGED),
        ("formulas-that-move.xlsb", large("MB to move for its formulas")),
        ("names-of-names.xlsb", large("MB of text in its formulas")),
        ("name-too-long.xlsb", DAMAGED),
        ("text-not-there.xlsb", DAMAGED),
        ("sheet-not-there.xlsb", DAMAGED),
        ("two-tabs.xlsb", None),
        ("tabs-in-one-place.xlsb", IN_ONE_PLACE),
        ("tab-of-nothing.xlsb", DAMAGED),
        ("relation-of-two-ids.xlsb", DAMAGED),
        ("relations-in-capitals.xlsb", DAMAGED),
        ("relations-with-a-prefix.xlsb", DAMAGED),
        ("id-of-nothing.xlsb", DAMAGED),
        ("id-with-an-entity.xlsb", DAMAGED),
        ("id-with-a-mark.xlsb", DAMAGED),
        ("row-behind-all.xlsb", DAMAGED),
    ]);
    let specimens = specimens();
    assert_eq!(specimens.len(), expected.len());
    for (name, bytes) in specimens {
        let started = Instant::now();
        let end = opened(&bytes).err();
        assert!(started.elapsed() < Duration::from_secs(5), "{name} took {:?}", started.elapsed());
        match (&end, expected[name]) {
            (None, None) => {}
            (Some((code, message)), Some((wanted, words))) => {
                assert!(*code == wanted && message.contains(words), "{name}: {message}");
            }
            _ => panic!("{name}: {end:?}"),
        }
    }
}

fn value(workbook: &Workbook, row: u32, col: u32) -> Option<Value> {
    let cells = workbook.sheets[0].cells();
    cells.iter().find(|it| (it.row, it.col) == (row, col)).map(|it| it.value.clone())
}

#[test]
fn an_honest_xls_is_read_whole() {
    let book = opened(&xls::honest()).unwrap();
    let text = |it: &str| Some(Value::Text(it.to_owned()));
    assert_eq!(value(&book, 0, 0), Some(Value::Number(1.into())));
    assert_eq!(value(&book, 1, 1), Some(Value::Number(0.into())));
    assert_eq!(value(&book, 2, 0), text("texts"));
    assert_eq!(value(&book, 3, 0), text("ab"));
    // calamine reads no more of a text that goes on in another record.
    assert_eq!(value(&book, 4, 0), text("ab"));
    let formulas = book.facts.sheets[0].formulas.as_ref().unwrap();
    assert_eq!(formulas.at(4, 0), Some("1+2"));
    assert_eq!(formulas.at(5, 0), Some("SUM(   $A$1:$A$3)"));
    assert_eq!(book.sheets[0].cells().len(), 7);
    assert_eq!(book.facts.names.as_ref().unwrap().all().len(), 1);
}

/// Row 65,536 is the last of an old sheet, and calamine has no number for it: the value is read, and the text of the
/// formula is not known.
#[test]
fn a_formula_that_names_the_last_row_is_not_spelt_out() {
    let book = opened(&xls::last_row()).unwrap();
    assert_eq!(value(&book, 5, 0), Some(Value::Number(1.into())));
    assert!(book.sheets[0].cells().iter().all(|it| it.formula));
    let formulas = book.facts.sheets[0].formulas.as_ref().unwrap();
    assert_eq!((formulas.at(4, 0), formulas.at(5, 0)), (Some("A65535"), None));
}

/// Only the records that were checked are handed on: what the others say does not matter.
#[test]
fn what_is_not_read_costs_nothing() {
    for bytes in [xls::two_streams(), xls::dimensions_of_everything()] {
        let book = opened(&bytes).unwrap();
        assert_eq!(book.sheets[0].cells().len(), 1);
    }
}

/// The cells are read, and no text of a formula is believed to be the only one.
#[test]
fn formulas_that_are_left_out_are_said_to_be() {
    for bytes in [xls::formulas_of_spaces(), xls::formulas_of_names()] {
        let book = opened(&bytes).unwrap();
        assert!(book.sheets[0].cells().iter().all(|it| it.formula && it.value == Value::Number(1.into())));
        assert!(book.facts.sheets[0].formulas.is_err());
    }
}

#[test]
fn an_honest_xlsb_is_read_whole() {
    let book = opened(&xlsb::honest()).unwrap();
    assert_eq!(value(&book, 0, 1), Some(Value::Text("shared".to_owned())));
    assert_eq!(value(&book, 0, 2), Some(Value::Text("ab".to_owned())));
    let formulas = book.facts.sheets[0].formulas.as_ref().unwrap();
    assert_eq!(formulas.at(0, 3), Some("(1)"));
    assert_eq!(formulas.at(0, 4), Some("'Sheet 1'!$A$3+a"));
}

/// Tabs are apart by the parts that they lead to, however the parts are written.
#[test]
fn one_part_has_many_names() {
    for other in ["worksheets/Sheet1.bin", "/xl/worksheets/sheet1.bin", "worksheets/%73heet1.bin"] {
        let message =
            opened(&xlsb::two_tabs("worksheets/sheet1.bin", other).bytes()).map(|_| ()).unwrap_err().1;
        let is_told = ["stored in one place", "have the same name"].iter().any(|it| message.contains(it));
        assert!(is_told, "{other}: {message}");
    }
}
