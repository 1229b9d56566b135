//! A capacity and demand report written down as facts: what an area would type into the template.
//!
//! ```text
//! [discharges]
//! trust | pathway | Oct | Nov | Dec | Jan | Feb | Mar
//! Exampleshire Hospitals NHS Trust | 0 | 100 | 110 | 120 | 130 | 120 | 110
//! ```

mod edits;

use crate::plan_text::{Answers, Table};

/// The months of the tables, and the first day of each.
pub const MONTHS: [(&str, &str); 6] = [
    ("Oct", "2022-10-01"),
    ("Nov", "2022-11-01"),
    ("Dec", "2022-12-01"),
    ("Jan", "2023-01-01"),
    ("Feb", "2023-02-01"),
    ("Mar", "2023-03-01"),
];

/// What a trust's cell says before a trust is chosen.
pub const PROMPT: &str = "(Please select Trust/s.....)";

/// What was typed into a capacity and demand template.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The Cover's answers.
    pub cover: Answers,
    /// How months are written (dates, numbers, German, English) and trusts are grouped (pathway, trust,
    /// merged pathway, merged trust).
    pub layout: Answers,
    /// The discharges: trust, pathway, months.
    pub discharges: Table,
    /// Totals of discharges that are typed over their formulas: pathway, months.
    pub typed_totals: Table,
    /// The demand from the community: service, months.
    pub community_demand: Table,
    /// The capacity for discharge: service, months.
    pub discharge_capacity: Table,
    /// The capacity for the community: service, months.
    pub community_capacity: Table,
    /// The boxes of assumptions, by the numbers of their sheets.
    pub assumptions: Answers,
    /// The spend.
    pub spend: Answers,
}

impl Report {
    /// Reads a report from its text.
    pub fn read(text: &str) -> Self {
        let mut report = Report::default();
        let mut section = "";
        for line in text.lines().map(str::trim).filter(|it| !it.is_empty() && !it.starts_with("# ")) {
            if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
                section = name;
            } else if let Some(table) = report.table(section) {
                table.read_row(line);
            } else {
                report.answers(section).unwrap_or_else(|| panic!("no such section: {section}")).read(line);
            }
        }
        report
    }

    fn table(&mut self, section: &str) -> Option<&mut Table> {
        match section {
            "discharges" => Some(&mut self.discharges),
            "typed totals" => Some(&mut self.typed_totals),
            "community demand" => Some(&mut self.community_demand),
            "discharge capacity" => Some(&mut self.discharge_capacity),
            "community capacity" => Some(&mut self.community_capacity),
            _ => None,
        }
    }

    fn answers(&mut self, section: &str) -> Option<&mut Answers> {
        match section {
            "cover" => Some(&mut self.cover),
            "layout" => Some(&mut self.layout),
            "assumptions" => Some(&mut self.assumptions),
            "spend" => Some(&mut self.spend),
            _ => None,
        }
    }

    /// Takes out everything that an area types in.
    pub(crate) fn clear(&mut self) {
        [&mut self.cover, &mut self.assumptions, &mut self.spend].into_iter().for_each(Answers::clear);
        self.discharges.rows.clear();
        self.typed_totals.rows.clear();
        for table in [&mut self.community_demand, &mut self.discharge_capacity, &mut self.community_capacity]
        {
            table.rows.iter_mut().flat_map(|row| row.iter_mut().skip(1)).for_each(String::clear);
        }
    }

    /// The trusts in the order in which they first come.
    pub fn trusts(&self) -> Vec<String> {
        let mut trusts: Vec<String> = Vec::new();
        for row in &self.discharges.rows {
            if !trusts.contains(&row[0]) {
                trusts.push(row[0].clone());
            }
        }
        trusts
    }
}
