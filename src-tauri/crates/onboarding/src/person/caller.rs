//! What was done to proof somebody who calls, while it is being done. No field of it takes a number: only places in the
//! list of those that the directory holds.

use super::caller_proof::CallerProof;
use super::identity_check::IdentityCheck;
use crate::ids::{Subject, UserId};
use crate::policy::Policy;
use crate::record::CallerChecked;
use crate::telephone::{CallNumber, CallNumbers, CallerWay, Supervisor, Telephone};
use crate::time::Mono;
use crate::trouble::{Trouble, TroubleCode};

/// The ways while they are being taken.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallerList {
    /// None while the directory was not read.
    numbers: Option<CallNumbers>,
    /// Which of the caller's numbers reached the caller.
    called_back: Option<usize>,
    /// At which number the supervisor said yes.
    supervisor: Option<usize>,
    /// A colleague will confirm each pass.
    colleague: bool,
    /// When the first of the calls was made: what was said in it grows old.
    since: Option<Mono>,
}

impl CallerList {
    /// They are read anew: whatever was done by them has to be done again.
    pub(crate) fn forget_numbers(&mut self) {
        *self = Self {
            colleague: self.colleague,
            ..Self::default()
        };
    }

    pub(crate) fn read(&mut self, numbers: CallNumbers) {
        self.numbers = Some(numbers);
    }

    pub(crate) fn numbers(&self) -> Option<&CallNumbers> {
        self.numbers.as_ref()
    }

    pub(crate) fn called_back(&self) -> Option<usize> {
        self.called_back
    }

    pub(crate) fn supervisor_at(&self) -> Option<usize> {
        self.supervisor
    }

    /// The caller was reached at this one of the numbers that are held, or not.
    pub(crate) fn call_back(
        &mut self,
        at: Option<usize>,
        (rules, now): (&Telephone, Mono),
    ) -> Result<(), Trouble> {
        let held = self.numbers.as_ref().map(|numbers| &numbers.person);
        let is_held = held.zip(at).is_some_and(|(held, at)| at < held.len());
        let offered = rules.ways.contains(&CallerWay::CallBack);
        if at.is_some() && !(is_held && offered) {
            return Err(Trouble::new(TroubleCode::NotNow));
        }
        let next = Self {
            called_back: at,
            ..self.clone()
        };
        self.take(next, now)
    }

    /// The supervisor was reached at this one, and said yes.
    pub(crate) fn supervisor_says(
        &mut self,
        at: Option<usize>,
        (rules, now): (&Telephone, Mono),
    ) -> Result<(), Trouble> {
        let is_held = self.supervisor().zip(at);
        let is_held = is_held.is_some_and(|(supervisor, at)| at < supervisor.numbers.len());
        let offered = rules.ways.contains(&CallerWay::Supervisor);
        if at.is_some() && !(is_held && offered) {
            return Err(Trouble::new(TroubleCode::NotNow));
        }
        let next = Self {
            supervisor: at,
            ..self.clone()
        };
        self.take(next, now)
    }

    pub(crate) fn colleague_confirms(
        &mut self,
        on: bool,
        rules: &Telephone,
    ) -> Result<(), Trouble> {
        if on && !rules.ways.contains(&CallerWay::Colleague) {
            return Err(Trouble::new(TroubleCode::NotNow));
        }
        self.colleague = on;
        Ok(())
    }

    /// Which ways were taken so far.
    pub(crate) fn taken(&self) -> Vec<CallerWay> {
        let taken = |way: &CallerWay| match way {
            CallerWay::CallBack => self.called_back.is_some(),
            CallerWay::Supervisor => self.supervisor.is_some(),
            CallerWay::Colleague => self.colleague,
        };
        CallerWay::ALL.into_iter().filter(taken).collect()
    }

    /// Turns what was done into a check, or says what is missing.
    pub(crate) fn complete(
        &self,
        subject: Subject,
        operator: &UserId,
        policy: &Policy,
        now: Mono,
    ) -> Result<(IdentityCheck, CallerChecked), Trouble> {
        let rules = policy.telephone.as_ref();
        let rules = rules.ok_or_else(|| Trouble::new(TroubleCode::NotAllowedHere))?;
        let (user, ways) = (subject.user.clone(), self.taken());
        if !rules.needs.met_by(&ways) || ways.iter().any(|way| !rules.ways.contains(way)) {
            return Err(Trouble::new(TroubleCode::CallerNotProofed));
        }
        let called = [
            self.called_back.and_then(|at| self.of_caller(at)),
            self.supervisor.and_then(|at| self.of_supervisor(at)),
        ];
        let vouched = self.supervisor().filter(|_| self.supervisor.is_some());
        let recorded = CallerChecked {
            strengths: ways.iter().map(|way| way.strength()).collect(),
            called_at: called.into_iter().flatten().map(|it| it.kind).collect(),
            supervisor: vouched.map(|supervisor| supervisor.id.clone()),
            needs: rules.needs,
            ways: ways.clone(),
        };
        let proof = CallerProof::of(ways);
        let since = self.since.unwrap_or(now);
        let check = IdentityCheck::of_caller(subject, operator, proof, policy, since);
        check.permit(&user, operator, now)?;
        Ok((check, recorded))
    }

    fn supervisor(&self) -> Option<&Supervisor> {
        self.numbers.as_ref()?.supervisor.as_ref()
    }

    fn of_caller(&self, at: usize) -> Option<&CallNumber> {
        self.numbers.as_ref()?.person.get(at)
    }

    fn of_supervisor(&self, at: usize) -> Option<&CallNumber> {
        self.supervisor()?.numbers.get(at)
    }

    /// Whoever answers one telephone twice is one person.
    fn take(&mut self, next: Self, now: Mono) -> Result<(), Trouble> {
        let caller = next.called_back.and_then(|at| next.of_caller(at));
        let supervisor = next.supervisor.and_then(|at| next.of_supervisor(at));
        let both = caller.zip(supervisor);
        if both.is_some_and(|(caller, supervisor)| caller.is_same_line(supervisor)) {
            return Err(Trouble::new(TroubleCode::SameTelephone));
        }
        let called = next.called_back.is_some() || next.supervisor.is_some();
        let since = next.since.or(Some(now)).filter(|_| called);
        *self = Self { since, ..next };
        Ok(())
    }
}
