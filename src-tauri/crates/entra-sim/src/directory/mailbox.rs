//! What Exchange knows of a mailbox.

use super::{Directory, User};

/// A mailbox, and who else may use it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mailbox {
    /// Graph does not reach it: on premises, switched off, or never licensed.
    pub(crate) unreachable: bool,
    /// Object ids of those who may send as it.
    pub(crate) send_as: Vec<String>,
    /// Object ids of those who may open it.
    pub(crate) full_access: Vec<String>,
}

impl User {
    /// Whether Graph can send from the person's mailbox.
    pub(crate) fn has_mailbox(&self) -> bool {
        self.mail.is_some() && !self.mailbox.unreachable
    }

    /// Whether a mail to that address lands in the person's mailbox.
    fn is_mailed_at(&self, address: &str) -> bool {
        let own = [Some(&self.upn), self.mail.as_ref()];
        let mut own = own.into_iter().flatten();
        own.any(|own| own.eq_ignore_ascii_case(address))
    }
}

impl Directory {
    /// Whose mailbox that address is.
    pub(crate) fn mailed_at(&self, address: &str) -> Option<&User> {
        self.users.iter().find(|user| user.is_mailed_at(address))
    }
}
