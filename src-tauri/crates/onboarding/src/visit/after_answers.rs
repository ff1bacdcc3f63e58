//! What came of what follows the registration, for the board of the visit.

use super::{Context, Stage, Visit, VisitEffects};
use crate::effect::{EffectFailure, EffectId, PassRemoval, PasswordChange};
use crate::last_run::LastRun;
use crate::retirement::{ExpirySet, RollFit, RollJoined};
use crate::sign_in_test::{LastUsed, LogSight, TestCause, TriedSignIn};
use crate::trouble::TroubleCode;

impl Visit {
    /// The person's sign-in at the station ended, one way or another.
    pub(crate) fn on_tried(
        &mut self,
        id: EffectId,
        tried: Result<TriedSignIn, TestCause>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| {
            board.on_tried(id, tried, cx);
            None
        })
    }

    /// A method that was there before was removed, or could not be.
    pub(crate) fn on_old_method(
        &mut self,
        id: EffectId,
        removed: Result<PassRemoval, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| {
            board.on_old_method(id, removed, cx);
            None
        })
    }

    /// The person's sessions were ended, or could not be.
    pub(crate) fn on_sessions_ended(
        &mut self,
        id: EffectId,
        ended: Result<(), EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| {
            board.on_sessions_ended(id, ended, cx);
            None
        })
    }

    /// When the person's methods were last used was read.
    pub(crate) fn on_last_used(
        &mut self,
        id: EffectId,
        read: Result<LastUsed, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| {
            board.on_last_used(id, read, cx);
            None
        })
    }

    /// The sign-in log was read.
    pub(crate) fn on_sign_in_log(
        &mut self,
        id: EffectId,
        read: Result<LogSight, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| {
            board.on_sign_in_log(id, read, cx);
            None
        })
    }

    /// Whether the person may join the roll was read.
    pub(crate) fn on_roll_fit(
        &mut self,
        id: EffectId,
        fit: Result<RollFit, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| board.on_roll_fit(id, fit, cx))
    }

    /// The age of the person's password is of no account, or it is as before.
    pub(crate) fn on_never_expires(
        &mut self,
        id: EffectId,
        set: Result<ExpirySet, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| board.on_never_expires(id, set, cx))
    }

    /// When the job that changes passwords last ran was read.
    pub(crate) fn on_last_run(
        &mut self,
        id: EffectId,
        run: LastRun,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| {
            board.on_last_run(id, run, cx);
            None
        })
    }

    /// The person joined the roll, or could not.
    pub(crate) fn on_roll_joined(
        &mut self,
        id: EffectId,
        joined: Result<RollJoined, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| board.on_roll_joined(id, joined, cx))
    }

    /// The person left the roll, or could not; it may have been tried before.
    pub(crate) fn on_roll_left(
        &mut self,
        left: Result<(), EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        let is_off = left.is_ok();
        match &mut self.stage {
            Stage::Ending(ending) => ending.end_mut().roll_left(is_off),
            Stage::Ended(receipt) => receipt.end.roll_left(is_off),
            Stage::Finding(_) | Stage::Found(_) | Stage::Checking(_) | Stage::HandingOver(_) => {}
        }
        let after = self.tell_board(cx, |board, _| board.on_roll_left(left));
        let over = |code| {
            matches!(
                code,
                TroubleCode::RollNotLeft | TroubleCode::RollNotRecorded
            )
        };
        self.trouble.take_if(|told| is_off && over(told.code));
        after
    }

    /// The person was given another password, or was not.
    pub(crate) fn on_password_changed(
        &mut self,
        id: EffectId,
        change: PasswordChange,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        self.tell_board(cx, |board, cx| board.on_password_changed(id, change, cx))
    }
}
