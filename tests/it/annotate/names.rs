//! What copies are called.

use plancheck::{Input, Options};
use plancheck_api::{engine, names, wire};
use plancheck_tests::{sample, sample_capacity};

fn document(bytes: &[u8]) -> wire::Document {
    let report = plancheck::check(&Input { name: "plan.xlsx", bytes }, &Options::default());
    engine::to_wire(&report).documents.remove(0)
}

fn name(document: &wire::Document) -> String {
    names::copy(document, "2026-11-22", "2026.1")
}

#[test]
fn copies_are_called_after_their_board_and_year_and_the_day() {
    let mut plan = document(&sample());
    assert_eq!(name(&plan), "sefton-2022-23-planning-2026-11-22-rules-2026.1-annotated.xlsx");
    let capacity = document(&sample_capacity());
    assert_eq!(name(&capacity), "sefton-2022-23-capacity-and-demand-2026-11-22-rules-2026.1-annotated.xlsx");
    for (board, file, begins, ending) in [
        ("Bath & North East Somerset", "a.xlsx", "bath-north-east-somerset", "xlsx"),
        ("King's Lynn / ..\\x", "a.XLSM", "kings-lynn-x", "xlsm"),
        ("../../etc", "a.xls", "etc", "xlsx"),
    ] {
        plan.board = Some(board.to_owned());
        plan.file = file.to_owned();
        let rest = "2022-23-planning-2026-11-22-rules-2026.1-annotated";
        assert_eq!(name(&plan), format!("{begins}-{rest}.{ending}"));
    }
    plan.board = Some("A board of very many words ".repeat(40));
    assert!(name(&plan).len() <= 100, "{}", name(&plan));
}

#[test]
fn without_a_board_the_file_gives_the_name() {
    let mut plan = document(&sample());
    for (board, file, begins, ending) in [
        (None, "My plan v2.final.xlsx", "my-plan-v2-final", "xlsx"),
        (Some("..."), "macros.xlsm", "macros", "xlsm"),
        (None, "C:\\plans\\mine.xlsx", "mine", "xlsx"),
        (None, "../mine", "mine", "xlsx"),
        (None, "", "plan", "xlsx"),
        (None, ".xlsx", "plan", "xlsx"),
    ] {
        plan.board = board.map(str::to_owned);
        plan.file = file.to_owned();
        assert_eq!(name(&plan), format!("{begins}-2026-11-22-rules-2026.1-annotated.{ending}"), "{file}");
    }
}
