//! Once the new phone passed the test, what was registered before is retired: one by one, each with a yes of its own.

use crate::earlier_phone::EarlierPhone;
use crate::record::{Event, PhoneEvent, RegisteredKind};
use crate::registration::identity::id;
use crate::trouble::{Trouble, TroubleCode};
use crate::visit::{Board, Context, illegal_in_state, sign_in_again};

use super::MethodEnd;

impl Board {
    /// Whether it is offered at all. Where nobody said what becomes of the earlier phone, it is only where another one
    /// came in this visit: a passkey may be on the phone that was there before.
    pub(super) fn offers_retiring(&self) -> bool {
        let passed = self.test_passed();
        passed
            && match self.old_phone.said {
                Some(EarlierPhone::InUse) => false,
                Some(EarlierPhone::Replaced | EarlierPhone::Lost | EarlierPhone::LostToOthers) => {
                    true
                }
                None => self.another_phone_came(),
            }
    }

    fn another_phone_came(&self) -> bool {
        let by_phone = self.evidence.registered == Some(RegisteredKind::PhoneSignIn);
        let entry = self.evidence.registered_entry.as_deref();
        let was_there = self.baseline.methods.iter().any(|known| id(known) == entry);
        by_phone && entry.is_some() && !was_there
    }

    /// The methods that are still to be decided on.
    pub(super) fn undecided(&self) -> bool {
        self.earlier_methods()
            .any(|(method, ..)| !self.old_phone.is_decided(method))
    }

    /// The operator's yes to one of them.
    pub(super) fn retire_method(
        &mut self,
        method: &str,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?;
        let kind = self.decidable(method)?;
        if !operator.may_remove.contains(&kind) {
            return Err(Trouble::new(TroubleCode::NotAllowedHere));
        }
        self.take_out((vec![method.to_owned()], false), operator, cx);
        Ok(())
    }

    /// It stays with the person.
    pub(super) fn leave_method(
        &mut self,
        method: &str,
        cx: &mut Context<'_>,
    ) -> Result<(), Trouble> {
        let operator = cx.operator.ok_or_else(sign_in_again)?.oid.clone();
        self.decidable(method)?;
        let method = method.to_owned();
        self.old_phone.ends.insert(method.clone(), MethodEnd::Left);
        cx.record(Event::Phone(PhoneEvent::EarlierMethodLeft {
            method,
            operator,
        }));
        Ok(())
    }

    /// What this one is, where it can be decided on now.
    fn decidable(&self, wanted: &str) -> Result<crate::UninvitedKind, Trouble> {
        let is_open = self.offers_retiring()
            && !self.old_phone.is_busy()
            && !self.old_phone.is_decided(wanted);
        let mut earlier = self.earlier_methods().filter(|_| is_open);
        let found = earlier.find(|(method, ..)| *method == wanted);
        found.map(|(_, kind, _)| kind).ok_or_else(illegal_in_state)
    }
}
