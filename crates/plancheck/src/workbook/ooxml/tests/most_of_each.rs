//! More than a workbook can sensibly hold is not kept, and known not to be: for each bound, what just fits on two
//! sheets together, and one more.

use super::*;
use crate::workbook::facts::Unread;

/// The facts of a workbook of two sheets that hold this, with more parts beside them.
fn two(first: &str, second: &str, more: &[(&str, &str)]) -> Facts {
    let sheet = |inside: &str| format!("<worksheet>{inside}</worksheet>");
    let (first, second) = (sheet(first), sheet(second));
    let mut parts = vec![
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS),
        ("xl/worksheets/sheet1.xml", first.as_str()),
        ("xl/odd place/Two.xml", second.as_str()),
    ];
    parts.extend(more);
    facts(&zipped(&parts), &tabs())
}

/// What could not be read of a sheet.
type Failed = fn(&SheetFacts) -> Option<&Unread>;

/// So much on two sheets together is kept, and one more is not; which costs the sheet that has it.
fn just_kept(most: usize, what: &str, each: impl Fn(usize) -> String, failed: Failed) {
    let half = most / 2;
    let kept = two(&each(half), &each(most - half), &[]);
    assert!(kept.sheets.iter().all(|it| failed(it).is_none()), "{what}");
    let one_more = two(&each(half), &each(most - half + 1), &[]);
    assert_eq!(failed(&one_more.sheets[0]), None);
    assert_eq!(failed(&one_more.sheets[1]), Some(&Unread::too_many(what)));
    let too_many_first = two(&each(most + 1), &each(half), &[]);
    assert_eq!(failed(&too_many_first.sheets[0]), Some(&Unread::too_many(what)));
    assert_eq!(failed(&too_many_first.sheets[1]), None);
}

#[test]
fn hidden_rows() {
    let rows = |count: usize| {
        let rows: String = (0..count).map(|it| format!("<row r='{}' hidden='1'/>", it * 2 + 1)).collect();
        format!("<sheetData>{rows}</sheetData>")
    };
    just_kept(most::RUNS, "hidden rows", rows, |it| it.hidden_rows.as_ref().err());
}

#[test]
fn merged_cells() {
    let merges =
        |count: usize| format!("<mergeCells>{}</mergeCells>", "<mergeCell ref='A1:B2'/>".repeat(count));
    just_kept(most::MERGES, "merged cells", merges, |it| it.merges.as_ref().err());
}

fn lists(each: &str) -> String {
    format!("<dataValidations>{each}</dataValidations>")
}

#[test]
fn areas_with_a_drop_down() {
    let failed: Failed = |it| it.drop_downs.as_ref().err();
    let one = |count: usize| {
        let areas = "A1 ".repeat(count);
        lists(&format!(
            "<dataValidation type='list' sqref='{areas}'><formula1>A1</formula1></dataValidation>"
        ))
    };
    just_kept(most::DROP_DOWN_AREAS, "drop-downs", one, failed);
    // One that is at no cell costs as much.
    let many = |count: usize| lists(&"<dataValidation type='list'/>".repeat(count));
    just_kept(most::DROP_DOWN_AREAS, "drop-downs", many, failed);
}

#[test]
fn what_drop_downs_say() {
    let said = |size: usize| {
        let says = "x".repeat(size);
        lists(&format!("<dataValidation type='list' sqref='A1'><formula1>{says}</formula1></dataValidation>"))
    };
    just_kept(most::OPTIONS_TEXT, "drop-downs", said, |it| it.drop_downs.as_ref().err());
}

#[test]
fn options() {
    // Another letter for each number, for one list is counted once.
    let options = |count: usize| {
        let letter = char::from(b'a' + u8::try_from(count % 26).unwrap());
        let options = vec![letter.to_string(); count].join(",");
        lists(&format!(
            "<dataValidation type='list' sqref='A1'><formula1>\"{options}\"</formula1></dataValidation>"
        ))
    };
    let failed = |it: &SheetFacts| it.drop_downs.clone().err();
    let half = most::OPTIONS / 2;
    let kept = two(&options(half - 1), &options(half + 1), &[]);
    assert!(kept.sheets.iter().all(|it| failed(it).is_none()));
    let same = two(&options(most::OPTIONS), &options(most::OPTIONS), &[]);
    assert!(same.sheets.iter().all(|it| failed(it).is_none()));
    let more = two(&options(half), &options(half + 1), &[]);
    assert_eq!(failed(&more.sheets[1]), Some(Unread::too_many("options in drop-downs")));
}

/// The facts of a workbook whose sheets have these notes.
fn noted(first: &str, second: &str) -> Facts {
    let notes = |each: &str| format!("<comments><commentList>{each}</commentList></comments>");
    let (first, second) = (notes(first), notes(second));
    two(
        "",
        "",
        &[
            ("xl/worksheets/_rels/sheet1.xml.rels", &notes_at("../n1.xml")),
            ("xl/odd place/_rels/Two.xml.rels", &notes_at("../n2.xml")),
            ("xl/n1.xml", &first),
            ("xl/n2.xml", &second),
        ],
    )
}

fn notes_at(part: &str) -> String {
    format!("<Relationships><Relationship Id='n' Type='x/comments' Target='{part}'/></Relationships>")
}

#[test]
fn notes() {
    let note = |text: &str| format!("<comment ref='A1'><text><t>{text}</t></text></comment>");
    let many = |count: usize| note("").repeat(count);
    let long = |size: usize| note(&"x".repeat(size));
    let each: [(usize, &dyn Fn(usize) -> String); 2] = [(most::ENTRIES, &many), (most::NOTE_TEXT, &long)];
    for (most, each) in each {
        let half = most / 2;
        let kept = noted(&each(half), &each(most - half));
        assert!(kept.sheets.iter().all(|it| it.notes.is_ok()));
        let more = noted(&each(half), &each(most - half + 1));
        assert!(more.sheets[0].notes.is_ok());
        assert_eq!(more.sheets[1].notes, Err(Unread::too_many("notes")));
    }
}

/// Notes are read once, whoever refers to them.
#[test]
fn notes_that_two_sheets_share() {
    let note =
        "<comments><commentList><comment ref='A1'><text><t>x</t></text></comment></commentList></comments>";
    let facts = two(
        "",
        "",
        &[
            ("xl/worksheets/_rels/sheet1.xml.rels", &notes_at("../n1.xml")),
            ("xl/odd place/_rels/Two.xml.rels", &notes_at("/xl/N1.xml")),
            ("xl/n1.xml", note),
        ],
    );
    assert_eq!(facts.sheets[0].notes.as_ref().unwrap().len(), 1);
    let why = "the file refers to the same notes more than once";
    assert_eq!(facts.sheets[1].notes, Err(Unread::new(why)));
}

/// A workbook's part that says this behind its sheets.
fn book(more: &str) -> Facts {
    let book = WORKBOOK.replace("</x:sheets>", &format!("</x:sheets>{more}"));
    facts(&zipped(&[("xl/workbook.xml", &book), ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS)]), &tabs())
}

#[test]
fn defined_names() {
    // Two are there already.
    let names = |count: usize| "<x:definedName name='n'>A!$A$1</x:definedName>".repeat(count - 2);
    assert_eq!(book(&names(most::ENTRIES)).names.unwrap().all().len(), most::ENTRIES);
    let why = book(&names(most::ENTRIES + 1)).names.unwrap_err();
    assert_eq!(why, Unread::too_many("defined names"));
}

/// That there are more links than so many needs no more of them.
#[test]
fn links() {
    // One is there already.
    let links = |count: usize| "<x:externalReference r:id='rId3'/>".repeat(count - 1);
    for (count, kept) in [(most::LINKS, most::LINKS), (most::LINKS + 1, most::LINKS)] {
        assert_eq!(book(&links(count)).links.unwrap().len(), kept);
    }
}

/// The same holds of connections and properties.
#[test]
fn connections() {
    let connections = |count: usize| {
        let each = "<connection name='c'/>".repeat(count);
        let xml = format!("<connections>{each}</connections>");
        two("", "", &[("xl/connections.xml", &xml)]).connections.unwrap().len()
    };
    assert_eq!(connections(most::ENTRIES), most::ENTRIES);
    assert_eq!(connections(most::ENTRIES + 1), most::ENTRIES);
}
