//! What a workbook that was checked alone says of the other one.

use plancheck::{Input, Options};
use plancheck_tests::layout::{capacity_demand_2022_23, planning_2022_23};
use plancheck_tests::{plans, write};

use crate::support::check;

const PLANNING_ADDS: &str = "it would also be checked whether the spend on intermediate care that it reports fits the \
     pool and the scheme lines of this plan, and whether the Yes to PR6 rests on a workbook that is filled (rules XD01, \
     XD02 and XD05).";
const CAPACITY_ADDS: &str = "it would also be checked whether the BCF related spend reported here fits the pool and the \
     scheme lines of the plan, and whether PR6 is answered Yes (rules XD01, XD02 and XD05).";

fn planning(edits: &[&str]) -> Vec<u8> {
    let mut plan = plans::exampleshire();
    edits.iter().for_each(|it| plan.edit(it));
    write::xlsx(&planning_2022_23::lay_out(&plan))
}

fn capacity(edits: &[&str]) -> Vec<u8> {
    let mut report = plans::exampleshire_capacity();
    edits.iter().for_each(|it| report.edit(it));
    write::xlsx(&capacity_demand_2022_23::lay_out(&report))
}

fn companion(bytes: &[u8]) -> Option<String> {
    check("plan.xlsx", bytes).companion
}

#[test]
fn a_workbook_alone_says_what_the_other_of_its_board_would_add() {
    assert_eq!(
        companion(&planning(&[])).unwrap(),
        format!(
            "Checked alone. Given together with the capacity and demand workbook of Exampleshire for 2022-23, \
             {PLANNING_ADDS}"
        )
    );
    assert_eq!(
        companion(&capacity(&[])).unwrap(),
        format!(
            "Checked alone. Given together with the planning workbook of Exampleshire for 2022-23, {CAPACITY_ADDS}"
        )
    );
}

#[test]
fn without_a_board_it_says_how_it_could_be_matched() {
    let begins = "Checked alone, because its cover names no board. Choose the board on the cover so that it can be \
         matched: given together with the";
    for board in ["blank", "<Please select>"] {
        assert_eq!(
            companion(&planning(&[&format!("cover: board = {board}")])).unwrap(),
            format!("{begins} capacity and demand workbook of the same board for 2022-23, {PLANNING_ADDS}")
        );
    }
    assert_eq!(
        companion(&capacity(&["cover: board = blank"])).unwrap(),
        format!("{begins} planning workbook of the same board for 2022-23, {CAPACITY_ADDS}")
    );
}

/// One that is given beside another which it cannot be matched with stands alone all the same.
#[test]
fn only_workbooks_that_were_matched_say_nothing() {
    let companions = |planning: &[u8], capacity: &[u8]| {
        let inputs =
            [("plan.xlsx", planning), ("capacity.xlsx", capacity)].map(|(name, bytes)| Input { name, bytes });
        let report = plancheck::check_all(&inputs, &Options::default());
        report.documents.into_iter().map(|it| it.companion).collect::<Vec<_>>()
    };
    assert_eq!(companions(&planning(&[]), &capacity(&[])), [None, None]);
    let unmatched = companions(&planning(&[]), &capacity(&["cover: board = blank"]));
    assert!(unmatched[0].as_ref().unwrap().starts_with("Checked alone. Given together"));
    assert!(unmatched[1].as_ref().unwrap().starts_with("Checked alone, because its cover names no board."));
}

#[test]
fn where_nothing_was_checked_nothing_would_be_added() {
    assert_eq!(companion(&write::xlsx(&planning_2022_23::lay_out(&plans::blank()))), None);
    assert_eq!(companion(b"no workbook"), None);
}
