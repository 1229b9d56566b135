//! Changes to the facts of a plan. The workbook is then laid out anew, so its totals are fresh.
//!
//! ```text
//! line 3: Expenditure (£) = tbc
//! line 3: Expenditure (£) + 1
//! drop line 3
//! copy line 3
//! income iBCF: contribution = 5
//! add income Minimum NHS: NHS Other ICB = 5
//! add income DFG district: Northtown = 5
//! income Additional LA #2: comments = Winter beds
//! cover: signed off = No
//! contact 2: e-mail = blank
//! minimum: adult social care = 5
//! metric 8.5, 2022-23 Plan: numerator = 5
//! requirement PR4: answer = No
//! income answer: additional LA = No
//! ```

use rust_decimal::Decimal;

use super::{Plan, Table};

impl Plan {
    /// Makes one change. A change that fits nothing is a fault of the test.
    pub fn edit(&mut self, edit: &str) {
        let edit = edit.trim();
        if let Some(number) = edit.strip_prefix("drop line ") {
            self.expenditure.rows.remove(ordinal(number));
            return;
        }
        if let Some(number) = edit.strip_prefix("copy line ") {
            let row = self.expenditure.rows[ordinal(number)].clone();
            self.expenditure.rows.push(row);
            return;
        }
        if edit == "drop lines" {
            self.expenditure.rows.clear();
            return;
        }
        let (place, change) = edit.split_once(": ").unwrap_or_else(|| panic!("not a change: {edit}"));
        if let Some(stream) = place.strip_prefix("add income ") {
            let (contributor, amount) = change.split_once(" = ").unwrap();
            let amount = if amount == "blank" { "" } else { amount };
            self.income.read_row(&format!("{stream} | {contributor} | {amount} |"));
            return;
        }
        let (name, change) = Change::read(change);
        match place {
            "cover" => return change.answer(&mut self.cover, name),
            "checklist" => return change.answer(&mut self.checklist, name),
            "minimum" => return change.answer(&mut self.minimums, name),
            "income answer" => return change.answer(&mut self.income_answers, name),
            _ => {}
        }
        let (kind, which) = place.split_once(' ').unwrap_or_else(|| panic!("no such place: {place}"));
        match kind {
            "line" => change.cell(&mut self.expenditure, ordinal(which), name),
            "contact" => change.cell(&mut self.contacts, ordinal(which), name),
            "income" => {
                let (stream, nth) = which.split_once(" #").unwrap_or((which, "1"));
                let row = self.income.rows_where(&[("stream", stream)])[ordinal(nth)];
                change.cell(&mut self.income, row, name);
            }
            "metric" => {
                let (metric, period) = which.split_once(", ").unwrap();
                let row = self.metrics.row_where(&[("metric", metric), ("period", period)]);
                change.cell(&mut self.metrics, row, name);
            }
            "narrative" => {
                let row = self.narratives.row_where(&[("metric", which)]);
                change.cell(&mut self.narratives, row, name);
            }
            "requirement" => {
                let row = self.requirements.row_where(&[("code", which)]);
                change.cell(&mut self.requirements, row, name);
            }
            _ => panic!("no such place: {place}"),
        }
    }
}

/// A row counted from one.
pub(crate) fn ordinal(text: &str) -> usize {
    text.trim().parse::<usize>().unwrap_or_else(|_| panic!("not a number: {text}")) - 1
}

/// What is done to a text.
#[derive(Clone, Copy)]
pub(crate) enum Change<'a> {
    Set(&'a str),
    Add(Decimal),
}

impl<'a> Change<'a> {
    pub(crate) fn read(text: &'a str) -> (&'a str, Self) {
        if let Some((name, value)) = text.split_once(" = ") {
            return (name, Change::Set(if value.trim() == "blank" { "" } else { value.trim() }));
        }
        if let Some((name, value)) = text.split_once(" + ") {
            return (name, Change::Add(value.trim().parse().unwrap()));
        }
        if let Some((name, value)) = text.split_once(" - ") {
            return (name, Change::Add(-value.trim().parse::<Decimal>().unwrap()));
        }
        panic!("neither sets nor adds: {text}");
    }

    fn of(&self, old: &str) -> String {
        match self {
            Change::Set(value) => (*value).to_owned(),
            Change::Add(figure) => (old.parse::<Decimal>().unwrap() + figure).to_string(),
        }
    }

    pub(crate) fn answer(&self, answers: &mut super::Answers, name: &str) {
        let new = self.of(answers.text(name));
        answers.set(name, &new);
    }

    pub(crate) fn cell(&self, table: &mut Table, row: usize, heading: &str) {
        let new = self.of(table.text(row, heading));
        let column = table.column(heading);
        table.rows[row][column] = new;
    }
}
