//! What is drawn: every figure as the report has it elsewhere, and in its place on the axis.

use plancheck::picture::{Form, Picture, Unit};
use plancheck::report::Document;
use plancheck_tests::book::Book;
use plancheck_tests::layout::{capacity_demand_2022_23, planning_2022_23::lay_out};
use plancheck_tests::plans;

use crate::support::check_book;

fn picture<'a>(document: &'a Document, id: &str) -> &'a Picture {
    document.pictures.iter().find(|it| it.id == id).unwrap()
}

/// "iBCF 15725903 52.42", for each point of a series.
fn points(picture: &Picture, series: &str) -> Vec<String> {
    let series = picture.series.iter().find(|it| it.name == series).unwrap();
    series.points.iter().map(|it| format!("{} {} {}", it.label, it.value, it.at)).collect()
}

#[test]
fn the_money_of_the_published_plan() {
    let document = check_book(&lay_out(&plans::sefton()));
    let ids: Vec<&str> = document.pictures.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "income-and-expenditure",
            "minimum-spend-ex02",
            "minimum-spend-ex03",
            "scheme-types",
            "metric-8.1",
            "metric-8.3",
            "metric-8.4",
            "metric-8.5"
        ]
    );
    let money = picture(&document, "income-and-expenditure");
    assert_eq!(points(money, "Income")[0], "DFG 4823370 16.08");
    assert_eq!(points(money, "Income").len(), 5);
    assert_eq!(points(money, "Income"), points(money, "Planned expenditure"));
    assert_eq!(money.ticks.last().map(|it| (it.label.as_str(), it.at)), Some(("30000000", 100.into())));
    assert_eq!(
        money.summary,
        "The largest source is Minimum NHS Contribution with £26,435,346. No source that could be read is out of balance."
    );
    let minimum = |id: &str| -> Vec<String> {
        let minimum = picture(&document, id);
        minimum.series.iter().flat_map(|it| &it.points).map(|it| it.value.to_string()).collect()
    };
    assert_eq!(minimum("minimum-spend-ex02"), ["13584091", "14168050"]);
    assert_eq!(minimum("minimum-spend-ex03"), ["7512176", "10812746"]);
    // Each stands under the requirement that it bears on.
    for (id, code) in [("minimum-spend-ex02", "PR4"), ("minimum-spend-ex03", "PR5")] {
        let enquiry = document.enquiries.iter().find(|it| it.code == code).unwrap();
        assert!(enquiry.rules.contains(&picture(&document, id).rule), "{id} {code}");
    }
}

#[test]
fn scheme_types_are_all_that_is_planned() {
    let document = check_book(&lay_out(&plans::sefton()));
    let types = picture(&document, "scheme-types");
    let values: Vec<_> = types.series[0].points.iter().map(|it| it.value).collect();
    assert!(values.is_sorted_by(|a, b| a >= b) && values.iter().all(|it| *it > 0.into()));
    let planned = document.balances.iter().map(|it| it.expenditure.unwrap()).sum();
    assert_eq!(values.into_iter().sum::<rust_decimal::Decimal>(), planned);
}

#[test]
fn metrics_stand_beside_their_history() {
    let document = check_book(&lay_out(&plans::sefton()));
    let residential = picture(&document, "metric-8.4");
    assert_eq!((residential.form, residential.unit), (Form::Line, Unit::Rate));
    assert_eq!(
        residential.summary,
        "Planned: 708.1 in 2022-23. Before: 661.4 in 2020-21 Actual, 594.3 in 2021-22 Plan, 654.0 in 2021-22 estimated."
    );
    let usual_place = picture(&document, "metric-8.3");
    assert_eq!(usual_place.unit, Unit::Percent);
    assert_eq!(usual_place.series.iter().map(|it| it.name).collect::<Vec<_>>(), ["Actual", "Plan"]);
    assert!(usual_place.summary.starts_with("Planned: 92.5% in 2022-23 Q1, "), "{}", usual_place.summary);
    let (low, high) = (&usual_place.ticks[0], usual_place.ticks.last().unwrap());
    for point in usual_place.series.iter().flat_map(|it| &it.points) {
        assert!(low.value <= point.value && point.value <= high.value);
        assert!(point.at >= 0.into() && point.at <= 100.into());
    }
}

#[test]
fn months_that_are_short_are_said() {
    let document = check_book(&capacity_demand_2022_23::lay_out(&plans::sefton_capacity()));
    let first = picture(&document, "capacity-demand-p0");
    assert_eq!(
        first.summary,
        "Capacity is less than demand in 6 of 6 months, most of all in November 2022: 1,344 people too few."
    );
    let first = picture(&document, "capacity-demand-p1");
    assert_eq!(first.summary, "Capacity is no less than demand in each of 6 months.");
}

/// What is said of capacity in a pathway where only some months have a figure.
#[test]
fn months_without_both_figures_are_not_compared() {
    let said = |filled: usize, people: u32| {
        let mut plan = plans::sefton_capacity();
        for (nth, month) in ["Oct", "Nov", "Dec", "Jan", "Feb", "Mar"].iter().enumerate() {
            let figure = if nth < filled { people.to_string() } else { "blank".to_owned() };
            plan.edit(&format!("discharge capacity 3: {month} = {figure}"));
        }
        let document = check_book(&capacity_demand_2022_23::lay_out(&plan));
        picture(&document, "capacity-demand-p1").summary.clone()
    };
    assert_eq!(said(0, 0), "No month has both demand and capacity, so the two cannot be compared.");
    assert_eq!(said(1, 90_000), "Capacity is no less than demand in the only month that has both.");
    assert_eq!(said(2, 90_000), "Capacity is no less than demand in each of the 2 months that have both.");
    assert!(
        said(1, 0)
            .starts_with("Capacity is less than demand in the only month that has both, October 2022: ")
    );
    assert!(
        said(3, 0).starts_with("Capacity is less than demand in 3 of the 3 months that have both, most ")
    );
}

#[test]
fn a_metric_without_a_plan_or_a_history_says_so() {
    let said = |gone: fn(&str) -> bool| {
        let mut plan = plans::sefton();
        for period in ["2020-21 Actual", "2021-22 Plan", "2021-22 estimated", "2022-23 Plan"] {
            if gone(period) {
                plan.edit(&format!("metric 8.4, {period}: numerator = blank"));
            }
        }
        picture(&check_book(&lay_out(&plan)), "metric-8.4").summary.clone()
    };
    assert!(said(|it| it == "2022-23 Plan").starts_with("No plan is given. Before: 661.4 in "));
    assert_eq!(
        said(|it| it != "2022-23 Plan"),
        "Planned: 708.1 in 2022-23. Nothing is given to compare it with."
    );
}

#[test]
fn what_cannot_be_read_is_not_drawn() {
    let mut plan = plans::exampleshire();
    plan.edit("line 1: Expenditure (£) = tbc");
    plan.edit("metric 8.4, 2022-23 Plan: numerator = tbc");
    let document = check_book(&lay_out(&plan));
    let money = picture(&document, "income-and-expenditure");
    assert_eq!((points(money, "Income").len(), points(money, "Planned expenditure").len()), (5, 4));
    let residential = picture(&document, "metric-8.4");
    let drawn: usize = residential.series.iter().map(|it| it.points.len()).sum();
    assert_eq!(drawn, 3);
}

/// Totals beside inputs, as "cell held recomputed agrees".
fn beside(book: &Book, cell: &str) -> (Option<String>, Option<String>, Option<bool>, bool) {
    let document = check_book(book);
    let wanted = |sheet: u16, at: String| format!("{}!{at}", document.sheets[usize::from(sheet)]) == cell;
    let it = document.totals.iter().find(|it| wanted(it.cell.sheet, it.cell.a1())).unwrap();
    (it.held.map(|it| it.to_string()), it.recomputed.map(|it| it.to_string()), it.agrees, it.formula)
}

#[test]
fn every_total_stands_beside_its_inputs() {
    let pool = "4. Income!C56";
    let clean = lay_out(&plans::exampleshire());
    let some = |text: &str| Some(text.to_owned());
    assert!(check_book(&clean).totals.iter().all(|it| it.agrees == Some(true) && it.formula));
    assert_eq!(check_book(&clean).totals.len(), 109);
    assert_eq!(beside(&clean, pool), (some("930000"), some("930000"), Some(true), true));
    let mut stale = clean.clone();
    stale.wound("4. Income: C56 shows 930001");
    assert_eq!(beside(&stale, pool), (some("930001"), some("930000"), Some(false), true));
    let mut typed = clean.clone();
    typed.wound("4. Income: C56 = 930000");
    assert_eq!(beside(&typed, pool), (some("930000"), some("930000"), Some(true), false));
    let mut without = clean.clone();
    without.wound("4. Income: C56 shows nothing");
    assert_eq!(beside(&without, pool), (None, some("930000"), None, true));
    let mut unreadable = plans::exampleshire();
    unreadable.edit("income iBCF: contribution = tbc");
    assert_eq!(beside(&lay_out(&unreadable), pool), (some("730000"), None, None, true));
    assert_eq!(beside(&clean, "6. Metrics!D20").0, some("91"));
}
