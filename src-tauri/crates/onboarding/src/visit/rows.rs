//! The row in hand, which both sides look at, and what it means for the pass.

use super::detour::PhoneScreenReport;
use super::{Board, Context, illegal_in_state};
use crate::light::Light;
use crate::registration::poll_schedule::AT_PASS_MS;
use crate::trouble::Trouble;
use crate::walkthrough::pack::{Pack, Row, RowNeed};

impl Board {
    pub(super) fn step(&mut self, by: isize, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let row = self
            .row
            .checked_add_signed(by)
            .filter(|row| *row < cx.pack.rows.len());
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

fn pass_row(pack: &Pack) -> Option<usize> {
    let needs = |row: &Row| row.needs.contains(&RowNeed::Pass);
    pack.rows.iter().position(needs)
}
