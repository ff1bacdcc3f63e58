//! A letter on its way: written down first, handed over, and what came back.

use super::{Declared, Step, Told};
use crate::display::sanitize_for_display;
use crate::effect::{Effect, EffectFailure, EffectId, NotRecorded};
use crate::handout::HandOut;
use crate::ids::{PassId, UserId};
use crate::letter::{LetterPass, LetterWanted, Recipient};
use crate::notice::{HandedOver, LetterKind, MailTrouble, NoPassByMail, NoticeRules};
use crate::record::{Event, LetterEvent};
use crate::time::ServiceTime;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::handout::{steps, steps_from_home};
use crate::visit::{
    Board, Context, Glance, Prefs, Stage, Visit, VisitEffects, illegal_in_state, sign_in_again,
};

impl Visit {
    /// Sends the way to the declared address, with the pass where the site's rules let it go.
    pub(super) fn send_letter(
        &mut self,
        with_pass: bool,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?.oid.clone();
        let rules = self.letter_rules(cx).ok_or_else(illegal_in_state)?;
        let declared = self.letters.address.as_ref().ok_or_else(illegal_in_state)?;
        if !self.letters.may_send() {
            return Err(illegal_in_state());
        }
        let Stage::HandingOver(board) = &self.stage else {
            return Err(illegal_in_state());
        };
        if !declared.read_back || declared.user != board.person.id {
            return Err(Trouble::new(TroubleCode::AddressNotReadBack));
        }
        let sheet = match self.is_at_the_counter() {
            true => steps(&self.prefs, cx),
            false => steps_from_home(&self.prefs, cx),
        };
        let letter = guide(declared, sheet);
        let pass = match with_pass {
            true => Some(pass_for(board, declared, rules, cx)?),
            false => None,
        };
        self.letters.leave_unasked(cx);
        let (letter, pass) = match pass {
            None => (letter, None),
            Some((pass, id)) => (with(pass, letter), Some(id)),
        };
        let intent = match pass.clone() {
            None => LetterEvent::GuideLetterIntent { operator },
            Some(pass) => LetterEvent::PassLetterIntent { operator, pass },
        };
        self.letters.step = Step::Writing {
            effect: cx.record(Event::Letter(intent)),
            letter: Box::new(letter),
            pass,
        };
        Ok(())
    }

    /// That a letter goes was written down, or could not be: then it does not.
    pub(in crate::visit) fn on_letter_written(
        &mut self,
        id: EffectId,
        written: Result<(), NotRecorded>,
        cx: &mut Context<'_>,
    ) {
        let Step::Writing { effect, .. } = &self.letters.step else {
            return;
        };
        if *effect != id {
            return;
        }
        let Step::Writing { letter, pass, .. } = std::mem::take(&mut self.letters.step) else {
            return;
        };
        // The record may have taken its time: every condition is looked at once more.
        let may_go = self.may_go(pass.as_ref(), cx);
        if let Stage::HandingOver(board) = &mut self.stage
            && written.is_ok()
            && may_go
            && pass.is_some()
        {
            board.is_known(cx.now);
        }
        self.letters.step = match written {
            Err(NotRecorded) => failed(TroubleCode::RecordFailed),
            Ok(()) if may_go => send(*letter, pass, cx),
            Ok(()) => {
                not_sent(letter.what, TroubleCode::NotNow, cx);
                failed(TroubleCode::NotNow)
            }
        };
    }

    /// Whether this pass, and no other, or the way alone, may still go to the address that was declared.
    fn may_go(&self, pass: Option<&PassId>, cx: &Context<'_>) -> bool {
        let (Stage::HandingOver(board), Some(declared)) = (&self.stage, &self.letters.address)
        else {
            return false;
        };
        let rules = cx.operator.and_then(|_| self.letter_rules(cx));
        rules.is_some_and(|rules| match pass {
            None => declared.read_back && declared.user == board.person.id,
            Some(pass) => {
                let held = board.letter_pass(declared, rules, cx);
                held.is_ok_and(|(_, id)| id == *pass)
            }
        })
    }

    /// Another pass took the place of the one in the last letter: what was said of that letter says nothing of it.
    fn letter_is_of_before(&mut self, cx: &mut Context<'_>) {
        if let Step::HandedOver {
            what: LetterKind::Pass,
            ..
        } = &self.letters.step
        {
            self.letters.leave_unasked(cx);
            self.letters.step = Step::Nothing;
        }
    }

    /// A pass is there that nobody was told of: those whom the site tells hear it.
    pub(in crate::visit) fn tell_of_pass(&mut self, cx: &mut Context<'_>) {
        self.letter_is_of_before(cx);
        let Stage::HandingOver(board) = &self.stage else {
            return;
        };
        let Some(rules) = cx.glance.policy.notice.as_ref() else {
            return;
        };
        let wanted = match self.is_at_the_counter() {
            true => rules.security_counter,
            false => rules.security_telephone,
        };
        if !wanted {
            return;
        }
        let issued = board.held().map(|held| (held.id.clone(), held.start));
        let told = tell(board, rules, &self.prefs, (issued, cx));
        self.letters.told.retain(|told| told.effect.is_some());
        self.letters.told.extend(told);
    }

    /// What became of a letter.
    pub(crate) fn on_letter(
        &mut self,
        id: EffectId,
        answer: Result<HandedOver, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> VisitEffects {
        if let Step::Sending { effect, what, pass } = &self.letters.step
            && *effect == id
        {
            let (what, pass) = (*what, pass.clone());
            recorded(what, &answer, cx);
            self.letters.step = came_of(what, answer, cx);
            if pass.is_some_and(|pass| !self.is_held(&pass)) {
                self.letter_is_of_before(cx);
            }
            if matches!(self.stage, Stage::Ending(_) | Stage::Ended(_)) {
                self.letters.leave_unasked(cx);
            }
            return VisitEffects::default();
        }
        let mut told = self.letters.told.iter_mut();
        if let Some(told) = told.find(|told| told.effect == Some(id)) {
            recorded(told.what, &answer, cx);
            told.effect = None;
            told.trouble = answer.err().map(|failure| failure.trouble);
        }
        VisitEffects::default()
    }

    /// The visit ends: what is only written down is not sent any more, nobody is asked whether anything arrived, and the
    /// address is gone.
    pub(in crate::visit) fn end_letters(&mut self, cx: &mut Context<'_>) {
        self.letters.forget();
        if let Step::Writing { letter, .. } = &self.letters.step {
            not_sent(letter.what, TroubleCode::NotNow, cx);
            self.letters.step = failed(TroubleCode::NotNow);
        }
        self.letters.leave_unasked(cx);
    }

    fn is_held(&self, pass: &PassId) -> bool {
        matches!(&self.stage, Stage::HandingOver(board) if board.held().is_some_and(|held| held.id == *pass))
    }

    /// Where nothing of the visit stays: of a letter that is still on its way nobody will hear, and of a notice the desk
    /// does.
    pub(in crate::visit) fn close_letters(
        &mut self,
        after: &mut VisitEffects,
        cx: &mut Context<'_>,
    ) {
        if !after.gone {
            return;
        }
        self.letters.leave_unasked(cx);
        if let Step::Sending { what, .. } = std::mem::take(&mut self.letters.step) {
            not_sent(what, TroubleCode::MailUnclear, cx);
        }
        let told = std::mem::take(&mut self.letters.told).into_iter();
        let on_their_way = told.filter_map(|told| Some((told.what, told.effect?)));
        after.notices.extend(on_their_way);
    }

    /// The desk tried a notice once more.
    pub(crate) fn notice_sent(&mut self, what: LetterKind, trouble: Option<Trouble>) {
        let mut told = self.letters.told.iter_mut();
        if let Some(told) = told.find(|told| told.what == what && told.effect.is_none()) {
            told.trouble = trouble;
        }
    }
}

/// The same notice once more, in the words of the site's own language: how the person reads was forgotten with the visit.
pub(crate) fn notice_again(
    what: LetterKind,
    user: &UserId,
    (name, issued): (&str, ServiceTime),
    cx: &Glance<'_>,
) -> LetterWanted {
    let to = match what {
        LetterKind::Manager => Recipient::ManagerOf(user.clone()),
        LetterKind::Guide | LetterKind::Pass | LetterKind::Security => {
            Recipient::PersonOf(user.clone())
        }
    };
    LetterWanted {
        to,
        what,
        sheet: steps(&Prefs::of(cx.site), cx),
        pass: None,
        name: Some(sanitize_for_display(name)),
        issued: Some(issued),
    }
}

/// The way in the person's language, to where they said.
fn guide(declared: &Declared, sheet: HandOut) -> LetterWanted {
    LetterWanted {
        to: Recipient::Declared(declared.address.clone()),
        what: LetterKind::Guide,
        sheet,
        pass: None,
        name: None,
        issued: None,
    }
}

/// The same with the pass.
fn with(pass: LetterPass, letter: LetterWanted) -> LetterWanted {
    LetterWanted {
        what: LetterKind::Pass,
        pass: Some(pass),
        ..letter
    }
}

/// The pass that goes with it, or why it does not.
fn pass_for(
    board: &Board,
    declared: &Declared,
    rules: &NoticeRules,
    cx: &Context<'_>,
) -> Result<(LetterPass, PassId), Trouble> {
    if !rules.carries_pass {
        return Err(Trouble::new(TroubleCode::NotAllowedHere));
    }
    let refused = |no: NoPassByMail| {
        let code = match no {
            NoPassByMail::NoPass => TroubleCode::NotNow,
            NoPassByMail::NotReadBack => TroubleCode::AddressNotReadBack,
            NoPassByMail::CheckOver => TroubleCode::CheckExpired,
            NoPassByMail::TooGood | NoPassByMail::AddressUnknown | NoPassByMail::IsSignInName => {
                TroubleCode::PassNotByMail
            }
        };
        Trouble::new(code)
    };
    board.letter_pass(declared, rules, cx).map_err(refused)
}

/// What came of a letter. Where nobody knows, the person is asked as if it had been handed over.
fn came_of(what: LetterKind, answer: Result<HandedOver, EffectFailure>, cx: &Context<'_>) -> Step {
    let unclear = match answer {
        Ok(_) => None,
        Err(failure) if failure.trouble.code == TroubleCode::MailUnclear => Some(failure.trouble),
        Err(EffectFailure { trouble, .. }) => return Step::Failed { trouble },
    };
    Step::HandedOver {
        what,
        at: cx.now.mono,
        minutes: 0,
        unclear,
        overdue: false,
        arrived: None,
    }
}

fn send(letter: LetterWanted, pass: Option<PassId>, cx: &mut Context<'_>) -> Step {
    let what = letter.what;
    let letter = Box::new(letter);
    let effect = cx.push(Effect::SendLetter { letter });
    Step::Sending { effect, what, pass }
}

fn failed(code: TroubleCode) -> Step {
    Step::Failed {
        trouble: Trouble::new(code),
    }
}

/// Those whom the site tells that a pass was issued.
fn tell(
    board: &Board,
    rules: &NoticeRules,
    prefs: &Prefs,
    (issued, cx): (Option<(PassId, ServiceTime)>, &mut Context<'_>),
) -> Vec<Told> {
    let person = &board.person;
    let own = person.mail.clone().filter(|mail| !mail.trim().is_empty());
    let own = (LetterKind::Security, own.map(Recipient::Directory));
    let manager = Recipient::ManagerOf(person.id.clone());
    let manager = (LetterKind::Manager, Some(manager));
    let all = [Some(own), rules.manager_too.then_some(manager)];
    let all = all.into_iter().flatten();
    all.map(|(what, to)| {
        let Some(to) = to else {
            not_sent(what, TroubleCode::MailNoAddress, cx);
            return Told {
                what,
                effect: None,
                trouble: Some(MailTrouble::NoAddress.into()),
            };
        };
        // How the person reads is nothing of the manager's.
        let reads = match what {
            LetterKind::Manager => Prefs::of(cx.site),
            LetterKind::Guide | LetterKind::Pass | LetterKind::Security => *prefs,
        };
        let letter = Box::new(LetterWanted {
            to,
            what,
            sheet: steps(&reads, cx),
            pass: None,
            name: Some(sanitize_for_display(&person.name)),
            issued: issued.as_ref().map(|(_, at)| *at),
        });
        // Nobody waits for it to be written: what is lost with it is only that a failure is tried again.
        if let Some((pass, at)) = &issued {
            cx.record(Event::Letter(LetterEvent::NoticeIntent {
                letter: what,
                user: person.id.clone(),
                pass: pass.clone(),
                issued: *at,
            }));
        }
        Told {
            what,
            effect: Some(cx.push(Effect::SendLetter { letter })),
            trouble: None,
        }
    })
    .collect()
}

fn recorded(letter: LetterKind, answer: &Result<HandedOver, EffectFailure>, cx: &mut Context<'_>) {
    match answer {
        Ok(handed) => {
            let way = handed.way;
            cx.record(Event::Letter(LetterEvent::LetterHandedOver { letter, way }));
        }
        Err(failure) => not_sent(letter, failure.trouble.code, cx),
    }
}

fn not_sent(letter: LetterKind, code: TroubleCode, cx: &mut Context<'_>) {
    cx.record(Event::Letter(LetterEvent::LetterNotHandedOver {
        letter,
        code,
    }));
}
