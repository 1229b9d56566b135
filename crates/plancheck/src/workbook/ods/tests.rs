use std::rc::Rc;

use super::*;
use crate::workbook::area::Area;
use crate::workbook::facts::{List, most};
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
    let (tabs, known) = (Tabs::of(["5a. Expenditure", "Lookups"]), Names::of(known).unwrap());
    let mut lists = Lists::new(&tabs, &known);
    let list = |says: &str| lists.of_open_document(0, says);
    let sheet = content.tables[0].facts(TabState::Visible, &content, list);
    assert_eq!(sheet.protected, Ok(true));
    let (rows, cols) = (sheet.hidden_rows.unwrap(), sheet.hidden_cols.unwrap());
    assert_eq!((rows.run_of(1), rows.len()), (Some((1, 4)), 1));
    assert_eq!((cols.run_of(2), cols.len()), (Some((2, 16_383)), 1));
    let area = |text: &str| vec![Area::read(text).unwrap()];
    let cells = |of: &str| List::Cells { sheet: 1, area: Area::read(of).unwrap() };
    let found: Vec<_> =
        sheet.drop_downs.unwrap().into_iter().map(|it| (it.areas, (*it.list).clone())).collect();
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
    let computed = |it: &str| Ok(Rc::new(List::Computed(it.to_owned())));
    let sheet = content.tables[0].facts(TabState::Visible, &content, computed);
    assert_eq!(sheet.hidden_rows.unwrap().run_of(5), Some((0, 1_048_575)));
}

/// The facts of tables that hold this, each on its own.
fn tables(validations: &str, each: &[String]) -> Vec<SheetFacts> {
    let tables: String =
        each.iter().map(|it| format!("<table name='t'><table-row>{it}</table-row></table>")).collect();
    let xml = format!("<a><content-validations>{validations}</content-validations>{tables}</a>");
    let mut content = Content::default();
    xml::visit(xml.as_bytes(), &mut content).unwrap();
    let (tabs, names) = (Tabs::of(["t"]), Names::default());
    let mut lists = Lists::new(&tabs, &names);
    let facts = |table: &content::Table| {
        table.facts(TabState::Visible, &content, |says| lists.of_open_document(0, says))
    };
    content.tables.iter().map(facts).collect()
}

/// So much on two tables together is kept, and one more is not, wherever it is.
fn just_kept(
    most: usize,
    what: &str,
    each: impl Fn(usize) -> String,
    failed: fn(&SheetFacts) -> Option<&Unread>,
) {
    let half = most / 2;
    let kept = tables("", &[each(half), each(most - half)]);
    assert!(kept.iter().all(|it| failed(it).is_none()), "{what}");
    let one_more = tables("", &[each(half), each(most - half + 1)]);
    assert!(failed(&one_more[0]).is_none(), "{what}");
    assert_eq!(failed(&one_more[1]), Some(&Unread::too_many(what)));
}

#[test]
fn what_is_too_much_on_all_tables_is_unread() {
    just_kept(
        most::MERGES,
        "merged cells",
        |count| "<table-cell number-columns-spanned='2'/>".repeat(count),
        |it| it.merges.as_ref().err(),
    );
    just_kept(
        most::RUNS,
        "hidden rows",
        |count| "</table-row><table-row/><table-row visibility='collapse'>".repeat(count),
        |it| it.hidden_rows.as_ref().err(),
    );
    just_kept(
        most::ENTRIES,
        "notes",
        |count| "<table-cell><annotation><p>x</p></annotation></table-cell>".repeat(count),
        |it| it.notes.as_ref().err(),
    );
    just_kept(
        most::NOTE_TEXT,
        "notes",
        // The end of a paragraph counts too.
        |size| format!("<table-cell><annotation><p>{}</p></annotation></table-cell>", "x".repeat(size - 1)),
        |it| it.notes.as_ref().err(),
    );
    just_kept(
        most::DROP_DOWN_AREAS,
        "drop-downs",
        |count| "<table-cell content-validation-name='v'/><table-cell/>".repeat(count),
        |it| it.drop_downs.as_ref().err(),
    );
}

/// A list that many cells go by is one list, and lists that say too much, or offer too much, are not read.
#[test]
fn lists_that_are_too_long_are_unread() {
    let list = |name: &str, says: &str| {
        format!("<content-validation name='{name}' condition=\"cell-content-is-in-list({says})\"/>")
    };
    let offering = |count: usize| list("v", &vec!["&quot;a&quot;"; count].join(";"));
    let cells = "<table-cell content-validation-name='v'/><table-cell/>".repeat(1_000);
    let kept = tables(&offering(most::OPTIONS), &[cells.clone(), cells.clone()]);
    let lists: Vec<_> =
        kept.iter().flat_map(|it| it.drop_downs.as_ref().unwrap()).map(|it| &it.list).collect();
    assert!(lists.len() == 2_000 && lists.iter().all(|it| Rc::ptr_eq(it, lists[0])));
    let more = tables(&offering(most::OPTIONS + 1), std::slice::from_ref(&cells));
    assert_eq!(more[0].drop_downs, Err(Unread::too_many("options in drop-downs")));
    let saying = |size: usize| list("v", &format!("&quot;{}&quot;", "x".repeat(size - 3)));
    assert!(tables(&saying(most::OPTIONS_TEXT), std::slice::from_ref(&cells))[0].drop_downs.is_ok());
    let more = tables(&saying(most::OPTIONS_TEXT + 1), &[cells]);
    assert_eq!(more[0].drop_downs, Err(Unread::too_many("drop-downs")));
}
