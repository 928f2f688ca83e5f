//! The figures as a picture: for each function, how long the libraries take, in multiples of our time.

use std::path::Path;

use plotters::prelude::*;

/// A library's ratio to ours, by function.
pub(crate) struct Series {
    pub(crate) name: String,
    /// The function's place, and the ratio.
    pub(crate) points: Vec<(usize, f64)>,
}

/// Draws the ratios on a logarithmic axis: right of the line at 1, ours is faster.
pub(crate) fn draw(path: &Path, title: &str, functions: &[String], series: &[Series]) {
    let height = 90 + 20 * functions.len() as u32;
    let area = SVGBackend::new(path, (900, height)).into_drawing_area();
    area.fill(&WHITE).expect(DRAWN);
    let rows = functions.len() as f64;
    let mut chart = ChartBuilder::on(&area)
        .caption(title, ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(110)
        .build_cartesian_2d((0.4..20.0).log_scale(), -rows + 0.5..0.5)
        .expect(DRAWN);
    chart
        .configure_mesh()
        .disable_y_mesh()
        .light_line_style(WHITE)
        .y_labels(functions.len())
        .y_label_formatter(&|row| label(functions, *row))
        .x_desc("time of the library / our time")
        .x_label_formatter(&|ratio| format!("{ratio}"))
        .draw()
        .expect(DRAWN);
    chart.draw_series(LineSeries::new([(1.0, -rows + 0.5), (1.0, 0.5)], BLACK.stroke_width(2))).expect(DRAWN);
    for (i, Series { name, points }) in series.iter().enumerate() {
        let color = Palette99::pick(i).to_rgba();
        let dots =
            points.iter().map(|(row, ratio)| Circle::new((ratio.clamp(0.4, 20.0), -(*row as f64)), 4, color.filled()));
        chart
            .draw_series(dots)
            .expect(DRAWN)
            .label(name)
            .legend(move |(x, y)| Circle::new((x + 8, y), 4, color.filled()));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::LowerRight)
        .background_style(WHITE.mix(0.9))
        .border_style(BLACK)
        .draw()
        .expect(DRAWN);
    area.present().expect(DRAWN);
}

const DRAWN: &str = "a picture of these sizes can be drawn";

/// The function of a row; rows go down from 0.
fn label(functions: &[String], row: f64) -> String {
    let place = -row.round();
    let exact = (place + row).abs() < 0.01 && place >= 0.0;
    exact.then(|| functions.get(place as usize).cloned()).flatten().unwrap_or_default()
}
