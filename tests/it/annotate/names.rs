//! What copies are called.

use plancheck::annotate::annotated_name;
use plancheck_tests::{sample, sample_capacity};

use crate::support::check;

#[test]
fn copies_are_called_after_their_board_and_year() {
    let mut plan = check("plan.xlsx", &sample());
    assert_eq!(annotated_name(&plan), "sefton-2022-23-2026.1-annotated.xlsx");
    let capacity = check("plan.xlsx", &sample_capacity());
    assert_eq!(annotated_name(&capacity), "sefton-capacity-demand-2022-23-2026.1-annotated.xlsx");
    for (board, file, name) in [
        ("Bath & North East Somerset", "a.xlsx", "bath-north-east-somerset-2022-23-2026.1-annotated.xlsx"),
        ("King's Lynn / ..\\x", "a.XLSM", "kings-lynn-x-2022-23-2026.1-annotated.xlsm"),
        ("Kingston-upon-Hull, City of", "a", "kingston-hull-2022-23-2026.1-annotated.xlsx"),
        ("../../etc", "a.xls", "etc-2022-23-2026.1-annotated.xlsx"),
    ] {
        plan.board = Some(board.to_owned());
        plan.file = file.to_owned();
        assert_eq!(annotated_name(&plan), name);
    }
}

#[test]
fn without_a_board_the_file_gives_the_name() {
    let mut plan = check("plan.xlsx", &sample());
    for (board, file, name) in [
        (None, "My plan v2.final.xlsx", "My plan v2.final-annotated.xlsx"),
        (Some("..."), "macros.xlsm", "macros-annotated.xlsm"),
        (None, "C:\\plans\\mine.xlsx", "mine-annotated.xlsx"),
        (None, "../mine", "mine-annotated.xlsx"),
        (None, "", "plan-annotated.xlsx"),
        (None, ".xlsx", "plan-annotated.xlsx"),
    ] {
        plan.board = board.map(str::to_owned);
        plan.file = file.to_owned();
        assert_eq!(annotated_name(&plan), name, "{file}");
    }
}
