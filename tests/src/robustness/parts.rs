//! Parts of an Excel workbook that ask for more than they should.

use super::{SHEET, STRINGS, Specimen, many, small, with};
use crate::write::{add_member, member, replace_member};

const MILLION: usize = 1_000_000;

pub(super) fn all() -> Vec<Specimen> {
    vec![
        Specimen::checked("far-cell", "one cell at XFD1048576", || {
            rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")
        }),
        Specimen::checked("lying-dimension", "a sheet that says it reaches XFD1048576", || {
            with(SHEET, "<sheetData>", "<dimension ref=\"A1:XFD1048576\"/>")
        }),
        Specimen::checked("empty-rows", "a million empty rows", || {
            rows(&many(MILLION, |row| format!("<row r=\"{}\"/>", row + 1_000)))
        }),
        Specimen::checked("empty-cells", "a million empty cells with a format", || {
            rows(&many(MILLION, |row| format!("<row r=\"{0}\"><c r=\"A{0}\" s=\"1\"/></row>", row + 1_000)))
        }),
        Specimen::refused("long-tab", "a sheet whose name has 100,000 characters", "too-large", || {
            let book = member(&small(), "xl/workbook.xml");
            let name = format!("<sheet name=\"{}", "a".repeat(100_000));
            replace_member(&small(), "xl/workbook.xml", book.replacen("<sheet name=\"", &name, 1))
        }),
        Specimen::refused("long-defined-name", "a defined name of 100,000 characters", "too-large", || {
            let names = format!(
                "<definedNames><definedName name=\"{}\">1</definedName></definedNames>",
                "a".repeat(100_000)
            );
            with("xl/workbook.xml", "</workbook>", &names)
        }),
        Specimen::refused("many-cells", "four million filled cells", "too-large", || {
            rows(&many(400_000, |row| {
                let cells = many(10, |_| "<c><v>1</v></c>".to_owned());
                format!("<row r=\"{}\">{cells}</row>", row + 1_000)
            }))
        }),
        Specimen::checked("distinct-texts", "a million cells, each with a text of its own", || {
            rows(&many(MILLION / 10, |row| {
                let row = row + 1_000;
                let cells = many(10, |col| format!("<c t=\"inlineStr\"><is><t>{row} {col}</t></is></c>"));
                format!("<row r=\"{row}\">{cells}</row>")
            }))
        }),
        Specimen::checked("shared-texts", "a million texts that cells share", || {
            with(STRINGS, "</sst>", &many(MILLION, |it| format!("<si><t>{it}</t></si>")))
        }),
        Specimen::refused(
            "too-many-texts",
            "three million empty texts that cells share",
            "too-large",
            || with(STRINGS, "</sst>", &"<si/>".repeat(3 * MILLION)),
        ),
        Specimen::refused(
            "declared-texts",
            "a count of 100,000,000,000 shared texts, and none of them",
            "too-large",
            || replace_member(&small(), STRINGS, "<sst uniqueCount=\"100000000000\"></sst>"),
        ),
        Specimen::refused("long-text", "one text of 100 MB", "too-large", || {
            with(STRINGS, "</sst>", &format!("<si><t>{}</t></si>", noise(100 << 20)))
        }),
        Specimen::refused("long-text-in-runs", "one text of 20 MB in two million runs", "too-large", || {
            with(STRINGS, "</sst>", &format!("<si>{}</si>", "<r><t>0123456789</t></r>".repeat(2 * MILLION)))
        }),
        Specimen::refused("text-many-cells-share", "a text of 900 KB in 100 cells", "too-large", shared_text),
        Specimen::refused("long-attribute", "an attribute of 30 MB", "too-large", || {
            with(SHEET, "<sheetData>", &format!("<a b=\"{}\"/>", noise(30 << 20)))
        }),
        Specimen::refused("long-comment", "an XML comment of 30 MB", "too-large", || {
            with(SHEET, "<sheetData>", &format!("<!--{}-->", noise(30 << 20)))
        }),
        Specimen::refused("long-formula", "a formula of 10 MB", "too-large", || {
            rows(&format!(
                "<row r=\"1000\"><c r=\"A1000\"><f>{}1</f><v>1</v></c></row>",
                "1+".repeat(5 << 20)
            ))
        }),
        Specimen::refused("deep", "a million elements inside each other", "too-large", || {
            replace_member(&small(), SHEET, "<a>".repeat(MILLION))
        }),
        Specimen::checked("entities", "entities that stand for each other, a billion in all", || {
            let lol = many(9, |it| format!("<!ENTITY l{} \"{}\">", it + 1, format!("&l{it};").repeat(10)));
            let sheet = member(&small(), SHEET);
            let sheet = sheet.split_once("?>").map_or(sheet.as_str(), |it| it.1);
            let sheet = sheet.replacen("<v>", "<v>&l9;", 1);
            replace_member(&small(), SHEET, format!("<!DOCTYPE a [<!ENTITY l0 \"lol\">{lol}]>{sheet}"))
        }),
        Specimen::refused("sheets", "5,000 sheets", "too-large", || {
            let tabs =
                many(5_000, |it| format!("<sheet name=\"S{it}\" sheetId=\"{}\" r:id=\"x{it}\"/>", it + 100));
            let bytes = with("xl/workbook.xml", "</sheets>", &tabs);
            let relations = member(&bytes, "xl/_rels/workbook.xml.rels");
            let more = many(5_000, |it| {
                format!(
                    "<Relationship Id=\"x{it}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" \
                     Target=\"worksheets/x{it}.xml\"/>"
                )
            });
            replace_member(
                &bytes,
                "xl/_rels/workbook.xml.rels",
                relations.replace("</Relationships>", &format!("{more}</Relationships>")),
            )
        }),
        Specimen::refused("names", "a million defined names", "too-large", || {
            let names = many(MILLION, |it| format!("<definedName name=\"n{it}\">1</definedName>"));
            with("xl/workbook.xml", "</workbook>", &format!("<definedNames>{names}</definedNames>"))
        }),
        Specimen::refused("styles", "a million cell styles", "too-large", || {
            with("xl/styles.xml", "</cellXfs>", &"<xf/>".repeat(MILLION))
        }),
        Specimen::refused("long-style", "2,000 styles with a format code of 900 KB", "too-large", || {
            let code = format!(
                "<numFmts><numFmt numFmtId=\"200\" formatCode=\"{}\"/></numFmts>",
                "0".repeat(900_000)
            );
            let bytes = with("xl/styles.xml", "<fonts", &code);
            let styles = member(&bytes, "xl/styles.xml")
                .replace("</cellXfs>", &format!("{}</cellXfs>", "<xf numFmtId=\"200\"/>".repeat(2_000)));
            replace_member(&bytes, "xl/styles.xml", styles)
        }),
        Specimen::refused("references", "a million references between parts", "too-large", || {
            let more = many(MILLION, |it| format!("<Relationship Id=\"y{it}\" Type=\"t\" Target=\"u\"/>"));
            with("xl/_rels/workbook.xml.rels", "</Relationships>", &more)
        }),
        Specimen::checked("merges", "a million merged areas", || {
            let merges = many(MILLION, |it| format!("<mergeCell ref=\"A{0}:B{0}\"/>", it + 1_000));
            with(SHEET, "</worksheet>", &format!("<mergeCells>{merges}</mergeCells>"))
        }),
        Specimen::checked("validations", "300,000 drop-downs", || {
            let all = many(300_000, |it| {
                format!(
                    "<dataValidation type=\"list\" sqref=\"A{}\"><formula1>n{it}</formula1></dataValidation>",
                    it + 1_000
                )
            });
            with(SHEET, "</worksheet>", &format!("<dataValidations>{all}</dataValidations>"))
        }),
        Specimen::checked("names-in-turn", "50,000 drop-downs that go by the last of 20,000 names", || {
            let names = many(20_000, |it| format!("<definedName name=\"n{it}\">n{}</definedName>", it + 1));
            let bytes =
                with("xl/workbook.xml", "</workbook>", &format!("<definedNames>{names}</definedNames>"));
            let all = many(50_000, |it| {
                let name = 19_999 - it % 9_999;
                format!(
                    "<dataValidation type=\"list\" sqref=\"A{}\"><formula1>N{name}</formula1></dataValidation>",
                    it + 1_000
                )
            });
            let sheet = member(&bytes, SHEET)
                .replace("</worksheet>", &format!("<dataValidations>{all}</dataValidations></worksheet>"));
            replace_member(&bytes, SHEET, sheet)
        }),
        Specimen::checked("options", "half a million options of a drop-down on each of four sheets", || {
            let list = format!(
                "<dataValidations><dataValidation type=\"list\" sqref=\"XFD1\"><formula1>\"{}\"</formula1>\
                 </dataValidation></dataValidations>",
                "a,".repeat(500_000)
            );
            (1..=4).fold(small(), |bytes, number| {
                let sheet = format!("xl/worksheets/sheet{number}.xml");
                let more = member(&bytes, &sheet).replace("</worksheet>", &format!("{list}</worksheet>"));
                replace_member(&bytes, &sheet, more)
            })
        }),
        Specimen::checked(
            "notes-of-many-sheets",
            "5 MB of notes to which 100 sheets refer",
            notes_of_many_sheets,
        ),
        Specimen::checked("comments", "500,000 notes on one sheet", || {
            let notes =
                many(500_000, |it| format!("<comment ref=\"A{}\"><text><t>x</t></text></comment>", it + 1));
            let bytes = add_member(
                &small(),
                "xl/notes.xml",
                format!("<comments><commentList>{notes}</commentList></comments>"),
            );
            add_member(
                &bytes,
                "xl/worksheets/_rels/sheet1.xml.rels",
                "<Relationships><Relationship Id=\"n\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" \
                 Target=\"../notes.xml\"/></Relationships>",
            )
        }),
        Specimen::checked(
            "notes-again-and-again",
            "2 MB of notes to which one sheet refers 5,000 times",
            || {
                let notes = many(20_000, |it| {
                    format!("<comment ref=\"A{}\"><text><t>{}</t></text></comment>", it + 1, "x".repeat(50))
                });
                let bytes = add_member(
                    &small(),
                    "xl/notes.xml",
                    format!("<comments><commentList>{notes}</commentList></comments>"),
                );
                let relations = many(5_000, |it| {
                    format!(
                        "<Relationship Id=\"n{it}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" \
                     Target=\"../notes.xml\"/>"
                    )
                });
                add_member(
                    &bytes,
                    "xl/worksheets/_rels/sheet1.xml.rels",
                    format!("<Relationships>{relations}</Relationships>"),
                )
            },
        ),
        Specimen::checked("shared-formula", "a formula that 200,000 cells share", || {
            rows(&many(200_000, |row| {
                let formula = if row == 0 {
                    "<f t=\"shared\" si=\"0\" ref=\"A1000:A201000\">SUM(B1:B9)*1.5</f>"
                } else {
                    "<f t=\"shared\" si=\"0\"/>"
                };
                format!("<row r=\"{0}\"><c r=\"A{0}\">{formula}<v>1</v></c></row>", row + 1_000)
            }))
        }),
        Specimen::checked(
            "formula-number",
            "a shared formula with the number 99,999,999 beside a cell that is no number",
            || {
                rows(
                    "<row r=\"1000\"><c r=\"A1000\" t=\"n\"><v>x</v></c><c r=\"B1000\"><f t=\"shared\" si=\"99999999\" ref=\"B1000\">1</f><v>1</v></c></row>",
                )
            },
        ),
        Specimen::refused("wide-characters", "a sheet of 10 MB in UTF-16", "too-large", || {
            let text = format!("<worksheet><sheetData>{}</sheetData></worksheet>", "<row/>".repeat(MILLION));
            let wide: Vec<u8> =
                std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
            replace_member(&small(), SHEET, wide)
        }),
    ]
}

/// The small plan with rows below its first sheet's own.
fn rows(more: &str) -> Vec<u8> {
    with(SHEET, "</sheetData>", more)
}

/// A text that does not compress to next to nothing, so that its size is what is judged.
fn noise(size: usize) -> String {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let letter = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        char::from(b'a' + u8::try_from(state % 3).unwrap())
    };
    (0..size).map(letter).collect()
}

fn notes_of_many_sheets() -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let notes = many(5_000, |it| {
        format!("<comment ref=\"A{}\"><text><t>{}</t></text></comment>", it + 1, noise(1_000))
    });
    let mut bytes = add_member(
        &small(),
        "xl/notes.xml",
        format!("<comments><commentList>{notes}</commentList></comments>"),
    );
    let tabs = many(100, |it| format!("<sheet name=\"S{it}\" sheetId=\"{}\" r:id=\"x{it}\"/>", it + 100));
    let more = many(100, |it| {
        format!("<Relationship Id=\"x{it}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/x{it}.xml\"/>")
    });
    for (part, mark, more) in
        [("xl/workbook.xml", "</sheets>", tabs), ("xl/_rels/workbook.xml.rels", "</Relationships>", more)]
    {
        let text = member(&bytes, part).replace(mark, &format!("{more}{mark}"));
        bytes = replace_member(&bytes, part, text);
    }
    for it in 0..100 {
        bytes =
            add_member(&bytes, &format!("xl/worksheets/x{it}.xml"), "<worksheet><sheetData/></worksheet>");
        bytes = add_member(
            &bytes,
            &format!("xl/worksheets/_rels/x{it}.xml.rels"),
            format!(
                "<Relationships><Relationship Id=\"n\" Type=\"{OFFICE}/comments\" Target=\"../notes.xml\"/></Relationships>"
            ),
        );
    }
    bytes
}

fn shared_text() -> Vec<u8> {
    let bytes = with(STRINGS, "</sst>", &format!("<si><t>{}</t></si>", noise(900_000)));
    let last = member(&bytes, STRINGS).matches("<si>").count() - 1;
    let cells =
        many(100, |row| format!("<row r=\"{0}\"><c r=\"A{0}\" t=\"s\"><v>{last}</v></c></row>", row + 1_000));
    let sheet = member(&bytes, SHEET).replace("</sheetData>", &format!("{cells}</sheetData>"));
    replace_member(&bytes, SHEET, sheet)
}
