use super::*;

fn areas(formula: &str) -> Vec<String> {
    named(formula)
        .into_iter()
        .filter_map(|it| match it {
            Named::Area { sheet, area } => {
                Some(sheet.map_or_else(|| area.to_string(), |sheet| format!("{sheet}!{area}")))
            }
            _ => None,
        })
        .collect()
}

fn outside_books(formula: &str) -> Vec<String> {
    named(formula)
        .into_iter()
        .filter_map(|it| match it {
            Named::Outside(book) => Some(book),
            _ => None,
        })
        .collect()
}

#[test]
fn the_sums_of_the_template_say_which_rows_they_read() {
    assert_eq!(areas("SUMIF($N$49:$N$448,B9,$O$49:$O$448)"), ["N49:N448", "B9", "O49:O448"]);
    assert_eq!(
        areas("SUMIF('5a. Expenditure'!E49:E448,B29,'5a. Expenditure'!O49:O448)"),
        ["5a. Expenditure!E49:E448", "B29", "5a. Expenditure!O49:O448"]
    );
    assert_eq!(
        areas("SUMPRODUCT((N49:N448=\"Minimum NHS: O1:O2\")*(H49:H448<>\"Acute\")*K49:K448*O49:O448)"),
        ["N49:N448", "H49:H448", "K49:K448", "O49:O448"]
    );
    assert_eq!(areas("SUM(O:O)+SUM($9:$12)"), ["O:O", "9:12"]);
    assert_eq!(areas("SUM(Sheet1!A1:Sheet1!B2)"), ["Sheet1!A1:B2"]);
    assert_eq!(areas("'It''s'!C3+C4"), ["It's!C3", "C4"]);
}

#[test]
fn what_looks_like_a_cell_and_is_none() {
    assert_eq!(areas("LOG10(100)+1E5+TRUE+Rate_1+A1.B2"), Vec::<String>::new());
    assert_eq!(areas("\"O49:O448\"&\"it is \"\"A1\"\"\""), Vec::<String>::new());
    assert_eq!(areas("#REF!+A1"), ["A1"]);
    assert_eq!(areas("{\"CCG\",\"ICB\"}"), Vec::<String>::new());
    assert_eq!(named("Schemes[Expenditure (£)]"), [Named::Name("Schemes".to_owned()), Named::Columns]);
    assert_eq!(named("Total*2"), [Named::Name("Total".to_owned())]);
}

#[test]
fn other_workbooks_are_named() {
    assert_eq!(outside_books("[1]Sheet1!$A$1+'[2]5a. Expenditure'!O49:O448"), ["1", "2"]);
    assert_eq!(areas("[1]Sheet1!$A$1:B2+C3"), ["C3"]);
    assert_eq!(outside_books("'[file:///C:/old plan.ods]Sheet1'!A1"), ["file:///C:/old plan.ods"]);
    assert_eq!(outside_books("[1]!Total+B2"), ["1"]);
    assert_eq!(outside_books("SUM(A1)"), Vec::<String>::new());
}

#[test]
fn a_shared_formula_reads_on_from_cell_to_cell() {
    assert_eq!(shifted("SUMIF($N$49:$N$448,B9,$O$49:$O$448)", 1, 0), "SUMIF($N$49:$N$448,B10,$O$49:$O$448)");
    assert_eq!(shifted("D9-E9", 3, 1), "E12-F12");
    assert_eq!(shifted("$D9-E$9&\"D9\"", 1, 1), "$D10-F$9&\"D9\"");
    assert_eq!(shifted("SUM(O:O,9:12)", 1, 1), "SUM(P:P,10:13)");
    assert_eq!(shifted("'4. Income'!C22", 1, 0), "'4. Income'!C23");
    assert_eq!(shifted("A1", -1, -1), "XFD1048576");
}

#[test]
fn the_formulas_of_open_document_say_the_same() {
    for (open, plain) in [
        ("of:=SUMIF([.$N$49:.$N$448];[.B9];[.$O$49:.$O$448])", "SUMIF($N$49:$N$448,B9,$O$49:$O$448)"),
        ("of:=[$'4. Income'.C22]", "'4. Income'!C22"),
        ("of:=SUM([$Lookups.A1:$Lookups.B2])", "SUM(Lookups!A1:B2)"),
        ("of:=IF([.B4]=\"a;b[c]\";1;2)", "IF(B4=\"a;b[c]\",1,2)"),
        (
            "of:=['file:///C:/old%20plan.ods'#$'5a. Expenditure'.O49]",
            "'[file:///C:/old%20plan.ods]5a. Expenditure'!O49",
        ),
        ("of:=[.#REF!]", "#REF!"),
        ("of:=SUM([.O:.O])", "SUM(O:O)"),
        ("oooc:=1+1", "1+1"),
        ("", ""),
    ] {
        assert_eq!(from_open_document(open), plain);
    }
    assert_eq!(areas(&from_open_document("of:=SUM(['It''s'.A1:.B2])")), ["It's!A1:B2"]);
}

#[test]
fn nothing_that_a_file_may_hold_makes_it_stumble() {
    for formula in [
        "",
        "'",
        "\"",
        "[",
        "]",
        "!",
        "''!",
        "[[[[",
        "A1:",
        ":A1",
        "A1:B",
        "$",
        "$$A1",
        "'[1]x",
        "é!A1",
        "A1:é",
        "#",
        "Ⅻ1",
        "[1]",
        "'[1]'!",
        "x[",
        "x[a]]",
        "=:=",
        "A99999999999:B1",
        "\u{0}",
        "𝒜1(",
    ] {
        named(formula);
        shifted(formula, 1, 1);
        from_open_document(formula);
        from_open_document(&format!("of:=[{formula}"));
    }
    let deep = "(".repeat(100_000) + &"[".repeat(100_000);
    named(&deep);
    shifted(&deep, 1, 1);
}
