//! What the fuzzer begins with, and the tests try as well: small workbooks of each format, and the changes of the
//! grid one by one.

use crate::book::{Book, Sheet};
use crate::damage::Random;
use crate::layout::{capacity_demand_2022_23, planning_2022_23};
use crate::{grid, plans, write};

/// An input with a name that says what it is.
pub type Seed = (String, Vec<u8>);

/// Blank cells are kept in so many rows.
pub(crate) const ROWS: u32 = 30;

/// A small plan with faults on every sheet, none of which has to do with the others: no one change can heal them
/// all, so whatever is done to it, it must not be met.
pub fn wounded() -> Book {
    let mut plan = plans::exampleshire();
    for edit in [
        "cover: signed off = blank",
        "cover: e-mail = nobody",
        "contact 1: surname = blank",
        "income iBCF: contribution = \"£200,000\"",
        "income Minimum NHS: contribution = 559999.5",
        "income answer: additional LA = No",
        "line 1: Expenditure (£) + 7000",
        "line 3: Sub Types = Telecare",
        "line 4: Provider = blank",
        "line 6: Scheme Type = Adaptations",
        "line 8: Expenditure (£) = -5",
        "metric 8.4, 2022-23 Plan: numerator = tbc",
        "metric 8.5, 2022-23 Plan: numerator = 500",
        "requirement PR4: answer = blank",
        "requirement PR7: answer = No",
    ] {
        plan.edit(edit);
    }
    let mut book = planning_2022_23::lay_out(&plan);
    // Hundreds of lines that nobody has filled in would take most of the time, and most of the damage.
    book.drop_blank_rows(ROWS);
    book
}

/// The same with all that a file can hold besides its cells.
pub fn furnished() -> Book {
    let mut book = wounded();
    for change in [
        "comment at 4. Income: C9 = Ask about this",
        "comment at 5a. Expenditure: line 2 under Scheme Name = Robin: twice?",
        "drop-down at 5a. Expenditure: line 2 under Scheme Type = A,B,C",
        "hide row of 5a. Expenditure: line 5 under Scheme Name",
        "hide column of 6. Metrics: B4",
        "hide 3. Summary",
        "unprotect 6. Metrics",
        "link to old plan.xlsx",
        "add connection warehouse",
        "add macros",
        "author = Robin Sample",
    ] {
        book.wound(change);
    }
    book
}

/// A capacity and demand workbook with faults on every sheet, none of which has to do with the others.
pub fn wounded_capacity() -> Book {
    let mut report = plans::exampleshire_capacity();
    for edit in [
        "cover: signed off = blank",
        "trust 1, pathway 1: Oct = tbc",
        "trust 2, pathway 2: Nov = blank",
        "typed total 0: Dec = 5",
        "community demand 3: Oct = -5",
        "discharge capacity 1: Jan = 0.5",
        "community capacity 1: Oct = tbc",
        "spend: overall = 5",
    ] {
        report.edit(edit);
    }
    let mut book = capacity_demand_2022_23::lay_out(&report);
    book.drop_blank_rows(ROWS);
    book.wound("author = Robin Sample");
    book
}

/// Files for the target that takes any bytes.
pub fn bytes() -> Vec<Seed> {
    let capacity = || capacity_demand_2022_23::lay_out(&plans::exampleshire_capacity());
    let mut list = Sheet::new("Sheet1");
    list.text(crate::book::at("A1"), "Apples", Default::default());
    let list = Book { sheets: vec![list], ..Book::default() };
    let of_a_program = |name: &str| include_program(name).to_vec();
    [
        ("wounded.xlsx", write::xlsx(&wounded())),
        ("furnished.xlsx", write::xlsx(&furnished())),
        ("wounded.xlsb", write::xlsb(&furnished())),
        ("wounded.ods", write::ods(&furnished())),
        ("capacity.xlsx", write::xlsx(&capacity())),
        ("wounded-capacity.xlsx", write::xlsx(&wounded_capacity())),
        ("blank.xlsx", write::xlsx(&planning_2022_23::lay_out(&plans::blank()))),
        ("list.xlsx", write::xlsx(&list)),
        ("list.xlsb", write::xlsb(&list)),
        ("list.ods", write::ods(&list)),
        ("capacity-libreoffice.xls", of_a_program("xls")),
        ("capacity-libreoffice.xlsx", of_a_program("xlsx")),
        ("capacity-libreoffice.ods", of_a_program("ods")),
        ("nothing", Vec::new()),
        ("letter.txt", b"Dear colleague,\nthe plan follows.".to_vec()),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into()
}

/// The capacity and demand workbook as another program saved it.
fn include_program(ending: &str) -> &'static [u8] {
    match ending {
        "xls" => include_bytes!("../workbooks/sefton-capacity-libreoffice.xls"),
        "xlsx" => include_bytes!("../workbooks/sefton-capacity-libreoffice.xlsx"),
        _ => include_bytes!("../workbooks/sefton-capacity-libreoffice.ods"),
    }
}

/// Inputs for the target that changes cells: each change alone, and some together.
pub fn grid() -> Vec<Seed> {
    let mut random = Random::new(17);
    let mut record = |change: u8| -> Vec<u8> {
        let rest = (0..7).map(|_| random.byte());
        std::iter::once(change).chain(rest).collect()
    };
    let mut seeds: Vec<Seed> = (0..4).map(|base| (format!("unchanged-{base}"), vec![base, 0])).collect();
    for change in 0..grid::CHANGES {
        seeds.push((format!("change-{change:02}"), [vec![0, 0], record(change)].concat()));
    }
    for format in 0..8 {
        let records: Vec<u8> = (0..12).flat_map(|it| record(format * 13 + it * 5)).collect();
        seeds.push((format!("together-{format}"), [vec![format, format], records].concat()));
    }
    seeds
}

/// Tables of allocations, each of its own make: those that can be read, and those in which something is faulty.
pub fn allocations() -> Vec<Seed> {
    const PLAIN: &str = "Board,Year,Stream,Amount\nExampleshire,2022-23,iBCF,200000\nExampleshire,2022-23,DFG,1\n\
        Elsewhere,2022-23,Minimum NHS Contribution,\"£1,000,000.50\"\n";
    let line = |more: &str| format!("{PLAIN}{more}\n").into_bytes();
    [
        ("plain", PLAIN.as_bytes().to_vec()),
        ("marked", format!("\u{feff}{PLAIN}").into_bytes()),
        ("other-lines", PLAIN.replace('\n', "\r\n").into_bytes()),
        ("semicolons", PLAIN.replace("£1,000,000.50", "1").replace(',', ";").into_bytes()),
        ("tabs", PLAIN.replace("£1,000,000.50", "1").replace(',', "\t").into_bytes()),
        ("latin", PLAIN.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(b'?')).collect()),
        ("two-parts", line("Exampleshire,2022-23,iBCF,1")),
        ("quotes", line("\"Else\"\"where\",2022/23,\"Disabled Facilities Grant (DFG)\",\"1\"")),
        ("other-year", line("Exampleshire,2031-32,Whatever,1")),
        ("faulty-twice", line("Exampleshire,2022-23,iBCF,200000")),
        ("faulty-below-nought", line("Exampleshire,2022-23,iBCF,-1")),
        ("faulty-additional", line("Exampleshire,2022-23,Additional LA Contribution,1")),
        ("faulty-quote", line("\"Exampleshire,2022-23,iBCF,1")),
        ("faulty-columns", b"Board,Board,Year,Stream\na,b,2022-23,iBCF\n".to_vec()),
        ("faulty-everywhere", "Board,Year,Stream,Amount\n,,,\nx,22,y,z\n".repeat(2).into_bytes()),
        ("nothing", Vec::new()),
        ("letter.txt", b"Dear colleague,\nthe allocations follow.".to_vec()),
    ]
    .map(|(name, bytes)| (name.to_owned(), bytes))
    .into()
}

/// The targets and their seeds.
pub fn all() -> [(&'static str, Vec<Seed>); 3] {
    [("bytes", bytes()), ("grid", grid()), ("allocations", allocations())]
}
