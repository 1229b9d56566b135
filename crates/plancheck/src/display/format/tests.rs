use std::fmt::Write as _;

use super::*;

fn figure(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn shown(value: &str, code: &str) -> String {
    let format = Format::read(code).unwrap_or_else(|| panic!("{code} is not read"));
    format.number(figure(value), false).text
}

/// The value, the format, and what Excel shows. The room that a format leaves to line figures up is left out.
const TABLE: &[(&str, &str, &str)] = &[
    // Money.
    ("200000", "£#,##0", "£200,000"),
    ("200000", r##""£"#,##0"##, "£200,000"),
    ("-200000", r##""£"#,##0"##, "-£200,000"),
    ("1234.5", "[$£-809]#,##0.00", "£1,234.50"),
    ("-1234.5", "[$£-809]#,##0.00", "-£1,234.50"),
    ("-1234.5", "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "-£1,234.50"),
    ("1234", "[$£-en-GB]#,##0", "£1,234"),
    ("1234", "[$€-2]\\ #,##0.00", "€ 1,234.00"),
    ("5", "#,##0 [$GBP]", "5 GBP"),
    ("1234.5", r##"_-"£"* #,##0.00_-;\-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-"##, "£1,234.50"),
    ("-1234.5", r##"_-"£"* #,##0.00_-;\-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-"##, "-£1,234.50"),
    ("0", r##"_-"£"* #,##0.00_-;\-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-"##, "£-"),
    ("1500000", r##"£0.0,,"m""##, "£1.5m"),
    // Whole numbers and decimals.
    ("-1234", "#,##0;[Red]-#,##0", "-1,234"),
    ("1234", "#,##0;[Red]-#,##0", "1,234"),
    ("0", "#,##0;[Red]-#,##0", "0"),
    ("-12", "0.00;[Red]0.00", "12.00"),
    ("-5.5", "0.0_);(0.0)", "(5.5)"),
    ("5.5", "0.0_);(0.0)", "5.5"),
    ("1000000000000000", "#,##0", "1,000,000,000,000,000"),
    ("1234567", "#,##0,", "1,235"),
    ("1234499", "#,##0,", "1,234"),
    ("1234567", r##"0.0,,"m""##, "1.2m"),
    ("5", "000", "005"),
    ("7777123456", "00000\\ 000000", "07777 123456"),
    ("0.5", "#.##", ".5"),
    ("20", "0.##", "20."),
    ("0", "#", ""),
    ("3", r##"0" days""##, "3 days"),
    ("1234", r##"#,##0\ "people""##, "1,234 people"),
    ("12", "+0;-0;0", "+12"),
    ("5", r##""Q"0"##, "Q5"),
    ("1234", "0.00E+00", "1.23E+03"),
    ("0.9145", "0.00E+00", "9.15E-01"),
    ("1.005", "0.00E+00", "1.01E+00"),
    ("0", "0.00E+00", "0.00E+00"),
    ("0.5", "# ?/?", "1/2"),
    ("1.25", "# ??/??", "1  1/4"),
    // Rounding is of the decimal that was typed, and half goes away from nought.
    ("0.285", "0.00", "0.29"),
    ("1.005", "0.00", "1.01"),
    ("2.5", "0", "3"),
    ("-2.5", "0", "-3"),
    ("0.575", "0%", "58%"),
    ("0.145", "0%", "15%"),
    // Percentages.
    ("0.91", "0.0%", "91.0%"),
    ("0.9145", "0.0%", "91.5%"),
    ("-0.001", "0.0%", "-0.1%"),
    ("0.07", "0%", "7%"),
    ("1", "0%", "100%"),
    ("12", "0.0\\%", "12.0%"),
    // Nothing, and what is shown instead of a number.
    ("5", ";;;", ""),
    ("-5", ";;;", ""),
    ("0", ";;;", ""),
    ("0", "0;;", ""),
    ("-3", "0;;", ""),
    ("0", "0;-0;;@", ""),
    ("-1", "0;-0;;@", "-1"),
    ("0", "#,##0;-#,##0;[Red]", ""),
    ("5", r##""Yes";"No";"None""##, "Yes"),
    ("0", r##""Yes";"No";"None""##, "None"),
    ("-1", r##""Yes";"No";"None""##, "No"),
    ("0", "0;-0;@", "0"),
    ("5", r##"0" ; ""##, "5 ;"),
    // General, alone and among others.
    ("5", "General", "5"),
    ("-0.5", "GENERAL", "-0.5"),
    ("-5", "General;-General", "-5"),
    ("-5.25", "[Blue]General;[Red]-General", "-5.25"),
    ("5", r##""£"General" each""##, "£5 each"),
    ("-5", r##""£"General"##, "-£5"),
    ("0.333333333333333", "General", "0.333333333"),
    ("123456789012", "General", "1.23457E+11"),
    ("1234567.891234", "General", "1234567.891"),
    ("1234567890.5", "General", "1234567891"),
    ("12345678.125", "General", "12345678.13"),
    ("-0.0000123456", "General", "-1.23456E-05"),
    ("0.0000123456789", "General", "1.23457E-05"),
    ("0.00001234", "General", "0.00001234"),
    ("0.0001234565", "General", "0.000123457"),
    ("99999999999.5", "General", "1E+11"),
    ("99999999999.4", "General", "99999999999"),
    ("100000500000", "General", "1.00001E+11"),
    ("5", "@", "5"),
    ("-5.5", "@", "-5.5"),
    // Conditions.
    ("5", r##"[>100]0" big";[<=100]0" small""##, "5 small"),
    ("500", r##"[>100]0" big";[<=100]0" small""##, "500 big"),
    ("-5", r##"[>100]0" big";[<=100]0" small""##, "-5 small"),
    ("-5", r##"[>=1000000]0.0,,"M";[>=1000]0.0,"K";0"##, "-5"),
    ("-5", "[<0](0);0", "(5)"),
    ("-5", "[>=0]0;(0)", "(5)"),
    ("1", r##"[=1]"one";0"##, "one"),
    // Dates.
    ("44835", "mmm-yy", "Oct-22"),
    ("44835", "mmm\\-yy", "Oct-22"),
    ("44902", "dd/mm/yyyy", "07/12/2022"),
    ("44902", "ddd dd/mm/yyyy", "Wed 07/12/2022"),
    ("44902", "dddd d mmmm yyyy", "Wednesday 7 December 2022"),
    ("44902", "[$-809]dd mmmm yyyy;@", "07 December 2022"),
    ("44902", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "07 December 2022"),
    ("0.5", "[$-F400]h:mm:ss\\ AM/PM", "12:00:00"),
    ("44902", "yyyy\\-mm\\-dd", "2022-12-07"),
    ("44902", "d.m.yy", "7.12.22"),
    ("44902", "mmmmm", "D"),
    ("44902", "dd/mm/yyyy_)", "07/12/2022"),
    ("60", "d/m/yyyy", "29/2/1900"),
    ("1", "d/m/yyyy", "1/1/1900"),
    ("44902.5", "dd/mm/yyyy hh:mm", "07/12/2022 12:00"),
    ("44902.99999999", "dd/mm/yyyy hh:mm", "08/12/2022 00:00"),
    // Times, of the day and elapsed.
    ("0.5", "h:mm AM/PM", "12:00 PM"),
    ("0.0625", "mm:ss", "30:00"),
    ("1.5", "[h]:mm", "36:00"),
    ("1.5", "[h]:mm:ss", "36:00:00"),
    ("0.75", "[mm]", "1080"),
    ("0.5", "[h]", "12"),
    ("0.000011574", "ss.000", "01.000"),
];

#[test]
fn values_are_shown_as_excel_shows_them() {
    let mut wrong = String::new();
    for (value, code, excel) in TABLE {
        let got = shown(value, code);
        if got != *excel {
            writeln!(wrong, "{value} as {code}: {got:?} and not {excel:?}").unwrap();
        }
    }
    assert_eq!(wrong, "");
}

#[test]
fn every_format_that_all_workbooks_have() {
    for (number, value, excel) in [
        (0, "1234.5", "1234.5"),
        (1, "1234.5", "1235"),
        (2, "1234.5", "1234.50"),
        (3, "1234.5", "1,235"),
        (4, "-1234.5", "-1,234.50"),
        (5, "-1234.5", "-£1,235"),
        (6, "-1234.5", "-£1,235"),
        (7, "1234.5", "£1,234.50"),
        (8, "-1234.5", "-£1,234.50"),
        (9, "0.915", "92%"),
        (10, "0.915", "91.50%"),
        (11, "1234.5", "1.23E+03"),
        (12, "1.5", "1 1/2"),
        (13, "1.25", "1  1/4"),
        (14, "44902", "07/12/2022"),
        (15, "44902", "07-Dec-22"),
        (16, "44902", "07-Dec"),
        (17, "44902", "Dec-22"),
        (18, "0.75", "6:00 PM"),
        (19, "0.75", "6:00:00 PM"),
        (20, "0.25", "06:00"),
        (21, "0.25", "06:00:00"),
        (22, "44902.25", "07/12/2022 06:00"),
        (37, "-1234.5", "-1,235"),
        (38, "-1234.5", "-1,235"),
        (39, "-1234.5", "-1,234.50"),
        (40, "-1234.5", "-1,234.50"),
        (41, "1234.5", "1,235"),
        (42, "-1234.5", "-£1,235"),
        (43, "0", "-"),
        (44, "1234.5", "£1,234.50"),
        (45, "0.0625", "30:00"),
        (46, "1.5", "36:00:00"),
        (47, "0.0625", "3000.0"),
        (48, "12345", "12.3E+3"),
        (49, "1234.5", "1234.5"),
    ] {
        assert_eq!(shown(value, builtin(number).unwrap()), excel, "format {number}");
    }
    assert_eq!((builtin(23), builtin(163), builtin(u32::MAX)), (None, None, None));
}

/// One decimal place of a percentage for every tenth of a thousandth: floats would go wrong in some.
#[test]
fn no_percentage_is_rounded_otherwise_than_its_decimal() {
    let format = Format::read("0.0%").unwrap();
    for number in 0..20_000 {
        let share = Decimal::new(number, 4);
        let percent = money_round(share * Decimal::ONE_HUNDRED);
        assert_eq!(format.number(share, false).text, format!("{percent:.1}%"), "{share}");
    }
}

fn money_round(figure: Decimal) -> Decimal {
    money::round(figure, 1)
}

#[test]
fn a_date_counts_from_the_day_that_the_workbook_counts_from() {
    let format = Format::read("dd/mm/yyyy").unwrap();
    assert_eq!(format.number(figure("43440"), true).text, "07/12/2022");
    assert_eq!(format.number(figure("44902"), false).text, "07/12/2022");
}

/// Excel fills the cell with "#"; the number behind it tells more.
#[test]
fn a_date_that_no_calendar_has_is_shown_as_its_number() {
    for (value, text) in [("-1", "-1"), ("2958466", "2958466"), ("99999999", "99999999")] {
        assert_eq!(shown(value, "dd/mm/yyyy"), text);
        assert_eq!(shown(value, "[h]:mm"), text);
    }
}

#[test]
fn formats_give_their_colours() {
    let colour = |value: &str, code: &str| {
        Format::read(code).unwrap().number(figure(value), false).colour.map(|it| it.to_string())
    };
    let red = Some("#FF0000".to_owned());
    assert_eq!(colour("-5", "#,##0;[Red]-#,##0"), red);
    assert_eq!(colour("5", "#,##0;[Red]-#,##0"), None);
    assert_eq!(colour("-5", "General;[Red]-General"), red);
    assert_eq!(colour("5", "[Color10]0"), Some("#008000".to_owned()));
    assert_eq!(colour("5", "[Color99]0"), None);
    let format = Format::read("[Green]0;[Red]-0;;[Blue]@").unwrap();
    let all: Vec<String> = format.colours().map(|it| it.to_string()).collect();
    assert_eq!(all, ["#00FF00", "#FF0000", "#0000FF"]);
    assert_eq!(format.text("x").colour.unwrap().to_string(), "#0000FF");
}

#[test]
fn text_goes_through_its_own_section() {
    for (code, text) in [
        ("@", "yes"),
        ("General", "yes"),
        ("#,##0", "yes"),
        ("0;-0;;@", "yes"),
        (";;;", ""),
        ("0;0;0;\"“\"@\"”\"", "“yes”"),
        ("\"“\"@\"”\"", "“yes”"),
        ("0;\"“\"@\"”\"", "“yes”"),
        ("dd/mm/yyyy;@", "yes"),
    ] {
        assert_eq!(Format::read(code).unwrap().text("yes").text, text, "{code}");
    }
}

#[test]
fn what_is_not_relied_on_is_not_read() {
    for code in ["ss.000000000", "bbbb", "B2yyyy", "[Red", &"0".repeat(300)] {
        assert!(Format::read(code).is_none(), "{code}");
    }
}

#[test]
fn dates_without_a_format_are_written_out() {
    let date = |serial: Option<&str>| {
        plain_date(&Date { year: 2022, month: 12, day: 7, serial: serial.map(figure) }, false)
    };
    assert_eq!(date(None), "7 Dec 2022");
    assert_eq!(date(Some("44902")), "7 Dec 2022");
    assert_eq!(date(Some("44902.75")), "7 Dec 2022 18:00");
    assert_eq!(date(Some("0.75")), "18:00");
}

#[test]
fn numbers_beyond_all_figures_are_shown_as_general_shows_them() {
    let shown = |text: &str, code: Option<&str>| {
        let format = code.map(|it| Format::read(it).unwrap());
        beyond_figures(text, format.as_ref()).map(|it| it.text)
    };
    assert_eq!(shown("1234567890123456", None).unwrap(), "1.23457E+15");
    assert_eq!(shown(&1e300.to_string(), None).unwrap(), "1E+300");
    assert_eq!((shown("inf", None), shown("tbc", Some("0"))), (None, None));
    // Their cell's own format is theirs too, as far as there are figures for it.
    assert_eq!(shown("2000000000000000", Some("#,##0")).unwrap(), "2,000,000,000,000,000");
    assert_eq!(shown("2E+15", Some("£#,##0.00")).unwrap(), "£2,000,000,000,000,000.00");
    assert_eq!(shown("-2e15", Some("#,##0")).unwrap(), "-2,000,000,000,000,000");
    assert_eq!(shown("1e300", Some("#,##0")).unwrap(), "1E+300");
}

/// Codes put together at random from what codes are made of, and from what they are not: none of them stops
/// the program, and none makes a long text of a number.
#[test]
fn no_code_does_harm() {
    const TOKENS: &[&str] = &[
        "0",
        "#",
        "?",
        ".",
        ",",
        "%",
        "@",
        "*",
        "_",
        "\\",
        "\"",
        "[",
        "]",
        ";",
        "E+",
        "e",
        "y",
        "yyyy",
        "m",
        "mm",
        "mmm",
        "mmmmm",
        "d",
        "dddd",
        "h",
        "hh",
        "s",
        "ss",
        "s.0",
        "ss.000",
        ".00000000000000000000",
        "AM/PM",
        "A/P",
        "[h]",
        "[mm]",
        "[s]",
        "[Red]",
        "[Color12]",
        "[Color 99]",
        "[>100]",
        "[<=-1]",
        "[=0]",
        "[$£-809]",
        "[$-F800]",
        "[$€]",
        "[$",
        "£",
        "é",
        " ",
        "-",
        "(",
        "/",
        "# ?/?",
        "/100",
        "/0",
        "General",
        "b",
        "bbbb",
        "B2",
        "g",
        "🦀",
        "12",
        "99999999999",
        "[<1e308]",
        "[DBNum1]",
        "\u{a0}",
        "[]",
        "x",
    ];
    const VALUES: &[&str] = &[
        "0",
        "1",
        "-1",
        "0.5",
        "1234.5678",
        "-0.0000001",
        "1000000000000000",
        "-1000000000000000",
        "44902",
        "60",
        "44902.9999999999",
        "2958465.9999999",
        "2958466",
        "0.0000000000000000000000001",
    ];
    let values: Vec<Decimal> = VALUES.iter().map(|it| figure(it)).collect();
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % u64::try_from(below).unwrap()).unwrap()
    };
    let mut read = 0;
    for _ in 0..10_000 {
        let code: String = (0..=random(12)).map(|_| TOKENS[random(TOKENS.len())]).collect();
        let Some(format) = Format::read(&code) else { continue };
        read += 1;
        for value in &values {
            for from_1904 in [false, true] {
                assert!(format.number(*value, from_1904).text.len() < 1_000, "{code}");
            }
        }
        format.text("text");
    }
    assert!(read > 2_000, "only {read} were codes at all");
}
