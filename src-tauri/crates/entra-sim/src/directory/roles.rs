//! Directory roles, and who may manage whose authentication methods.

/// The built-in roles this tenant knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    GlobalAdministrator,
    GlobalReader,
    PrivilegedAuthenticationAdministrator,
    AuthenticationAdministrator,
    AuthenticationPolicyAdministrator,
    HelpdeskAdministrator,
    UserAdministrator,
    GroupsAdministrator,
    PasswordAdministrator,
    DirectoryReaders,
    GuestInviter,
    MessageCenterReader,
    ReportsReader,
    UserExperienceSuccessManager,
    UsageSummaryReportsReader,
}

impl Role {
    /// Every role, for look-ups by name.
    pub(crate) const ALL: [Self; 15] = [
        Self::GlobalAdministrator,
        Self::GlobalReader,
        Self::PrivilegedAuthenticationAdministrator,
        Self::AuthenticationAdministrator,
        Self::AuthenticationPolicyAdministrator,
        Self::HelpdeskAdministrator,
        Self::UserAdministrator,
        Self::GroupsAdministrator,
        Self::PasswordAdministrator,
        Self::DirectoryReaders,
        Self::GuestInviter,
        Self::MessageCenterReader,
        Self::ReportsReader,
        Self::UserExperienceSuccessManager,
        Self::UsageSummaryReportsReader,
    ];

    /// Microsoft's name of the role.
    pub(crate) fn name(self) -> &'static str {
        self.facts().0
    }

    /// The id that is the same in every tenant.
    pub(crate) fn template_id(self) -> &'static str {
        self.facts().1
    }

    /// The role with that name, if this tenant knows it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|role| role.name().eq_ignore_ascii_case(name))
    }

    fn facts(self) -> (&'static str, &'static str) {
        match self {
            Self::GlobalAdministrator => (
                "Global Administrator",
                "62e90394-69f5-4237-9190-012177145e10",
            ),
            Self::GlobalReader => ("Global Reader", "f2ef992c-3afb-46b9-b7cf-a126ee74c451"),
            Self::PrivilegedAuthenticationAdministrator => (
                "Privileged Authentication Administrator",
                "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
            ),
            Self::AuthenticationAdministrator => (
                "Authentication Administrator",
                "c4e39bd9-1100-46d3-8c65-fb160da0071f",
            ),
            Self::AuthenticationPolicyAdministrator => (
                "Authentication Policy Administrator",
                "0526716b-113d-4c15-b2c8-68e3c22b9f80",
            ),
            Self::HelpdeskAdministrator => (
                "Helpdesk Administrator",
                "729827e3-9c14-49f7-bb1b-9608f156bbb8",
            ),
            Self::UserAdministrator => {
                ("User Administrator", "fe930be7-5e62-47db-91af-98c3a49a38b1")
            }
            Self::GroupsAdministrator => (
                "Groups Administrator",
                "fdd7a751-b60b-444a-984c-02652fe8fa1c",
            ),
            Self::PasswordAdministrator => (
                "Password Administrator",
                "966707d0-3269-4727-9be2-8c3a10f19b9d",
            ),
            Self::DirectoryReaders => ("Directory Readers", "88d8e3e3-8f55-4a1e-953a-9b9898b8876b"),
            Self::GuestInviter => ("Guest Inviter", "95e79109-95c0-4d8e-aee3-d01accf2d47b"),
            Self::MessageCenterReader => (
                "Message Center Reader",
                "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b",
            ),
            Self::ReportsReader => ("Reports Reader", "4a5d8f65-41da-4de4-8968-e035b65339cf"),
            Self::UserExperienceSuccessManager => (
                "User Experience Success Manager",
                "27460883-1df1-4691-b032-3b79643e5e63",
            ),
            Self::UsageSummaryReportsReader => (
                "Usage Summary Reports Reader",
                "75934031-6c7e-415a-99d7-48dbd49e875e",
            ),
        }
    }

    /// Whether an Authentication Administrator may manage somebody who holds this role.
    fn open_to_authentication_administrator(self) -> bool {
        match self {
            Self::AuthenticationAdministrator
            | Self::PasswordAdministrator
            | Self::DirectoryReaders
            | Self::GuestInviter
            | Self::MessageCenterReader
            | Self::ReportsReader
            | Self::UserExperienceSuccessManager
            | Self::UsageSummaryReportsReader => true,
            Self::GlobalAdministrator
            | Self::GlobalReader
            | Self::PrivilegedAuthenticationAdministrator
            | Self::AuthenticationPolicyAdministrator
            | Self::HelpdeskAdministrator
            | Self::UserAdministrator
            | Self::GroupsAdministrator => false,
        }
    }
}

/// What matters of a person as the target of somebody's administration.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standing<'a> {
    pub(crate) roles: &'a [Role],
    pub(crate) in_role_assignable_group: bool,
}

/// Whether a holder of `caller` roles may create, see in full or delete methods of `target`.
pub(crate) fn may_manage(caller: &[Role], target: Standing<'_>) -> bool {
    if caller.contains(&Role::PrivilegedAuthenticationAdministrator)
        || caller.contains(&Role::GlobalAdministrator)
    {
        return true;
    }
    caller.contains(&Role::AuthenticationAdministrator)
        && !target.in_role_assignable_group
        && target
            .roles
            .iter()
            .all(|role| role.open_to_authentication_administrator())
}

/// Whether a holder of `caller` roles may read other people's methods.
pub(crate) fn may_read_methods(caller: &[Role]) -> bool {
    caller.iter().any(|role| {
        matches!(
            role,
            Role::GlobalAdministrator
                | Role::GlobalReader
                | Role::PrivilegedAuthenticationAdministrator
                | Role::AuthenticationAdministrator
        )
    })
}

/// Whether a holder of `caller` roles may read the authentication methods policy where a role is asked for.
pub(crate) fn may_read_policy(caller: &[Role]) -> bool {
    caller.iter().any(|role| {
        matches!(
            role,
            Role::GlobalAdministrator
                | Role::GlobalReader
                | Role::AuthenticationPolicyAdministrator
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(caller: Role, target: &[Role], in_role_assignable_group: bool, expected: bool) {
        let standing = Standing {
            roles: target,
            in_role_assignable_group,
        };
        assert_eq!(
            may_manage(&[caller], standing),
            expected,
            "{caller:?} for {target:?}, group {in_role_assignable_group}"
        );
    }

    #[test]
    fn the_published_matrix_holds() {
        use Role::{
            AuthenticationAdministrator as Aa, DirectoryReaders, GlobalAdministrator, GlobalReader,
            GroupsAdministrator, HelpdeskAdministrator,
            PrivilegedAuthenticationAdministrator as Paa, UserAdministrator,
        };
        check(Aa, &[], false, true);
        check(Aa, &[DirectoryReaders], false, true);
        check(Aa, &[Aa], false, true);
        check(Aa, &[HelpdeskAdministrator], false, false);
        check(Aa, &[GroupsAdministrator], false, false);
        check(Aa, &[GlobalAdministrator], false, false);
        check(Aa, &[DirectoryReaders, GlobalReader], false, false);
        check(Aa, &[], true, false);
        check(Paa, &[GlobalAdministrator], true, true);
        check(HelpdeskAdministrator, &[], false, false);
        check(UserAdministrator, &[], false, false);
        check(GlobalReader, &[], false, false);
    }
}
