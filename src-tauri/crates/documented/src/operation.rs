//! What the client is asked for.

use serde::Deserialize;

/// An operation of the client's, by the name it has in `tests/examples`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Operation {
    SignIn(SignInStep),
    Methods(MethodsRead),
    Directory(DirectoryRead),
    DirectoryChange(DirectoryChange),
}

/// Where in a sign-in the answer comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInStep {
    SignInRedirect,
    SignInToken,
}

/// A question about somebody's methods and their use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MethodsRead {
    Authenticators,
    AuthenticatorsWithDevices,
    FirstStep,
    LastUses,
    Methods,
    Passes,
    Passkeys,
    SignIns,
}

/// A question about people, what they are in, and what holds for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryRead {
    Domain,
    MyRoles,
    PassPolicy,
    PasskeyPolicy,
    HasUnit,
    PasswordState,
    RegisteredDevices,
    SearchUsers,
    User,
    UserRoles,
}

/// A change of the directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DirectoryChange {
    ChangeMembership,
    IssuePass,
    RemoveMethod,
    RemovePass,
    ResetPassword,
    RevokeSessions,
    SendMail,
    SetPassword,
}
