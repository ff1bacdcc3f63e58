//! What each of the service's ways to tell of methods answers in place of the truth.

use onboarding::{
    Answer, DeviceAnswer, EffectFailure, MethodQuery, MethodRead, Mono, Reading, Trouble,
    TroubleCode,
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
}

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
    /// What is answered in place of the truth, if so.
    pub(crate) fn answer(
        &self,
        wants: &MethodQuery,
        truth: &MethodRead,
        now: Mono,
    ) -> Option<Answer> {
        let fault = match wants {
            MethodQuery::Everything => self.whole,
            MethodQuery::Passes | MethodQuery::Authenticators | MethodQuery::Passkeys => self.kinds,
            MethodQuery::Devices => self.expanded,
            MethodQuery::DeviceOf(_) => self.each,
        }?;
        let told = |told| Some(Answer::Read(Ok(Reading::Devices(told))));
        match fault {
            RouteFault::FailsUntil(until, _) if now >= until => None,
            RouteFault::Fails(code) | RouteFault::FailsUntil(_, code) => {
                Some(Answer::Read(Err(EffectFailure::from(Trouble::new(code)))))
            }
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
