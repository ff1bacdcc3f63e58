//! The identity check: what was checked, for whom, until when. No check, no pass, by type.

use super::caller_proof::CallerProof;
use crate::ids::{Subject, UserId, VisitId};
use crate::note::{NoteKind, Notes};
use crate::policy::Policy;
use crate::record::{RenewReason, RenewalNote};
use crate::time::Mono;
use crate::trouble::{Trouble, TroubleCode};

/// The list while it is being ticked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CheckList {
    pub(crate) ticked: Vec<String>,
    pub(crate) notes: Notes,
    pub(crate) phone_confirmed: bool,
}

/// A completed check. It belongs to one visit, one person and one operator, and does not last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityCheck {
    subject: Subject,
    operator: UserId,
    /// The names of what was checked.
    checks: Vec<String>,
    /// How somebody was proofed who called; none where the person is at the counter.
    caller: Option<CallerProof>,
    valid_until: Mono,
    renewals_left: u8,
}

/// The right to ask for one pass; only a completed check gives it.
#[derive(Debug, PartialEq, Eq)]
pub struct IssuePermit {
    subject: Subject,
    renewal: Option<RenewalNote>,
    /// The colleague who confirmed this one, where the site wants that.
    confirmed_by: Option<UserId>,
}

impl CheckList {
    /// Whether `check` is one of the site's and was not ticked already.
    pub(crate) fn tick(&mut self, check: &str, on: bool, policy: &Policy) -> Result<(), Trouble> {
        if !policy.checks.iter().any(|rule| rule.id == check) {
            return Err(Trouble::new(TroubleCode::NotNow));
        }
        self.ticked.retain(|ticked| ticked != check);
        if on {
            self.ticked.push(check.to_owned());
        }
        Ok(())
    }

    /// Turns the list into a check, or says what is missing.
    pub(crate) fn complete(
        &self,
        subject: Subject,
        operator: &UserId,
        policy: &Policy,
        now: Mono,
    ) -> Result<IdentityCheck, Trouble> {
        if self.ticked.len() < usize::from(policy.checks_required.max(1)) {
            return Err(Trouble::new(TroubleCode::CheckMissing)
                .number("required", policy.checks_required.max(1)));
        }
        if !self.phone_confirmed {
            return Err(Trouble::new(TroubleCode::PhoneNotConfirmed));
        }
        if let Some(kind) = self.missing_note(policy) {
            return Err(Trouble::new(kind.missing()));
        }
        Ok(IdentityCheck {
            subject,
            operator: operator.clone(),
            checks: self.ticked.clone(),
            caller: None,
            valid_until: now.after_s(u64::from(policy.check_valid_minutes) * 60),
            renewals_left: policy.renewals_max,
        })
    }

    /// The first note that a ticked check asks for and nobody has written.
    pub(crate) fn missing_note(&self, policy: &Policy) -> Option<NoteKind> {
        let wanted = self.wanted_notes(policy);
        wanted
            .into_iter()
            .find_map(|(kind, text)| text.is_empty().then_some(kind))
    }

    /// The notes that ticked checks ask for, without blanks around them. What was written beside a check that is no
    /// longer ticked is none of them.
    pub(crate) fn wanted_notes(&self, policy: &Policy) -> Notes {
        let ticked = policy
            .checks
            .iter()
            .filter(|rule| self.ticked.contains(&rule.id));
        let text = |kind| {
            self.notes
                .get(kind)
                .map_or("", |text| text.trim())
                .to_owned()
        };
        ticked
            .flat_map(|rule| &rule.notes)
            .map(|kind| (*kind, text(kind)))
            .collect()
    }
}

impl IdentityCheck {
    /// The check of somebody who calls, by calls the first of which was made at `since`: nothing of what a counter may see
    /// is in it.
    pub(super) fn of_caller(
        subject: Subject,
        operator: &UserId,
        proof: CallerProof,
        policy: &Policy,
        since: Mono,
    ) -> Self {
        Self {
            subject,
            operator: operator.clone(),
            checks: Vec::new(),
            caller: Some(proof),
            valid_until: since.after_s(u64::from(policy.check_valid_minutes) * 60),
            renewals_left: policy.renewals_max,
        }
    }

    /// How the person was proofed, where they called.
    pub(crate) fn caller(&self) -> Option<&CallerProof> {
        self.caller.as_ref()
    }

    /// The right to the first pass.
    pub(crate) fn permit(
        &self,
        user: &UserId,
        operator: &UserId,
        now: Mono,
    ) -> Result<IssuePermit, Trouble> {
        self.holds(user, operator, now)?;
        Ok(IssuePermit {
            subject: self.subject.clone(),
            renewal: None,
            confirmed_by: None,
        })
    }

    /// The right to one more pass, while the same person is still here.
    pub(crate) fn permit_renewal(
        &mut self,
        user: &UserId,
        operator: &UserId,
        same_person: bool,
        reason: RenewReason,
        policy: &Policy,
        now: Mono,
    ) -> Result<IssuePermit, Trouble> {
        self.holds(user, operator, now)?;
        if !same_person {
            return Err(Trouble::new(TroubleCode::SamePersonNotConfirmed));
        }
        if self.renewals_left == 0 {
            return Err(
                Trouble::new(TroubleCode::RenewalsUsedUp).number("max", policy.renewals_max)
            );
        }
        self.renewals_left -= 1;
        let number = policy.renewals_max - self.renewals_left;
        let renewal = Some(RenewalNote {
            number,
            reason,
            same_person,
        });
        Ok(IssuePermit {
            subject: self.subject.clone(),
            renewal,
            confirmed_by: None,
        })
    }

    /// Which renewal the next one would be; none where none is left.
    pub(crate) fn next_renewal(&self, policy: &Policy) -> Option<u8> {
        let used = policy.renewals_max.saturating_sub(self.renewals_left);
        (self.renewals_left > 0).then(|| used.saturating_add(1))
    }

    /// The names of what was checked.
    pub(crate) fn checks(&self) -> &[String] {
        &self.checks
    }

    /// Gives back a renewal that led to no request.
    pub(crate) fn return_renewal(&mut self) {
        self.renewals_left = self.renewals_left.saturating_add(1);
    }

    /// Who made the check.
    pub(crate) fn operator(&self) -> &UserId {
        &self.operator
    }

    pub(crate) fn renewals_left(&self) -> u8 {
        self.renewals_left
    }

    pub(crate) fn valid_until(&self) -> Mono {
        self.valid_until
    }

    fn holds(&self, user: &UserId, operator: &UserId, now: Mono) -> Result<(), Trouble> {
        if &self.subject.user != user || &self.operator != operator || now >= self.valid_until {
            return Err(Trouble::new(TroubleCode::CheckExpired));
        }
        Ok(())
    }
}

impl IssuePermit {
    /// The visit the pass is for.
    #[must_use]
    pub fn visit(&self) -> VisitId {
        self.subject.visit
    }

    /// The person the pass is for.
    #[must_use]
    pub fn user(&self) -> &UserId {
        &self.subject.user
    }

    pub(crate) fn renewal(&self) -> Option<&RenewalNote> {
        self.renewal.as_ref()
    }

    /// The same permit with the word of a colleague.
    pub(crate) fn confirmed(self, confirmed_by: Option<UserId>) -> Self {
        Self {
            confirmed_by,
            ..self
        }
    }

    pub(crate) fn confirmed_by(&self) -> Option<&UserId> {
        self.confirmed_by.as_ref()
    }
}
