//! What directory roles mean for issuing passes, by Microsoft's published matrix.

use onboarding::{MayIssue, Target};

const AUTHENTICATION_ADMINISTRATOR: &str = "c4e39bd9-1100-46d3-8c65-fb160da0071f";
const PRIVILEGED_AUTHENTICATION_ADMINISTRATOR: &str = "7be44c8a-adaf-4e2a-84d6-ab2649e08a13";
const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

/// Roles whose holders an Authentication Administrator may still serve.
const OPEN_TARGETS: [&str; 8] = [
    AUTHENTICATION_ADMINISTRATOR,
    // Directory Readers, Guest Inviter, Password Administrator
    "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
    "95e79109-95c0-4d8e-aee3-d01accf2d47b",
    "966707d0-3269-4727-9be2-8c3a10f19b9d",
    // Message Center Reader, Reports Reader
    "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b",
    "4a5d8f65-41da-4de4-8968-e035b65339cf",
    // User Experience Success Manager, Usage Summary Reports Reader
    "27460883-1df1-4691-b032-3b79643e5e63",
    "75934031-6c7e-415a-99d7-48dbd49e875e",
];

/// Whether someone with these active roles may issue passes. No role may mean a custom role or one not yet activated.
pub(crate) fn may_issue(roles: &[entra::DirectoryRole]) -> MayIssue {
    let holds = |id: &str| {
        roles
            .iter()
            .any(|role| role.template_id.eq_ignore_ascii_case(id))
    };
    if holds(PRIVILEGED_AUTHENTICATION_ADMINISTRATOR) || holds(GLOBAL_ADMINISTRATOR) {
        MayIssue::YesForAdmins
    } else if holds(AUTHENTICATION_ADMINISTRATOR) {
        MayIssue::Yes
    } else if roles.is_empty() {
        MayIssue::CannotTell
    } else {
        MayIssue::No
    }
}

/// Whether an Authentication Administrator may issue for someone who holds these roles.
pub(crate) fn target(roles: &entra::UserRoles, management_restricted: bool) -> Target {
    let open = |role: &&entra::DirectoryRole| {
        OPEN_TARGETS
            .iter()
            .any(|id| role.template_id.eq_ignore_ascii_case(id))
    };
    if let Some(role) = roles.roles.iter().find(|role| !open(role)) {
        return Target::Protected {
            role: role.display_name.clone(),
        };
    }
    if roles.role_assignable_group {
        return Target::Protected {
            role: "role-assignable group".to_owned(),
        };
    }
    if management_restricted {
        return Target::Protected {
            role: "restricted management administrative unit".to_owned(),
        };
    }
    Target::Open
}
