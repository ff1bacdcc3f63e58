//! Who the person is: what was typed to find somebody, what the directory says of them, and whether that was checked.

pub(crate) mod caller;
pub(crate) mod caller_proof;
pub(crate) mod directory;
pub(crate) mod identity_check;
pub(crate) mod passkey_rules;
pub(crate) mod query;
pub(crate) mod uninvited_kind;
