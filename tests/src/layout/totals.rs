//! What a template's formulas show, worked out from the facts by Excel's own rules.

use rust_decimal::Decimal;

use crate::book::{Content, Value};

/// A figure, or the error that a formula shows instead.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Total(Result<Decimal, String>);

impl Total {
    /// SUM: texts and blanks do not count, and one error spoils it all.
    pub(super) fn sum<'a>(cells: impl IntoIterator<Item = &'a Content>) -> Self {
        cells.into_iter().fold(Total(Ok(Decimal::ZERO)), |total, cell| match cell {
            Content::Typed(Value::Number(figure)) => total.plus(&Total(Ok(*figure))),
            Content::Typed(Value::Date(serial)) => total.plus(&Total(Ok((*serial).into()))),
            Content::Typed(Value::Error(error)) => total.plus(&Total(Err(error.clone()))),
            _ => total,
        })
    }

    /// A cell named in a calculation: a blank is nought, a text that is plainly a number is that number,
    /// and any other text is an error.
    pub(super) fn of(cell: &Content) -> Self {
        Total(match cell {
            Content::Blank => Ok(Decimal::ZERO),
            Content::Typed(Value::Number(figure)) => Ok(*figure),
            Content::Typed(Value::Date(serial)) => Ok((*serial).into()),
            Content::Typed(Value::Bool(yes)) => Ok(u8::from(*yes).into()),
            Content::Typed(Value::Error(error)) => Err(error.clone()),
            Content::Typed(Value::Text(text)) => match Value::read(&text.replace(['£', ',', ' '], "")) {
                Value::Number(figure) => Ok(figure),
                _ => Err("#VALUE!".to_owned()),
            },
            Content::Formula { .. } => Err("#VALUE!".to_owned()),
        })
    }

    pub(super) fn plus(&self, other: &Total) -> Self {
        self.with(other, |a, b| Ok(a + b))
    }

    pub(super) fn less(&self, other: &Total) -> Self {
        self.with(other, |a, b| Ok(a - b))
    }

    pub(super) fn times(&self, other: &Total) -> Self {
        self.with(other, |a, b| Ok(a * b))
    }

    pub(super) fn over(&self, other: &Total) -> Self {
        self.with(other, |a, b| a.checked_div(b).ok_or("#DIV/0!".to_owned()))
    }

    /// No less than nought.
    pub(super) fn at_least_nought(&self) -> Self {
        Total(self.0.clone().map(|it| it.max(Decimal::ZERO)))
    }

    /// IFERROR.
    pub(super) fn or(&self, otherwise: Value) -> Value {
        self.0.clone().map_or(otherwise, Value::Number)
    }

    /// What the cell shows.
    pub(super) fn shown(&self) -> Value {
        match &self.0 {
            Ok(figure) => Value::Number(*figure),
            Err(error) => Value::Error(error.clone()),
        }
    }

    fn with(&self, other: &Total, sum: impl Fn(Decimal, Decimal) -> Result<Decimal, String>) -> Self {
        Total(match (&self.0, &other.0) {
            (Ok(a), Ok(b)) => sum(*a, *b),
            (Err(error), _) | (Ok(_), Err(error)) => Err(error.clone()),
        })
    }
}
