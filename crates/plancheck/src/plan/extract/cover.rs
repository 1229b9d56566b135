//! The cover: questions with their answers to the right.

use std::collections::BTreeMap;

use super::{View, Views};
use crate::plan::Sought;
use crate::plan::leaf::{Located, Text};
use crate::template::Section;
use crate::template::anchor::Place;

pub(super) struct Cover {
    pub(super) board: Sought<Located<Text>>,
    pub(super) signed_off: Sought<Located<Text>>,
    pub(super) expected: Sought<Located<Text>>,
}

pub(super) fn read(views: &Views<'_>) -> Cover {
    let spec = &views.known.template.cover;
    let view = match views.of(Section::Cover) {
        Ok(view) => view,
        Err(absent) => {
            return Cover {
                board: Err(absent.clone()),
                signed_off: Err(absent.clone()),
                expected: Err(absent),
            };
        }
    };
    let column = answer_column(&view, spec.questions);
    let answer = |labels: &[&str], what: &str| -> Sought<Located<Text>> {
        let label = view.find(labels)?;
        Ok(view.text((label.0, answer_col(&view, label, column)), || what.to_owned()))
    };
    Cover {
        board: answer(spec.board, "the health and wellbeing board"),
        signed_off: answer(spec.signed_off, "the answer on sign-off"),
        expected: answer(spec.expected, "the expected date of sign-off"),
    }
}

/// The column in which most questions have their answer: where a blank answer belongs.
fn answer_column(view: &View<'_>, questions: &[&str]) -> Option<u32> {
    let mut columns: BTreeMap<u32, usize> = BTreeMap::new();
    for question in questions {
        let Some(label) = view.labels.first(&[question]) else { continue };
        if let Some(answer) = view.right_of(label).next() {
            *columns.entry(answer.col).or_default() += 1;
        }
    }
    columns.into_iter().max_by_key(|(col, count)| (*count, u32::MAX - *col)).map(|(col, _)| col)
}

/// Where the answer to one question stands: the next filled cell, if it is not beyond the column of
/// answers (where notes and checker columns stand), else that column.
fn answer_col(view: &View<'_>, label: Place, column: Option<u32>) -> u32 {
    let column = column.filter(|it| *it > label.1).unwrap_or(label.1 + 1);
    view.right_of(label).next().map(|it| it.col).filter(|it| *it <= column).unwrap_or(column)
}
