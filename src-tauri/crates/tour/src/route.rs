//! The steps of the tour in order.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use workplace::{Failure, Outcome, Place, say};

use crate::desk::Desk;
use crate::look::{self, Axe};
use crate::plan::Lang;
use crate::relay::Relay;
use crate::report::{Chapter, Seen};
use crate::site::Tenant;
use crate::stage::Display;
use crate::steady::{self, Places};
use crate::window::{SOON, Window};
use crate::{phone, process};

pub(crate) const FIELD: &str = "input[name=\"person\"]";
/// How long the first screen may take, and how long a registration may stay unseen.
const LONG: Duration = Duration::from_secs(60);
/// Looks are so far apart while a registration may be there any moment: four of five requests in ten seconds and a
/// quarter.
const ONE_POLL: Duration = Duration::from_millis(2_563);
/// What the second of two agreeing reads, the page and the eye that looks for it may take on a machine that is busy.
const DRAWING: Duration = Duration::from_millis(2_000);
/// What must not move under a finger: the languages of both sides, and whatever the operator presses or types in.
const LANGUAGES: &str = "header [data-act*=\"set_language\"]";
const CONTROLS: &str = "[data-pane=\"operator\"] :is(button, input)";
/// Presses of "next" after which a row is not going to come.
const ROWS: usize = 15;

/// One language's way through the app.
pub(crate) struct Route<'a> {
    pub(crate) window: Window,
    pub(crate) lang: Lang,
    pub(crate) out: &'a Path,
    pub(crate) axe: Option<&'a Axe>,
    pub(crate) tenant: &'a Tenant,
    /// The two displays of a kiosk.
    pub(crate) display: Option<&'a Display>,
    /// Whatever the windows stand on.
    pub(crate) around: &'a Display,
    pub(crate) place: &'a Place,
    pub(crate) relay: Relay,
    pub(crate) desk: &'a Desk,
    pub(crate) seen: &'a mut Seen,
    pub(crate) number: u32,
    pub(crate) last: Instant,
    /// When the part of the way in hand began.
    pub(crate) chapter: Instant,
    /// This language's registration was seen.
    pub(crate) registered: bool,
    /// This language's person is on the roll, and the record says how the test was proven.
    pub(crate) on_roll: bool,
    /// The person in hand reads easy Japanese all the time.
    pub(crate) reads_easy: bool,
    /// Every row the site offers is looked at.
    pub(crate) rows: bool,
    /// How long the phone waits on the row before it registers.
    pub(crate) moment: Duration,
}

impl Route<'_> {
    /// Goes the whole way; what fails is kept with a picture, and ends this language.
    pub(crate) async fn walk(&mut self) {
        if let Err(failure) = self.job().await {
            self.gave_up("failure", &failure.to_string()).await;
        }
        // One language without a registration makes the whole tour one without.
        let before = self.seen.registered.unwrap_or(true);
        self.seen.registered = Some(before && self.registered);
        self.seen.unproven |= !self.on_roll;
    }

    /// Keeps what failed, with a picture of that name.
    pub(crate) async fn gave_up(&mut self, picture: &str, failure: &str) {
        let picture = format!("{picture}-{}.png", self.lang.code());
        let taken = self.window.picture(&self.out.join(&picture)).await.is_ok();
        let sign_in = fs::read_to_string(&self.desk.report).unwrap_or_default();
        let mut complaint = format!("{failure}; see app-{}.log", self.lang.code());
        if taken {
            complaint = format!("{complaint} and {picture}");
        }
        if !sign_in.is_empty() {
            complaint = format!("{complaint}; the browser said: {sign_in}");
        }
        let name = format!("after step {} in {}", self.number, self.lang.code());
        self.seen.check(&name, &[complaint]);
    }

    async fn job(&mut self) -> Outcome<()> {
        self.sign_in().await?;
        self.took("sign-in")?;
        self.find().await?;
        self.check().await?;
        self.took("who it is")?;
        let pass = self.hand_over().await?;
        self.took("registration")?;
        self.until_the_card().await?;
        self.finish(&pass).await?;
        self.took("the card")?;
        // At a kiosk the same screens stand on two displays, which the first visit has shown.
        // In the stretched language the tests of the screens read what is left.
        if self.display.is_none() && self.lang != Lang::Pseudo {
            self.kept_as_it_is().await?;
            self.never().await?;
            self.changes_by_itself().await?;
            self.password_again().await?;
        }
        // A kiosk's rows are the same rows, in a window of their own.
        if self.rows && self.display.is_none() {
            self.every_row().await?;
            self.took("every row")?;
        }
        self.decline().await?;
        self.took("a sign-in declined")
    }

    /// A part of the way is done.
    pub(crate) fn took(&mut self, chapter: &str) -> Outcome<()> {
        let ms = u64::try_from(self.chapter.elapsed().as_millis())?;
        self.chapter = Instant::now();
        self.seen.chapters.push(Chapter {
            chapter: chapter.to_owned(),
            lang: self.lang.code().to_owned(),
            ms,
        });
        Ok(())
    }

    async fn sign_in(&mut self) -> Outcome<()> {
        self.operator("welcome", LONG).await?;
        self.person("welcome").await?;
        self.window.fit().await?;
        self.picture("welcome").await?;
        let printing = look::may_print(&self.window).await?;
        let name = format!("no printing from the page in {}", self.lang.code());
        self.seen.check(&name, &printing);
        let languages = steady::places(&self.window, LANGUAGES).await?;
        self.window.press("sign_in").await?;
        self.operator("signing_in", SOON).await?;
        self.picture("signing-in").await?;
        fs::write(&self.desk.release, "go")?;
        self.operator("home", SOON).await?;
        self.stays("a padlock that comes", LANGUAGES, &languages)
            .await?;
        self.picture("signed-in").await
    }

    async fn find(&mut self) -> Outcome<()> {
        self.window.press("start_visit").await?;
        self.operator("find", SOON).await?;
        self.picture("find").await?;
        let controls = steady::places(&self.window, CONTROLS).await?;
        self.search("nobody.here").await?;
        self.trouble("P204", "\"not found\"").await?;
        self.stays("nobody found", CONTROLS, &controls).await?;
        self.picture("not-found").await?;
        let plain = self
            .tenant
            .info
            .person("plain", 0)?
            .everyday_name()
            .to_owned();
        self.relay.cut().await?;
        self.search(&plain).await?;
        self.trouble("N101", "\"no network\"").await?;
        self.stays("no network", CONTROLS, &controls).await?;
        self.picture("no-network").await?;
        self.relay.mend().await?;
        let protected = self.tenant.info.person("protected", 0)?;
        let protected = protected.everyday_name().to_owned();
        self.search(&protected).await?;
        self.operator("found", SOON).await?;
        self.trouble("P208", "\"protected\"").await?;
        self.picture("protected").await?;
        self.window.press("search_again").await?;
        self.operator("find", SOON).await?;
        self.search(&plain).await?;
        self.operator("found", SOON).await?;
        self.picture("found").await?;
        self.window.press("confirm_person").await
    }

    /// What can be pressed stands where it stood before.
    async fn stays(&mut self, after: &str, part: &str, before: &Places) -> Outcome<()> {
        let now = steady::places(&self.window, part).await?;
        let name = format!("nothing moves after {after} in {}", self.lang.code());
        self.seen.check(&name, &steady::moved(before, &now));
        Ok(())
    }

    async fn check(&mut self) -> Outcome<()> {
        self.operator("check", SOON).await?;
        let controls = steady::places(&self.window, CONTROLS).await?;
        self.window
            .press_on(
                "[data-act=\"confirm_check\"]",
                "the control that says what is missing",
            )
            .await?;
        self.stays("a check that lacks something", CONTROLS, &controls)
            .await?;
        self.window
            .press_on("[data-act^=\"tick:\"]", "a way to check who someone is")
            .await?;
        self.window.press("confirm_phone").await?;
        let ready = "[data-act=\"confirm_check\"]:not([disabled]):not([aria-disabled=\"true\"])";
        self.window
            .sees(ready, "the control that ends the check", SOON)
            .await?;
        self.picture("check").await?;
        self.window.press("confirm_check").await
    }

    /// From the board without a pass to the registration; gives the pass as it was read.
    async fn hand_over(&mut self) -> Outcome<String> {
        self.operator("board", SOON).await?;
        self.row("install").await?;
        self.board_picture("board-install").await?;
        self.next_until("a5").await?;
        self.board_picture("board-upn").await?;
        self.window.press("issue_pass").await?;
        self.pass("hidden").await?;
        self.next_until("a6").await?;
        self.unplug().await?;
        self.board_picture("board-pass-hidden").await?;
        self.window.press("reveal").await?;
        self.pass("shown").await?;
        let pass = self.window.texts("[data-pass-value] [data-glyph]").await?;
        let pass: String = pass.iter().map(|glyph| glyph.trim()).collect();
        if pass.chars().count() < 4 {
            return Err(Failure::new("no pass can be read from the screen"));
        }
        self.board_picture("board-pass-shown").await?;
        self.hand_outs(&pass).await?;
        self.next_until("a9").await?;
        self.board_picture("board-waiting").await?;
        self.register(&pass).await?;
        Ok(pass)
    }

    /// At a kiosk: each window fills its display, and the person's pane comes beside the operator's while the
    /// second display is away.
    async fn unplug(&mut self) -> Outcome<()> {
        let Some(display) = self.display else {
            return Ok(());
        };
        let two = ["0,0 1280x800 operator", "1280,0 1920x1080 person"];
        self.stand("two displays", &two).await;
        display.plug(false)?;
        self.stand("one display", &["0,0 1280x800 operator,person"])
            .await;
        self.row("a6").await?;
        display.plug(true)?;
        self.stand("two displays again", &two).await;
        self.row("a6").await
    }

    /// Waits until the windows stand like this, and notes when they do not.
    async fn stand(&mut self, what: &str, wanted: &[&str]) {
        let until = Instant::now() + SOON;
        let mut complaints = Vec::new();
        loop {
            match self.window.places().await {
                Ok(places) if places == wanted => break,
                found if Instant::now() > until => {
                    complaints.push(format!("{found:?} instead of {wanted:?}"));
                    break;
                }
                Ok(_) | Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
        let name = format!("windows on {what} in {}", self.lang.code());
        self.seen.check(&name, &complaints);
    }

    /// The person types the pass on the phone; the live check must see what comes of it.
    async fn register(&mut self, pass: &str) -> Outcome<()> {
        let upn = self.tenant.info.person("plain", 0)?.upn.clone();
        tokio::time::sleep(self.moment).await;
        let phone = phone::register(&self.tenant.info.control, &upn, pass.to_owned());
        let told = self
            .window
            .sees(
                "[data-pane=\"person\"][data-screen=\"registered\"]",
                "\"registered\"",
                LONG,
            )
            .await;
        // Why the phone did not register says more than that nothing was seen.
        let registered = if told.is_ok() || phone.is_finished() {
            Some(phone.await??)
        } else {
            None
        };
        let told = told?;
        self.registered = true;
        if let Some(registered) = registered {
            let took = told.saturating_duration_since(registered.at).as_millis();
            let took = u64::try_from(took)?;
            let waited = self.moment.as_millis();
            say!(
                "  the registration, {waited} ms into the row, was seen {took} ms after it was in the directory"
            );
            let late = Duration::from_millis(took) > ONE_POLL + DRAWING;
            let complaint = late.then(|| {
                format!(
                    "{took} ms, and the next look was due after {} ms",
                    ONE_POLL.as_millis()
                )
            });
            let name = format!("the screen follows within one poll in {}", self.lang.code());
            self.seen
                .check(&name, &complaint.into_iter().collect::<Vec<_>>());
            self.seen.detected_ms = Some(self.seen.detected_ms.unwrap_or(0).max(took));
        }
        self.picture("registered").await
    }

    async fn finish(&mut self, pass: &str) -> Outcome<()> {
        self.window.press("finish").await?;
        self.operator("receipt", SOON).await?;
        self.person("card").await?;
        self.card_is_whole().await?;
        self.both("closing-card").await?;
        self.card_on_paper(pass).await?;
        let before = process::pages(&self.desk.data);
        self.window.press("close").await?;
        let home = "[data-pane=\"operator\"][data-screen=\"home\"]";
        self.window
            .turn_to(home, "the desk after the visit")
            .await?;
        self.person("welcome").await?;
        let left = look::holds(&self.window, pass).await?;
        self.seen.pass_left |= left;
        let complaint = left.then(|| "the pass still stands in the page".to_owned());
        let name = format!("nothing of the pass is left in {}", self.lang.code());
        self.seen
            .check(&name, &complaint.into_iter().collect::<Vec<_>>());
        let ended = self.ended(&before).await;
        let name = format!(
            "the visit's page has ended with its process in {}",
            self.lang.code()
        );
        self.seen.check(&name, &ended);
        self.picture("welcome-again").await
    }

    /// What is wrong when the processes that drew the visit go on.
    async fn ended(&self, before: &BTreeSet<u32>) -> Vec<String> {
        if before.is_empty() {
            return vec!["no process that draws a page was found".to_owned()];
        }
        let until = Instant::now() + SOON;
        loop {
            let still = process::pages(&self.desk.data).intersection(before).count();
            if still == 0 {
                return Vec::new();
            }
            if Instant::now() > until {
                return vec![format!("{still} of them still run")];
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// A sign-in that is declined in the browser leaves the app usable.
    async fn decline(&mut self) -> Outcome<()> {
        self.window.press("sign_out").await?;
        self.operator("welcome", SOON).await?;
        fs::write(&self.desk.release, "cancel")?;
        self.window.press("sign_in").await?;
        self.trouble("S101", "\"declined\"").await?;
        self.operator("welcome", SOON).await?;
        self.picture("declined").await?;
        let blind = look::blind_spots(&self.window, self.axe).await?;
        let name = format!("the looks notice what is wrong in {}", self.lang.code());
        self.seen.check(&name, &blind);
        Ok(())
    }

    pub(crate) async fn search(&self, account: &str) -> Outcome<()> {
        self.window.types(FIELD, account).await?;
        self.window.press("find").await
    }

    pub(crate) async fn operator(&self, screen: &str, limit: Duration) -> Outcome<()> {
        let css = format!("[data-pane=\"operator\"][data-screen=\"{screen}\"]");
        let what = format!("the operator's \"{screen}\"");
        self.window.sees(&css, &what, limit).await.map(drop)
    }

    pub(crate) async fn person(&self, screen: &str) -> Outcome<()> {
        let css = format!("[data-pane=\"person\"][data-screen=\"{screen}\"]");
        let what = format!("the person's \"{screen}\"");
        self.window.sees(&css, &what, SOON).await.map(drop)
    }

    pub(crate) async fn row(&self, row: &str) -> Outcome<()> {
        let css = format!("[data-pane=\"person\"][data-row=\"{row}\"]");
        let what = format!("the row \"{row}\"");
        self.window.sees(&css, &what, SOON).await.map(drop)
    }

    pub(crate) async fn pass(&self, state: &str) -> Outcome<()> {
        let css = format!("[data-pane=\"person\"][data-pass=\"{state}\"]");
        let what = format!("the pass \"{state}\"");
        self.window.sees(&css, &what, LONG).await.map(drop)
    }

    pub(crate) async fn trouble(&self, code: &str, what: &str) -> Outcome<()> {
        let css = format!("[data-trouble=\"{code}\"]");
        self.window.sees(&css, what, LONG).await.map(drop)
    }

    /// Presses the person's "next" until this row is in hand.
    async fn next_until(&self, row: &str) -> Outcome<()> {
        let here = "return document.querySelector(\"[data-pane='person']\")?.dataset.row ?? ''";
        for _ in 0..ROWS {
            let pane = "[data-pane=\"person\"][data-row]";
            self.window.sees(pane, "a row", SOON).await?;
            let now = self.window.script(here, Vec::new()).await?;
            let now = now.as_str().unwrap_or_default().to_owned();
            if now == row {
                return Ok(());
            }
            self.window.press("person:next").await?;
            let other = format!("[data-pane=\"person\"][data-row]:not([data-row=\"{now}\"])");
            self.window
                .sees(&other, &format!("the row after \"{now}\""), SOON)
                .await?;
        }
        Err(Failure::new(format!("the row \"{row}\" never came")))
    }
}
