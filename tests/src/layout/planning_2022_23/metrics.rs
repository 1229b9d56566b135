//! The Metrics sheet.

use super::{METRICS, Total, board_line, headings, titled};
use crate::book::{At, Content, Format, Look, Sheet, Value, at};
use crate::plan_text::Plan;

pub(super) const USUAL_PLACE: &str = "Percentage of people, resident in the HWB, who are discharged from acute \
    hospital to their normal place of residence (SUS data - available on the Better Care Exchange)";
pub(super) const RESIDENTIAL: &str = "Long-term support needs of older people (age 65 and over) met by admission \
    to residential and nursing care homes, per 100,000 population";
pub(super) const REABLEMENT: &str = "Proportion of older people (65 and over) who were still at home 91 days after \
    discharge from hospital into reablement / rehabilitation services";
const ADMISSIONS: &str =
    "Indirectly standardised rate (ISR) of admissions per 100,000 population (See Guidance)";

const ACTUAL: [&str; 4] =
    ["2021-22 Q1 Actual", "2021-22 Q2 Actual", "2021-22 Q3 Actual", "2021-22 Q4 Actual"];
const PLAN: [&str; 4] = ["2022-23 Q1 Plan", "2022-23 Q2 Plan", "2022-23 Q3 Plan", "2022-23 Q4 Plan"];
const YEARS: [&str; 4] = ["2020-21 Actual", "2021-22 Plan", "2021-22 estimated", "2022-23 Plan"];

/// The planned rates that the Summary repeats, and where they stand.
pub(super) struct Rates {
    pub(super) usual_place: Vec<(At, Value)>,
    pub(super) residential: [(At, Value); 2],
    pub(super) reablement: (At, Value),
}

pub(super) fn sheet(plan: &Plan) -> (Sheet, Rates) {
    let mut sheet = titled(METRICS, METRICS, &[3, 60, 18, 14, 14, 14, 14, 50, 50]);
    board_line(&mut sheet, plan, "C4");

    let mut block = Block { sheet: &mut sheet, plan, metric: "8.1" };
    block.open(at("B6"), "8.1 Avoidable admissions", &ACTUAL, ADMISSIONS);
    block.values(at("C8"), "Indicator value", &ACTUAL, Format::Rate);
    headings(block.sheet, at("D9"), &PLAN);
    block.values(at("C10"), "Indicator value", &PLAN, Format::Count);
    block.sheet.text(at("B12"), ">> link to NHS Digital webpage (for more detailed guidance)", Look::Plain);

    let mut block = Block { sheet: &mut sheet, plan, metric: "8.3" };
    block.open(at("B14"), "8.3 Discharge to usual place of residence", &ACTUAL, USUAL_PLACE);
    block.rates(at("C16"), "Quarter (%)", &ACTUAL, 1);
    headings(block.sheet, at("D19"), &PLAN);
    let usual_place = block.rates(at("C20"), "Quarter (%)", &PLAN, 1);

    let mut block = Block { sheet: &mut sheet, plan, metric: "8.4" };
    block.open(at("B25"), "8.4 Residential Admissions", &YEARS, RESIDENTIAL);
    let residential = block.rates(at("C27"), "Annual Rate", &YEARS, 100_000);

    let mut block = Block { sheet: &mut sheet, plan, metric: "8.5" };
    block.open(at("B33"), "8.5 Reablement", &YEARS, REABLEMENT);
    let reablement = block.rates(at("C35"), "Annual (%)", &YEARS, 1);

    let rates = Rates {
        usual_place,
        residential: [residential[0].clone(), residential[3].clone()],
        reablement: reablement[3].clone(),
    };
    (sheet, rates)
}

struct Block<'a> {
    sheet: &'a mut Sheet,
    plan: &'a Plan,
    metric: &'static str,
}

impl Block<'_> {
    /// The section's heading, its first row of periods, its narratives and its label.
    fn open(&mut self, heading: At, title: &str, periods: &[&str], label: &str) {
        self.sheet.text(heading, title, Look::Section);
        headings(self.sheet, heading.down(1).right(2), periods);
        headings(
            self.sheet,
            heading.down(1).right(6),
            &["Rationale for how ambition was set", "Local plan to meet ambition"],
        );
        self.sheet.text(heading.down(2), label, Look::Plain);
        let row = self.plan.narratives.row_where(&[("metric", self.metric)]);
        for (col, name) in [(6, "rationale"), (7, "local plan")] {
            let content = self.plan.narratives.content(row, name);
            self.sheet.put(heading.down(2).right(col), content, Format::General, Look::Input);
        }
    }

    fn fact(&self, period: &str, name: &str) -> Content {
        let table = &self.plan.metrics;
        table.content(table.row_where(&[("metric", self.metric), ("period", period)]), name)
    }

    fn values(&mut self, label: At, text: &str, periods: &[&str], format: Format) {
        self.sheet.text(label, text, Look::Plain);
        for (col, period) in (1..).zip(periods) {
            let content = self.fact(period, "value");
            self.sheet.put(label.right(col), content, format, Look::Input);
        }
    }

    /// A rate over its numerator and denominator, and what it shows.
    fn rates(&mut self, label: At, text: &str, periods: &[&str], times: u32) -> Vec<(At, Value)> {
        self.sheet.text(label, text, Look::Plain);
        self.sheet.text(label.down(1), "Numerator", Look::Plain);
        self.sheet.text(label.down(2), "Denominator", Look::Plain);
        let mut rates = Vec::new();
        for (col, period) in (1..).zip(periods) {
            let (rate, over, under) = (label.right(col), label.down(1).right(col), label.down(2).right(col));
            let (numerator, denominator) = (self.fact(period, "numerator"), self.fact(period, "denominator"));
            let share = Total::of(&numerator).over(&Total::of(&denominator));
            let (formula, shows, format) = if times == 1 {
                (format!("IFERROR({over}/{under},\"\")"), share, Format::Percent)
            } else {
                let shows = share.times(&Total::of(&Content::Typed(Value::Number(times.into()))));
                (format!("IFERROR({over}/{under}*{times},\"\")"), shows, Format::Rate)
            };
            let shows = shows.or(Value::Text(String::new()));
            self.sheet.put(over, numerator, Format::Count, Look::Input);
            self.sheet.put(under, denominator, Format::Count, Look::Input);
            self.sheet.formula(rate, formula, shows.clone(), format);
            rates.push((rate, shows));
        }
        rates
    }
}
