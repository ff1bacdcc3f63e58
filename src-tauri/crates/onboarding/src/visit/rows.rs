//! The row in hand, which both sides look at, and what it means for the pass.

use super::detour::PhoneScreenReport;
use super::{Board, Context, Glance, illegal_in_state, sign_in_again};
use crate::light::Light;
use crate::pass::state::HeldPass;
use crate::record::Event;
use crate::registration::poll_schedule::AT_PASS_MS;
use crate::time::Now;
use crate::trouble::Trouble;
use crate::view::Pace;
use crate::walkthrough::pack::{Pack, Row, RowNeed};

/// The rows around the pass wait for one that can be used: a phone that gets there first asks for a password.
#[derive(Debug, Default)]
pub(super) struct Hold {
    /// A pass could be used at some time.
    usable: bool,
    /// The operator leads on without.
    lifted: bool,
}

impl Hold {
    pub(super) fn is_lifted(&self) -> bool {
        self.lifted
    }
}

impl Board {
    /// The operator goes to a row, past the pass only with a yes to that.
    pub(super) fn go_to(
        &mut self,
        row: &str,
        without_pass: bool,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let place = cx.pack.place(row).ok_or_else(illegal_in_state)?;
        if self.bars(place, cx) {
            if !without_pass {
                return Err(illegal_in_state());
            }
            cx.operator.ok_or_else(sign_in_again)?;
            cx.record(Event::WentOnWithoutPass {
                operator: self.check.operator().clone(),
            });
            self.hold.lifted = true;
        }
        if self.not_needed(place, cx.pack) {
            self.stood_in = None;
        }
        // Back from a look at them they are as they were.
        self.first_start_met &= place < cx.pack.first_needed();
        self.meets_first_start(place, cx.pack);
        self.row = place;
        self.row_reached(cx);
        Ok(())
    }

    /// The operator goes a row on or back.
    pub(super) fn operator_steps(
        &mut self,
        by: isize,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let place = self.row.checked_add_signed(by);
        if place.is_some_and(|place| self.bars(place, cx)) {
            return Err(illegal_in_state());
        }
        match by {
            1 => self.step_on(true, cx),
            _ => self.step(by, cx),
        }
    }

    /// The person goes a row on, which was done, or whose screen does not come.
    pub(super) fn person_steps_on(
        &mut self,
        done: bool,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        if self.waits_for_pass(cx) {
            return Err(illegal_in_state());
        }
        self.step_on(done, cx)
    }

    /// A row on: what the row in hand stood for is passed by, if it was done.
    fn step_on(&mut self, done: bool, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let here = &cx.pack.rows[self.row.min(cx.pack.rows.len() - 1)];
        if !here.stands_for.is_empty() {
            self.stood_in = done.then(|| here.id.clone());
        }
        self.step(1, cx)
    }

    /// Whether this place is past the row that asks for the pass, and no pass could be used so far.
    pub(super) fn bars(&self, place: usize, cx: &Glance<'_>) -> bool {
        pass_row(cx.pack).is_some_and(|pass| place > pass && self.row <= pass)
            && self.no_pass_yet(cx.now)
    }

    /// Whether the person stays at the row in hand for want of a pass: before its name is sent, one that can be used
    /// now, and at the row that asks for it, one that could be used at any time, for it may have been typed.
    pub(super) fn waits_for_pass(&self, cx: &Glance<'_>) -> bool {
        let Some(pass) = pass_row(cx.pack) else {
            return false;
        };
        let needed = !self.hold.lifted && !self.past_pass();
        needed
            && ((self.row + 1 == pass && !self.usable_now(cx.now))
                || (self.row == pass && self.no_pass_yet(cx.now)))
    }

    /// Whether a person who waits for the pass would be led to the row that asks for it.
    pub(super) fn leads_too_far(&self, place: usize, cx: &Glance<'_>) -> bool {
        let led = pass_row(cx.pack).is_some_and(|pass| self.row < pass && place >= pass);
        led && !self.hold.lifted && !self.past_pass() && !self.usable_now(cx.now)
    }

    /// The row up to which the operator is led without a question.
    pub(super) fn held_at<'a>(&self, cx: &Glance<'a>) -> Option<&'a str> {
        let pass = pass_row(cx.pack)?;
        let bars = self.bars(pass + 1, cx);
        bars.then(|| cx.pack.rows[pass].id.as_str())
    }

    /// Where the person is beside what is proven.
    pub(super) fn pace(&self, pack: &Pack) -> Pace {
        let lit = |row: &Row| row.light.map(|light| self.evidence.lit.contains(&light));
        let before = pack.rows.iter().take(self.row);
        let rest = pack.rows.iter().skip(self.row);
        match self.evidence.registered {
            // What the last row did takes its time to show; two of them do not.
            None if before.filter_map(lit).filter(|lit| !lit).count() > 1 => Pace::Ahead,
            None if rest.filter_map(lit).any(|lit| lit) => Pace::Behind,
            None | Some(_) => Pace::Level,
        }
    }

    /// Keeps in mind that a pass can be used.
    pub(super) fn note_usable(&mut self, now: Now) {
        self.hold.usable |= self.usable_now(now);
    }

    fn no_pass_yet(&self, now: Now) -> bool {
        let used = self.hold.usable || self.usable_now(now);
        !self.hold.lifted && !self.past_pass() && !used
    }

    /// What the pass is for was reached, as far as the directory shows.
    fn past_pass(&self) -> bool {
        let entered = self.held().is_some_and(|held| held.entered_at.is_some());
        let lit = &self.evidence.lit;
        entered
            || self.evidence.registered.is_some()
            || lit.iter().any(|it| *it > Light::PassUsable)
    }

    fn usable_now(&self, now: Now) -> bool {
        let opens = |held: &HeldPass| !held.settling(now) && held.live(now);
        self.held().is_some_and(opens) && !self.evidence.pass.replaced()
    }

    pub(super) fn step(&mut self, by: isize, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let mut row = self.row.checked_add_signed(by);
        while row.is_some_and(|row| self.not_needed(row, cx.pack)) {
            row = row.and_then(|row| row.checked_add_signed(by));
        }
        let row = row.filter(|row| *row < cx.pack.rows.len());
        self.row = row.ok_or_else(illegal_in_state)?;
        self.row_reached(cx);
        Ok(())
    }

    pub(super) fn advance_past(&mut self, light: Light, pack: &Pack) {
        let place = pack.rows.iter().position(|row| row.light == Some(light));
        if let Some(place) = place
            && self.row <= place
        {
            self.row = (place + 1).min(pack.rows.len().saturating_sub(1));
            self.shows = PhoneScreenReport::Row;
            self.said_done = false;
        }
    }

    /// Whether the row that asks for the pass is reached.
    pub(crate) fn at_pass_row(&self, pack: &Pack) -> bool {
        pass_row(pack).is_some_and(|place| self.row >= place)
    }

    /// Whether the pass should be made now. A sign-in page asks for a password if there is none when it is opened or
    /// the name is sent, so the row before the pass counts already.
    pub(crate) fn pass_due(&self, pack: &Pack) -> bool {
        pass_row(pack).is_some_and(|place| self.row + 1 >= place)
    }

    /// Somebody is at another row now: one behind the pass leads to a registration.
    pub(super) fn row_reached(&mut self, cx: &mut Context<'_>) {
        self.shows = PhoneScreenReport::Row;
        self.said_done = false;
        let now = cx.now.mono;
        let pass = cx
            .pack
            .rows
            .iter()
            .position(|row| row.needs.contains(&RowNeed::Pass));
        if pass.is_some_and(|pass| self.row > pass) {
            self.polling.schedule.stepped(now);
            self.poll_by(self.planned(cx));
        } else if pass == Some(self.row) {
            self.poll_by(now.after_ms(AT_PASS_MS));
        }
    }
}

pub(super) fn pass_row(pack: &Pack) -> Option<usize> {
    let needs = |row: &Row| row.needs.contains(&RowNeed::Pass);
    pack.rows.iter().position(needs)
}
