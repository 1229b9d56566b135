use super::*;

fn sheet_of(bodies: &[(u16, Vec<u8>)]) -> SheetRecords {
    let mut sheet = SheetRecords::default();
    bodies.iter().for_each(|(kind, body)| sheet.read(*kind, body));
    sheet
}

#[test]
fn the_records_of_a_sheet() {
    let row = |row: u8, flags: u8| vec![row, 0, 0, 0, 9, 0, 255, 0, 0, 0, 0, 0, flags, 1, 15, 0];
    let cols =
        |first: u8, last: u8, width: u8, flags: u8| vec![first, 0, last, 0, width, 0, 15, 0, flags, 0, 0, 0];
    let sheet = sheet_of(&[
        (ROW, row(3, 0x20)),
        (ROW, row(4, 0x60)),
        (ROW, row(5, 0x40)),
        (COLUMNS, cols(1, 2, 9, 1)),
        (COLUMNS, cols(4, 255, 0, 0)),
        (COLUMNS, cols(3, 3, 9, 0)),
        (PROTECT, vec![1, 0]),
        (NOTE, vec![0; 8]),
        (ROW, vec![1]),
        (COLUMNS, vec![]),
    ]);
    assert_eq!((sheet.hidden_rows.run_of(3), sheet.hidden_rows.len()), (Some((3, 4)), 1));
    assert_eq!((sheet.hidden_cols.run_of(1), sheet.hidden_cols.run_of(9)), (Some((1, 2)), Some((4, 255))));
    assert!(sheet.protected && sheet.notes && !sheet.drop_downs);
    let facts = sheet_facts(Some(&sheet), TabState::Hidden);
    assert!(facts.notes.unwrap_err().0.contains("save a copy as .xlsx"));
    assert_eq!(facts.drop_downs, Ok(Vec::new()));
    assert!(sheet_facts(None, TabState::Visible).protected.is_err());
}

#[test]
fn links_to_other_workbooks_and_to_none() {
    let book = |text: &[u8]| [&[2, 0, u8::try_from(text.len()).unwrap(), 0, 0], text].concat();
    assert_eq!(
        address(&book(b"\x01\x05C\x03BCF\x03old plan.xls")).map(|it| file_name(&it)),
        Some("old plan.xls".to_owned())
    );
    assert_eq!(address(&[9, 0, 1, 4]), None);
    assert_eq!(address(&[1, 0, 1, 0x3A]), None);
    assert_eq!(address(&book(b" ")), None);
    assert_eq!(address(&[1, 0, 200, 0, 0, b'x']), None);
}
