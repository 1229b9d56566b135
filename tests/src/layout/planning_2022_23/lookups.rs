//! The list of scheme types, and the hidden sheet behind the drop-downs.

use super::headings;
use crate::book::{At, Content, Format, Look, Sheet, Value, at};
use crate::layout::options;

pub(super) fn scheme_types() -> Sheet {
    let mut sheet = Sheet::new("5b. Scheme types");
    sheet.protected = true;
    sheet.widths.extend([(0, 10), (1, 50), (2, 80), (3, 60)]);
    sheet.text(at("A1"), "2022-23 Revised Scheme types", Look::Title);
    headings(&mut sheet, at("A3"), &["Number", "Scheme type/ services", "Sub type", "Description"]);
    for (row, (number, name, sub_types)) in (0..).zip(options::SCHEME_TYPES) {
        let line = at("A4").down(row);
        let number = Content::Typed(Value::Number(number.into()));
        sheet.put(line, number, Format::General, Look::Plain);
        sheet.text(line.right(1), name, Look::Plain);
        let list: Vec<String> = (1..).zip(sub_types).map(|(idx, it)| format!("{idx}. {it}")).collect();
        if !list.is_empty() {
            sheet.text(line.right(2), list.join("\n"), Look::Plain);
        }
    }
    sheet
}

pub(super) fn sheet() -> Sheet {
    let mut sheet = Sheet::new("Lookups");
    sheet.hidden = true;
    sheet.protected = true;
    let types = options::SCHEME_TYPES.map(|(_, name, _)| name);
    let lists: [(&str, &[&str]); 7] = [
        ("Scheme type", &types),
        ("Area of spend", &options::AREAS),
        ("Commissioner", &options::COMMISSIONERS),
        ("Provider", &options::PROVIDERS),
        ("Source of funding", &options::SOURCES),
        ("Yes/No", &options::YES_OR_NO),
        ("HWB", &options::BOARDS),
    ];
    for (col, (heading, options)) in (0..).zip(lists) {
        sheet.text(At { row: 0, col }, heading, Look::Heading);
        for (row, option) in (1..).zip(options) {
            sheet.text(At { row, col }, *option, Look::Plain);
        }
    }
    sheet
}
