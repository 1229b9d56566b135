//! What must hold for every workbook, tried on workbooks made at random.

use std::collections::{BTreeMap, BTreeSet};

use plancheck::report::Document;
use plancheck_tests::book::Book;
use plancheck_tests::layout::planning_2022_23::lay_out;
use plancheck_tests::{plans, write};
use proptest::prelude::*;

use crate::reading::{wounded, wounded_book};
use crate::support::{check, check_book, states};

/// A change that moves things and says nothing else.
#[derive(Clone, Debug)]
enum Move {
    Rows { sheet: prop::sample::Index, above: u32, rows: u32 },
    Columns { sheet: prop::sample::Index, left_of: u32, cols: u32 },
    Sheets { from: prop::sample::Index, to: prop::sample::Index },
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let sheet = any::<prop::sample::Index>;
    let any_move = prop_oneof![
        (sheet(), 0_u32..500, 1_u32..4).prop_map(|(sheet, above, rows)| Move::Rows { sheet, above, rows }),
        (sheet(), 0_u32..20, 1_u32..4).prop_map(|(sheet, left_of, cols)| Move::Columns {
            sheet,
            left_of,
            cols
        }),
        (sheet(), sheet()).prop_map(|(from, to)| Move::Sheets { from, to }),
    ];
    prop::collection::vec(any_move, 1..8)
}

fn moved(mut book: Book, moves: &[Move]) -> Book {
    for it in moves {
        let name = |sheet: &prop::sample::Index| book.sheets[sheet.index(book.sheets.len())].name.clone();
        match it {
            Move::Rows { sheet, above, rows } => book.insert_rows(&name(sheet), *above, *rows),
            Move::Columns { sheet, left_of, cols } => book.insert_cols(&name(sheet), *left_of, *cols),
            Move::Sheets { from, to } => {
                let sheet = book.sheets.remove(from.index(book.sheets.len()));
                book.sheets.insert(to.index(book.sheets.len() + 1), sheet);
            }
        }
    }
    book
}

/// What a report says, but for places and their order.
fn said(document: &Document) -> (BTreeMap<&str, &str>, Vec<String>, Vec<String>) {
    let mut findings: Vec<String> = document
        .findings
        .iter()
        .map(|it| format!("{} {:?} {:?}", it.fingerprint, it.finding.expected, it.finding.actual))
        .collect();
    findings.sort();
    let balances = document.balances.iter().map(|it| format!("{} {:?}", it.source, it.difference));
    (states(document), findings, balances.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rows and columns pushed in anywhere, sheets in any order, saved in any format.
    #[test]
    fn moving_and_saving_again_change_nothing_but_addresses(moves in moves(), format in 0_usize..4) {
        let before = check_book(&wounded_book());
        let book = moved(wounded_book(), &moves);
        let (name, bytes) = match format {
            0 => ("plan.ods", write::ods(&book)),
            1 => ("plan.xlsb", write::xlsb(&book)),
            _ => ("plan.xlsx", write::xlsx(&book)),
        };
        let after = check(name, &bytes);
        prop_assert_eq!(said(&before), said(&after));
        // A blank row that is pushed in among contributions is looked at as well.
        prop_assert!(before.coverage.len() <= after.coverage.len());
    }

    /// The lines of a plan in any order say the same.
    #[test]
    fn lines_in_another_order_change_nothing_but_addresses(order in Just((0_usize..63).collect::<Vec<_>>()).prop_shuffle()) {
        let before = check_book(&lay_out(&wounded()));
        let mut plan = wounded();
        let rows = std::mem::take(&mut plan.expenditure.rows);
        prop_assert_eq!(order.len(), rows.len());
        plan.expenditure.rows = order.iter().map(|it| rows[*it].clone()).collect();
        let after = check_book(&lay_out(&plan));
        // Several cells under one finding are named in the order of their rows.
        let named = |it: &Document| it.findings.iter().map(|it| it.fingerprint.clone()).collect::<BTreeSet<_>>();
        prop_assert_eq!(named(&before), named(&after));
        prop_assert_eq!((said(&before).0, said(&before).2), (said(&after).0, said(&after).2));
    }

    #[test]
    fn whatever_is_typed_into_a_line_the_report_comes(line in 0_usize..6, column in 0_usize..15, text in "\\PC{0,12}") {
        let mut plan = plans::exampleshire();
        plan.expenditure.rows[line][column] = format!("\"{text}\"");
        let document = check_book(&lay_out(&plan));
        prop_assert!(document.error.is_none());
        prop_assert_eq!(document.state_of("WB02").map(|it| it.name()), Some("met"));
    }
}
