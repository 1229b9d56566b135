//! The pieces of many reports, put together, are the report on all of them.

use plancheck_api::engine::{self, Options};
use plancheck_api::pieces::{self, Piece};
use plancheck_api::{csv, wire};
use plancheck_tests::plans;

type File = (String, Vec<u8>);

fn check(files: &[File]) -> wire::Report {
    engine::check(files, &Options::default(), &mut |_| {})
}

/// Puts pieces together as the page does.
fn whole(head: &Piece, documents: &[Piece], across: &[Piece]) -> (String, String) {
    let mut report: wire::Report = serde_json::from_str(&head.json).unwrap();
    report.documents = documents.iter().map(|it| serde_json::from_str(&it.json).unwrap()).collect();
    let lists = across.iter().map(|it| serde_json::from_str::<Vec<wire::Across>>(&it.json).unwrap());
    report.across = lists.flatten().collect();
    let table = [head].into_iter().chain(documents).chain(across).map(|it| it.csv.as_str());
    (report.to_json().unwrap(), table.collect())
}

/// Checks each file by itself, and those at these places together, as the page does with many.
fn in_pieces(files: &[File], together: &[u32]) -> (String, String) {
    let one = |place: usize| {
        let (pieces, between) = pieces::of(&mut check(&files[place..=place]), &[place as u32]).unwrap();
        assert_eq!((between.json.as_str(), between.csv.as_str()), ("[]", ""));
        pieces.into_iter().next().unwrap()
    };
    let mut documents: Vec<Piece> = (0..files.len()).map(one).collect();
    let mut across = Vec::new();
    if !together.is_empty() {
        let given: Vec<File> = together.iter().map(|it| files[*it as usize].clone()).collect();
        let (pieces, between) = pieces::of(&mut check(&given), together).unwrap();
        for (place, piece) in together.iter().zip(pieces) {
            documents[*place as usize] = piece;
        }
        across.push(between);
    }
    whole(&pieces::head().unwrap(), &documents, &across)
}

fn file(name: &str, bytes: Vec<u8>) -> File {
    (name.to_owned(), bytes)
}

#[test]
fn plans_that_have_nothing_to_do_with_each_other() {
    let files = [
        file("a.xlsx", plans::sample()),
        file("broken.xlsx", b"no workbook".to_vec()),
        file("b.xlsx", plans::big(9)),
    ];
    let report = check(&files);
    let (json, table) = in_pieces(&files, &[]);
    assert_eq!(json, report.to_json().unwrap());
    assert_eq!(table.into_bytes(), csv::write(&report).unwrap());
}

#[test]
fn the_workbooks_of_one_board_among_others() {
    let files = [
        file("other.xlsx", plans::big(9)),
        file("planning.xlsx", plans::sample()),
        file("another.xlsx", b"no workbook".to_vec()),
        file("capacity.xlsx", plans::sample_capacity()),
    ];
    let report = check(&files);
    assert_eq!(report.across.len(), 1);
    let (json, table) = in_pieces(&files, &[1, 3]);
    assert_eq!(json, report.to_json().unwrap());
    assert_eq!(table.into_bytes(), csv::write(&report).unwrap());
}

/// The page asks for the whole of one by its piece: it must be a document as any other.
#[test]
fn a_piece_is_a_document() {
    let files = [file("planning.xlsx", plans::sample())];
    let mut report = check(&files);
    let (pieces, _) = pieces::of(&mut report, &[0]).unwrap();
    let document: wire::Document = serde_json::from_str(&pieces[0].json).unwrap();
    assert_eq!(document, report.documents[0]);
    let brief = document.brief();
    assert_eq!((brief.counts, brief.verdict), (document.counts, document.verdict));
    assert!(brief.findings.is_empty() && brief.coverage.is_empty());
}
