//! Comments that are there already: somebody else's, and our own of an earlier copy.

use std::fmt::Write as _;

use plancheck::report::Document;
use plancheck_tests::book::at;
use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::write::{add_member, member, members, names, replace_member};
use plancheck_tests::{plans, sample, write};

use super::{RESULTS, comments, copied, copy_of, opened, results, text, texts};
use crate::support::check;

const LAST: &str = "(plancheck, rules 2026.1)";
const RUN: &str = "<r><rPr><b/><sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/></rPr>\
                   <t xml:space=\"preserve\">\n\nplancheck ";

/// The expenditure sheet of the sample.
const SHEET: &str = "5a. Expenditure";
const PART: &str = "xl/worksheets/sheet5.xml";
const COMMENTS: &str = "xl/comments7.xml";
const DRAWING: &str = "xl/drawings/vmlDrawing7.vml";

/// A comment as its part has it: its cell, the number of its author and what is between its tags.
type Given<'a> = (&'a str, usize, &'a str);

/// The sample with comments on its expenditure sheet, as Excel writes them. Beside their boxes there is a
/// button whose label Excel does not write as well-formed XML.
fn commented(given: &[Given<'_>]) -> Vec<u8> {
    let mut list = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
        <comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><authors><author>Ann Example</author>\
        <author>tc={7A82DA9E-20F6-46BD-BF44-1A475728DA1A}</author></authors><commentList>"
        .to_owned();
    let mut boxes = "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\"\r\n xmlns:o=\"urn:schemas-microsoft-com:office:office\"\r\n \
        xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\r\n <o:shapelayout v:ext=\"edit\">\r\n  \
        <o:idmap v:ext=\"edit\" data=\"1\"/>\r\n </o:shapelayout><v:shapetype id=\"_x0000_t202\"/>\
        <v:shape id=\"_x0000_s1030\" type=\"#_x0000_t201\"><v:textbox><div>Check<br>all&nbsp;sheets & more</div></v:textbox>\
        <x:ClientData ObjectType=\"Button\"><x:Anchor>0, 1, 0, 1, 1, 1, 1, 1</x:Anchor></x:ClientData></v:shape>"
        .to_owned();
    for (idx, (cell, author, body)) in given.iter().enumerate() {
        write!(list, "<comment ref=\"{cell}\" authorId=\"{author}\" shapeId=\"0\">{body}</comment>").unwrap();
        let (place, id) = (at(cell), 1025 + idx);
        write!(
            boxes,
            "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style='visibility:hidden'>\r\n  <x:ClientData ObjectType=\"Note\">\r\n   \
             <x:Anchor>\r\n    3, 15, 11, 10, 5, 15, 15, 4</x:Anchor>\r\n   <x:Row>{}</x:Row>\r\n   <x:Column>{}</x:Column>\r\n  \
             </x:ClientData>\r\n </v:shape>",
            place.row, place.col
        )
        .unwrap();
    }
    let file = add_member(&sample(), COMMENTS, list + "</commentList></comments>");
    let file = add_member(&file, DRAWING, boxes + "</xml>");
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId4\" Type=\"{OFFICE}/comments\" Target=\"../comments7.xml\"/>\
         <Relationship Id=\"rId3\" Type=\"{OFFICE}/vmlDrawing\" Target=\"../drawings/vmlDrawing7.vml\"/></Relationships>"
    );
    let file = add_member(&file, "xl/worksheets/_rels/sheet5.xml.rels", relations);
    let sheet = member(&file, PART);
    let linked = sheet
        .replace("</worksheet>", &format!("<legacyDrawing xmlns:r=\"{OFFICE}\" r:id=\"rId3\"/></worksheet>"));
    let file = replace_member(&file, PART, linked);
    let kinds = member(&file, "[Content_Types].xml").replace(
        "</Types>",
        "<Default Extension=\"vml\" ContentType=\"application/vnd.openxmlformats-officedocument.vmlDrawing\"/>\
         <Override PartName=\"/xl/comments7.xml\" \
         ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml\"/></Types>",
    );
    replace_member(&file, "[Content_Types].xml", kinds)
}

/// The first cell of a finding on the expenditure sheet, and one that no finding names.
fn cells() -> (String, &'static str) {
    let document = check("plan.xlsx", &sample());
    let mut named = document.findings.iter().flat_map(|it| &it.finding.cells).map(|it| it.cell);
    let cell = named.find(|it| document.sheet_name(*it) == SHEET).unwrap();
    (cell.a1(), "B2")
}

/// What a part of comments was before ours came.
fn without_ours(list: &str) -> String {
    let mut list = list.replace("<author>plancheck</author>", "");
    while let Some(start) = list.find("authorId=\"2\"") {
        let from = list[..start].rfind("<comment ").unwrap();
        let to = start + list[start..].find("</comment>").unwrap() + "</comment>".len();
        list.replace_range(from..to, "");
    }
    while let Some(from) = list.find(RUN) {
        let to =
            from + list[from..].find(&format!("{LAST}</t></r>")).unwrap() + LAST.len() + "</t></r>".len();
        list.replace_range(from..to, "");
    }
    while let Some(from) = list.find("\n\nplancheck ") {
        let to = from + list[from..].find(LAST).unwrap() + LAST.len();
        list.replace_range(from..to, "");
    }
    list
}

/// What a drawing was before ours came: our shapes have numbers of a block of their own, the third, because
/// the cover has the second.
fn without_our_boxes(drawing: &str) -> String {
    let mut drawing = drawing.replace("data=\"1,3\"", "data=\"1\"");
    while let Some(from) = drawing.find("<v:shape id=\"_x0000_s3") {
        let to = from + drawing[from..].find("</v:shape>").unwrap() + "</v:shape>".len();
        drawing.replace_range(from..to, "");
    }
    drawing
}

const RICH: &str = "<text><r><rPr><b/><sz val=\"8\"/><rFont val=\"Arial\"/></rPr><t>Ann Example:</t></r>\
                    <r><rPr><sz val=\"8\"/></rPr><t xml:space=\"preserve\">\nask &amp; tell </t></r></text>";
const PLAIN: &str = "<text><t>Look at <!-- sic -->this</t></text>";

#[test]
fn what_somebody_has_said_stays_and_ours_follows_it() {
    let (marked, other) = cells();
    for (body, theirs) in [(RICH, "Ann Example:\nask & tell "), (PLAIN, "Look at this")] {
        let file = commented(&[(&marked, 0, body), (other, 0, RICH)]);
        let (document, copy) = copied("plan.xlsx", &file);
        let said = comments(&copy);
        let place = at(&marked);
        let here = &said[&(SHEET.to_owned(), place.row, place.col)];
        let rest = here.strip_prefix(theirs).and_then(|it| it.strip_prefix("\n\nplancheck ")).unwrap();
        assert!(rest.ends_with(LAST));
        assert_eq!(said[&(SHEET.to_owned(), 1, 1)], "Ann Example:\nask & tell ");

        let (old, new) = (members(&file), members(&copy));
        assert_eq!(without_ours(&member(&copy, COMMENTS)), member(&file, COMMENTS));
        // A box that is too small for both grows from the corner where it is.
        let drawing = without_our_boxes(&member(&copy, DRAWING));
        assert_ne!(drawing, member(&file, DRAWING));
        let (before, after) = drawing.split_once("3, 15, 11, 10, ").unwrap();
        let (grown, after) = after.split_once("</x:Anchor>").unwrap();
        let edges: Vec<u32> = grown.split(", ").map(|it| it.parse().unwrap()).collect();
        assert!(edges[0] >= 5 && edges[2] > 15, "{grown}");
        assert_eq!(format!("{before}3, 15, 11, 10, 5, 15, 15, 4</x:Anchor>{after}"), member(&file, DRAWING));
        // The sheet had its link and its relations already.
        for part in [PART, "xl/worksheets/_rels/sheet5.xml.rels"] {
            assert_eq!(new[part], old[part], "{part}");
        }
        assert!(new.keys().all(|it| !it.contains("comments") || it == COMMENTS || !old.contains_key(it)));
        let again = check("plan.xlsx", &copy);
        assert_eq!(again.findings.len(), document.findings.len());
    }
}

#[test]
fn a_comment_that_says_nothing_yet_gets_ours() {
    let (marked, _) = cells();
    for body in
        ["<text/>", "<text></text>", "<text><t/></text>", "<text><t></t></text>", "<text><r><t/></r></text>"]
    {
        let (_, copy) = copied("plan.xlsx", &commented(&[(&marked, 0, body)]));
        let place = at(&marked);
        let here = &comments(&copy)[&(SHEET.to_owned(), place.row, place.col)];
        assert!(here.starts_with("plancheck ") && here.ends_with(LAST), "{body}: {here}");
    }
}

#[test]
fn a_conversation_is_left_as_it_is_and_the_results_say_so() {
    let (marked, _) = cells();
    let file =
        commented(&[(&marked, 1, "<text><t>[Threaded comment]\n\nComment:\n  Is this right?</t></text>")]);
    let (_, copy) = copied("plan.xlsx", &file);
    let place = at(&marked);
    let here = &comments(&copy)[&(SHEET.to_owned(), place.row, place.col)];
    assert_eq!(here, "[Threaded comment]\n\nComment:\n  Is this right?");
    let sheet = results(&copy);
    let said = "1 more cell on sheet 5a. Expenditure has none: there is a conversation (threaded comment), which was left as it is.";
    assert!(texts(&sheet).iter().any(|it| it.ends_with(said)), "{:?}", text(&sheet, 8, 1));
}

#[test]
fn a_comment_without_room_is_left_as_it_is_and_the_results_say_so() {
    let (marked, _) = cells();
    let long = format!("<text><t>{}</t></text>", "x".repeat(32_700));
    let (_, copy) = copied("plan.xlsx", &commented(&[(&marked, 0, &long)]));
    let place = at(&marked);
    assert_eq!(comments(&copy)[&(SHEET.to_owned(), place.row, place.col)].len(), 32_700);
    assert!(
        texts(&results(&copy)).iter().any(|it| it.contains("the comment that is there has no room for more"))
    );
}

/// Some programs write comments without boxes. Once the sheet has a drawing, each needs its own.
#[test]
fn comments_without_boxes_get_them() {
    let mut book = lay_out(&plans::sefton());
    for cell in ["B2", "C2", "D900"] {
        book.wound(&format!("comment at {SHEET}: {cell} = \"see {cell}\""));
    }
    let (_, copy) = copied("plan.xlsx", &write::xlsx(&book));
    let on_sheet = comments(&copy).into_keys().filter(|it| it.0 == SHEET).count();
    let relations = member(&copy, "xl/worksheets/_rels/sheet5.xml.rels");
    let drawing =
        relations.split("Target=\"/").find_map(|it| it.split('"').next().filter(|it| it.ends_with(".vml")));
    let drawing = member(&copy, drawing.unwrap());
    assert_eq!(drawing.matches("<v:shape ").count(), on_sheet);
    assert!(drawing.contains("<x:Row>899</x:Row><x:Column>3</x:Column>"));
}

/// The comments of a second copy are those of the first.
#[test]
fn a_copy_of_a_copy_has_everything_once() {
    let (marked, other) = cells();
    let plain = sample();
    let commented = commented(&[(&marked, 0, RICH), (other, 0, PLAIN)]);
    for file in [plain, commented] {
        let (document, copy) = copied("plan.xlsx", &file);
        let (again, second) = copied("plan.xlsx", &copy);
        assert_eq!(comments(&second), comments(&copy));
        assert_eq!(opened(&second).sheets.len(), document.sheets.len() + 1);
        assert_eq!(again.findings.len(), document.findings.len());
        // Nothing grows, however often it is done.
        let (first, second) = (members(&copy), members(&second));
        assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        for (part, content) in &first {
            assert_eq!(second[part].len(), content.len(), "{part}");
        }
    }
}

/// The report on a copy with nothing left to say but of one finding.
fn with_one_finding_left(copy: &[u8]) -> (Document, Vec<u8>) {
    let mut document = check("plan.xlsx", copy);
    let kept = document.findings.iter().position(|it| document.sheet_name(it.finding.cells[0].cell) == SHEET);
    document.findings = document.findings.drain(..).skip(kept.unwrap()).take(1).collect();
    let second = copy_of(&document, copy);
    (document, second)
}

#[test]
fn what_is_put_right_loses_its_comment() {
    let (marked, other) = cells();
    let file = commented(&[(&marked, 0, RICH), (other, 0, PLAIN)]);
    let (_, copy) = copied("plan.xlsx", &file);
    let (document, second) = with_one_finding_left(&copy);
    let cells = &document.findings[0].finding.cells;
    let said = comments(&second);
    assert_eq!(said.values().filter(|it| it.contains(LAST)).count(), cells.len());
    assert_eq!(said.len(), cells.len() + 1, "theirs is still there");
    // With nothing left at all, the comments and boxes are those of the beginning.
    let mut document = check("plan.xlsx", &copy);
    document.findings.clear();
    let bare = copy_of(&document, &copy);
    assert_eq!(comments(&bare), comments(&file));
    let list = member(&bare, COMMENTS).replace("<author>plancheck</author>", "");
    assert_eq!(list, member(&file, COMMENTS));
    assert_eq!(without_our_boxes(&member(&bare, DRAWING)), without_our_boxes(&member(&copy, DRAWING)));
}

#[test]
fn what_is_written_into_a_comment_of_ours_stays() {
    let (_, copy) = copied("plan.xlsx", &sample());
    let list = member(&copy, "xl/comments1.xml");
    let (before, after) = list.split_once(LAST).unwrap();
    let answered = format!("{before}{LAST}\nAnn: put right on Monday{after}");
    let copy = replace_member(&copy, "xl/comments1.xml", answered);
    let (_, second) = copied("plan.xlsx", &copy);
    let said: Vec<String> = comments(&second).into_values().filter(|it| it.contains("Monday")).collect();
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("\nAnn: put right on Monday\n\nplancheck "), "{}", said[0]);
    assert_eq!(said[0].matches(LAST).count(), 1);
}

#[test]
fn results_that_somebody_has_hidden_are_shown_again() {
    let (_, copy) = copied("plan.xlsx", &sample());
    let book = member(&copy, "xl/workbook.xml");
    let hidden = book
        .replace(&format!("<sheet name=\"{RESULTS}\""), &format!("<sheet state='hidden' name=\"{RESULTS}\""));
    let (_, second) = copied("plan.xlsx", &replace_member(&copy, "xl/workbook.xml", hidden));
    assert!(!results(&second).hidden);
}

/// A sheet that only has the name is somebody else's.
#[test]
fn a_sheet_of_that_name_keeps_it() {
    let mut book = lay_out(&plans::sefton());
    let mut sheet = plancheck_tests::book::Sheet::new("Plancheck Results");
    sheet.text(at("B2"), "ours, thank you", Default::default());
    book.sheets.insert(2, sheet);
    let (_, copy) = copied("plan.xlsx", &write::xlsx(&book));
    let names: Vec<String> = opened(&copy).sheets.into_iter().map(|it| it.name).collect();
    assert_eq!(
        (names[2].as_str(), names.last().unwrap().as_str()),
        ("Plancheck Results", "plancheck results (2)")
    );
    let (_, second) = copied("plan.xlsx", &copy);
    assert_eq!(opened(&second).sheets.len(), names.len());
}

/// The part of the sheet of results: the last that was put in.
fn part_of_results(copy: &[u8]) -> String {
    names(copy).into_iter().rfind(|it| it.starts_with("xl/worksheets/sheet")).unwrap()
}

/// A workbook made from a copy whose results somebody has worked on: both their sheet and ours are in the next.
#[test]
fn results_that_somebody_has_worked_on_are_kept() {
    let (_, copy) = copied("plan.xlsx", &sample());
    let part = part_of_results(&copy);
    let sheet = member(&copy, &part);
    let (before, after) = sheet.split_once("</row>").unwrap();
    let with = |cell: &str| replace_member(&copy, &part, format!("{before}{cell}</row>{after}"));
    let name = part.rsplit_once('/').unwrap().1;
    let relations = |kind: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"../x.bin\"/></Relationships>"
        )
    };
    let related = |kind| {
        let file = add_member(&copy, "xl/x.bin", "x");
        add_member(&file, &format!("xl/worksheets/_rels/{name}.rels"), relations(kind))
    };
    let sheets = |file: &[u8]| -> Vec<String> {
        opened(file).sheets.into_iter().map(|it| it.name).filter(|it| it.starts_with(RESULTS)).collect()
    };
    for (what, file) in [
        ("a formula", with("<c r=\"J1\"><f>COUNTA(A1:A9)</f><v>9</v></c>")),
        ("a column", with("<c r=\"K1\" t=\"inlineStr\"><is><t>chase finance</t></is></c>")),
        ("a note", related("comments")),
        ("a table", related("table")),
    ] {
        let (_, second) = copied("plan.xlsx", &file);
        assert_eq!(sheets(&second), [RESULTS, "plancheck results (2)"], "{what}");
        assert_eq!(member(&second, &part), member(&file, &part), "{what}");
        // From now on ours is the other.
        let (_, third) = copied("plan.xlsx", &second);
        assert_eq!(sheets(&third), sheets(&second), "{what}");
        assert_eq!(member(&third, &part), member(&file, &part), "{what}");
    }
    // A printer's settings are nobody's work, and stay where they lead.
    let printed = related("printerSettings");
    let (_, second) = copied("plan.xlsx", &printed);
    assert_eq!(sheets(&second), [RESULTS]);
    assert_eq!(members(&second).keys().collect::<Vec<_>>(), members(&printed).keys().collect::<Vec<_>>());
}

/// Comments name the sheet of results by the name that it has.
#[test]
fn comments_name_the_sheet_of_results_that_there_is() {
    let mut book = lay_out(&plans::sefton());
    let mut sheet = plancheck_tests::book::Sheet::new(RESULTS);
    sheet.text(at("B2"), "ours, thank you", Default::default());
    book.sheets.push(sheet);
    let bytes = write::xlsx(&book);
    let mut document = check("plan.xlsx", &bytes);
    let cell = document.findings[0].finding.cells[0];
    for found in &mut document.findings {
        found.finding.cells = vec![cell];
        found.finding.message = "x".repeat(1_900);
    }
    assert!(document.findings.len() > 2);
    let copy = copy_of(&document, &bytes);
    let said = comments(&copy).into_values().next().unwrap();
    assert!(said.contains("see the sheet plancheck results (2)."), "{said}");
}

/// Longer than any program takes: not searched for what is ours, and left as it is.
#[test]
fn a_comment_longer_than_can_be() {
    let (marked, _) = cells();
    let run = format!("<r><t xml:space=\"preserve\">plancheck EX02, x\n{LAST}\nz\n</t></r>");
    let body = format!("<text>{}</text>", run.repeat(5_000));
    let (_, copy) = copied("plan.xlsx", &commented(&[(&marked, 0, &body)]));
    assert!(member(&copy, COMMENTS).contains(&body));
    assert!(texts(&results(&copy)).iter().any(|it| it.contains("has no room for more")));
}

/// As many pieces as a comment may have, of which ours lie among many that are empty.
#[test]
fn a_comment_of_very_many_pieces() {
    let (_, other) = cells();
    let ours = format!("<r><t xml:space=\"preserve\">plancheck EX02, x\n{LAST}\nz\n</t></r>");
    let body = format!("<text>{}{}</text>", ours.repeat(500), "<r><t>y</t></r><r><t></t></r>".repeat(5_000));
    let (_, copy) = copied("plan.xlsx", &commented(&[(other, 0, &body)]));
    let said = &comments(&copy)[&(SHEET.to_owned(), 1, 1)];
    assert_eq!((said.matches('z').count(), said.matches('y').count()), (500, 5_000));
    assert!(!said.contains("plancheck"), "{}", &said[..200]);
}
