//! WB01: the file opens.

use crate::finding::{Finding, State};
use crate::open::{OpenError, OpenErrorCode};
use crate::rule::{Check, Class, Outcome, Rule, Source};
use crate::workbook::Workbook;

/// WB01 file-readable.
pub(in crate::rules) static RULE: Rule = Rule {
    code: "WB01",
    name: "file-readable",
    class: Class::Workbook,
    states: &[State::Met, State::NotMet],
    checks: "The file opens as a workbook: .xlsx, .xlsm, .xlsb, .xls or .ods, told from its content and not from its name.",
    matters: "Nothing can be checked in a file that cannot be read. Whoever receives it could not read it either.",
    example: "The file asks for a password, a sensitivity label encrypts it, it was cut short while it was copied, or is a PDF print of the workbook.",
    todo: "Follow the advice given with the message: take the password off, choose a label that does not encrypt, let Excel repair the file, or choose the workbook itself.",
    source: Source { document: "plancheck", reference: "kinds of file that are read" },
    requirement: None,
    kinds: super::super::EVERY,
    needs: &[],
    check: Check::File(check),
};

fn check(opened: Result<&Workbook, &OpenError>) -> Outcome {
    match opened {
        Ok(_) => Outcome::met(),
        Err(error) => Outcome::of(
            vec![
                Finding::new(State::NotMet, error.code.name(), "The file cannot be read")
                    .message(&error.message)
                    .todo(&error.todo)
                    .ask(ask(error.code)),
            ],
            Vec::new(),
        ),
    }
}

fn ask(code: OpenErrorCode) -> &'static str {
    match code {
        OpenErrorCode::NotAWorkbook => "Ask for the workbook itself (.xlsx).",
        OpenErrorCode::Encrypted => "Ask for the workbook again, as a file that opens without a password.",
        OpenErrorCode::Restricted => {
            "Ask for a copy whose sensitivity label does not encrypt it and that restricts nobody from reading it."
        }
        OpenErrorCode::Empty | OpenErrorCode::Damaged | OpenErrorCode::TooLarge => {
            "Ask for the workbook again."
        }
    }
}
