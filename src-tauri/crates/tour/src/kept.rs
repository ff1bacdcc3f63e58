//! Visits after the first one: where the password stays, for whichever reason, and where it changes by itself. Their
//! people read easy Japanese from the registration on, in the Japanese tour.

use std::fs;
use std::time::Instant;

use serde_json::json;
use workplace::{Failure, Outcome};

use crate::after::{EVERY, LONG, NOT_KNOWN};
use crate::control::Control;
use crate::phone;
use crate::plan::Lang;
use crate::route::Route;
use crate::window::SOON;

/// What is said to whoever still uses the password somewhere.
const STILL_USED: [[&str; 2]; 1] = [["stays-still-used", "that the present password stays (S45)"]];
/// What is said where the job is known to run.
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

/// Where a visit leads when it is over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// One press leads to the next one.
    NextVisit,
    Home,
}

impl Route<'_> {
    /// Somebody cannot try it here, does not come through on the phone, then does, and still uses the password.
    pub(crate) async fn kept_as_it_is(&mut self) -> Outcome<()> {
        let tenant = self.tenant;
        let control = Control(&tenant.info.control);
        let test = tenant.info.test_client_id.as_str();
        self.window.press("start_visit").await?;
        let upn = self.registers_again(1).await?;
        // The service may tell the browser or the app; the app names the cause by itself only when it is told.
        control.switch("policy_refusal_to", "client")?;
        control.refuse(test, "65001")?;
        self.types_the_number(&upn, false).await?;
        self.password("[data-step=\"done\"]:has([data-tested=\"cannot_be_tried\"])")
            .await?;
        self.both("test-cannot-be-tried").await?;
        control.refuse(test, "")?;
        self.on_the_phone().await?;
        self.uses_it_still(&upn).await?;
        self.ends(Some("closing-card-stays"), &NOT_KNOWN, Then::NextVisit)
            .await?;
        self.took("kept as it is")
    }

    /// Somebody else may not join the roll.
    pub(crate) async fn never(&mut self) -> Outcome<()> {
        let control = Control(&self.tenant.info.control);
        let upn = self.registers_again(2).await?;
        self.signs_in_here(&upn, false).await?;
        self.window.press("report-app-instead").await?;
        let domain = upn.split('@').next_back().unwrap_or_default();
        control.switch("federated_domains", domain)?;
        self.needs_it_nowhere().await?;
        self.password("[data-step=\"done\"][data-fate=\"stays\"]")
            .await?;
        self.both("password-never").await?;
        control.switch("federated_domains", "")?;
        self.kept_off(&upn, "never on the roll (S48)")?;
        self.ends(None, &NOT_KNOWN, Then::NextVisit).await?;
        self.took("never on the roll")
    }

    /// The job has run meanwhile: somebody else joins the roll and is told that nothing is left to do (S40, S43, S44,
    /// S47).
    pub(crate) async fn changes_by_itself(&mut self) -> Outcome<()> {
        let control = Control(&self.tenant.info.control);
        let finished = control.now()?;
        let run = json!({ "version": 1, "finished": finished, "result": "done", "rotated": 1,
            "skipped": 0, "failed": 0, "overdue": 0 });
        fs::write(&self.desk.last_run, run.to_string())?;
        let upn = self.registers_again(3).await?;
        self.signs_in_here(&upn, false).await?;
        self.window.press("report-passed").await?;
        self.needs_it_nowhere().await?;
        self.password("[data-step=\"waits_for_person\"]").await?;
        self.window.press("person:understood").await?;
        self.window.press("join-roll").await?;
        self.password("[data-step=\"done\"][data-fate=\"on_roll\"]")
            .await?;
        self.says(&BY_ITSELF).await?;
        self.both("password-retired-by-itself").await?;
        self.believed(&finished)?;
        self.ends(Some("closing-card-by-itself"), &ON_THE_CARD, Then::Home)
            .await?;
        self.took("changes by itself")
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
        self.says(&NOT_KNOWN).await?;
        self.both("password-stays").await
    }

    /// Tried once more it works, and the answer is "yes": the password stays, and so does the three-month rule (S45).
    async fn uses_it_still(&mut self, upn: &str) -> Outcome<()> {
        self.window.press("try-sign-in:phone").await?;
        self.person("sign_in_test").await?;
        self.window.press("report-app-instead").await?;
        self.asked("windows").await?;
        self.answer("yes").await?;
        self.password("[data-step=\"done\"][data-fate=\"stays\"]")
            .await?;
        self.says(&STILL_USED).await?;
        self.says(&NOT_KNOWN).await?;
        self.both("password-still-used").await?;
        self.kept_off(upn, "whoever still uses it is not on the roll (S45)")?;
        let answers = self.record()?;
        let last = |event: &str| answers.iter().rfind(|body| body["event"] == event);
        let answered = last("password_use").map(|body| &body["answer"]);
        let why = last("password_stays").map(|body| &body["why"]);
        let (yes, used) = (json!("yes"), json!("still_used"));
        let right = answered == Some(&yes) && why == Some(&used);
        let complaint = (!right).then(|| format!("{answered:?}, and {why:?}"));
        let name = format!("the record says why it stays (S45) in {}", self.lang.code());
        self.seen
            .check(&name, &complaint.into_iter().collect::<Vec<_>>());
        Ok(())
    }

    /// No to every question.
    async fn needs_it_nowhere(&self) -> Outcome<()> {
        for question in ["windows", "others"] {
            self.asked(question).await?;
            self.answer("no").await?;
        }
        Ok(())
    }

    /// From the search to a registration that the board tells, without what the first visit has shown; gives whose.
    async fn registers_again(&mut self, place: usize) -> Outcome<String> {
        let tenant = self.tenant;
        let person = tenant.info.person("plain", place)?;
        let upn = person.upn.clone();
        // The phone's own waiting was seen in the first visit.
        Control(&tenant.info.control).switch("phone_wait_ms", 0)?;
        self.operator("find", SOON).await?;
        self.search(person.everyday_name()).await?;
        self.through_the_check().await?;
        self.window.press("issue_pass").await?;
        let pass = self.issued(&upn).await?;
        self.hands_over_the_pass().await?;
        phone::register(&tenant.info.control, &upn, pass).await??;
        self.window.press("look_now").await?;
        self.window
            .sees("[data-act=\"try-sign-in\"]", "the registration", LONG)
            .await?;
        if self.lang == Lang::Ja {
            self.reads("ja_easy", "[data-pane=\"person\"]:has(ruby)")
                .await?;
            self.reads_easy = true;
        }
        Ok(upn)
    }

    /// The pass as the tenant has it, once it is there.
    pub(crate) async fn issued(&self, upn: &str) -> Outcome<String> {
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

    /// What is registered with a pass that nobody here was told is nobody's here.
    pub(crate) async fn hands_over_the_pass(&mut self) -> Outcome<()> {
        self.window.press("reveal").await?;
        self.pass("shown").await
    }

    /// Ends the visit, after a look at its card.
    async fn ends(&mut self, picture: Option<&str>, card: &[[&str; 2]], then: Then) -> Outcome<()> {
        self.window.press("finish").await?;
        self.operator("receipt", SOON).await?;
        self.person("card").await?;
        self.says(card).await?;
        self.card_is_whole().await?;
        if let Some(picture) = picture {
            self.both(picture).await?;
        }
        self.reads_easy = false;
        let (act, screen) = match then {
            Then::NextVisit => ("start_next", "find"),
            Then::Home => ("close", "home"),
        };
        self.window.press(act).await?;
        let css = format!("[data-pane=\"operator\"][data-screen=\"{screen}\"]");
        self.window.turn_to(&css, "what follows the visit").await
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
}
