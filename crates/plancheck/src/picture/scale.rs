//! An axis with round marks.

use rust_decimal::Decimal;

use crate::money;

/// No axis has more steps than this.
const MOST_STEPS: u32 = 6;

/// An axis: where it begins, and its step from mark to mark.
#[derive(Debug)]
pub(super) struct Scale {
    low: Decimal,
    step: Decimal,
    steps: u32,
}

impl Scale {
    /// An axis from nought. None where no figure is above it.
    pub(super) fn from_nought(figures: impl Iterator<Item = Decimal>) -> Option<Self> {
        let high = figures.max().filter(|it| *it > Decimal::ZERO)?;
        Self::over(Decimal::ZERO, high)
    }

    /// An axis around figures that lie close together.
    pub(super) fn around(figures: impl Iterator<Item = Decimal>) -> Option<Self> {
        let (low, high) = bounds(figures)?;
        if low == high {
            // One value alone stands in the middle.
            let room = low.abs().checked_div(Decimal::TEN)?.max(Decimal::ONE);
            return Self::over(low.checked_sub(room)?, high.checked_add(room)?);
        }
        Self::over(low, high)
    }

    /// The first round step that covers this span in so many steps.
    fn over(low: Decimal, high: Decimal) -> Option<Self> {
        let mut power = Decimal::new(1, 4);
        while power < Decimal::from(10_000_000_000_000_u64) {
            for times in [1, 2, 5] {
                let step = power.checked_mul(Decimal::from(times))?;
                let first = low.checked_div(step)?.floor().checked_mul(step)?;
                let steps = high.checked_sub(first)?.checked_div(step)?.ceil();
                if steps <= Decimal::from(MOST_STEPS) {
                    let steps = u32::try_from(steps).ok()?.max(1);
                    return Some(Scale { low: first, step, steps });
                }
            }
            power = power.checked_mul(Decimal::TEN)?;
        }
        None
    }

    /// Where a figure stands: 0 at the beginning or below it, 100 at the end, to a hundredth.
    pub(super) fn at(&self, figure: Decimal) -> Decimal {
        let span = self.step.saturating_mul(Decimal::from(self.steps));
        let share = figure.saturating_sub(self.low).saturating_mul(Decimal::ONE_HUNDRED).checked_div(span);
        money::round(share.unwrap_or_default(), 2).max(Decimal::ZERO).normalize()
    }

    /// The marks.
    pub(super) fn ticks(&self) -> Vec<Decimal> {
        let tick = |it: u32| self.low.saturating_add(self.step.saturating_mul(Decimal::from(it)));
        (0..=self.steps).map(tick).collect()
    }
}

fn bounds(figures: impl Iterator<Item = Decimal>) -> Option<(Decimal, Decimal)> {
    figures.fold(None, |bounds, it| match bounds {
        None => Some((it, it)),
        Some((low, high)) => Some((it.min(low), it.max(high))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(texts: &[&str]) -> impl Iterator<Item = Decimal> {
        texts.iter().map(|it| it.parse().unwrap_or_default()).collect::<Vec<Decimal>>().into_iter()
    }

    fn marks(scale: Option<Scale>) -> String {
        scale.map_or_else(String::new, |it| {
            it.ticks().iter().map(|it| it.normalize().to_string()).collect::<Vec<_>>().join(" ")
        })
    }

    #[test]
    fn marks_are_round_and_few() {
        assert_eq!(marks(Scale::from_nought(figures(&["5927", "4601"]))), "0 1000 2000 3000 4000 5000 6000");
        assert_eq!(
            marks(Scale::from_nought(figures(&["26435346"]))),
            "0 5000000 10000000 15000000 20000000 25000000 30000000"
        );
        assert_eq!(marks(Scale::from_nought(figures(&["-3", "4"]))), "0 1 2 3 4");
        assert_eq!(marks(Scale::around(figures(&["92.0", "92.5"]))), "92 92.1 92.2 92.3 92.4 92.5");
        assert_eq!(marks(Scale::around(figures(&["654.0", "708.1", "594.3"]))), "550 600 650 700 750");
        assert_eq!(marks(Scale::around(figures(&["200"]))), "180 190 200 210 220");
        assert_eq!(marks(Scale::from_nought(figures(&["0", "0"]))), "");
        assert_eq!(marks(Scale::around(figures(&[]))), "");
    }

    #[test]
    fn figures_stand_where_their_marks_are() {
        let scale = Scale::from_nought(figures(&["6000"]));
        let at = |it: i64| scale.as_ref().map(|scale| scale.at(it.into()).to_string()).unwrap_or_default();
        assert_eq!([at(0), at(3000), at(6000), at(4601)], ["0", "50", "100", "76.68"]);
    }
}
