//! Line charts as SVG, as plain as they can be.

use std::fmt::Write;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 320.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 40.0;
const BOTTOM: f64 = 44.0;
/// Told apart without seeing colours, too: the later ones are dashed.
const INKS: [(&str, &str); 4] = [
    ("#1f6f8b", ""),
    ("#c8553d", ""),
    ("#1f6f8b", "6 4"),
    ("#c8553d", "6 4"),
];

/// One line of a chart.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) points: Vec<(f64, f64)>,
}

/// A chart with its axes' names.
pub(crate) struct Chart {
    pub(crate) title: String,
    pub(crate) across: &'static str,
    pub(crate) up: &'static str,
    /// Each tenfold takes the same height, from 0.1 on.
    pub(crate) tenfold: bool,
    pub(crate) lines: Vec<Line>,
}

impl Chart {
    /// The whole picture.
    pub(crate) fn svg(&self) -> String {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let most_x = points().map(|(x, _)| *x).fold(1e-9, f64::max);
        let most_y = points().map(|(_, y)| *y).fold(1e-9, f64::max);
        let most_y = round_up(most_y, self.tenfold);
        let mut svg = String::new();
        let mut put = |text: String| {
            svg.push_str(&text);
            svg.push('\n');
        };
        put(format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"12\">"
        ));
        put(format!(
            "<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/><title>{0}</title><text x=\"{LEFT}\" y=\"18\" font-size=\"14\">{0}</text>",
            self.title
        ));
        for (value, label) in self.marks(most_y) {
            let y = self.y(value, most_y);
            put(format!(
                "<line x1=\"{LEFT}\" x2=\"{:.0}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#dddddd\"/><text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{label}</text>",
                WIDTH - RIGHT,
                LEFT - 6.0,
                y + 4.0
            ));
        }
        for part in 0..=6 {
            let value = most_x * f64::from(part) / 6.0;
            let x = x(value, most_x);
            put(format!(
                "<text x=\"{x:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{value:.0}</text>",
                HEIGHT - BOTTOM + 16.0
            ));
        }
        put(format!(
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}</text><text x=\"{LEFT}\" y=\"34\" fill=\"#555555\">{}</text>",
            WIDTH - RIGHT,
            HEIGHT - 8.0,
            self.across,
            self.up
        ));
        for (place, line) in self.lines.iter().enumerate() {
            put(self.line(place, line, most_x, most_y));
        }
        put("</svg>".to_owned());
        svg
    }

    fn line(&self, place: usize, line: &Line, most_x: f64, most_y: f64) -> String {
        let (ink, dash) = INKS[place % INKS.len()];
        let mut path = String::new();
        for (across, up) in &line.points {
            let (x, y) = (x(*across, most_x), self.y(*up, most_y));
            // Writing into a string cannot fail.
            let _ = write!(path, "{x:.1},{y:.1} ");
        }
        let (name_x, name_y) = (LEFT + 8.0 + 150.0 * place as f64, HEIGHT - 8.0);
        format!(
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"2\" stroke-dasharray=\"{dash}\"/><text x=\"{name_x:.0}\" y=\"{name_y:.0}\" fill=\"{ink}\">{}{}</text>",
            path.trim_end(),
            if dash.is_empty() { "" } else { "- - " },
            line.name
        )
    }

    fn marks(&self, most_y: f64) -> Vec<(f64, String)> {
        if self.tenfold {
            let decades = most_y.log10().round() as i32;
            return (-1..=decades)
                .map(|power| 10.0_f64.powi(power))
                .map(|value| (value, value.to_string()))
                .collect();
        }
        (0..=4)
            .map(|part| most_y * f64::from(part) / 4.0)
            .map(|value| (value, format!("{value:.0}")))
            .collect()
    }

    fn y(&self, value: f64, most_y: f64) -> f64 {
        let share = match self.tenfold {
            true => (value.max(0.1).log10() + 1.0) / (most_y.log10() + 1.0),
            false => value / most_y,
        };
        HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share
    }
}

fn x(value: f64, most_x: f64) -> f64 {
    LEFT + (WIDTH - LEFT - RIGHT) * value / most_x
}

fn round_up(value: f64, tenfold: bool) -> f64 {
    let decade = 10.0_f64.powf(value.log10().ceil());
    match tenfold {
        true => decade.max(1.0),
        false => [0.2, 0.4, 0.5, 0.8, 1.0]
            .map(|share| share * decade)
            .into_iter()
            .find(|most| *most >= value)
            .unwrap_or(decade),
    }
}
