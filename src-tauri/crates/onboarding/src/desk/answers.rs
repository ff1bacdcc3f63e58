//! What came of what was to be done: each answer goes to whoever asked, by its own type.

use super::Desk;
use crate::effect::{
    Answer, EffectFailure, EffectId, IssueAnswer, NotRecorded, PassRemoval, PasswordChange,
    PeopleFound, Reading,
};
use crate::effects::Effects;
use crate::ids::VisitId;
use crate::notice::HandedOver;
use crate::pass::reconcile::{Look, Reconcile, Settled};
use crate::person::directory::{MayIssue, Rights};
use crate::quota::rate_limit::RateLimit;
use crate::sign_in_test::{LastUsed, LogSight};
use crate::time::Now;
use crate::trouble::{Arg, Trouble, TroubleCode};
use crate::visit::{Context, Visit, VisitEffects};

/// Who waits for an answer, and what it means whoever waits.
#[derive(Clone, Copy)]
struct Addressee {
    /// None is the desk itself.
    visit: Option<VisitId>,
    /// The service no longer takes the operator's token.
    token_ended: bool,
    now: Now,
}

impl Desk {
    /// An effect finished. An answer nobody waits for is dropped.
    pub fn handle_answer(&mut self, id: EffectId, answer: Answer, now: Now) {
        let Some(visit) = self.effects.answered(id) else {
            return;
        };
        self.effects.now = now.service;
        self.revision += 1;
        let answer = self.with_the_operators_own_reason(answer);
        if let Some(seconds) = asked_quiet(&answer) {
            self.rate_limit.close_for(seconds, now.mono);
        }
        let failure = answer.failure();
        let to = Addressee {
            visit,
            // What the mail service asks for in vain is no reason to lock the desk in the middle of a visit.
            token_ended: failure.is_some_and(|why| why.code == TroubleCode::SignInAgain)
                && !matches!(answer, Answer::Letter(_))
                && !self.session.is_later_than(id),
            now,
        };
        match answer {
            Answer::SignedIn(result) => self.on_signed_in(id, result, now),
            Answer::PasskeyRules(rules) => self.on_passkey_rules(id, rules),
            Answer::Policies(rules) => self.on_policies(id, rules),
            Answer::Rights(rights) => self.on_rights(to, id, rights),
            Answer::Found(found) => self.on_found(to, id, found),
            Answer::Read(read) => self.on_read(to, id, read),
            Answer::Issue(answer) => self.on_issue(to, id, answer),
            Answer::Removed(removed) => self.on_removed(to, id, removed),
            Answer::Recorded(written) => self.on_recorded(to, id, written),
            Answer::Tried(tried) => self.tell(to, |visit, cx| visit.on_tried(id, tried, cx)),
            Answer::LastUsed(read) => self.on_last_used(to, id, read),
            Answer::SignInLog(read) => self.on_sign_in_log(to, id, read),
            Answer::NeverExpires(set) => self.tell(to, |it, cx| it.on_never_expires(id, set, cx)),
            Answer::RollFit(fit) => self.tell(to, |visit, cx| visit.on_roll_fit(id, fit, cx)),
            Answer::LastRun(run) => {
                self.on_last_run(id, run);
                self.tell(to, |visit, cx| visit.on_last_run(id, run, cx));
            }
            Answer::RollJoined(done) => self.tell(to, |it, cx| it.on_roll_joined(id, done, cx)),
            Answer::RollLeft(left) => self.on_roll_left(to, id, left),
            Answer::PasswordChanged(it) => self.on_password_changed(to, id, it),
            Answer::MethodRemoved(removed) => self.on_method(to, id, removed),
            Answer::SessionsEnded(ended) => self.on_sessions_ended(to, id, ended),
            Answer::Belonging(it) => self.tell(to, |visit, cx| visit.on_belonging(id, it, cx)),
            Answer::Colleague(it) => self.tell(to, |visit, cx| visit.on_colleague(id, it, cx)),
            Answer::CallNumbers(it) => self.tell(to, |visit, cx| visit.on_call_numbers(id, it, cx)),
            Answer::VisitsKept(kept) => self.on_visits_kept(id, kept, now),
            Answer::KeptVisitsRead(found) => self.on_kept_read(id, found, now),
            Answer::Access(it) => self.tell(to, |visit, cx| visit.on_access(id, &it, cx)),
            Answer::Letter(it) => self.on_letter(to, id, it),
            Answer::HandOut(made) => self.tell(to, |visit, cx| visit.on_hand_out(id, made, cx)),
        }
        self.leave_rolls(now);
        self.send_notices(now);
    }

    fn on_recorded(&mut self, to: Addressee, id: EffectId, written: Result<(), NotRecorded>) {
        self.effects.recorded(id, written);
        if written.is_err() {
            self.trouble = Some(Trouble::new(TroubleCode::RecordFailed));
        }
        self.on_leave_intent(id, written, to.now);
        self.on_notice_intent(id, written, to.now);
        self.on_kept_recorded(id, written, to.now);
        self.tell(to, |visit, cx| visit.on_recorded(id, written, cx));
    }

    /// A notice that nobody took at first is the desk's, every other letter a visit's.
    fn on_letter(
        &mut self,
        to: Addressee,
        id: EffectId,
        answer: Result<HandedOver, EffectFailure>,
    ) {
        match self.sends_notice(id) {
            true => self.on_notice(id, answer, to.now),
            false => self.tell(to, |visit, cx| visit.on_letter(id, answer, cx)),
        }
    }

    /// A pass that was not permitted to an operator of whom no role is known that permits one: the cure is theirs, not
    /// the person's.
    fn with_the_operators_own_reason(&self, mut answer: Answer) -> Answer {
        let operator = self.session.operator();
        let none = operator.is_some_and(|operator| match operator.may_issue {
            MayIssue::CannotTell => true,
            MayIssue::Yes | MayIssue::YesForAdmins => false,
        });
        if let Answer::Issue(IssueAnswer::Refused(trouble)) = &mut answer
            && none
            && trouble.code == TroubleCode::PassNotPermitted
        {
            *trouble = Trouble::new(TroubleCode::MayNotIssue).support(trouble.support.take());
        }
        answer
    }

    fn on_read(&mut self, to: Addressee, id: EffectId, read: Result<Reading, EffectFailure>) {
        let late =
            self.looked_once_more(id, &read, to.now) || self.removed_looked_for(id, &read, to.now);
        if late {
            if to.token_ended {
                self.token_ended(to.now);
            }
            return;
        }
        match self.unreconciled_for(id) {
            Some(place) => self.reconcile(to, place, |open, look, effects, limit| {
                open.on_read(read, look, effects, limit)
            }),
            None => self.tell(to, |visit, cx| visit.on_read(id, read, cx)),
        }
    }

    fn on_rights(&mut self, to: Addressee, id: EffectId, rights: Result<Rights, EffectFailure>) {
        self.on_renewed(id, rights);
        if to.token_ended {
            self.token_ended(to.now);
        }
    }

    fn on_removed(
        &mut self,
        to: Addressee,
        id: EffectId,
        removed: Result<PassRemoval, EffectFailure>,
    ) {
        match self.unreconciled_for(id) {
            Some(place) => self.reconcile(to, place, |open, _, effects, limit| {
                open.on_removed(removed, to.now, effects, limit);
                None
            }),
            None => self.tell(to, |visit, cx| visit.on_removed(id, removed, cx)),
        }
    }

    fn on_issue(&mut self, to: Addressee, id: EffectId, answer: IssueAnswer) {
        // An answer that names a pass from before is not believed, and says nothing of a question about it.
        let named = match &answer {
            IssueAnswer::Issued(pass) => Some(pass.id.clone()),
            IssueAnswer::Refused(_) | IssueAnswer::NotSent(_) | IssueAnswer::Uncertain(_) => None,
        };
        let named = named.filter(|pass| !self.effects.passes.had(pass));
        match self.unreconciled_for(id) {
            Some(place) => {
                if let Some(pass) = &named {
                    self.account_for(id, pass);
                }
                self.reconcile(to, place, |open, _, effects, _| {
                    open.on_issue(id, answer, to.now, effects)
                });
            }
            None => {
                self.tell(to, |visit, cx| visit.on_issue(id, answer, cx));
                if let Some(pass) = named.filter(|pass| self.effects.passes.had(pass)) {
                    self.account_for(id, &pass);
                }
            }
        }
    }

    fn on_roll_left(&mut self, to: Addressee, id: EffectId, left: Result<(), EffectFailure>) {
        self.on_left(id, left, to.now);
        if to.token_ended {
            self.token_ended(to.now);
        }
    }

    fn on_password_changed(&mut self, to: Addressee, id: EffectId, change: PasswordChange) {
        self.tell(to, |visit, cx| visit.on_password_changed(id, change, cx));
    }

    fn on_method(
        &mut self,
        to: Addressee,
        id: EffectId,
        removed: Result<PassRemoval, EffectFailure>,
    ) {
        if self.removes_uninvited(id) {
            self.on_method_removed(id, removed);
        } else if !self.method_unheard(id, &removed, to.now) {
            return self.tell(to, |visit, cx| visit.on_old_method(id, removed, cx));
        }
        if to.token_ended {
            self.token_ended(to.now);
        }
    }

    fn on_found(&mut self, to: Addressee, id: EffectId, found: Result<PeopleFound, EffectFailure>) {
        self.tell(to, |visit, cx| {
            visit.on_found(id, found, cx);
            VisitEffects::default()
        });
    }

    fn on_sessions_ended(&mut self, to: Addressee, id: EffectId, ended: Result<(), EffectFailure>) {
        if !self.sessions_unheard(id, &ended) {
            return self.tell(to, |visit, cx| visit.on_sessions_ended(id, ended, cx));
        }
        if to.token_ended {
            self.token_ended(to.now);
        }
    }

    fn on_last_used(&mut self, to: Addressee, id: EffectId, read: Result<LastUsed, EffectFailure>) {
        let Some(place) = self.late_for(id) else {
            return self.tell(to, |visit, cx| visit.on_last_used(id, read, cx));
        };
        self.late_answered(place, to.now, |look, now, limit| {
            look.on_last_used(id, read, now, limit)
        });
        if to.token_ended {
            self.token_ended(to.now);
        }
    }

    fn on_sign_in_log(
        &mut self,
        to: Addressee,
        id: EffectId,
        read: Result<LogSight, EffectFailure>,
    ) {
        let Some(place) = self.late_for(id) else {
            return self.tell(to, |visit, cx| visit.on_sign_in_log(id, read, cx));
        };
        self.late_answered(place, to.now, |look, now, limit| {
            look.on_log(id, read, now, limit)
        });
        if to.token_ended {
            self.token_ended(to.now);
        }
    }

    fn unreconciled_for(&self, id: EffectId) -> Option<usize> {
        self.unreconciled.iter().position(|open| open.waits_for(id))
    }

    /// An answer for a pass that is looked for.
    fn reconcile(
        &mut self,
        to: Addressee,
        place: usize,
        then: impl FnOnce(&mut Reconcile, Look<'_>, &mut Effects, &mut RateLimit) -> Option<Settled>,
    ) {
        self.with_unreconciled(place, to.now, then);
        if to.token_ended {
            self.token_ended(to.now);
        }
    }

    /// An answer for a visit, if it is still open.
    fn tell(
        &mut self,
        to: Addressee,
        then: impl FnOnce(&mut Visit, &mut Context<'_>) -> VisitEffects,
    ) {
        let Some(visit) = to.visit else { return };
        let Ok(after) = self.with_visit(visit, to.now, then) else {
            return;
        };
        if after.told {
            self.trouble = None;
        }
        self.settle_aftermath(visit, after, to.now);
        if to.token_ended {
            self.token_ended(to.now);
        }
    }
}

/// How long the service wants to be left alone, where this answer says so.
fn asked_quiet(answer: &Answer) -> Option<u32> {
    let refused = answer.refusal()?;
    let said = refused.args.get("seconds");
    match said.filter(|_| refused.code == TroubleCode::Throttled)? {
        Arg::Number(seconds) => u32::try_from(*seconds).ok(),
        Arg::Text(_) => None,
    }
}
