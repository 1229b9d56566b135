//! Published allocations, as the user supplies them: CSV with a board, a year, a stream and an amount in
//! each line.
//!
//! Every line that cannot be used is named with its number and what is the matter; none is dropped in
//! silence, and one that is faulty spoils the file: a figure that is missing here would look like a plan
//! that was not compared.

mod csv;
mod faults;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::money;
use crate::plan::{board_key, shortened};
use crate::template::{SourceRole, TEMPLATES, Template, label};
use csv::Record;
use faults::Faults;

/// Published allocations.
#[derive(Clone, Debug)]
pub struct Allocations(Arc<[Allocation]>);

/// One line: what a board's stream was allocated for a year. A stream may have several, one for each ICB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// Its line in the file, counted from one.
    pub line: usize,
    /// The board, as the file writes it.
    pub board: String,
    /// The same, made comparable.
    key: String,
    /// "2022-23".
    pub year: String,
    /// The stream, as the file writes it.
    pub stream: String,
    /// Pounds.
    pub amount: Decimal,
}

/// A line of the file that cannot be used, in plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its line in the file, counted from one; nought where it is the file as a whole.
    pub line: usize,
    /// What is the matter, and what should stand there.
    pub why: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        f.write_str(&self.why)
    }
}

/// The columns, and the headings that each may have.
const COLUMNS: [(&str, &[&str]); 4] = [
    (
        "board",
        &[
            "board",
            "hwb",
            "board name",
            "hwb name",
            "health and wellbeing board",
            "health and wellbeing board name",
            "health & wellbeing board",
        ],
    ),
    ("year", &["year", "financial year"]),
    (
        "stream",
        &[
            "stream",
            "income stream",
            "funding stream",
            "funding source",
            "source",
            "source of funding",
            "fund",
        ],
    ),
    (
        "amount",
        &[
            "amount",
            "amount (£)",
            "amount £",
            "allocation",
            "allocation (£)",
            "allocation £",
            "£",
            "contribution",
        ],
    ),
];

/// Bytes of a file of allocations that are read: many times what every board of England needs for ten years.
pub const MOST_BYTES: usize = 2_000_000;

/// Lines under the headings.
const MOST_LINES: usize = 20_000;

/// What is said of a file that is too large to be read, however it was given.
pub fn too_large(bytes: u64) -> Option<String> {
    let limit = MOST_BYTES as u64;
    (bytes > limit).then(|| {
        let megabytes = |bytes: u64| money::plain(Decimal::from(bytes.div_ceil(100_000)) / Decimal::TEN);
        format!(
            "the table of allocations is too large: it has {} MB, and the most that is read is {} MB",
            megabytes(bytes),
            megabytes(limit)
        )
    })
}

/// What the first line must say.
const WANTED: &str = "the first line must name the columns board, year, stream and amount, in any order";

impl Allocations {
    /// Reads the content of a CSV file: UTF-8, or the older encoding of Excel's plain “CSV”.
    ///
    /// # Errors
    /// Every line that cannot be used, up to a bound, and how many more there are.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Vec<Fault>> {
        refuse_too_large(bytes)?;
        if bytes.contains(&0) {
            let why =
                "this is no CSV file: save the allocations from Excel as “CSV UTF-8” and give that file";
            return Err(vec![Fault { line: 0, why: why.to_owned() }]);
        }
        match str::from_utf8(bytes) {
            Ok(text) => Self::parse(text),
            // The pound sign and the letters of Latin have the same numbers there as in Unicode.
            Err(_) => Self::parse(&bytes.iter().map(|it| char::from(*it)).collect::<String>()),
        }
    }

    /// Reads CSV text: a line of headings in any order and case, columns that are not needed, quoted fields,
    /// and lines of any ending are all right.
    ///
    /// # Errors
    /// Every line that cannot be used, up to a bound, and how many more there are.
    pub fn parse(text: &str) -> Result<Self, Vec<Fault>> {
        refuse_too_large(text.as_bytes())?;
        let text = text.trim_start_matches('\u{feff}');
        let (columns, records) = heading(text)?;
        let mut faults = Faults::default();
        let mut rows: Vec<Allocation> = Vec::new();
        // Two lines of one board and stream may well be two ICBs; then another column tells them apart.
        let mut seen: BTreeMap<(String, String, String, Decimal, Vec<&str>), usize> = BTreeMap::new();
        for record in &records {
            let row = match allocation(record, &columns) {
                Ok(row) => row,
                Err(why) => {
                    faults.add(record.line, why);
                    continue;
                }
            };
            let rest = (0..).zip(&record.fields).filter(|(column, _)| !columns.contains(column));
            let rest = rest.map(|(_, field)| field.trim()).filter(|it| !it.is_empty()).collect();
            let meaning =
                (row.key.clone(), row.year.clone(), canonical(&row.year, &row.stream), row.amount, rest);
            match seen.get(&meaning) {
                Some(line) => {
                    let why = format!("it says the same as line {line}; take one of them out");
                    faults.add(record.line, why);
                }
                None => {
                    seen.insert(meaning, record.line);
                    rows.push(row);
                }
            }
        }
        if rows.is_empty() && faults.is_empty() {
            faults.add(0, "there is no allocation under the headings".to_owned());
        }
        let faults = faults.all();
        if faults.is_empty() { Ok(Allocations(rows.into())) } else { Err(faults) }
    }

    /// Whether there is anything for this board.
    pub fn names(&self, board: &str) -> bool {
        let key = board_key(board);
        self.0.iter().any(|it| it.key == key)
    }

    /// What a board was allocated for a stream of a template in its year: nothing where the file has none.
    pub fn of(&self, template: &Template, board: &str, source: usize) -> Vec<&Allocation> {
        let key = board_key(board);
        let matches = |it: &&Allocation| {
            it.year == template.year
                && it.key == key
                && template.source(&it.stream) == Some(source)
                && template.sources.get(source).is_some_and(|it| it.role != SourceRole::Additional)
        };
        self.0.iter().filter(matches).collect()
    }
}

fn refuse_too_large(bytes: &[u8]) -> Result<(), Vec<Fault>> {
    too_large(bytes.len() as u64).map_or(Ok(()), |why| Err(vec![Fault { line: 0, why }]))
}

/// The place of each of [`COLUMNS`].
type Places = [usize; 4];

/// Finds the columns, whatever separates them, and gives the records below the headings.
fn heading(text: &str) -> Result<(Places, Vec<Record>), Vec<Fault>> {
    let mut nearest: Option<(usize, Fault)> = None;
    // Excel writes semicolons where the comma is the decimal sign, and tabs into the clipboard.
    for separator in [',', ';', '\t'] {
        let mut records =
            csv::records(text, separator, MOST_LINES + 1).map_err(|fault| vec![fault])?.into_iter();
        let Some(first) = records.next() else { break };
        let keys: Vec<String> = first.fields.iter().map(|it| label::option_key(it)).collect();
        let places = COLUMNS.map(|(_, names)| {
            let mut places = keys.iter().enumerate().filter(|(_, it)| names.contains(&it.as_str()));
            (places.next().map(|it| it.0), places.next().is_some())
        });
        if let [(Some(board), false), (Some(year), false), (Some(stream), false), (Some(amount), false)] =
            places
        {
            return Ok(([board, year, stream, amount], records.collect()));
        }
        let found = places.iter().filter(|it| it.0.is_some()).count();
        if nearest.as_ref().is_none_or(|it| it.0 < found) {
            let names = |wanted: fn(&(Option<usize>, bool)) -> bool| -> Vec<&str> {
                let columns = COLUMNS.iter().zip(&places);
                columns.filter(|(_, it)| wanted(it)).map(|(column, _)| column.0).collect()
            };
            let (missing, twice) = (names(|it| it.0.is_none()), names(|it| it.1));
            let what = match (missing.is_empty(), twice.is_empty()) {
                (false, _) => format!("no column is headed {}", missing.join(", ")),
                (true, _) => format!("more than one column is headed {}", twice.join(", ")),
            };
            nearest = Some((found, Fault { line: first.line, why: format!("{what}; {WANTED}") }));
        }
    }
    let empty = || Fault { line: 0, why: format!("the file is empty; {WANTED}") };
    Err(vec![nearest.map_or_else(empty, |it| it.1)])
}

/// Reads one line, or says what is the matter with it: everything, not only the first thing.
fn allocation(record: &Record, columns: &Places) -> Result<Allocation, String> {
    let [board, year, stream, amount] =
        columns.map(|column| record.fields.get(column).map_or("", |it| it.trim()));
    let mut faults = Vec::new();
    let key = board_key(board);
    if key.is_empty() {
        faults.push("no board is named".to_owned());
    }
    let read_year = financial_year(year);
    match (&read_year, year) {
        (Some(_), _) => {}
        (None, "") => faults.push("no year is given".to_owned()),
        (None, year) => faults.push(format!("“{}” is no financial year such as 2022-23", shortened(year))),
    }
    if stream.is_empty() {
        faults.push("no stream is named".to_owned());
    } else if read_year.as_deref().is_some_and(|it| !is_known(it, stream)) {
        faults.push(format!("“{}” is no stream of funding of that year", shortened(stream)));
    }
    if read_year.as_deref().is_some_and(|it| is_additional(it, stream)) {
        faults.push(format!(
            "“{}” is an additional contribution, which nobody allocates: take the line out",
            shortened(stream)
        ));
    }
    let pounds = money::parse_text(amount);
    match pounds {
        Some(it) if it.is_sign_negative() && !it.is_zero() => {
            faults.push(format!("the amount “{}” is below nought", shortened(amount)));
        }
        Some(_) => {}
        None if amount.is_empty() => faults.push("no amount is given".to_owned()),
        None => faults.push(format!("“{}” is no amount in pounds such as 26435346", shortened(amount))),
    }
    match (read_year, pounds) {
        (Some(year), Some(amount)) if faults.is_empty() => Ok(Allocation {
            line: record.line,
            board: board.to_owned(),
            key,
            year,
            stream: stream.to_owned(),
            amount,
        }),
        _ => Err(faults.join("; ")),
    }
}

/// "2022-23", of one year and the next, however it is written.
fn financial_year(text: &str) -> Option<String> {
    let year = label::year_in(text)?;
    let (first, last) = year.split_once('-')?;
    let next = (first.parse::<u32>().ok()? + 1) % 100;
    (last.parse::<u32>().ok()? == next).then_some(year)
}

/// Whether a stream is one of that year's. Of a year without a template here nobody can tell, and nobody
/// will ask.
fn is_known(year: &str, stream: &str) -> bool {
    let mut templates = TEMPLATES.iter().filter(|it| it.year == year && !it.sources.is_empty()).peekable();
    templates.peek().is_none() || templates.any(|it| it.source(stream).is_some())
}

/// The one name of a stream of that year, whatever the file calls it.
fn canonical(year: &str, stream: &str) -> String {
    let known =
        TEMPLATES.iter().filter(|it| it.year == year).find_map(|it| it.sources.get(it.source(stream)?));
    known.map_or_else(|| label::key(stream), |it| it.name.to_owned())
}

/// Whether a stream is one that areas add to by themselves.
fn is_additional(year: &str, stream: &str) -> bool {
    TEMPLATES.iter().filter(|it| it.year == year).any(|it| {
        let source = it.source(stream).and_then(|idx| it.sources.get(idx));
        source.is_some_and(|it| it.role == SourceRole::Additional)
    })
}

#[cfg(test)]
mod tests {
    use super::faults::MOST_FAULTS;
    use super::*;
    use crate::template::planning_2022_23::TEMPLATE;

    fn faults(text: &str) -> Vec<String> {
        Allocations::parse(text).unwrap_err().iter().map(Fault::to_string).collect()
    }

    /// The place of a stream in the template, and what Sefton was allocated for it.
    fn sefton(text: &str, stream: &str) -> Vec<Decimal> {
        let allocations = Allocations::parse(text).unwrap();
        let source = TEMPLATE.source(stream).unwrap();
        allocations.of(&TEMPLATE, "Sefton", source).iter().map(|it| it.amount).collect()
    }

    #[test]
    fn a_file_is_read_however_it_is_written() {
        let wanted = vec![Decimal::from(4_823_370)];
        for text in [
            "board,year,stream,amount\nSefton,2022-23,DFG,4823370\n",
            "\u{feff}Board,Year,Stream,Amount\r\nSefton,2022/23,dfg,\"£4,823,370\"\r\n",
            "ICB,Amount (£),STREAM , Financial year,note,HWB\n,4823370.00,Disabled Facilities Grant,2022-2023,\"a \
             \"\"quoted\"\" note,\nof two lines\",Sefton Council",
            "\n\nboard;year;stream;amount\n\nSEFTON  HWB;FY 2022–23;DFG;4,823,370\n;;;\n",
            "board\tyear\tstream\tamount\rSefton Metropolitan Borough Council\t2022-23\tDFG\t4823370",
        ] {
            assert_eq!(sefton(text, "DFG"), wanted, "{text}");
        }
    }

    #[test]
    fn streams_have_the_names_of_the_template() {
        for name in [
            "NHS minimum",
            "Minimum NHS Contribution",
            "Minimum ICB contribution",
            "NHS Minimum Contribution",
        ] {
            let text = format!("board,year,stream,amount\nSefton,2022-23,{name},5");
            assert_eq!(sefton(&text, "Minimum NHS Contribution"), [Decimal::from(5)], "{name}");
        }
    }

    #[test]
    fn two_icbs_of_one_board_are_two_lines() {
        let text = "board,year,stream,amount,ICB\nSefton,2022-23,iBCF,5,A\nSefton,2022-23,iBCF,5,B";
        assert_eq!(sefton(text, "iBCF").len(), 2);
        let text = "board,year,stream,amount\nSefton,2022-23,iBCF,5\nSefton,2022-23,iBCF,5";
        assert_eq!(faults(text), ["line 3: it says the same as line 2; take one of them out"]);
        let text = "board,year,stream,amount\nSefton,2022-23,DFG,1000\nSEFTON,2022/23,Disabled Facilities Grant,\"£1,000\"";
        assert_eq!(faults(text), ["line 3: it says the same as line 2; take one of them out"]);
    }

    #[test]
    fn every_faulty_line_is_named_with_all_that_is_the_matter() {
        let text = "board,year,stream,amount\n\
                    Sefton,2022-23,DFG,5\n\
                    ,2022-23,DFG,5\n\
                    Sefton,2022,DFG,tbc\n\
                    Sefton,2022-24,DFG,1.2m\n\
                    Sefton,2022-23,Section 256,-5\n\
                    Sefton,,,\n\
                    Sefton";
        assert_eq!(
            faults(text),
            [
                "line 3: no board is named",
                "line 4: “2022” is no financial year such as 2022-23; “tbc” is no amount in pounds such as 26435346",
                "line 5: “2022-24” is no financial year such as 2022-23; “1.2m” is no amount in pounds such as \
                 26435346",
                "line 6: “Section 256” is no stream of funding of that year; the amount “-5” is below nought",
                "line 7: no year is given; no stream is named; no amount is given",
                "line 8: no year is given; no stream is named; no amount is given",
            ]
        );
    }

    #[test]
    fn headings_that_are_missing_or_doubled_are_named() {
        assert!(
            faults("area,year,stream,amount\nSefton,2022-23,DFG,5")[0].contains("no column is headed board;")
        );
        assert!(
            faults("board,year,stream,amount,allocation\n")[0]
                .contains("more than one column is headed amount")
        );
        assert!(faults("")[0].contains("the file is empty"));
        assert!(faults("board,year,stream,amount\n")[0].contains("no allocation under the headings"));
        assert!(faults("board,year,stream,amount\nSefton,2022-23,DFG,\"5\n")[0].starts_with("line 2: "));
    }

    #[test]
    fn a_file_has_bounds_and_says_how_much_more_there_is() {
        let table = |line: &str, lines: usize| format!("board,year,stream,amount\n{}", line.repeat(lines));
        let said = faults(&table("Sefton,2022-23,DFG,tbc\n", 250));
        assert_eq!(said.len(), MOST_FAULTS + 1);
        assert_eq!(said.last().unwrap(), "and 150 more lines cannot be used");
        assert_eq!(
            faults(&table("\nx,2022-23,DFG,1\n", MOST_LINES + 1)),
            ["line 40003: there are more lines than 20,000, and no more are read"]
        );
        let large = table("x", MOST_BYTES + 150_000);
        let said = "the table of allocations is too large: it has 2.2 MB, and the most that is read is 2 MB";
        assert_eq!(faults(&large), [said]);
        assert_eq!(Allocations::from_bytes(large.as_bytes()).unwrap_err()[0].to_string(), said);
    }

    #[test]
    fn the_older_encoding_of_excel_is_read_and_a_workbook_is_not() {
        let old = b"board,year,stream,amount\nSefton,2022-23,DFG,\"\xa35,000\"\n";
        assert!(Allocations::from_bytes(old).is_ok());
        let fault = &Allocations::from_bytes(b"PK\x03\x04\x00\x00").unwrap_err()[0];
        assert!(fault.to_string().starts_with("this is no CSV file"), "{fault}");
    }

    #[test]
    fn boards_are_known_by_the_name_of_their_place() {
        let text = "board,year,stream,amount\n\"Bristol, City of\",2022-23,DFG,5\nNottingham,2022-23,DFG,6";
        let allocations = Allocations::parse(text).unwrap();
        let source = TEMPLATE.source("DFG").unwrap();
        let of = |board: &str| {
            allocations.of(&TEMPLATE, board, source).iter().map(|it| it.amount).collect::<Vec<_>>()
        };
        assert_eq!(of("BRISTOL City Council"), [Decimal::from(5)]);
        assert_eq!(of("Nottingham"), [Decimal::from(6)]);
        assert!(of("Nottinghamshire").is_empty() && !allocations.names("Nottinghamshire"));
    }
}
