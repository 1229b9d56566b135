//! The planning requirements: a row for each, with its answer and what supports it.

use super::Views;
use crate::plan::leaf::{Located, Text};
use crate::plan::{Answer, Printed, Sought};
use crate::template::{Section, label, labels};

pub(super) fn read(views: &Views<'_>) -> Sought<Vec<Answer>> {
    let view = views.of(Section::Requirements)?;
    let spec = &views.known.template.requirements;
    let heading = view.find(spec.answer)?;
    let codes = view.labels.all(&[labels::CODE]).into_iter().find(|it| it.0 == heading.0);
    let codes = codes.ok_or_else(|| view.no_label(&[labels::CODE]))?;
    let column = |labels: &[&str]| {
        let place = view.labels.all(labels).into_iter().find(|it| it.0 == heading.0);
        place.map(|it| it.1).ok_or_else(|| view.no_label(labels))
    };
    // A theme stands once, in the first of its rows.
    let mut theme = None;
    let [themes, requirements, enquiries] =
        [spec.theme, spec.requirement, spec.enquiries].map(|it| column(it).ok());
    let columns = [column(spec.documents), column(spec.actions), column(spec.timeframe)];
    let mut answers: Vec<Answer> = Vec::new();
    for row in heading.0 + 1..=view.sheet.last_row() {
        let printed = |col: Option<u32>| view.text_at(row, col?).map(|it| it.trim().to_owned());
        theme = printed(themes).or(theme);
        let Some(text) = view.text_at(row, codes.1) else { continue };
        let code = spec.asked.iter().map(|it| it.code).find(|it| label::key(it) == label::key(text));
        let Some(code) = code.filter(|code| !answers.iter().any(|it| it.code == *code)) else { continue };
        let cell = |column: &Sought<u32>, what: &str| -> Sought<Located<Text>> {
            Ok(view.text((row, column.clone()?), || format!("{what} {code}")))
        };
        let [documents, actions, timeframe] = &columns;
        answers.push(Answer {
            code,
            printed: Printed {
                theme: theme.clone(),
                requirement: printed(requirements),
                enquiries: printed(enquiries),
            },
            answer: view.text((row, heading.1), || format!("the answer to {code}")),
            documents: cell(documents, "the supporting documents for"),
            actions: cell(actions, "the actions towards"),
            timeframe: cell(timeframe, "the timeframe for"),
        });
    }
    Ok(answers)
}
