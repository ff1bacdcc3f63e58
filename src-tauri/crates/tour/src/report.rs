//! What a tour saw, for `tour.json`, for the terminal and for the count of tests.

use serde::Serialize;
use workplace::{Outcome, say};

/// What a tour saw.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) steps: Vec<Step>,
    /// How long each part took.
    pub(crate) chapters: Vec<Chapter>,
    /// The longest time between the directory's entry and the screen that tells of it, in milliseconds.
    pub(crate) detected_ms: Option<u64>,
    /// What the phone's moments were drawn from.
    pub(crate) seed: Option<u32>,
    /// Every visit's registration was seen on the screen.
    pub(crate) registered: Option<bool>,
    /// How the sign-in test was proven, as it stands in the record, where the directory then showed the person on
    /// the roll.
    pub(crate) proven: Option<String>,
    /// A language did not come so far.
    pub(crate) unproven: bool,
    /// A pass stood somewhere in the page after its visit.
    pub(crate) pass_left: bool,
    /// Everything that was checked, with what is wrong.
    pub(crate) checks: Vec<Check>,
}

/// One thing checked.
pub(crate) struct Check {
    pub(crate) complaint: Option<String>,
}

/// One part of the way.
#[derive(Clone, Serialize)]
pub(crate) struct Chapter {
    pub(crate) chapter: String,
    pub(crate) lang: String,
    /// Milliseconds, pictures and looks at them included.
    pub(crate) ms: u64,
}

/// One screen as it was seen.
#[derive(Clone, Serialize)]
pub(crate) struct Step {
    pub(crate) n: u32,
    pub(crate) screen: String,
    pub(crate) lang: String,
    pub(crate) png: String,
    /// Milliseconds since the step before.
    pub(crate) ms: u64,
}

#[derive(Serialize)]
struct File<'a> {
    steps: &'a [Step],
    chapters: &'a [Chapter],
    detected_ms: Option<u64>,
    seed: Option<u32>,
    registered: bool,
    on_roll: bool,
    proof: Option<&'a str>,
    pass_left_in_page: bool,
}

impl Seen {
    /// Keeps whether something is as it should be, and says so if not.
    pub(crate) fn check(&mut self, name: &str, complaints: &[String]) {
        for complaint in complaints {
            say!("  WRONG {name}: {complaint}");
        }
        let complaint =
            (!complaints.is_empty()).then(|| format!("{name}: {}", complaints.join("; ")));
        self.checks.push(Check { complaint });
    }

    /// How many checks did not hold.
    pub(crate) fn failed(&self) -> usize {
        self.checks
            .iter()
            .filter(|check| check.complaint.is_some())
            .count()
    }

    /// Everything was seen, the registration included, and nothing was left behind.
    pub(crate) fn whole(&self) -> bool {
        self.failed() == 0 && self.registered == Some(true) && self.on_roll() && !self.pass_left
    }

    /// In every language somebody joined the roll after a test whose proof is in the record.
    fn on_roll(&self) -> bool {
        self.proven.is_some() && !self.unproven
    }

    /// What each part took, in seconds, one line each.
    pub(crate) fn table(&self) -> Vec<String> {
        let line = |chapter: &Chapter| {
            let Chapter { chapter, lang, ms } = chapter;
            format!(
                "{lang:<6} {chapter:<28} {:>6}.{} s",
                ms / 1000,
                ms % 1000 / 100
            )
        };
        self.chapters.iter().map(line).collect()
    }

    /// The text of `tour.json`.
    pub(crate) fn json(&self) -> Outcome<String> {
        let file = File {
            steps: &self.steps,
            chapters: &self.chapters,
            detected_ms: self.detected_ms,
            seed: self.seed,
            registered: self.registered == Some(true),
            on_roll: self.on_roll(),
            proof: self.proven.as_deref(),
            pass_left_in_page: self.pass_left,
        };
        Ok(serde_json::to_string_pretty(&file)? + "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_has_the_promised_form() {
        let mut seen = Seen {
            detected_ms: Some(640),
            seed: Some(7),
            registered: Some(true),
            proven: Some("seen".to_owned()),
            ..Seen::default()
        };
        seen.steps.push(Step {
            n: 1,
            screen: "welcome".to_owned(),
            lang: "ja".to_owned(),
            png: "01-welcome-ja.png".to_owned(),
            ms: 812,
        });
        seen.chapters.push(Chapter {
            chapter: "the roll".to_owned(),
            lang: "ja".to_owned(),
            ms: 12_345,
        });
        assert_eq!(
            seen.table(),
            ["ja     the roll                         12.3 s"]
        );
        let file: serde_json::Value = serde_json::from_str(&seen.json().unwrap()).unwrap();
        assert_eq!(
            file,
            serde_json::json!({
                "steps": [{ "n": 1, "screen": "welcome", "lang": "ja", "png": "01-welcome-ja.png", "ms": 812 }],
                "chapters": [{ "chapter": "the roll", "lang": "ja", "ms": 12345 }],
                "detected_ms": 640, "seed": 7, "registered": true,
                "on_roll": true, "proof": "seen", "pass_left_in_page": false
            })
        );
        assert!(seen.whole());
    }

    #[test]
    fn a_tour_without_a_registration_is_not_whole() {
        let mut seen = Seen::default();
        seen.check("welcome", &[]);
        assert!(!seen.whole());
        seen.registered = Some(true);
        assert!(!seen.whole(), "nobody is on the roll");
        seen.proven = Some("seen".to_owned());
        assert!(seen.whole());
        seen.unproven = true;
        assert!(!seen.whole(), "in one of the languages nobody is");
        seen.unproven = false;
        seen.check("found", &["absent".to_owned()]);
        assert!(!seen.whole());
        assert_eq!(seen.failed(), 1);
    }
}
