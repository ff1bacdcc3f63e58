//! How people are served who call.

use onboarding::{CallerNeeds, CallerWay, Telephone};
use schemars::JsonSchema;
use serde::Deserialize;

/// How people are served who call; without this section nobody is. In `desk` mode only.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename = "Telephone", deny_unknown_fields, default)]
pub struct TelephoneSection {
    /// The ways in which a caller is proofed. `colleague` needs `limits.confirmers` or `limits.confirmer_group`.
    pub ways: Vec<CallerWayName>,
    /// What has to come together before a pass.
    pub needs: CallerNeedsName,
}

/// A way to proof a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallerWayName {
    /// Called back at a number that the directory holds, or that is registered to sign in with: strong.
    CallBack,
    /// The manager whom the directory names, called at a number that it holds: strong.
    Supervisor,
    /// A colleague signs in here and confirms each pass: supporting.
    Colleague,
}

/// What has to come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CallerNeedsName {
    /// The call-back alone.
    CallBack,
    /// Two of the ways, whichever.
    AnyTwo,
    /// The call-back and one more.
    CallBackAndOne,
    /// All three.
    All,
}

impl Default for TelephoneSection {
    fn default() -> Self {
        Self {
            ways: vec![CallerWayName::CallBack, CallerWayName::Supervisor],
            needs: CallerNeedsName::CallBackAndOne,
        }
    }
}

impl From<CallerWayName> for CallerWay {
    fn from(name: CallerWayName) -> Self {
        match name {
            CallerWayName::CallBack => Self::CallBack,
            CallerWayName::Supervisor => Self::Supervisor,
            CallerWayName::Colleague => Self::Colleague,
        }
    }
}

impl From<CallerNeedsName> for CallerNeeds {
    fn from(name: CallerNeedsName) -> Self {
        match name {
            CallerNeedsName::CallBack => Self::CallBack,
            CallerNeedsName::AnyTwo => Self::AnyTwo,
            CallerNeedsName::CallBackAndOne => Self::CallBackAndOne,
            CallerNeedsName::All => Self::All,
        }
    }
}

impl TelephoneSection {
    /// The rules a visit goes by.
    pub(super) fn rules(&self) -> Telephone {
        Telephone {
            ways: self.ways.iter().copied().map(CallerWay::from).collect(),
            needs: self.needs.into(),
        }
    }
}
