//! What the operator sees of mail to the person.

use std::fmt;

use serde::Serialize;
use ts_rs::TS;

use super::parts::TroubleView;
use crate::notice::{AddressWarning, LetterKind, NoPassByMail};

/// Mail to the person of the visit in front.
#[derive(Clone, Debug, Serialize, TS)]
pub struct LetterView {
    /// An address may be declared now, and letters sent.
    pub open: bool,
    pub address: Option<AddressView>,
    /// A letter can be sent now.
    pub may_send: bool,
    /// None where no pass goes by mail here.
    pub pass: Option<PassByMailView>,
    pub step: LetterStep,
    /// That a pass was issued, to those whom the site tells.
    pub told: Vec<SecurityView>,
}

/// The address that was declared.
#[derive(Clone, Serialize, TS)]
pub struct AddressView {
    pub text: String,
    /// The person heard it character by character, and said yes.
    pub read_back: bool,
    pub warning: Option<AddressWarning>,
}

/// Whether the next letter may carry the pass.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PassByMailView {
    /// Why not; none where it may.
    pub no: Option<NoPassByMail>,
}

/// How far the last letter is.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum LetterStep {
    Nothing,
    Sending {
        with_pass: bool,
    },
    /// Handed over; nothing more is known.
    HandedOver {
        with_pass: bool,
        minutes: u32,
        /// Nobody knows whether it was handed over.
        unclear: Option<Box<TroubleView>>,
        /// It should be there by now.
        overdue: bool,
        /// What the person said when asked.
        arrived: Option<bool>,
    },
    Failed {
        trouble: Box<TroubleView>,
    },
}

/// How far a security notice is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct SecurityView {
    pub to: LetterKind,
    pub handed_over: bool,
    /// Why it was not.
    pub trouble: Option<TroubleView>,
}

impl fmt::Debug for AddressView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddressView")
            .field("read_back", &self.read_back)
            .field("warning", &self.warning)
            .finish_non_exhaustive()
    }
}
