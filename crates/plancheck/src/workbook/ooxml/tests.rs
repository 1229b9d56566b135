use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::workbook::area::Area;
use crate::workbook::facts::List;

const WORKBOOK_RELS: &str = r#"<Relationships>
    <Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="rId2" Type="x/worksheet" Target="/xl/Odd%20place/two.xml"/>
    <Relationship Id="rId3" Type="x/externalLink" Target="externalLinks/externalLink1.xml"/>
    <Relationship Id="rId4" Type="x/connections" Target="connections.xml"/>
    </Relationships>"#;
const WORKBOOK: &str = r#"<x:workbook xmlns:x="main" xmlns:r="rels"><x:workbookProtection lockStructure="1"/><x:sheets>
    <x:sheet name="5a. Expenditure" sheetId="1" r:id="rId1"/><x:sheet name="Lookups" sheetId="2" r:id="rId2"/>
    </x:sheets><x:externalReferences><x:externalReference r:id="rId3"/></x:externalReferences>
    <x:definedNames><x:definedName name="Areas">Lookups!$B$2:$B$4</x:definedName>
    <x:definedName name="Own" localSheetId="1">'5a. Expenditure'!$A$1</x:definedName></x:definedNames></x:workbook>"#;

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn tabs() -> Vec<Tab> {
    vec![("5a. Expenditure".to_owned(), TabState::Visible), ("Lookups".to_owned(), TabState::VeryHidden)]
}

/// The facts of a workbook whose first sheet is this, with more parts beside it.
fn with(sheet: &str, more: &[(&str, &str)]) -> Facts {
    let mut parts = vec![
        ("xl/workbook.xml", WORKBOOK),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELS),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/odd place/Two.xml", "<worksheet><sheetData/></worksheet>"),
        ("xl/connections.xml", "<connections><connection id='1' name='Finance system'/></connections>"),
    ];
    parts.extend(more);
    facts(&zipped(&parts), &tabs())
}

fn first(sheet: &str) -> SheetFacts {
    with(sheet, &[]).sheets.remove(0)
}

fn area(text: &str) -> Area {
    Area::read(text).unwrap()
}

#[test]
fn hidden_rows_and_columns() {
    let sheet = first(
        r#"<worksheet><sheetFormatPr defaultRowHeight="15"/><cols><col min="2" max="3" width="9" hidden="1"/>
        <col min="5" max="5" width="0"/><col min="6" max="16384" width="8.43"/></cols>
        <sheetData><row r="3" hidden="1"/><row hidden="true"><c r="A4"/></row><row/><row r="9" ht="0"/><row r="10" ht="15"/>
        </sheetData></worksheet>"#,
    );
    let (rows, cols) = (sheet.hidden_rows.unwrap(), sheet.hidden_cols.unwrap());
    assert_eq!(
        (rows.run_of(2), rows.run_of(3), rows.run_of(8), rows.len()),
        (Some((2, 3)), Some((2, 3)), Some((8, 8)), 2)
    );
    assert_eq!((cols.run_of(1), cols.run_of(4), cols.len()), (Some((1, 2)), Some((4, 4)), 2));
    assert_eq!(sheet.protected, Ok(false));
}

#[test]
fn columns_that_are_hidden_unless_they_are_listed() {
    let sheet = first(
        r#"<worksheet><sheetFormatPr defaultColWidth="0"/><cols><col min="1" max="3" width="9"/>
        <col min="4" max="4" width="9" hidden="1"/></cols></worksheet>"#,
    );
    assert_eq!(sheet.hidden_cols.unwrap().run_of(3), Some((3, 16_383)));
}

#[test]
fn protection_is_what_the_sheet_says() {
    for (xml, protected) in [
        ("<sheetProtection sheet='1' objects='1'/>", true),
        ("<sheetProtection sheet='true' password='EE8A'/>", true),
        ("<sheetProtection objects='1'/>", false),
        ("<sheetProtection sheet='0'/>", false),
        ("", false),
        ("<other><sheetProtection sheet='1'/></other>", false),
    ] {
        assert_eq!(
            first(&format!("<x:worksheet xmlns:x='m'>{xml}</x:worksheet>")).protected,
            Ok(protected),
            "{xml}"
        );
    }
}

#[test]
fn drop_downs_of_every_kind() {
    let sheet = first(
        r#"<worksheet><dataValidations>
        <dataValidation type="list" sqref="E49:E448 E1"><formula1>Lookups!$A$2:$A$18</formula1></dataValidation>
        <dataValidation type="list" sqref="H49"><formula1>"New, Existing"</formula1></dataValidation>
        <dataValidation type="list" sqref="J49"><formula1>Areas</formula1></dataValidation>
        <dataValidation type="list" sqref="F49"><formula1>INDIRECT($E49)</formula1></dataValidation>
        <dataValidation type="whole" sqref="O49"><formula1>0</formula1></dataValidation>
        <dataValidation type="list" sqref="A1:XFD1048576 junk"><formula1>A1:XFD1048576</formula1></dataValidation>
        <dataValidation type="list" sqref="P49"><mc:AlternateContent><mc:Choice>
        <x12ac:list>Yes,"No, but soon"</x12ac:list></mc:Choice><mc:Fallback><formula1>"Yes,No, but soon"</formula1>
        </mc:Fallback></mc:AlternateContent></dataValidation></dataValidations>
        <extLst><ext><x14:dataValidations><x14:dataValidation type="list"><x14:formula1><xm:f>Lookups!$C$2:$C$4</xm:f>
        </x14:formula1><xm:sqref>N49:N448</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"#,
    );
    let lists = sheet.drop_downs.unwrap();
    let cells = |of: &str| List::Cells { sheet: 1, area: area(of) };
    let options = |of: &[&str]| List::Options(of.iter().map(|it| (*it).to_owned()).collect());
    let found: Vec<_> = lists.iter().map(|it| (it.areas.clone(), (*it.list).clone())).collect();
    assert_eq!(
        found,
        [
            (vec![area("E49:E448"), area("E1")], cells("A2:A18")),
            (vec![area("H49")], options(&["New", "Existing"])),
            (vec![area("J49")], cells("B2:B4")),
            (vec![area("F49")], List::Computed("INDIRECT($E49)".to_owned())),
            (vec![area("A1:XFD1048576")], List::Cells { sheet: 0, area: area("A1:XFD1048576") }),
            (vec![area("P49")], options(&["Yes", "No, but soon"])),
            (vec![area("N49:N448")], cells("C2:C4")),
        ]
    );
}

#[test]
fn notes_and_comments() {
    let rels = r#"<Relationships><Relationship Id="a" Type="x/comments" Target="../comments1.xml"/>
        <Relationship Id="b" Type="x/threadedComment" Target="../threadedComments/t1.xml"/>
        <Relationship Id="c" Type="x/hyperlink" Target="https://example.org" TargetMode="External"/></Relationships>"#;
    let facts = with(
        "<worksheet/>",
        &[
            ("xl/worksheets/_rels/sheet1.xml.rels", rels),
            (
                "xl/comments1.xml",
                "<comments><authors><author>A B</author></authors><commentList><comment ref='C9'><text><r><t>one &amp; </t></r>\
                 <r><t>two</t></r></text></comment></commentList></comments>",
            ),
            (
                "xl/threadedComments/t1.xml",
                "<ThreadedComments><threadedComment ref='D10'><text>three</text></threadedComment></ThreadedComments>",
            ),
        ],
    );
    let notes = facts.sheets[0].notes.clone().unwrap();
    let said: Vec<_> = notes.iter().map(|it| (it.row, it.col, it.text.as_str())).collect();
    assert_eq!(said, [(8, 2, "one & two"), (9, 3, "three")]);
    assert_eq!(facts.sheets[1].notes, Ok(Vec::new()));
}

#[test]
fn links_macros_connections_and_people() {
    let more = [
        ("xl/externalLinks/externalLink1.xml", "<externalLink/>"),
        (
            "xl/externalLinks/_rels/externalLink1.xml.rels",
            "<Relationships><Relationship Id='rId1' Type='x/externalLinkPath' Target='file:///C:\\BCF\\old%20plan.xlsx' \
             TargetMode='External'/></Relationships>",
        ),
        ("xl/vbaProject.bin", "\u{0}"),
        ("xl/macrosheets/sheet1.xml", "<macrosheet/>"),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id='1' Type='x/officeDocument' Target='xl/workbook.xml'/>\
             <Relationship Id='2' Type='x/metadata/core-properties' Target='docProps/core.xml'/>\
             <Relationship Id='3' Type='x/extended-properties' Target='/docProps/app.xml'/></Relationships>",
        ),
        (
            "docProps/core.xml",
            "<cp:coreProperties><dc:creator>Ann Example</dc:creator><cp:lastModifiedBy> </cp:lastModifiedBy>\
             <dc:title>Plan</dc:title><dcterms:modified>2022-09-26T10:05:09Z</dcterms:modified></cp:coreProperties>",
        ),
        (
            "docProps/app.xml",
            "<Properties><Application>Excel</Application><Company>Council</Company></Properties>",
        ),
    ];
    let facts = with("<worksheet/>", &more);
    let people: Vec<_> = facts.people().map(|it| (it.name, it.says.as_str())).collect();
    assert_eq!(people, [("author", "Ann Example"), ("company", "Council")]);
    assert_eq!(facts.saved().as_deref(), Some("2022-09-26T10:05Z"));
    let links = facts.links.as_ref().unwrap();
    assert_eq!((links.len(), links[0].called.as_str(), links[0].target.as_str()), (1, "1", "old plan.xlsx"));
    assert_eq!(facts.macros.as_ref().unwrap(), &["macros", "a macro sheet of Excel 4"]);
    assert_eq!(facts.connections.as_ref().unwrap(), &["Finance system"]);
    assert_eq!(facts.structure_protected, Ok(true));
    let own: Vec<_> =
        facts.names.as_ref().unwrap().all().iter().map(|it| (it.name.as_str(), it.sheet)).collect();
    assert_eq!(own, [("Areas", None), ("Own", Some(1))]);
    assert_eq!(facts.sheets[1].state, TabState::VeryHidden);
}

/// A part that is broken makes its own facts unknown, and says why; the rest stands.
#[test]
fn a_broken_part_is_said_to_be_unread() {
    let broken = with("<worksheet><sheetData><row r='3' hidden='1'/>", &[]);
    let why = broken.sheets[0].hidden_rows.clone().unwrap_err().0;
    assert!(why.contains("is damaged: open it in Excel"), "{why}");
    assert!(
        broken.sheets[0].drop_downs.is_err() && broken.sheets[1].protected.is_ok() && broken.links.is_ok()
    );
    for sheet in ["", "text", "<chartsheet/>", "<worksheet><a></b></worksheet>"] {
        assert!(first(sheet).protected.is_err(), "{sheet}");
    }
    assert!(first(&"<worksheet>".repeat(50_000)).protected.is_err());
    let no_book = facts(&zipped(&[("xl/worksheets/sheet1.xml", "<worksheet/>")]), &tabs());
    assert!(no_book.structure_protected.is_err() && no_book.links.is_err() && no_book.connections.is_err());
    assert!(no_book.sheets.iter().all(|it| it.protected.is_err()) && no_book.macros.is_ok());
    assert!(facts(b"PK\x03\x04", &tabs()).macros.is_err());
    let lost = facts(
        &zipped(&[("xl/workbook.xml", WORKBOOK), ("xl/_rels/workbook.xml.rels", "<Relationships/>")]),
        &tabs(),
    );
    assert!(lost.sheets[0].protected.as_ref().unwrap_err().0.contains("is damaged"));
}

#[test]
fn numbers_that_are_none_are_passed_over() {
    let sheet = first(
        "<worksheet><cols><col min='0' max='3' hidden='1'/><col min='9' max='2' hidden='1'/>\
         <col min='5' max='4294967295' hidden='1'/><col hidden='1'/></cols>\
         <sheetData><row r='0' hidden='1'/><row r='99999999999' hidden='1'/><row r='4294967295' hidden='1'/></sheetData></worksheet>",
    );
    assert_eq!(sheet.hidden_cols.unwrap().run_of(9), Some((4, 16_383)));
    assert!(sheet.hidden_rows.unwrap().len() <= 2);
}

#[test]
fn every_loop_in_the_relations_ends() {
    let rels = "<Relationships><Relationship Id='1' Type='x/comments' Target='sheet1.xml'/>\
        <Relationship Id='2' Type='x/comments' Target='missing.xml'/></Relationships>";
    let facts = with("<worksheet/>", &[("xl/worksheets/_rels/sheet1.xml.rels", rels)]);
    assert!(facts.sheets[0].notes.is_err());
}

mod most_of_each;
