//! One number of the table of refusals: its OAuth word, its place and its sentences.

/// Where a refusal meets the person or the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefusalStage {
    /// Before anything else, on a page, and at the token endpoint: client, tenant or redirect address are wrong.
    Client,
    /// On the account page.
    Account,
    /// On the page of the password or pass, after the right one.
    Secret,
    /// On the page of a new password.
    NewPassword,
    /// After the proof: policy, second factor, assignment, consent. Also for silent requests and refresh tokens.
    Policy,
    /// At the token endpoint only.
    Token,
    /// The service has trouble of its own: anywhere, and it passes.
    Passing,
}

/// One number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Aadsts {
    pub(crate) number: u32,
    /// OAuth's `error`.
    pub(crate) error: &'static str,
    pub(crate) suberror: Option<&'static str>,
    pub(crate) stage: RefusalStage,
    pub(crate) english: &'static str,
    pub(crate) japanese: &'static str,
}

/// An entry, column by column.
pub(super) const fn row(
    number: u32,
    error: &'static str,
    suberror: Option<&'static str>,
    stage: RefusalStage,
    english: &'static str,
    japanese: &'static str,
) -> Aadsts {
    Aadsts {
        number,
        error,
        suberror,
        stage,
        english,
        japanese,
    }
}
