//! What follows the registration: the sign-in test, the question, the roll; and what keeps somebody's password as it is.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use workplace::{During, Failure, Outcome, output};

use crate::control::{Control, ROLL};
use crate::phone;
use crate::plan::Lang;
use crate::route::Route;
use crate::screenshot::Screenshot;
use crate::visitor::Report;
use crate::window::SOON;

/// What may take a while: a browser opens, the directory answers.
const LONG: Duration = Duration::from_secs(60);
const EVERY: Duration = Duration::from_millis(50);

/// What is said of the password where nothing shows that the job which changes it runs.
const NOT_KNOWN: [[&str; 2]; 2] = [
    ["three-months", "that the three-month change goes on (S41)"],
    ["forgotten", "where the reset procedure is (S42)"],
];
/// The same where it does.
const BY_ITSELF: [[&str; 2]; 4] = [
    ["changes", "that it changes by itself (S43)"],
    ["nobody", "that nobody knows the new one (S44)"],
    [
        "no-three-months",
        "that the three-month change is over (S47)",
    ],
    ["memo", "not to write it down (S40)"],
];
/// What of it the closing card repeats.
const ON_THE_CARD: [[&str; 2]; 2] = [
    ["changes", "that it changes by itself, on the card (S43)"],
    [
        "no-three-months",
        "that the three-month change is over, on the card (S47)",
    ],
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

    /// Somebody else cannot try it here, does not come through on the phone, and may not join; a third still uses
    /// the password.
    pub(crate) async fn kept_as_it_is(&mut self) -> Outcome<()> {
        let control = Control(&self.tenant.info.control);
        let test = self.tenant.info.test_client_id.as_str();
        let second = self.tenant.info.person("plain", 1)?;
        let (upn, name) = (second.upn.clone(), second.everyday_name().to_owned());
        self.registers_again(&upn, &name).await?;
        // The service may tell the browser or the app; the app names the cause by itself only when it is told.
        control.switch("policy_refusal_to", "client")?;
        control.refuse(test, "65001")?;
        self.types_the_number(&upn, false).await?;
        self.password("[data-step=\"done\"]:has([data-tested=\"cannot_be_tried\"])")
            .await?;
        self.both("test-cannot-be-tried").await?;
        control.refuse(test, "")?;
        self.on_the_phone().await?;
        self.signs_in_here(&upn, false).await?;
        self.window.press("report-app-instead").await?;
        self.asked("windows").await?;
        let domain = upn.split('@').next_back().unwrap_or_default();
        control.switch("federated_domains", domain)?;
        self.answer("no").await?;
        self.asked("others").await?;
        self.answer("no").await?;
        self.password("[data-step=\"done\"][data-fate=\"stays\"]")
            .await?;
        self.both("password-never").await?;
        control.switch("federated_domains", "")?;
        self.kept_off(&upn, "never on the roll (S45, S48)")?;
        self.ends("closing-card-never", &[]).await?;
        self.took("kept as it is")
    }

    /// The job has run meanwhile: somebody else joins the roll and is told that nothing is left to do (S40, S43, S44,
    /// S47).
    pub(crate) async fn changes_by_itself(&mut self) -> Outcome<()> {
        let control = Control(&self.tenant.info.control);
        let finished = control.now()?;
        let run = json!({ "version": 1, "finished": finished, "result": "done", "rotated": 1,
            "skipped": 0, "failed": 0, "overdue": 0 });
        fs::write(&self.desk.last_run, run.to_string())?;
        let third = self.tenant.info.person("plain", 2)?;
        let (upn, name) = (third.upn.clone(), third.everyday_name().to_owned());
        self.registers_again(&upn, &name).await?;
        self.signs_in_here(&upn, false).await?;
        self.window.press("report-passed").await?;
        for question in ["windows", "others"] {
            self.asked(question).await?;
            self.answer("no").await?;
        }
        self.password("[data-step=\"waits_for_person\"]").await?;
        self.window.press("person:understood").await?;
        self.window.press("join-roll").await?;
        self.password("[data-step=\"done\"][data-fate=\"on_roll\"]")
            .await?;
        self.says(&BY_ITSELF).await?;
        self.both("password-retired-by-itself").await?;
        self.believed(&finished)?;
        self.ends("closing-card-by-itself", &ON_THE_CARD).await?;
        self.took("changes by itself")
    }

    /// The sentences of the password on the person's screen, each with the demand it meets.
    async fn says(&self, sentences: &[[&str; 2]]) -> Outcome<()> {
        for [key, what] in sentences {
            let css =
                format!("[data-pane=\"person\"] [data-says=\"pe-password-{key}\"]:not(:empty)");
            self.window.sees(&css, what, SOON).await?;
        }
        Ok(())
    }

    /// The station's browser opens; the person types its number on the phone.
    async fn types_the_number(&mut self, upn: &str, pictures: bool) -> Outcome<Report> {
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
    async fn signs_in_here(&mut self, upn: &str, pictures: bool) -> Outcome<()> {
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

    /// The same on the person's phone, where a password is asked for and nobody comes further (S32–S36, S38, S41, S42).
    async fn on_the_phone(&mut self) -> Outcome<()> {
        self.window.press("try-sign-in:phone").await?;
        self.person("sign_in_test").await?;
        self.window
            .sees("[data-test-site]", "the test site", SOON)
            .await?;
        for (drawn, what) in [
            ("test-before", "the site as it looks with a password (S33)"),
            ("test-after", "the site as it looks without one (S34)"),
        ] {
            let css = format!("[data-pane=\"person\"] [data-phone=\"{drawn}\"]");
            self.window.sees(&css, what, SOON).await?;
        }
        self.both("test-phone").await?;
        for (act, sight, picture, what) in [
            (
                "sight-password",
                "password_asked",
                "test-password-asked",
                "to use the app instead (S35, S36)",
            ),
            (
                "sight-no-notification",
                "no_notification",
                "test-no-notification",
                "what to do without a notification",
            ),
            (
                "sight-other",
                "other_screen",
                "test-other-screen",
                "what to do on another screen",
            ),
        ] {
            self.window.press(&format!("person:{act}")).await?;
            let css = format!("[data-pane=\"person\"] [data-sight=\"{sight}\"]");
            self.window.sees(&css, what, SOON).await?;
            self.both(picture).await?;
            self.window.press("person:sight-clear").await?;
        }
        self.window.press("report-failed").await?;
        self.window.press("report-failed:no_notification").await?;
        self.password("[data-step=\"done\"]:has([data-tested=\"not_passed\"])")
            .await?;
        self.both("password-stays").await
    }

    /// From the desk to a registration that the board tells, without what the first visit has shown.
    async fn registers_again(&mut self, upn: &str, name: &str) -> Outcome<()> {
        self.window.press("start_visit").await?;
        self.operator("find", SOON).await?;
        self.search(name).await?;
        self.through_the_check().await?;
        self.window.press("issue_pass").await?;
        let pass = self.issued(upn).await?;
        phone::register(&self.tenant.info.control, upn, pass).await??;
        self.window.press("look_now").await?;
        self.window
            .sees("[data-act=\"try-sign-in\"]", "the registration", LONG)
            .await
            .map(drop)
    }

    /// The pass as the tenant has it, once it is there.
    async fn issued(&self, upn: &str) -> Outcome<String> {
        let control = Control(&self.tenant.info.control);
        let begun = Instant::now();
        loop {
            let person = control.person(upn)?;
            let passes = person["passes"].as_array().into_iter().flatten();
            let last = passes.filter_map(|pass| pass["value"].as_str()).next_back();
            if let Some(pass) = last {
                return Ok(pass.to_owned());
            }
            if begun.elapsed() > LONG {
                return Err(Failure::new("no pass was issued"));
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    async fn asked(&self, question: &str) -> Outcome<()> {
        let css = format!("[data-pane=\"person\"] [data-question=\"{question}\"]");
        let what = format!("the question \"{question}\"");
        self.window.sees(&css, &what, SOON).await.map(drop)
    }

    /// The person answers, the operator confirms the same.
    async fn answer(&self, answer: &str) -> Outcome<()> {
        self.window.press(&format!("person:use-{answer}")).await?;
        let said = format!("[data-said=\"{answer}\"]");
        self.window.sees(&said, "the answer", SOON).await?;
        self.window.press(&format!("use-{answer}")).await
    }

    async fn password(&self, state: &str) -> Outcome<()> {
        let css = format!("[data-pane=\"operator\"][data-screen=\"password\"] {state}");
        let what = format!("what becomes of the password ({state})");
        self.window.sees(&css, &what, LONG).await?;
        self.person("password").await
    }

    /// Ends the visit; one press leads to the next, which is given up for the desk.
    async fn ends(&mut self, picture: &str, card: &[[&str; 2]]) -> Outcome<()> {
        self.window.press("finish").await?;
        self.operator("receipt", SOON).await?;
        self.person("card").await?;
        self.says(card).await?;
        self.card_is_whole().await?;
        self.both(picture).await?;
        // In the stretched language the way out of the next one is below the fold.
        if self.lang == Lang::Pseudo {
            self.window.press("close").await?;
        } else {
            self.window.press("start_next").await?;
            let find = "[data-pane=\"operator\"][data-screen=\"find\"]";
            self.window.turn_to(find, "the next visit").await?;
            // Nothing was done in it, so there is nothing to sum up.
            self.window.press("cancel").await?;
        }
        let home = "[data-pane=\"operator\"][data-screen=\"home\"]";
        self.window.turn_to(home, "the desk after the visit").await
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

    async fn reads(&self, lang: &str, drawn: &str) -> Outcome<()> {
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

    /// The record says which run was believed (S43).
    fn believed(&mut self, finished: &str) -> Outcome<()> {
        let record = self.record()?;
        let mut runs = record
            .iter()
            .filter(|body| body["event"] == "job_run_believed");
        let complaint = match (runs.next(), runs.next()) {
            (Some(run), None) if run["source"] == "file" => None,
            (first, second) => Some(format!("{first:?} and {second:?} after {finished}")),
        };
        let name = format!("the run that was believed, in {}", self.lang.code());
        self.seen
            .check(&name, &complaint.into_iter().collect::<Vec<_>>());
        Ok(())
    }

    fn kept_off(&mut self, upn: &str, what: &str) -> Outcome<()> {
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
    fn record(&self) -> Outcome<Vec<Value>> {
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
