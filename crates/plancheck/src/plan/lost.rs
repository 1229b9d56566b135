//! What is entered somewhere and was not found: a rule that looks at everything that is entered has not seen it.

use super::{Absent, Answer, Metric, Plan, Sought};
use crate::rule::Wait;
use crate::template::{Field, Measure, MetricSpec, Section};

/// The columns of the expenditure table that hold figures.
const FIGURES: [Field; 3] = [Field::Amount, Field::NhsShare, Field::LocalShare];

impl Plan {
    /// A wait for everything with figures that was not found: sheets, tables, columns, rows.
    pub fn lost_figures(&self) -> Vec<Wait> {
        let streams = self.streams.iter().map(|it| why(&it.rows));
        let minimums = self.minimums.iter().map(|it| why(&it.required));
        let table = self.expenditure.iter().flat_map(|it| &it.missing);
        let columns = table.filter(|it| FIGURES.contains(&it.0)).map(|it| Some(it.1.wait()));
        let lines = why(&self.expenditure).filter(|_| self.asks(Section::Expenditure));
        let lost = streams.chain([lines]).chain(columns).chain(minimums).flatten();
        distinct(lost.chain(self.lost_metrics()).chain(self.lost_values()).chain(self.lost_capacity()))
    }

    /// The same, and for every question, option and text.
    pub fn lost_entries(&self) -> Vec<Wait> {
        let table = self.expenditure.iter().flat_map(|it| &it.missing).map(|it| it.1.wait());
        let asked = self.streams.iter().filter_map(|it| why(it.any.as_ref()?));
        let said = self.metrics.iter().flat_map(|it| [&it.rationale, &it.local_plan]).filter_map(why);
        let boxes = self.capacity.iter().flat_map(|it| &it.assumptions).filter_map(|it| why(&it.text));
        let others = table.chain(asked).chain(said).chain(boxes);
        distinct(self.lost_on_the_cover().chain(self.lost_figures()).chain(others).chain(self.lost_answers()))
    }

    /// A wait for each metric whose heading was not found.
    pub fn lost_metrics(&self) -> Vec<Wait> {
        let found = |spec: &MetricSpec| self.metrics.iter().any(|it| it.spec.number == spec.number);
        let missing = self.absent_sheets.iter().find(|it| it.section == Section::Metrics);
        let sheet = self.template.sheet(Section::Metrics).map_or("", |it| it.name);
        let lost = self.template.metrics.iter().filter(|it| !found(it)).map(|it| {
            let heading = it.heading.first().copied().unwrap_or_default();
            let label =
                || Absent::Label(format!("the label “{heading}” was not found on sheet {sheet}")).wait();
            missing.map_or_else(label, |it| Wait::for_sheet(it))
        });
        distinct(lost)
    }

    /// A wait for this round's plan of a metric, or for each quarter of it, where its heading was not found.
    pub fn lost_plans(&self, metric: &Metric) -> Vec<Wait> {
        let (year, number) = (self.template.year, metric.spec.number);
        let planned: Vec<Option<u8>> =
            metric.rates.iter().filter(|it| it.period.is_plan_of(year)).map(|it| it.period.quarter).collect();
        let wait =
            |what: &str| Absent::Label(format!("no plan for {year}{what} was found under {number}")).wait();
        if planned.is_empty() {
            return vec![wait("")];
        }
        let lost = (1..=4).filter(|it| !planned.contains(&None) && !planned.contains(&Some(*it)));
        lost.map(|it| wait(&format!(" Q{it}"))).collect()
    }

    /// A wait for the values of each metric whose own heading was found.
    fn lost_values(&self) -> impl Iterator<Item = Wait> {
        let none = |it: &&Metric| it.rates.is_empty() && it.spec.measure == Measure::Entered;
        let entered = self.metrics.iter().filter(none).map(|it| {
            let number = it.spec.number;
            Absent::Label(format!("no value was found under {number}")).wait()
        });
        let begun = self.metrics.iter().filter(|it| !it.rates.is_empty());
        let plans = begun.flat_map(|it| self.lost_plans(it));
        self.unfound(|it| it.total.is_none()).into_iter().chain(entered).chain(plans)
    }

    fn lost_capacity(&self) -> impl Iterator<Item = Wait> {
        self.capacity.iter().flat_map(|it| {
            let rows = [&it.community_demand, &it.discharge_capacity, &it.community_capacity];
            let rows = rows.into_iter().flatten().map(|it| &it.months);
            let trusts = it.trusts.iter().flatten().map(|it| &it.months);
            let months = rows.chain(trusts).flat_map(|it| &it.0).filter_map(why);
            why(&it.trusts)
                .into_iter()
                .chain(months)
                .chain([&it.overall_spend, &it.related_spend].into_iter().filter_map(why))
        })
    }

    fn lost_on_the_cover(&self) -> impl Iterator<Item = Wait> {
        let (it, spec) = (&self.cover, &self.template.cover);
        let questions = [
            (spec.board, &it.board),
            (spec.signed_off, &it.signed_off),
            (spec.expected, &it.expected),
            (spec.completed_by, &it.completed_by),
            (spec.email, &it.email),
            (spec.phone, &it.phone),
            (spec.delegated, &it.delegated),
            (spec.job_title, &it.job_title),
            (spec.signatory, &it.signatory),
        ];
        let asked = questions.into_iter().filter(|it| !it.0.is_empty());
        asked.filter_map(|it| why(it.1)).chain(why(&it.contacts))
    }

    fn lost_answers(&self) -> impl Iterator<Item = Wait> {
        let of = |it: &Answer| [&it.documents, &it.actions, &it.timeframe].map(why);
        let columns: Vec<Wait> = self.answers.iter().flatten().flat_map(of).flatten().collect();
        why(&self.answers).filter(|_| self.asks(Section::Requirements)).into_iter().chain(columns)
    }

    /// Whether the template has this part: what it does not ask for is not lost.
    fn asks(&self, section: Section) -> bool {
        self.template.sheet(section).is_some()
    }
}

fn why<T>(part: &Sought<T>) -> Option<Wait> {
    part.as_ref().err().map(Absent::wait)
}

fn distinct(waits: impl IntoIterator<Item = Wait>) -> Vec<Wait> {
    let mut distinct: Vec<Wait> = Vec::new();
    for wait in waits {
        if !distinct.contains(&wait) {
            distinct.push(wait);
        }
    }
    distinct
}
