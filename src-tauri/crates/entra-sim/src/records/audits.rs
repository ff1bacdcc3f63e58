//! The directory audit log: who changed what of whom.

use jiff::Timestamp;

use crate::records::keep;
use crate::state::{Inner, random_guid};

/// A change that is written down, by the names of Microsoft's list of audit activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Activity {
    AdminRegisteredMethod,
    AdminDeletedMethod,
    UserRegisteredMethod,
    UserDeletedMethod,
    ResetPassword,
    ChangePassword,
    UpdateUser,
    RevokeSessions,
    AddMember,
    RemoveMember,
    RegisterDevice,
}

impl Activity {
    /// `activityDisplayName`, `category`, `loggedByService`, `operationType`.
    pub(crate) fn words(self) -> [&'static str; 4] {
        const METHODS: &str = "Authentication Methods";
        const CORE: &str = "Core Directory";
        const USERS: &str = "UserManagement";
        const GROUPS: &str = "GroupManagement";
        match self {
            Self::AdminRegisteredMethod => {
                ["Admin registered security info", USERS, METHODS, "Create"]
            }
            Self::AdminDeletedMethod => ["Admin deleted security info", USERS, METHODS, "Delete"],
            Self::UserRegisteredMethod => {
                ["User registered security info", USERS, METHODS, "Create"]
            }
            Self::UserDeletedMethod => ["User deleted security info", USERS, METHODS, "Delete"],
            Self::ResetPassword => ["Reset user password", USERS, CORE, "Update"],
            Self::ChangePassword => ["Change user password", USERS, CORE, "Update"],
            Self::UpdateUser => ["Update user", USERS, CORE, "Update"],
            Self::RevokeSessions => [
                "Update StsRefreshTokenValidFrom Timestamp",
                USERS,
                CORE,
                "Update",
            ],
            Self::AddMember => ["Add member to group", GROUPS, CORE, "Assign"],
            Self::RemoveMember => ["Remove member from group", GROUPS, CORE, "Unassign"],
            Self::RegisterDevice => [
                "Register device",
                "Device",
                "Device Registration Service",
                "Add",
            ],
        }
    }
}

/// A change that happened or was refused late.
#[derive(Clone, Debug)]
pub(crate) struct Audit {
    pub(crate) id: String,
    pub(crate) correlation_id: String,
    pub(crate) at: Timestamp,
    pub(crate) activity: Activity,
    pub(crate) reason: String,
    pub(crate) failed: bool,
    /// Object id of who did it.
    pub(crate) by: String,
    /// Object ids of whom and what it concerns.
    pub(crate) targets: Vec<String>,
}

impl Inner {
    /// Writes down that `by` did something to `target`; both are object ids.
    pub(crate) fn note(
        &mut self,
        now: Timestamp,
        by: &str,
        activity: Activity,
        target: &str,
        reason: impl Into<String>,
    ) {
        self.note_all(now, by, activity, &[target], reason.into(), false);
    }

    /// See [`Inner::note`]; several targets, and it may have failed.
    pub(crate) fn note_all(
        &mut self,
        now: Timestamp,
        by: &str,
        activity: Activity,
        targets: &[&str],
        reason: String,
        failed: bool,
    ) {
        // Ids in a log come from the system, so that writing it moves nothing the seed decides.
        let audit = Audit {
            id: random_guid(),
            correlation_id: random_guid(),
            at: now,
            activity,
            reason,
            failed,
            by: by.to_owned(),
            targets: targets.iter().map(|target| (*target).to_owned()).collect(),
        };
        keep(&mut self.records.audits, audit);
    }
}
