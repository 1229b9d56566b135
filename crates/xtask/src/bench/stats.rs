//! Medians and spreads.

use serde_json::{Value, json};

/// What is told of several measurements of one thing: how many there were, their median, and between which two half
/// of them lie.
pub(super) fn summary(measured: &[f64]) -> Value {
    let mut sorted = measured.to_vec();
    sorted.sort_by(f64::total_cmp);
    json!({
        "rounds": sorted.len(),
        "median": at(&sorted, 0.5),
        "low": at(&sorted, 0.25),
        "high": at(&sorted, 0.75),
    })
}

/// The value at a share of the way through sorted ones.
fn at(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1) as f64;
    let (below, between) = ((last * share).floor(), (last * share).fract());
    let value = |index: f64| sorted.get(index as usize).or(sorted.last()).copied().unwrap_or(f64::NAN);
    value(below) * (1.0 - between) + value(below + 1.0) * between
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_and_quartiles() {
        let it = summary(&[4.0, 1.0, 3.0, 2.0, 5.0]);
        assert_eq!(
            (it["median"].as_f64(), it["low"].as_f64(), it["high"].as_f64()),
            (Some(3.0), Some(2.0), Some(4.0))
        );
        assert_eq!(summary(&[1.0, 2.0])["median"].as_f64(), Some(1.5));
        assert_eq!(summary(&[7.0])["high"].as_f64(), Some(7.0));
    }
}
