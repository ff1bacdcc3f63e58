//! What follows the registration in the first visit: the sign-in test, the question, the roll; and what every visit has
//! of them.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;
use workplace::{During, Failure, Outcome, output};

use crate::control::{Control, ROLL};
use crate::plan::Lang;
use crate::route::Route;
use crate::screenshot::Screenshot;
use crate::visitor::Report;
use crate::window::SOON;

/// What may take a while: a browser opens, the directory answers.
pub(crate) const LONG: Duration = Duration::from_secs(60);
pub(crate) const EVERY: Duration = Duration::from_millis(50);

/// What is said of the password where nothing shows that the job which changes it runs.
pub(crate) const NOT_KNOWN: [[&str; 2]; 2] = [
    ["three-months", "that the three-month change goes on (S41)"],
    ["forgotten", "where the reset procedure is (S42)"],
];

impl Route<'_> {
    /// The person of the first visit tries the sign-in, needs the password nowhere, and joins the roll
    /// (S12, S37–S41, S44–S46, S48, N14, N23).
    pub(crate) async fn until_the_card(&mut self) -> Outcome<()> {
        let upn = self.tenant.info.person("plain", 0)?.upn.clone();
        self.signs_in_here(&upn, true).await?;
        self.both("test-passed").await?;
        self.took("the sign-in test")?;
        self.window.press("report-passed").await?;
        self.asked("windows").await?;
        let words = "[data-pane=\"person\"] .question[data-site]:not(:empty)";
        self.window
            .sees(words, "rule (A) in the site's words (S39)", SOON)
            .await?;
        self.both("rule-a").await?;
        self.answer("no").await?;
        self.asked("others").await?;
        self.both("rule-a-others").await?;
        self.answer("no").await?;
        self.took("the question")?;
        self.password("[data-step=\"waits_for_person\"]").await?;
        self.both("password-understood").await?;
        self.window.press("person:understood").await?;
        self.kept_off(&upn, "nobody is on the roll before the press (S48)")?;
        self.window.press("join-roll").await?;
        self.password("[data-step=\"done\"][data-fate=\"on_roll\"]")
            .await?;
        // Nothing shows yet that the job runs.
        self.says(&NOT_KNOWN).await?;
        self.both("password-retired").await?;
        self.joined(&upn)?;
        self.took("the roll")
    }

    /// The sentences of the password on the person's screen, each with the demand it meets.
    pub(crate) async fn says(&self, sentences: &[[&str; 2]]) -> Outcome<()> {
        for [key, what] in sentences {
            let css =
                format!("[data-pane=\"person\"] [data-says=\"pe-password-{key}\"]:not(:empty)");
            self.window.sees(&css, what, SOON).await?;
        }
        Ok(())
    }

    /// The station's browser opens; the person types its number on the phone.
    pub(crate) async fn types_the_number(&mut self, upn: &str, pictures: bool) -> Outcome<Report> {
        let before = match pictures && !self.around.is_the_users() {
            true => Some(Screenshot::take(self.around)?),
            false => None,
        };
        self.window.press("try-sign-in").await?;
        self.operator("sign_in_test", SOON).await?;
        self.person("sign_in_test").await?;
        if pictures {
            self.both("test-start").await?;
        }
        let typed = self.window.texts("input[type=\"password\"]").await?;
        let typed = typed.iter().map(|_| "a password can be typed".to_owned());
        let name = format!(
            "no password is typed in the app (S37) in {}",
            self.lang.code()
        );
        self.seen.check(&name, &typed.collect::<Vec<_>>());
        let control = Control(&self.tenant.info.control);
        let begun = Instant::now();
        while !control.waits_for_number(upn)? {
            if begun.elapsed() > LONG {
                return Err(Failure::new("the browser of the test shows no number"));
            }
            tokio::time::sleep(EVERY).await;
        }
        let report = self.visitor()?;
        if pictures {
            self.display_picture("test-number", before.as_ref()).await?;
        }
        control.approve(upn)?;
        Ok(report)
    }

    /// The same, and the service vouches for it.
    pub(crate) async fn signs_in_here(&mut self, upn: &str, pictures: bool) -> Outcome<()> {
        let report = self.types_the_number(upn, pictures).await?;
        self.window
            .sees("[data-act=\"report-passed\"]", "the sign-in", LONG)
            .await?;
        self.placed(&report);
        let left = gone(&report).await;
        let name = format!(
            "nothing of the test's browser is left in {}",
            self.lang.code()
        );
        self.seen.check(&name, &left);
        Ok(())
    }

    /// Whether the browser was told to leave the operator's side and the words above it in sight.
    fn placed(&mut self, report: &Report) {
        let Some(spot) = self.around.spot else {
            return;
        };
        let (wanted, told) = (Some(spot.said()), &report.place);
        let complaint = (wanted != *told).then(|| format!("{told:?} instead of {wanted:?}"));
        let name = format!("the place of the test's browser in {}", self.lang.code());
        self.seen
            .check(&name, &complaint.into_iter().collect::<Vec<_>>());
    }

    fn visitor(&self) -> Outcome<Report> {
        let said = fs::read_to_string(&self.desk.visitor).during("the browser of the test")?;
        let report: Report = serde_json::from_str(&said)?;
        fs::remove_file(&self.desk.visitor)?;
        Ok(report)
    }

    pub(crate) async fn asked(&self, question: &str) -> Outcome<()> {
        let css = format!("[data-pane=\"person\"] [data-question=\"{question}\"]");
        let what = format!("the question \"{question}\"");
        self.window.sees(&css, &what, SOON).await.map(drop)
    }

    /// The person answers, the operator confirms the same.
    pub(crate) async fn answer(&self, answer: &str) -> Outcome<()> {
        self.window.press(&format!("person:use-{answer}")).await?;
        let said = format!("[data-said=\"{answer}\"]");
        self.window.sees(&said, "the answer", SOON).await?;
        self.window.press(&format!("use-{answer}")).await
    }

    pub(crate) async fn password(&self, state: &str) -> Outcome<()> {
        let css = format!("[data-pane=\"operator\"][data-screen=\"password\"] {state}");
        let what = format!("what becomes of the password ({state})");
        self.window.sees(&css, &what, LONG).await?;
        self.person("password").await
    }

    /// Both lists, and whom to call when the phone is lost.
    pub(crate) async fn card_is_whole(&self) -> Outcome<()> {
        for (part, what) in [
            (".where:not(:empty)", "where it helps and where not (S12)"),
            (
                ".lost[data-site]",
                "whom to call when the phone is lost (S46)",
            ),
        ] {
            let css = format!("[data-pane=\"person\"] [data-card] {part}");
            self.window.sees(&css, what, SOON).await?;
        }
        Ok(())
    }

    /// A picture of each side: one where both stand in one window. Nothing may have to be scrolled.
    pub(crate) async fn both(&mut self, screen: &str) -> Outcome<()> {
        if self.display.is_some() {
            self.pane("operator").await?;
            self.picture(&format!("{screen}-operator")).await?;
            self.pane("person").await?;
        }
        if self.reads_easy {
            return self.board_picture(&format!("{screen}-easy")).await;
        }
        self.board_picture(screen).await?;
        self.in_easy_japanese(screen).await
    }

    /// The same for somebody who reads easy Japanese, which lies over Japanese.
    async fn in_easy_japanese(&mut self, screen: &str) -> Outcome<()> {
        if self.lang != Lang::Ja {
            return Ok(());
        }
        self.reads("ja_easy", "[data-pane=\"person\"]:has(ruby)")
            .await?;
        self.board_picture(&format!("{screen}-easy")).await?;
        self.reads("ja", "[data-pane=\"person\"]:not(:has(ruby))")
            .await
    }

    pub(crate) async fn reads(&self, lang: &str, drawn: &str) -> Outcome<()> {
        let switch = format!("person:set_language:{lang}");
        self.window.press(&switch).await?;
        self.window
            .sees(drawn, "the language", SOON)
            .await
            .map(drop)
    }

    async fn pane(&self, pane: &str) -> Outcome<()> {
        let css = format!("[data-pane=\"{pane}\"]");
        self.window.sees(&css, pane, SOON).await.map(drop)
    }

    /// The directory has the person on the roll, and the record says how the test was proven (S43, S47, N23).
    fn joined(&mut self, upn: &str) -> Outcome<()> {
        let mut complaints = Vec::new();
        if !self.is_on_roll(upn)? {
            complaints.push("the directory does not show the person on the roll".to_owned());
        }
        let record = self.record()?;
        let of = |event: &str, field: &str| {
            let mut all = record.iter().filter(|body| body["event"] == event);
            all.next_back().map(|body| body[field].clone())
        };
        let proof =
            of("sign_in_tested", "proof").and_then(|proof| proof.as_str().map(str::to_owned));
        if proof.is_none() {
            complaints.push("the record does not say how the test was proven".to_owned());
        }
        if of("roll_joined", "read_back") != Some(Value::Bool(true)) {
            complaints.push("the record does not say that the person joined".to_owned());
        }
        self.on_roll = complaints.is_empty();
        self.seen.proven = self.seen.proven.take().or(proof);
        let name = format!("on the roll, and proven, in {}", self.lang.code());
        self.seen.check(&name, &complaints);
        Ok(())
    }

    pub(crate) fn kept_off(&mut self, upn: &str, what: &str) -> Outcome<()> {
        let complaint = self
            .is_on_roll(upn)?
            .then(|| "the person was put on the roll".to_owned());
        let name = format!("{what} in {}", self.lang.code());
        self.seen
            .check(&name, &complaint.into_iter().collect::<Vec<_>>());
        Ok(())
    }

    fn is_on_roll(&self, upn: &str) -> Outcome<bool> {
        let person = Control(&self.tenant.info.control).person(upn)?;
        let mut groups = person["groups"].as_array().into_iter().flatten();
        Ok(groups.any(|group| group == ROLL))
    }

    /// What the record holds so far.
    pub(crate) fn record(&self) -> Outcome<Vec<Value>> {
        let mut command = Command::new(self.place.binary("madoguchictl"));
        command
            .arg("--data-dir")
            .arg(&self.desk.data)
            .args(["record", "export", "--format", "jsonl"]);
        let lines = output(&mut command)?;
        let lines = lines
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok());
        Ok(lines.map(|mut line: Value| line["body"].take()).collect())
    }
}

/// What is left of a browser of a test.
async fn gone(report: &Report) -> Vec<String> {
    let until = Instant::now() + SOON;
    let process = format!("/proc/{}", report.process);
    let kept = |path: &Path, what: &str| path.exists().then(|| format!("{what} is still there"));
    loop {
        let left = [
            kept(&report.profile, "its folder"),
            kept(Path::new(&process), "its process"),
        ];
        let left: Vec<String> = left.into_iter().flatten().collect();
        if left.is_empty() || Instant::now() > until {
            return left;
        }
        tokio::time::sleep(EVERY).await;
    }
}
