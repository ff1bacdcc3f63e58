//! What each of the service's ways to tell of methods answers in place of the truth.

use onboarding::{
    Answer, DeviceAnswer, MethodQuery, MethodRead, Mono, Reading, Trouble, TroubleCode,
};

/// Which lists answer while somebody is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstRead {
    Everything,
    /// Those of each kind alone.
    Kinds,
    /// Not even those.
    Nothing,
}

/// What one way answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RouteFault {
    /// A failure, for ever.
    Fails(TroubleCode),
    /// A failure until then.
    FailsUntil(Mono, TroubleCode),
    /// The question about devices is refused.
    NotOffered,
    /// No entry has a device.
    NoDevice,
    /// The entries are not there.
    NotListed,
    /// Nothing comes back until whoever asked gives up.
    Silent,
}

/// So long somebody waits for an answer that does not come.
const PATIENCE_MS: u64 = 10_000;

/// The ways that are spoilt; the others tell the truth.
#[derive(Clone, Copy, Debug, Default)]
pub struct RouteFaults {
    /// The list of every method.
    pub whole: Option<RouteFault>,
    /// The list of each kind.
    pub kinds: Option<RouteFault>,
    /// The entries with their devices.
    pub expanded: Option<RouteFault>,
    /// The device of one entry.
    pub each: Option<RouteFault>,
}

impl RouteFaults {
    /// How long it takes until this question has an answer, or is given up.
    #[must_use]
    pub fn takes_ms(&self, wants: &MethodQuery) -> u64 {
        if self.of(wants) == Some(RouteFault::Silent) {
            return PATIENCE_MS;
        }
        0
    }

    fn of(&self, wants: &MethodQuery) -> Option<RouteFault> {
        match wants {
            MethodQuery::Everything => self.whole,
            MethodQuery::Passes | MethodQuery::Authenticators | MethodQuery::Passkeys => self.kinds,
            MethodQuery::Devices => self.expanded,
            MethodQuery::DeviceOf(_) => self.each,
        }
    }

    /// What is answered in place of the truth, if so.
    pub(crate) fn answer(
        &self,
        wants: &MethodQuery,
        truth: &MethodRead,
        now: Mono,
    ) -> Option<Answer> {
        let told = |told| Some(Answer::Read(Ok(Reading::Devices(told))));
        let failed = |code| Some(Answer::Read(Err(Trouble::new(code).into())));
        match self.of(wants)? {
            RouteFault::FailsUntil(until, _) if now >= until => None,
            RouteFault::Fails(code) | RouteFault::FailsUntil(_, code) => failed(code),
            RouteFault::Silent => failed(TroubleCode::NoNetwork),
            RouteFault::NotOffered => told(DeviceAnswer::NotOffered),
            RouteFault::NoDevice if matches!(wants, MethodQuery::DeviceOf(_)) => {
                told(DeviceAnswer::Of(None))
            }
            // The list says nothing of devices either.
            RouteFault::NoDevice => told(DeviceAnswer::Entries(truth.clone())),
            RouteFault::NotListed => told(DeviceAnswer::Entries(MethodRead::default())),
        }
    }
}
