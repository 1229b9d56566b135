//! As much of CSV as a table of figures needs: quoted fields, doubled quotes, lines of any ending.

use super::Fault;

/// One record and the line that it begins on, counted from one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) line: usize,
    pub(super) fields: Vec<String>,
}

/// The records of a text, but for those in which nothing stands: no more than `most`.
///
/// # Errors
/// A quotation mark that is opened and never closed, or more records.
pub(super) fn records(text: &str, separator: char, most: usize) -> Result<Vec<Record>, Fault> {
    let mut records = Vec::new();
    let mut record = Record { line: 1, fields: vec![String::new()] };
    let mut line = 1;
    let mut quoted_since = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends = match letter {
            '\r' => letters.peek() != Some(&'\n'),
            other => other == '\n',
        };
        line += usize::from(ends);
        let Some(field) = record.fields.last_mut() else { continue };
        if quoted_since.is_some() {
            match letter {
                '"' if letters.peek() == Some(&'"') => field.extend(letters.next()),
                '"' => quoted_since = None,
                other => field.push(other),
            }
        } else if letter == '"' && field.trim().is_empty() {
            field.clear();
            quoted_since = Some(line);
        } else if letter == separator {
            record.fields.push(String::new());
        } else if ends {
            let next = Record { line, fields: vec![String::new()] };
            keep(&mut records, std::mem::replace(&mut record, next), most)?;
        } else if letter != '\r' {
            field.push(letter);
        }
    }
    if let Some(line) = quoted_since {
        return Err(Fault { line, why: "a quotation mark is opened here and never closed".to_owned() });
    }
    keep(&mut records, record, most)?;
    Ok(records)
}

fn keep(records: &mut Vec<Record>, record: Record, most: usize) -> Result<(), Fault> {
    if record.fields.iter().all(|it| it.trim().is_empty()) {
        return Ok(());
    }
    if records.len() == most {
        // The first of them are the headings.
        let most = crate::money::show_number(most.saturating_sub(1).into(), 0);
        let why = format!("there are more lines than {most}, and no more are read");
        return Err(Fault { line: record.line, why });
    }
    records.push(record);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, Vec<String>)> {
        records(text, ',', 100).unwrap().into_iter().map(|it| (it.line, it.fields)).collect()
    }

    fn fields(fields: &[&str]) -> Vec<String> {
        fields.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn fields_may_be_quoted() {
        let wanted = vec![(1, fields(&["a", "b, c", "d \"e\"", ""]))];
        assert_eq!(read("a,\"b, c\", \"d \"\"e\"\"\","), wanted);
    }

    #[test]
    fn lines_are_counted_over_every_ending_and_empty_ones_are_left_out() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a", "", ",", "\"b", "c\"", "d"].join(end);
            let lines: Vec<usize> = read(&text).iter().map(|it| it.0).collect();
            assert_eq!(lines, [1, 4, 6], "{end:?}");
        }
    }

    #[test]
    fn a_quotation_mark_inside_a_field_is_a_letter() {
        assert_eq!(read("6\" pipe,b"), [(1, fields(&["6\" pipe", "b"]))]);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_is_named() {
        assert_eq!(records("a\nb,\"c\nd", ',', 100).unwrap_err().line, 2);
    }
}
