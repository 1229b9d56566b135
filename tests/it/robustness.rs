//! Files that ask for too much are refused with the limit and the size, large ones that do not are checked, and
//! each limit is what does it. What it costs is measured by `cargo xtask robustness`.

use plancheck::Options;
use plancheck::open::{Limits, OpenErrorCode};
use plancheck_tests::robustness::{self, Ends, Specimen};
use plancheck_tests::{plans, write};

use crate::support::{check, check_with, fired};

fn ends_as_it_should(it: &Specimen) {
    let document = check(&format!("{}.xlsx", it.name), &it.bytes());
    let code = document.error.as_ref().map(|it| it.code.name());
    match it.ends {
        Ends::Refused(expected) => assert_eq!(code, Some(expected), "{}: {:?}", it.name, document.error),
        Ends::Elsewhere => panic!("{} is not one of these", it.name),
        Ends::Checked => {
            assert_eq!(code, None, "{}: {:?}", it.name, document.error);
            let not_met: Vec<_> = fired(&document).into_iter().filter(|it| it.1 == "not-met").collect();
            assert_eq!(not_met, [], "{}", it.name);
        }
    }
}

/// Every so many of them, so that several processors share the work.
fn share(number: usize, of: usize) {
    let all = robustness::hostile();
    assert!(all.len() > of);
    all.iter().skip(number).step_by(of).for_each(ends_as_it_should);
}

#[test]
fn hostile_files_end_as_they_should() {
    share(0, 3);
}

#[test]
fn hostile_files_end_as_they_should_second_third() {
    share(1, 3);
}

#[test]
fn hostile_files_end_as_they_should_last_third() {
    share(2, 3);
}

#[test]
fn large_and_odd_workbooks_are_checked() {
    for it in robustness::legitimate() {
        let document = check(&format!("{}.xlsx", it.name), &it.bytes());
        assert_eq!(it.ends, Ends::Checked);
        assert!(document.error.is_none(), "{}: {:?}", it.name, document.error);
        assert!(document.template.is_some(), "{}", it.name);
        if let Some(clean) = it.clean_twin() {
            assert_eq!(document.verdict(), check("plan.xlsx", &clean).verdict(), "{}", it.name);
        }
    }
}

/// What they cost at their full size is measured by `cargo xtask robustness`.
#[test]
fn large_plans_with_a_fault_in_every_line_are_checked() {
    for it in robustness::wounded(200) {
        let document = check(&format!("{}.xlsx", it.name), &it.bytes());
        assert_eq!(it.ends, Ends::Checked);
        assert!(document.error.is_none(), "{}: {:?}", it.name, document.error);
        assert!(document.template.is_some(), "{}", it.name);
        // Of many things a sentence names the first, and counts the rest.
        let findings = document.findings.iter().map(|it| &it.finding);
        let said = findings.flat_map(|it| [&it.title, &it.message, &it.todo, &it.ask]);
        let of_conditions = document.conditions.iter().map(|it| &it.condition.sentence);
        let longest = said.chain(of_conditions).max_by_key(|it| it.len()).unwrap();
        assert!(longest.len() < 2_500, "{}: {longest}", it.name);
        assert!(!fired(&document).is_empty(), "{}: nothing is wrong with it", it.name);
    }
}

/// A limit, and where it stands.
type Field = (&'static str, fn(&mut Limits, usize));

const LIMITS: [Field; 16] = [
    ("MB", |it, n| it.bytes = n),
    ("parts", |it, n| it.parts = n),
    ("MB once unpacked", |it, n| it.inflated = n as u64),
    ("sheets", |it, n| it.sheets = n),
    ("filled cells,", |it, n| it.cells = n),
    ("filled cells on its sheet", |it, n| it.sheet_cells = n),
    ("MB of text in its cells", |it, n| it.text = n),
    ("MB in the text of one cell or note", |it, n| it.length = n),
    ("texts that cells share", |it, n| it.strings = n),
    ("defined names", |it, n| it.names = n),
    ("MB in one piece", |it, n| it.piece = n),
    ("characters", |it, n| it.name = n),
    ("styles", |it, n| it.styles = n),
    ("references between its parts", |it, n| it.relations = n),
    ("elements,", |it, n| it.elements = n),
    ("elements inside each other", |it, n| it.depth = n),
];

/// For each limit there is a number at which a workbook passes, and one below at which that limit, and no other,
/// refuses it: without the limit nothing would.
#[test]
fn each_limit_is_what_refuses() {
    let workbook = write::member(&plans::sample(), "xl/workbook.xml");
    let named = workbook.replace(
        "</workbook>",
        "<definedNames><definedName name=\"a\">1</definedName></definedNames></workbook>",
    );
    let bytes = write::replace_member(&plans::sample(), "xl/workbook.xml", named);
    for (words, set) in LIMITS {
        let ends = |number: usize| {
            let mut options = Options::default();
            set(&mut options.limits, number);
            check_with("plan.xlsx", &bytes, &options).error
        };
        let (mut refused, mut passes) = (0, 1 << 24);
        assert_eq!(ends(passes), None, "{words}");
        assert!(ends(refused).is_some(), "{words}: nothing is refused");
        while passes - refused > 1 {
            let middle = usize::midpoint(refused, passes);
            if ends(middle).is_some() { refused = middle } else { passes = middle }
        }
        let error = ends(refused).unwrap();
        assert_eq!(error.code, OpenErrorCode::TooLarge, "{words}: {}", error.message);
        assert!(error.message.contains(words), "{words}: {}", error.message);
        assert!(error.message.contains("and the most that is read is"), "{}", error.message);
    }
}

/// The ratio is asked only of what is large once unpacked.
#[test]
fn a_ratio_that_no_workbook_has_is_refused() {
    let with = |size: usize| write::add_member(&plans::sample(), "docProps/note.txt", vec![b'x'; size]);
    assert!(check("plan.xlsx", &with(10 << 20)).error.is_none());
    let bytes = with(40 << 20);
    let error = check("plan.xlsx", &bytes).error.unwrap();
    assert!(error.message.contains("more than 400 times its own size once unpacked"), "{}", error.message);
    let mut options = Options::default();
    options.limits.ratio = 2_000;
    assert!(check_with("plan.xlsx", &bytes, &options).error.is_none());
}
