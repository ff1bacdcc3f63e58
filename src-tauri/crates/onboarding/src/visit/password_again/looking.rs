//! The look that a password which is needed again begins with: whether a phone was registered since the person was found
//! is not left to whichever look was made before.

use super::{Board, Context, PasswordAgain, sign_in_again};
use crate::effect::{Effect, EffectFailure, EffectId, Reading};
use crate::person::directory::{Method, MethodRead};
use crate::policy::Scopes;
use crate::reading::MethodQuery;
use crate::registration::identity::id;
use crate::retirement::UseQuestion;
use crate::time::Mono;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::old_phone::kind;

/// It is on its way.
#[derive(Debug)]
pub(crate) struct AgainLook {
    effect: EffectId,
    asked: MethodQuery,
    sent: Mono,
    /// What is asked for after that, the last one first.
    left: Vec<MethodQuery>,
}

impl PasswordAgain {
    /// The look that this is the answer to; nothing is on its way from here on.
    pub(in crate::visit) fn looked(&mut self, of: EffectId) -> Option<AgainLook> {
        let is_it = matches!(self, Self::Looking(look) if look.effect == of);
        match is_it.then(|| std::mem::take(self)) {
            Some(Self::Looking(look)) => Some(look),
            Some(Self::Nothing | Self::Asking { .. } | Self::Told { .. } | Self::Needed { .. })
            | None => None,
        }
    }
}

/// The lists of each kind that a phone may be in.
fn of_each_kind() -> Vec<MethodQuery> {
    vec![MethodQuery::Passkeys, MethodQuery::Authenticators]
}

impl Board {
    /// Looks at the person's phones; the question comes with the answer.
    pub(super) fn look_before_question(&mut self, cx: &mut Context<'_>) {
        let left = match cx.policy.scopes {
            Scopes::Wide => vec![MethodQuery::Everything],
            Scopes::Narrow => of_each_kind(),
        };
        self.look_for_phones(left, cx);
    }

    /// Whether one left.
    fn look_for_phones(&mut self, mut left: Vec<MethodQuery>, cx: &mut Context<'_>) -> bool {
        let Some(asked) = left.pop() else {
            return false;
        };
        let sent = cx.now.mono;
        cx.rate_limit.spend(sent);
        let effect = cx.push(Effect::ReadMethods {
            user: self.person.id.clone(),
            asked_for: true,
            wants: asked.clone(),
        });
        self.again = PasswordAgain::Looking(AgainLook {
            effect,
            asked,
            sent,
            left,
        });
        true
    }

    /// What it shows: the question comes where nothing stands in the way, and everything is looked at anew.
    pub(in crate::visit) fn on_looked_before_question(
        &mut self,
        look: AgainLook,
        answer: Result<Reading, EffectFailure>,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let read = match &answer {
            Ok(reading @ Reading::Methods(read)) => {
                self.see_removed(read, &look.asked, cx);
                self.notice(reading, &look.asked, look.sent, cx);
                read
            }
            Ok(Reading::Devices(_)) => return Some(Trouble::new(TroubleCode::Unexpected)),
            Err(failure) => return self.not_looked(&look, failure, cx),
        };
        if cx.operator.is_none() {
            return Some(sign_in_again());
        }
        if let Err(trouble) = self.refuse_undecided(read) {
            return Some(trouble);
        }
        // Meanwhile a pass may have been asked for.
        if self.look_for_phones(look.left, cx) || !self.may_need_password(cx) {
            return None;
        }
        if let Err(trouble) = self.may_be_decided(cx) {
            return Some(trouble);
        }
        self.again = PasswordAgain::Asking {
            question: UseQuestion::Windows,
            answer: None,
            unsure: false,
        };
        None
    }

    /// Where the one list does not answer, those of each kind may. Else it is said, and can be pressed again.
    fn not_looked(
        &mut self,
        look: &AgainLook,
        failure: &EffectFailure,
        cx: &mut Context<'_>,
    ) -> Option<Trouble> {
        let of_the_way = failure.trouble.code.is_of_the_way();
        let otherwise = look.asked == MethodQuery::Everything && of_the_way;
        let otherwise = otherwise && cx.operator.is_some();
        match otherwise && self.look_for_phones(of_each_kind(), cx) {
            true => None,
            false => Some(failure.trouble.clone()),
        }
    }

    /// The operator was told of a phone in this read that nobody was led to, and has not decided on it.
    fn refuse_undecided(&self, read: &MethodRead) -> Result<(), Trouble> {
        let waits = |method: &Method| {
            let of_a_phone = kind(method).and_then(|_| id(method));
            of_a_phone.is_some_and(|method| self.waits_for_word(method))
        };
        match read.methods.iter().any(waits) {
            true => Err(Trouble::new(TroubleCode::PhoneSince)),
            false => Ok(()),
        }
    }

    /// The same of what any look before showed.
    pub(super) fn refuse_strays(&self) -> Result<(), Trouble> {
        match self.evidence.strays.are_open() {
            true => Err(Trouble::new(TroubleCode::PhoneSince)),
            false => Ok(()),
        }
    }
}
