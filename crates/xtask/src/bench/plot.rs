//! How cost grows, drawn.

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use crate::shell;

/// One curve: its name, and its points.
pub(super) type Curve = (&'static str, Vec<(f64, f64)>);

/// Draws curves over one axis into `docs/images`.
pub(super) fn draw(file: &str, across: &str, up: &str, curves: &[Curve]) -> Result<()> {
    drawn(file, across, up, curves).map_err(|it| anyhow!("{file}: {it}"))
}

fn drawn(
    file: &str,
    across: &str,
    up: &str,
    curves: &[Curve],
) -> std::result::Result<(), Box<dyn std::error::Error>> {
    let path = shell::root().join("docs/images").join(file);
    let most =
        |of: fn(&(f64, f64)) -> f64| curves.iter().flat_map(|it| &it.1).map(of).fold(0.0, f64::max) * 1.05;
    let area = SVGBackend::new(&path, (720, 320)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .margin(12)
        .x_label_area_size(44)
        .y_label_area_size(72)
        .build_cartesian_2d(0.0..most(|it| it.0), 0.0..most(|it| it.1))?;
    chart
        .configure_mesh()
        .x_desc(across)
        .y_desc(up)
        .light_line_style(TRANSPARENT)
        .label_style(("Arial, sans-serif", 13))
        .axis_desc_style(("Arial, sans-serif", 14))
        .draw()?;
    // Told apart by their marks as well as by colour.
    let colours = [RGBColor(0, 94, 184), RGBColor(138, 21, 56)];
    for (number, (name, points)) in curves.iter().enumerate() {
        let colour = colours[number % colours.len()];
        let line = chart.draw_series(LineSeries::new(points.iter().copied(), colour.stroke_width(2)))?;
        line.label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
        if number == 0 {
            chart.draw_series(points.iter().map(|it| Circle::new(*it, 4, colour.filled())))?;
        } else {
            chart.draw_series(points.iter().map(|it| TriangleMarker::new(*it, 6, colour.filled())))?;
        }
    }
    if curves.len() > 1 {
        chart
            .configure_series_labels()
            .position(SeriesLabelPosition::UpperLeft)
            .label_font(("Arial, sans-serif", 13))
            .background_style(WHITE)
            .draw()?;
    }
    area.present()?;
    Ok(())
}
