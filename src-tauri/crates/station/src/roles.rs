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

/// Whether someone with these active roles may issue passes. None of them may mean a custom role, one that is not yet
/// activated, or one for a unit alone: such are not listed.
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
    } else {
        MayIssue::CannotTell
    }
}

/// Which roles are seen; one that may not be read has no id.
pub(crate) fn templates(roles: Option<&[entra::DirectoryRole]>) -> Option<Vec<String>> {
    let ids = roles?.iter().map(|role| role.template_id.clone());
    Some(ids.filter(|id| !id.is_empty()).collect())
}

/// What is known of the roles of a person of whom none could be read.
pub(crate) fn unread() -> entra::UserRoles {
    entra::UserRoles {
        roles: Vec::new(),
        role_assignable_group: false,
        complete: false,
        member_of: Vec::new(),
    }
}

/// Whether what was read is enough to say that the person is protected.
pub(crate) fn protects(roles: &entra::UserRoles) -> bool {
    matches!(target(roles, false), Target::Protected { .. })
}

/// Whether the person holds any role, or may be given one through a group; none where not all was read.
pub(crate) fn any(roles: &entra::UserRoles) -> Option<bool> {
    let any = !roles.roles.is_empty() || roles.role_assignable_group;
    (any || roles.complete).then_some(any)
}

/// Whether an Authentication Administrator may issue for someone who holds these roles.
pub(crate) fn target(roles: &entra::UserRoles, management_restricted: bool) -> Target {
    let open = |role: &&entra::DirectoryRole| {
        OPEN_TARGETS
            .iter()
            .any(|id| role.template_id.eq_ignore_ascii_case(id))
    };
    // A role that may not be read is not one without a name: it may protect or not.
    let told = |role: &&entra::DirectoryRole| !role.template_id.is_empty();
    let mut closed = roles.roles.iter().filter(told).filter(|role| !open(role));
    if let Some(role) = closed.next() {
        let name = Some(role.display_name.trim()).filter(|name| !name.is_empty());
        return Target::Protected {
            role: name.unwrap_or(&role.template_id).to_owned(),
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
    match roles.complete && roles.roles.iter().all(|role| told(&role)) {
        true => Target::Open,
        false => Target::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(template_id: &str, name: &str) -> entra::DirectoryRole {
        entra::DirectoryRole {
            template_id: template_id.to_owned(),
            display_name: name.to_owned(),
        }
    }

    fn of(roles: Vec<entra::DirectoryRole>, complete: bool) -> Target {
        let roles = entra::UserRoles {
            roles,
            role_assignable_group: false,
            complete,
            member_of: Vec::new(),
        };
        target(&roles, false)
    }

    /// W1, W10: absent is not empty.
    #[test]
    fn what_could_not_be_read_leaves_open_whether_a_person_is_protected() {
        let reader = || role(OPEN_TARGETS[4], "Reader");
        let admin = |name: &str| role(GLOBAL_ADMINISTRATOR, name);
        let protected = |role: &str| Target::Protected {
            role: role.to_owned(),
        };
        for (roles, complete, expected) in [
            (vec![], true, Target::Open),
            (vec![reader()], true, Target::Open),
            (vec![role(OPEN_TARGETS[4], "")], true, Target::Open),
            (vec![], false, Target::Unknown),
            (vec![reader()], false, Target::Unknown),
            (vec![role("", "")], true, Target::Unknown),
            (vec![reader(), role("", "Admin")], true, Target::Unknown),
            (vec![admin("Admin")], false, protected("Admin")),
            (vec![role("", ""), admin("Admin")], true, protected("Admin")),
            (vec![admin("")], true, protected(GLOBAL_ADMINISTRATOR)),
            (vec![admin("  ")], true, protected(GLOBAL_ADMINISTRATOR)),
        ] {
            assert_eq!(
                of(roles.clone(), complete),
                expected,
                "{roles:?} {complete}"
            );
        }
    }

    /// A role for a unit alone, a custom one and one not yet activated are not listed.
    #[test]
    fn a_role_that_is_not_listed_is_not_one_that_is_not_there() {
        for roles in [
            vec![],
            vec![role(OPEN_TARGETS[5], "Reports Reader")],
            vec![role("", "")],
        ] {
            assert_eq!(may_issue(&roles), MayIssue::CannotTell);
        }
        let admin = role(AUTHENTICATION_ADMINISTRATOR, "");
        assert_eq!(may_issue(&[admin]), MayIssue::Yes);
    }
}
