use super::*;
use crate::workbook::area::Area;
use crate::workbook::facts::List;
use crate::workbook::xml;

const CONTENT: &str = r#"<office:document-content><office:automatic-styles>
    <style:style style:name="ro0"><style:table-row-properties style:row-height="0cm"/></style:style>
    <style:style style:name="ro1"><style:table-row-properties style:row-height="0.45cm"/></style:style>
    <style:style style:name="co0"><style:table-column-properties style:column-width="0.0in"/></style:style>
    </office:automatic-styles><office:body><office:spreadsheet table:structure-protected="true">
    <table:content-validations>
    <table:content-validation table:name="val1" table:condition="of:cell-content-is-in-list([$Lookups.$A$2:.$A$18])"/>
    <table:content-validation table:name="val2" table:condition="of:cell-content-is-in-list(&quot;Yes&quot;;&quot;No; not = yet&quot;)"/>
    <table:content-validation table:name="val3" table:condition="of:cell-content-is-whole-number()"/>
    <table:content-validation table:name="val4" table:condition="cell-content-is-in-list(Areas)"/>
    </table:content-validations>
    <table:table table:name="5a. Expenditure" table:protected="true">
    <table:table-column table:number-columns-repeated="2"/><table:table-column table:style-name="co0"/>
    <table:table-column table:visibility="collapse" table:number-columns-repeated="16381"/>
    <table:table-row table:style-name="ro1"><table:table-cell table:content-validation-name="val2"/><table:table-cell>
    <office:annotation><dc:creator>A B</dc:creator><text:p>first</text:p><text:p>second</text:p></office:annotation>
    <text:p>shown</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="3" table:visibility="filter"><table:table-cell
     table:number-columns-repeated="4"/><table:table-cell table:content-validation-name="val1"/></table:table-row>
    <table:table-row table:style-name="ro0"><table:covered-table-cell table:number-columns-repeated="4"/><table:table-cell
     table:content-validation-name="val1"/><table:table-cell table:content-validation-name="val3"/><table:table-cell
     table:content-validation-name="val4"><table:table table:name="inner"><table:table-row table:visibility="collapse"/>
     </table:table></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="1048571"/>
    <table:named-expressions><table:named-range table:name="Own" table:cell-range-address="$Lookups.$A$1"/></table:named-expressions>
    </table:table>
    <table:table table:name="Lookups"/>
    <table:table table:name="'file:///C:/old.ods'#$Sheet1"><table:table-source xlink:href="file:///C:/old.ods"/></table:table>
    <table:named-expressions><table:named-range table:name="Areas" table:cell-range-address="$Lookups.$B$2:.$B$4"/>
    </table:named-expressions>
    <table:database-ranges><table:database-range><table:database-source-sql table:database-name="Finance"/></table:database-range></table:database-ranges>
    </office:spreadsheet></office:body></office:document-content>"#;

#[test]
fn everything_that_the_content_says() {
    let mut content = Content::default();
    xml::visit(CONTENT.as_bytes(), &mut content).unwrap();
    assert!(content.structure_protected);
    assert_eq!(content.links, ["file:///C:/old.ods"]);
    assert_eq!(content.connections, ["Finance"]);
    let names: Vec<_> =
        content.names.iter().map(|it| (it.name.as_str(), it.on, it.formula.as_str())).collect();
    assert_eq!(names, [("Own", Some(0), "Lookups!$A$1"), ("Areas", None, "Lookups!$B$2:$B$4")]);
    let known: Vec<_> = content
        .names
        .iter()
        .map(|it| DefinedName { name: it.name.clone(), sheet: it.on, formula: it.formula.clone() })
        .collect();
    let sheets = ["5a. Expenditure", "Lookups"];
    let list = |says: &str| facts::list(&sheets, &known, 0, says);
    let sheet = content.tables[0].facts(TabState::Visible, &content.lists, list);
    assert_eq!(sheet.protected, Ok(true));
    let (rows, cols) = (sheet.hidden_rows.unwrap(), sheet.hidden_cols.unwrap());
    assert_eq!((rows.run_of(1), rows.len()), (Some((1, 4)), 1));
    assert_eq!((cols.run_of(2), cols.len()), (Some((2, 16_383)), 1));
    let area = |text: &str| vec![Area::read(text).unwrap()];
    let cells = |of: &str| List::Cells { sheet: 1, area: Area::read(of).unwrap() };
    let found: Vec<_> = sheet.drop_downs.unwrap().into_iter().map(|it| (it.areas, it.list)).collect();
    assert_eq!(
        found,
        [
            (area("A1"), List::Options(vec!["Yes".into(), "No; not = yet".into()])),
            (area("E2:E5"), cells("A2:A18")),
            (area("G5"), cells("B2:B4")),
        ]
    );
    let notes = sheet.notes.unwrap();
    assert_eq!(
        (notes.len(), notes[0].row, notes[0].col, notes[0].text.as_str()),
        (1, 0, 1, "first\nsecond\n")
    );
}

#[test]
fn a_document_cut_short_is_unread() {
    let mut content = Content::default();
    assert!(xml::visit(CONTENT.as_bytes().get(..2_000).unwrap(), &mut content).is_err());
}

/// Counts that no sheet can have are numbers like any others.
#[test]
fn counts_beyond_every_sheet() {
    let all = "4294967295";
    let mut content = Content::default();
    let xml = format!(
        "<a><table name='t'><table-column visibility='collapse' number-columns-repeated='{all}'/><table-column visibility='collapse'/>\
         <table-row visibility='collapse' number-rows-repeated='{all}'><table-cell number-columns-repeated='{all}' \
         content-validation-name='v'/><table-cell content-validation-name='v'/></table-row>\
         <table-row visibility='collapse' number-rows-repeated='{all}'/></table></a>"
    );
    xml::visit(xml.as_bytes(), &mut content).unwrap();
    let sheet =
        content.tables[0].facts(TabState::Visible, &content.lists, |it| List::Computed(it.to_owned()));
    assert_eq!(sheet.hidden_rows.unwrap().run_of(5), Some((0, 1_048_575)));
}
