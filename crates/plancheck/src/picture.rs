//! The figures of the pictures: what is drawn, on which scale and where on it, so that whoever draws them
//! needs no arithmetic.

mod scale;

use rust_decimal::Decimal;

use crate::money;
use crate::plan::{Metric, PeriodKind, Plan, Rate, Total};
use crate::report::{Balance, Document, Match, Tested};
use crate::rules::words::first_of;
use crate::template::Measure;
use scale::Scale;

/// One picture.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The code of the rule that judges what it shows.
    pub rule: &'static str,
    /// A stable name: "capacity-demand-p0".
    pub id: String,
    /// Its caption.
    pub title: String,
    /// What it shows, in a sentence for those who do not see it.
    pub summary: String,
    /// What its figures count.
    pub unit: Unit,
    /// How it is drawn.
    pub form: Form,
    /// The marks of its axis.
    pub ticks: Vec<Point>,
    /// One entry a line or set of bars.
    pub series: Vec<Series>,
}

/// What a picture's figures count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Whole pounds.
    Pounds,
    /// People.
    People,
    /// Hundredths.
    Percent,
    /// People or events per 100,000.
    Rate,
}

/// How a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A bar from nought for each point; one below nought has none.
    Bars,
    /// The same side by side in the order of time.
    Columns,
    /// A point for each figure, joined in the order of time, on an axis that need not begin at nought.
    Line,
}

/// One line or set of bars.
#[derive(Clone, Debug)]
pub struct Series {
    /// Its name in the legend.
    pub name: &'static str,
    /// Its points in order.
    pub points: Vec<Point>,
}

/// One figure.
#[derive(Clone, Debug)]
pub struct Point {
    /// The category or period: "iBCF", "2022-10".
    pub label: String,
    /// The figure in the unit of its picture.
    pub value: Decimal,
    /// Where it stands on the axis: 0 at its beginning, 100 at its end.
    pub at: Decimal,
}

/// Everything that can be drawn of a plan. What is missing or unreadable is left out of its picture.
pub(crate) fn pictures(plan: &Plan, document: &Document) -> Vec<Picture> {
    let mut pictures: Vec<Picture> = Vec::new();
    pictures.extend(money(&document.balances));
    pictures.extend(document.conditions.iter().filter_map(minimum));
    pictures.extend(scheme_types(plan));
    // The months of one pathway or service stand together.
    pictures.extend(document.matches.chunk_by(|one, other| one.id == other.id).filter_map(people));
    pictures.extend(plan.metrics.iter().filter_map(|it| metric(plan, it)));
    pictures
}

/// A figure with its label, before it has a place on an axis.
type Figure = (String, Decimal);

/// What a picture says before its figures.
struct Caption {
    rule: &'static str,
    id: String,
    title: String,
    summary: String,
}

/// A picture of bars or columns from nought.
fn from_nought(
    caption: Caption,
    unit: Unit,
    form: Form,
    series: Vec<(&'static str, Vec<Figure>)>,
) -> Option<Picture> {
    let scale = Scale::from_nought(series.iter().flat_map(|it| &it.1).map(|it| it.1))?;
    Some(draw(caption, unit, form, &scale, series))
}

fn draw(
    Caption { rule, id, title, summary }: Caption,
    unit: Unit,
    form: Form,
    scale: &Scale,
    series: Vec<(&'static str, Vec<Figure>)>,
) -> Picture {
    let point = |(label, value): Figure| Point { label, value, at: scale.at(value) };
    Picture {
        rule,
        id,
        title,
        summary,
        unit,
        form,
        ticks: scale.ticks().into_iter().map(|it| point((it.normalize().to_string(), it))).collect(),
        series: series
            .into_iter()
            .map(|(name, points)| Series { name, points: points.into_iter().map(point).collect() })
            .collect(),
    }
}

/// Income and planned expenditure by source.
fn money(balances: &[Balance]) -> Option<Picture> {
    let series = |amount: fn(&Balance) -> Option<Decimal>| -> Vec<Figure> {
        balances.iter().filter_map(|it| Some((it.source.clone(), amount(it)?))).collect()
    };
    let out: Vec<String> = balances
        .iter()
        .filter(|it| it.difference.is_some_and(|it| !it.is_zero()))
        .map(|it| format!("{}: {}", it.source, it.sentence))
        .collect();
    let largest = balances.iter().filter_map(|it| Some((it.income?, &it.source))).max_by_key(|it| it.0)?;
    let summary = format!(
        "The largest source is {} with {}. {}.",
        largest.1,
        money::show_pounds(largest.0),
        if out.is_empty() {
            "No source that could be read is out of balance".to_owned()
        } else {
            first_of(&out).join("; ")
        }
    );
    from_nought(
        Caption {
            rule: "EX01",
            id: "income-and-expenditure".to_owned(),
            title: "Income and planned expenditure by source of funding".to_owned(),
            summary,
        },
        Unit::Pounds,
        Form::Bars,
        vec![("Income", series(|it| it.income)), ("Planned expenditure", series(|it| it.expenditure))],
    )
}

/// What a minimum spend requires, and what is planned.
fn minimum(tested: &Tested) -> Option<Picture> {
    let it = &tested.condition;
    let name = format!("{} {}", it.condition?, it.title);
    let figure = |amount: Decimal| vec![(name.clone(), amount)];
    let series = vec![("Required", figure(it.required?)), ("Planned", figure(it.planned?))];
    let caption = Caption {
        rule: tested.rule.code,
        id: format!("minimum-spend-{}", tested.rule.code.to_lowercase()),
        title: format!("{name}: required and planned"),
        summary: it.sentence.clone(),
    };
    from_nought(caption, Unit::Pounds, Form::Bars, series)
}

/// Planned expenditure by scheme type, the largest first; types without any are left out.
fn scheme_types(plan: &Plan) -> Option<Picture> {
    let totals = plan.totals();
    let mut types: Vec<Figure> = plan
        .template
        .scheme_types
        .iter()
        .filter_map(|it| Some((it.name.to_owned(), totals.expected(Total::TypeSpend(it)).ok()?)))
        .filter(|it| it.1 > Decimal::ZERO)
        .collect();
    // The order of the template decides between equals, because the sort is stable.
    types.sort_by_key(|it| std::cmp::Reverse(it.1));
    let largest = types.first()?;
    let all = totals.expected(Total::AllTypes).ok();
    let share = all
        .and_then(|all| money::percent(largest.1, all))
        .map(|it| format!(", {}% of all", money::show_number(it, 1)))
        .unwrap_or_default();
    let summary = format!(
        "{} of {} scheme types are used. The most is planned on {}: {}{share}.",
        types.len(),
        plan.template.scheme_types.len(),
        largest.0,
        money::show_pounds(largest.1)
    );
    let caption = Caption {
        rule: "EX16",
        id: "scheme-types".to_owned(),
        title: "Planned expenditure by scheme type".to_owned(),
        summary,
    };
    from_nought(caption, Unit::Pounds, Form::Bars, vec![("Planned expenditure", types)])
}

/// Demand and capacity of one pathway or service, month by month.
fn people(months: &[Match]) -> Option<Picture> {
    let first = months.first()?;
    let series = |people: fn(&Match) -> Option<Decimal>| -> Vec<Figure> {
        months.iter().filter_map(|it| Some((it.month.iso(), people(it)?))).collect()
    };
    let both = months.iter().filter(|it| it.demand.is_some() && it.capacity.is_some()).count();
    let short: Vec<(Decimal, String)> =
        months.iter().filter_map(|it| Some((it.shortfall()?.abs(), it.month.to_string()))).collect();
    // A month without one of the two figures is no month in which capacity meets demand.
    let compared = match both {
        1 => "the only month that has both".to_owned(),
        all if all == months.len() => format!("{} months", months.len()),
        some => format!("the {some} months that have both"),
    };
    let summary = match short.iter().max_by_key(|it| it.0) {
        None if both == 0 => {
            "No month has both demand and capacity, so the two cannot be compared.".to_owned()
        }
        None if both == 1 => format!("Capacity is no less than demand in {compared}."),
        None => format!("Capacity is no less than demand in each of {compared}."),
        Some((most, month)) if both == 1 => format!(
            "Capacity is less than demand in {compared}, {month}: {} people too few.",
            money::show_number(*most, 0)
        ),
        Some((most, month)) => format!(
            "Capacity is less than demand in {} of {compared}, most of all in {month}: {} people too few.",
            short.len(),
            money::show_number(*most, 0)
        ),
    };
    let caption = Caption {
        rule: "CD03",
        id: format!("capacity-demand-{}", first.id),
        title: format!("Demand and capacity by month: {}", first.what),
        summary,
    };
    from_nought(
        caption,
        Unit::People,
        Form::Columns,
        vec![("Demand", series(|it| it.demand)), ("Capacity", series(|it| it.capacity))],
    )
}

/// The plan of a metric against its history.
fn metric(plan: &Plan, metric: &Metric) -> Option<Picture> {
    let percent = metric.spec.measure == Measure::Percentage;
    // As its sheet shows it; entered values are shown as they were entered.
    let places = if metric.spec.measure == Measure::Entered { 4 } else { 1 };
    let value = |rate: &Rate| {
        let value = rate.expected(metric.spec, None).ok()?;
        let value = if percent { value.checked_mul(Decimal::ONE_HUNDRED)? } else { value };
        Some(money::round(value, places).normalize())
    };
    let of = |kind: PeriodKind| -> Vec<Figure> {
        let rates = metric.rates.iter().filter(|it| it.period.kind == kind);
        rates.filter_map(|it| Some((it.period.name(), value(it)?))).collect()
    };
    let series = vec![
        ("Actual", of(PeriodKind::Actual)),
        ("Estimated", of(PeriodKind::Estimated)),
        ("Plan", of(PeriodKind::Plan)),
    ];
    let series: Vec<_> = series.into_iter().filter(|it| !it.1.is_empty()).collect();
    let scale = Scale::around(series.iter().flat_map(|it| &it.1).map(|it| it.1))?;
    let sign = if percent { "%" } else { "" };
    let planned: Vec<String> = metric
        .rates
        .iter()
        .filter(|it| it.period.is_plan_of(plan.template.year))
        .filter_map(|it| Some(format!("{}{sign} in {}", show(metric, value(it)?), it.period.name())))
        .collect();
    let before: Vec<String> = metric
        .rates
        .iter()
        .filter(|it| !it.period.is_plan_of(plan.template.year))
        .filter_map(|it| Some(format!("{}{sign} in {}", show(metric, value(it)?), it.period.title())))
        .collect();
    let (name, number) = (metric.spec.name, metric.spec.number);
    let said = |what: &str, values: &[String], none: &str| match values {
        [] => none.to_owned(),
        some => format!("{what}: {}.", some.join(", ")),
    };
    let summary = format!(
        "{} {}",
        said("Planned", &planned, "No plan is given."),
        said("Before", &before, "Nothing is given to compare it with.")
    );
    let caption = Caption {
        rule: "MT04",
        id: format!("metric-{number}"),
        title: format!("{number} {name}: plan against history"),
        summary,
    };
    let unit = if percent { Unit::Percent } else { Unit::Rate };
    Some(draw(caption, unit, Form::Line, &scale, series))
}

/// A metric's value as its sheet shows it.
fn show(metric: &Metric, value: Decimal) -> String {
    match metric.spec.measure {
        Measure::Entered => money::show_number(value, value.scale()),
        Measure::Percentage | Measure::Per100k => money::show_number(value, 1),
    }
}
