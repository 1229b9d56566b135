//! A plan written down as facts: what an area would type into the template, and nothing that the
//! template works out for itself.
//!
//! ```text
//! [cover]
//! board: Exampleshire
//!
//! [income]
//! stream | contributor | contribution | comments
//! DFG | Exampleshire | 100
//! ```

pub(crate) mod edits;

use crate::book::Content;

/// What was typed into a planning template.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The Cover's answers.
    pub cover: Answers,
    /// The contacts: role, title, first name, surname, e-mail.
    pub contacts: Table,
    /// What the Cover's own checklist shows for each sheet.
    pub checklist: Answers,
    /// The contributions: stream, contributor, contribution, comments.
    pub income: Table,
    /// The yes-or-no questions of the Income sheet, and its comments.
    pub income_answers: Answers,
    /// The two minimum amounts.
    pub minimums: Answers,
    /// The expenditure lines, in the template's fifteen columns.
    pub expenditure: Table,
    /// The metrics: metric, period, value, numerator, denominator.
    pub metrics: Table,
    /// The metrics' rationales and local plans.
    pub narratives: Table,
    /// The planning requirements: code, answer, documents, actions, timeframe.
    pub requirements: Table,
}

/// Answers under fixed names.
#[derive(Clone, Debug, Default)]
pub struct Answers(Vec<(String, String)>);

/// Rows of texts under headings.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows, each as long as the headings.
    pub rows: Vec<Vec<String>>,
}

impl Answers {
    /// The answer of this name as a cell holds it.
    pub fn content(&self, name: &str) -> Content {
        Content::read(self.text(name))
    }

    /// The answer of this name as it is written.
    pub fn text(&self, name: &str) -> &str {
        match self.0.iter().find(|(it, _)| it == name) {
            Some((_, answer)) => answer,
            None => panic!("the plan has no answer named “{name}”"),
        }
    }

    /// The names and answers.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, answer)| (name.as_str(), answer.as_str()))
    }

    pub(crate) fn read(&mut self, line: &str) {
        let (name, answer) = line.split_once(':').unwrap_or_else(|| panic!("no answer: {line}"));
        self.0.push((name.trim().to_owned(), answer.trim().to_owned()));
    }

    pub(crate) fn clear(&mut self) {
        self.0.iter_mut().filter(|(name, _)| name != "version").for_each(|(_, it)| it.clear());
    }

    pub(crate) fn set(&mut self, name: &str, answer: &str) {
        self.text(name);
        self.0.iter_mut().filter(|(it, _)| it == name).for_each(|(_, it)| *it = answer.to_owned());
    }
}

impl Table {
    /// The number of the column with this heading.
    pub fn column(&self, heading: &str) -> usize {
        match self.headings.iter().position(|it| it == heading) {
            Some(column) => column,
            None => panic!("the plan has no column “{heading}”"),
        }
    }

    /// A text as it is written.
    pub fn text(&self, row: usize, heading: &str) -> &str {
        &self.rows[row][self.column(heading)]
    }

    /// A text as a cell holds it.
    pub fn content(&self, row: usize, heading: &str) -> Content {
        Content::read(self.text(row, heading))
    }

    /// The numbers of the rows that have these texts in these columns.
    pub fn rows_where(&self, wanted: &[(&str, &str)]) -> Vec<usize> {
        (0..self.rows.len())
            .filter(|row| wanted.iter().all(|(heading, text)| self.text(*row, heading) == *text))
            .collect()
    }

    /// The one row that has these texts in these columns.
    pub fn row_where(&self, wanted: &[(&str, &str)]) -> usize {
        match self.rows_where(wanted)[..] {
            [row] => row,
            _ => panic!("not one row, of those there are, has {wanted:?}"),
        }
    }

    pub(crate) fn read_row(&mut self, line: &str) {
        let mut row: Vec<String> = line.split('|').map(|it| it.trim().to_owned()).collect();
        if self.headings.is_empty() {
            self.headings = row;
            return;
        }
        assert!(row.len() <= self.headings.len(), "too many columns: {line}");
        row.resize(self.headings.len(), String::new());
        self.rows.push(row);
    }
}

impl Plan {
    /// Reads a plan from its text.
    pub fn read(text: &str) -> Self {
        let mut plan = Plan::default();
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("# ")) {
            if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
                section = name;
            } else if let Some(table) = plan.table(section) {
                table.read_row(line);
            } else {
                plan.answers(section).unwrap_or_else(|| panic!("no such section: {section}")).read(line);
            }
        }
        plan
    }

    fn table(&mut self, section: &str) -> Option<&mut Table> {
        match section {
            "contacts" => Some(&mut self.contacts),
            "income" => Some(&mut self.income),
            "expenditure" => Some(&mut self.expenditure),
            "metrics" => Some(&mut self.metrics),
            "metric narratives" => Some(&mut self.narratives),
            "requirements" => Some(&mut self.requirements),
            _ => None,
        }
    }

    fn answers(&mut self, section: &str) -> Option<&mut Answers> {
        match section {
            "cover" => Some(&mut self.cover),
            "checklist" => Some(&mut self.checklist),
            "income answers" => Some(&mut self.income_answers),
            "minimums" => Some(&mut self.minimums),
            _ => None,
        }
    }
}

impl Plan {
    /// Takes out everything that an area types in, and what depends on the area chosen.
    pub(crate) fn clear(&mut self) {
        for answers in [&mut self.cover, &mut self.checklist, &mut self.income_answers, &mut self.minimums] {
            answers.clear();
        }
        self.income.rows.clear();
        self.expenditure.rows.clear();
        let keys = [
            (&mut self.contacts, 1),
            (&mut self.metrics, 2),
            (&mut self.narratives, 1),
            (&mut self.requirements, 1),
        ];
        for (table, keep) in keys {
            table.rows.iter_mut().flat_map(|row| row.iter_mut().skip(keep)).for_each(String::clear);
        }
    }

    /// Sets each contribution to what the lines of its source come to, and each minimum below them.
    pub fn balance(&mut self) {
        let stream_of = [
            ("DFG", "DFG"),
            ("iBCF", "iBCF"),
            ("Additional LA", "Additional LA Contribution"),
            ("Minimum NHS", "Minimum NHS Contribution"),
            ("Additional NHS", "Additional NHS Contribution"),
        ];
        let contribution = self.income.column("contribution");
        for (stream, source) in stream_of {
            let lines = self.expenditure.rows_where(&[("Source of Funding", source)]);
            let total: rust_decimal::Decimal = lines
                .iter()
                .map(|row| {
                    self.expenditure.text(*row, "Expenditure (£)").parse::<rust_decimal::Decimal>().unwrap()
                })
                .sum();
            let row = self.income.row_where(&[("stream", stream)]);
            self.income.rows[row][contribution] = total.to_string();
        }
    }
}
