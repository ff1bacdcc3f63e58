//! The pass in sight: brought there only where it can be seen, and gone once nobody looks at its row.

use super::{Board, Context, Glance, Stage, Visit, illegal_in_state};
use crate::pass::state::HeldPass;
use crate::registration::poll_schedule::AT_PASS_MS;
use crate::time::Now;
use crate::trouble::Trouble;
use crate::walkthrough::pack::Pack;

impl Board {
    /// Takes both sides to the row that asks for the pass, and shows it there.
    pub(super) fn reveal(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        // Nobody stands before the person's screen who may see it.
        if self.by_telephone() {
            return Err(illegal_in_state());
        }
        self.showable(cx)?;
        self.lead_to_pass_row(cx)?;
        self.show(cx);
        Ok(())
    }

    /// The pass, where it can be typed now and is still wanted.
    pub(super) fn showable(&self, cx: &Glance<'_>) -> Result<&HeldPass, Trouble> {
        let needed = self.evidence.registered.is_none() && !self.evidence.pass.replaced();
        let held = self.pass.held().ok_or_else(illegal_in_state)?;
        if !needed || held.secret.is_none() || held.settling(cx.now) || !held.live(cx.now) {
            return Err(illegal_in_state());
        }
        Ok(held)
    }

    pub(super) fn lead_to_pass_row(&mut self, cx: &mut Context<'_>) -> Result<(), Trouble> {
        let row = super::rows::pass_row(cx.pack).ok_or_else(illegal_in_state)?;
        if !self.in_view(cx.pack) {
            self.row = row;
            self.row_reached(cx);
        }
        self.poll_by(cx.now.mono.after_ms(AT_PASS_MS));
        Ok(())
    }

    /// A pass that is in sight stays there for as long again.
    pub(super) fn longer(&mut self, cx: &Glance<'_>) -> Result<(), Trouble> {
        let shown = self.held().is_some_and(|held| held.shown_until.is_some());
        if !shown || self.by_telephone() {
            return Err(illegal_in_state());
        }
        self.show(cx);
        Ok(())
    }

    pub(super) fn show(&mut self, cx: &Glance<'_>) {
        let until = cx.now.mono.after_s(u64::from(cx.policy.pass.reveal_s));
        if let Some(held) = self.pass.held_mut() {
            held.show(until);
            self.is_known(cx.now);
        }
    }

    /// From now on somebody may use it here: whom it was shown, read or mailed.
    pub(super) fn is_known(&mut self, now: Now) {
        self.seen_since.get_or_insert(now.mono);
    }

    /// Whether the person's screen is the row's own that asks for the pass.
    fn in_view(&self, pack: &Pack) -> bool {
        super::rows::pass_row(pack) == Some(self.row) && !self.elsewhere()
    }
}

impl Visit {
    /// Nobody sees the pass on another row, or among other screens: it does not come back there by itself. The row
    /// also says whether a passkey is on its way.
    pub(super) fn hide_unseen(&mut self, cx: &Glance<'_>) {
        let pack = cx.packs.of(self.route);
        if let Stage::HandingOver(board) = &mut self.stage {
            board.passkey_clock_goes(pack, cx);
            if !board.in_view(pack) {
                board.hide();
            }
        }
    }
}
