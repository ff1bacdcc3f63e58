//! What the simulated phone says, in both languages.
//!
//! Labels under "published" stand in Microsoft's localized documents or in guides made with the real app;
//! all others are ours and unverified: compare them with a real phone.

pub(crate) mod app;
pub(crate) mod site;
pub(crate) mod stops;
pub(crate) mod system;
pub(crate) mod trainer;

use crate::directory::methods::PhoneSystem;
use crate::oauth::pages::PageLanguage;

/// A text in both languages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text(pub(crate) &'static str, pub(crate) &'static str);

impl Text {
    /// The text in that language.
    pub(crate) fn of(self, language: PageLanguage) -> &'static str {
        language.pick(self.0, self.1)
    }
}

/// The system's name.
pub(crate) fn system_name(system: PhoneSystem) -> &'static str {
    match system {
        PhoneSystem::Ios => "iPhone (iOS)",
        PhoneSystem::Android => "Android",
    }
}
