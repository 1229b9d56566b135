//! The formats that every workbook has without saying their codes.

/// The code of such a format, as Excel has it in the United Kingdom: dates, times and currencies differ
/// from country to country. Nothing for a number that stands for none, which is General.
pub(in crate::display) fn builtin(number: u32) -> Option<&'static str> {
    let own = match number {
        5 => r##""£"#,##0;\-"£"#,##0"##,
        6 => r##""£"#,##0;[Red]\-"£"#,##0"##,
        7 => r##""£"#,##0.00;\-"£"#,##0.00"##,
        8 => r##""£"#,##0.00;[Red]\-"£"#,##0.00"##,
        14 => "dd/mm/yyyy",
        15 => "dd-mmm-yy",
        16 => "dd-mmm",
        20 => "hh:mm",
        21 => "hh:mm:ss",
        22 => "dd/mm/yyyy hh:mm",
        37 => r"#,##0;\-#,##0",
        38 => r"#,##0;[Red]\-#,##0",
        39 => r"#,##0.00;\-#,##0.00",
        40 => r"#,##0.00;[Red]\-#,##0.00",
        41 => r##"_-* #,##0_-;\-* #,##0_-;_-* "-"_-;_-@_-"##,
        42 => r##"_-"£"* #,##0_-;\-"£"* #,##0_-;_-"£"* "-"_-;_-@_-"##,
        43 => r##"_-* #,##0.00_-;\-* #,##0.00_-;_-* "-"??_-;_-@_-"##,
        44 => r##"_-"£"* #,##0.00_-;\-"£"* #,##0.00_-;_-"£"* "-"??_-;_-@_-"##,
        _ => return ssfmt::format_code_from_id(number),
    };
    Some(own)
}
