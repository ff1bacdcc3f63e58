//! The rights to remove what nobody was led to, for each kind of method that the site wants removed.

use super::{Needs, missing, off, there};
use crate::trouble::Message;
use crate::view::ReadinessLine;

/// Above all of them.
const EVERY: &str = "UserAuthenticationMethod.ReadWrite.All";

const KINDS: [(&str, &str); 7] = [
    (
        "op-ready-remove-phone",
        "UserAuthMethod-Phone.ReadWrite.All",
    ),
    (
        "op-ready-remove-email",
        "UserAuthMethod-Email.ReadWrite.All",
    ),
    (
        "op-ready-remove-codes",
        "UserAuthMethod-SoftwareOATH.ReadWrite.All",
    ),
    (
        "op-ready-remove-windows-hello",
        "UserAuthMethod-WindowsHello.ReadWrite.All",
    ),
    (
        "op-ready-remove-platform-credential",
        "UserAuthMethod-PlatformCred.ReadWrite.All",
    ),
    (
        "op-ready-remove-authenticator",
        "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All",
    ),
    (
        "op-ready-remove-passkey",
        "UserAuthMethod-Passkey.ReadWrite.All",
    ),
];

impl Needs<'_> {
    /// A kind whose right nobody asked for is only named when it comes, which is what the site wanted.
    pub(super) fn of_removing(&self) -> Vec<ReadinessLine> {
        let line = |(what, right): (&str, &str)| {
            let held = self.holds(&[right, EVERY]);
            let lacks = || Message::new("op-ready-remove-missing").text("right", right);
            match held {
                true => Some(there(what)),
                false => self.lacks(right).then(|| missing(what, lacks())),
            }
        };
        let lines: Vec<_> = KINDS.into_iter().filter_map(line).collect();
        match lines.is_empty() {
            true => vec![off("op-ready-remove")],
            false => lines,
        }
    }
}
