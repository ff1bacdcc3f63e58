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
    PrivilegedRoleAdministrator,
    SecurityReader,
    SecurityOperator,
    SecurityAdministrator,
    ApplicationAdministrator,
    CloudApplicationAdministrator,
    ExchangeAdministrator,
}

impl Role {
    /// Every role, for look-ups by name.
    pub(crate) const ALL: [Self; 22] = [
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
        Self::PrivilegedRoleAdministrator,
        Self::SecurityReader,
        Self::SecurityOperator,
        Self::SecurityAdministrator,
        Self::ApplicationAdministrator,
        Self::CloudApplicationAdministrator,
        Self::ExchangeAdministrator,
    ];

    /// Microsoft's name of the role.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::GlobalAdministrator => "Global Administrator",
            Self::GlobalReader => "Global Reader",
            Self::PrivilegedAuthenticationAdministrator => {
                "Privileged Authentication Administrator"
            }
            Self::AuthenticationAdministrator => "Authentication Administrator",
            Self::AuthenticationPolicyAdministrator => "Authentication Policy Administrator",
            Self::HelpdeskAdministrator => "Helpdesk Administrator",
            Self::UserAdministrator => "User Administrator",
            Self::GroupsAdministrator => "Groups Administrator",
            Self::PasswordAdministrator => "Password Administrator",
            Self::DirectoryReaders => "Directory Readers",
            Self::GuestInviter => "Guest Inviter",
            Self::MessageCenterReader => "Message Center Reader",
            Self::ReportsReader => "Reports Reader",
            Self::UserExperienceSuccessManager => "User Experience Success Manager",
            Self::UsageSummaryReportsReader => "Usage Summary Reports Reader",
            Self::PrivilegedRoleAdministrator => "Privileged Role Administrator",
            Self::SecurityReader => "Security Reader",
            Self::SecurityOperator => "Security Operator",
            Self::SecurityAdministrator => "Security Administrator",
            Self::ApplicationAdministrator => "Application Administrator",
            Self::CloudApplicationAdministrator => "Cloud Application Administrator",
            Self::ExchangeAdministrator => "Exchange Administrator",
        }
    }

    /// The id that is the same in every tenant.
    pub(crate) fn template_id(self) -> &'static str {
        match self {
            Self::GlobalAdministrator => "62e90394-69f5-4237-9190-012177145e10",
            Self::GlobalReader => "f2ef992c-3afb-46b9-b7cf-a126ee74c451",
            Self::PrivilegedAuthenticationAdministrator => "7be44c8a-adaf-4e2a-84d6-ab2649e08a13",
            Self::AuthenticationAdministrator => "c4e39bd9-1100-46d3-8c65-fb160da0071f",
            Self::AuthenticationPolicyAdministrator => "0526716b-113d-4c15-b2c8-68e3c22b9f80",
            Self::HelpdeskAdministrator => "729827e3-9c14-49f7-bb1b-9608f156bbb8",
            Self::UserAdministrator => "fe930be7-5e62-47db-91af-98c3a49a38b1",
            Self::GroupsAdministrator => "fdd7a751-b60b-444a-984c-02652fe8fa1c",
            Self::PasswordAdministrator => "966707d0-3269-4727-9be2-8c3a10f19b9d",
            Self::DirectoryReaders => "88d8e3e3-8f55-4a1e-953a-9b9898b8876b",
            Self::GuestInviter => "95e79109-95c0-4d8e-aee3-d01accf2d47b",
            Self::MessageCenterReader => "790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b",
            Self::ReportsReader => "4a5d8f65-41da-4de4-8968-e035b65339cf",
            Self::UserExperienceSuccessManager => "27460883-1df1-4691-b032-3b79643e5e63",
            Self::UsageSummaryReportsReader => "75934031-6c7e-415a-99d7-48dbd49e875e",
            Self::PrivilegedRoleAdministrator => "e8611ab8-c189-46e8-94e1-60213ab1f814",
            Self::SecurityReader => "5d6b6bb7-de71-4623-b4af-96380a352509",
            Self::SecurityOperator => "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f",
            Self::SecurityAdministrator => "194ae4cb-b126-40b2-bd5b-6091b380977d",
            Self::ApplicationAdministrator => "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3",
            Self::CloudApplicationAdministrator => "158c047a-c907-4556-b7ef-446551a6b5f7",
            Self::ExchangeAdministrator => "29232cdf-9323-42fd-ade2-1d097af3e4de",
        }
    }

    /// The role with that name, if this tenant knows it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|role| role.name().eq_ignore_ascii_case(name))
    }

    /// Which limited administrators may act on somebody who holds this role.
    ///
    /// Microsoft's published matrix for sensitive actions and password reset.
    fn open_to(self) -> &'static [Self] {
        use Role::{
            AuthenticationAdministrator as Authentication, HelpdeskAdministrator as Helpdesk,
            PasswordAdministrator as Password, UserAdministrator as User,
        };
        match self {
            Self::DirectoryReaders | Self::GuestInviter | Self::PasswordAdministrator => {
                &[Authentication, User, Helpdesk, Password]
            }
            Self::MessageCenterReader
            | Self::ReportsReader
            | Self::UserExperienceSuccessManager
            | Self::UsageSummaryReportsReader => &[Authentication, User, Helpdesk],
            Self::AuthenticationAdministrator => &[Authentication],
            Self::HelpdeskAdministrator => &[User, Helpdesk],
            Self::UserAdministrator | Self::GroupsAdministrator => &[User],
            Self::GlobalAdministrator
            | Self::GlobalReader
            | Self::PrivilegedAuthenticationAdministrator
            | Self::AuthenticationPolicyAdministrator
            | Self::PrivilegedRoleAdministrator
            | Self::SecurityReader
            | Self::SecurityOperator
            | Self::SecurityAdministrator
            | Self::ApplicationAdministrator
            | Self::CloudApplicationAdministrator
            | Self::ExchangeAdministrator => &[],
        }
    }
}

/// What matters of a person as the target of somebody's administration.
#[derive(Clone, Debug, Default)]
pub(crate) struct AdministrationTarget {
    /// Direct ones, those borne by a group, and those the person is eligible for.
    pub(crate) roles: Vec<Role>,
    /// Member or owner of a role-assignable group.
    pub(crate) in_role_assignable_group: bool,
    /// In a restricted management administrative unit.
    pub(crate) restricted: bool,
}

/// An administrative act that the published matrix limits by its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    /// Create, see in full or delete authentication methods, passes included.
    Methods,
    /// Reset the password.
    Password,
    /// Set the password by the profile.
    PasswordProfile,
    /// End sessions.
    Sessions,
}

impl Act {
    /// The limited roles that may do it at all.
    fn limited_roles(self) -> &'static [Role] {
        match self {
            Self::Methods => &[Role::AuthenticationAdministrator],
            Self::Password => &[
                Role::AuthenticationAdministrator,
                Role::UserAdministrator,
                Role::HelpdeskAdministrator,
                Role::PasswordAdministrator,
            ],
            Self::PasswordProfile => &[Role::UserAdministrator],
            Self::Sessions => &[
                Role::AuthenticationAdministrator,
                Role::UserAdministrator,
                Role::HelpdeskAdministrator,
            ],
        }
    }
}

/// Whether a holder of `caller` roles may do `act` to `target`.
pub(crate) fn may(act: Act, caller: &[Role], target: &AdministrationTarget) -> bool {
    if caller.contains(&Role::PrivilegedAuthenticationAdministrator)
        || caller.contains(&Role::GlobalAdministrator)
    {
        return true;
    }
    if target.in_role_assignable_group || target.restricted {
        return false;
    }
    caller
        .iter()
        .filter(|role| act.limited_roles().contains(role))
        .any(|role| {
            target
                .roles
                .iter()
                .all(|held| held.open_to().contains(role))
        })
}

/// Whether a holder of `caller` roles may read other people's methods.
pub(crate) fn may_read_methods(caller: &[Role]) -> bool {
    has_any(
        caller,
        &[
            Role::GlobalAdministrator,
            Role::GlobalReader,
            Role::PrivilegedAuthenticationAdministrator,
            Role::AuthenticationAdministrator,
        ],
    )
}

/// Whether a holder of `caller` roles may read the authentication methods policy where a role is asked for.
pub(crate) fn may_read_policy(caller: &[Role]) -> bool {
    has_any(
        caller,
        &[
            Role::GlobalAdministrator,
            Role::GlobalReader,
            Role::AuthenticationPolicyAdministrator,
        ],
    )
}

/// Whether a holder of `caller` roles may read the sign-in and audit logs.
pub(crate) fn may_read_logs(caller: &[Role]) -> bool {
    has_any(
        caller,
        &[
            Role::GlobalAdministrator,
            Role::GlobalReader,
            Role::ReportsReader,
            Role::SecurityReader,
            Role::SecurityOperator,
            Role::SecurityAdministrator,
        ],
    )
}

/// Whether a holder of `caller` roles may read the registration report.
pub(crate) fn may_read_registrations(caller: &[Role]) -> bool {
    may_read_logs(caller)
        || has_any(
            caller,
            &[
                Role::ApplicationAdministrator,
                Role::CloudApplicationAdministrator,
            ],
        )
}

/// Whether `caller` holds one of `wanted`.
pub(crate) fn has_any(caller: &[Role], wanted: &[Role]) -> bool {
    caller.iter().any(|role| wanted.contains(role))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(act: Act, caller: Role, target: &[Role], expected: bool) {
        let standing = AdministrationTarget {
            roles: target.to_vec(),
            ..AdministrationTarget::default()
        };
        assert_eq!(
            may(act, &[caller], &standing),
            expected,
            "{act:?} by {caller:?} on {target:?}"
        );
    }

    #[test]
    fn the_published_matrix_holds() {
        use Role::{
            AuthenticationAdministrator as Aa, DirectoryReaders, GlobalAdministrator, GlobalReader,
            GroupsAdministrator, HelpdeskAdministrator as Ha, PasswordAdministrator as Pa,
            PrivilegedAuthenticationAdministrator as Paa, ReportsReader, UserAdministrator as Ua,
        };
        check(Act::Methods, Aa, &[], true);
        check(Act::Methods, Aa, &[DirectoryReaders], true);
        check(Act::Methods, Aa, &[Aa], true);
        check(Act::Methods, Aa, &[Ha], false);
        check(Act::Methods, Aa, &[GroupsAdministrator], false);
        check(Act::Methods, Aa, &[GlobalAdministrator], false);
        check(Act::Methods, Aa, &[DirectoryReaders, GlobalReader], false);
        check(Act::Methods, Paa, &[GlobalAdministrator], true);
        for caller in [Ha, Ua, Pa, GlobalReader] {
            check(Act::Methods, caller, &[], false);
        }
        for caller in [Aa, Ha, Ua, Pa] {
            check(Act::Password, caller, &[], true);
            check(Act::Password, caller, &[Pa], true);
            check(Act::Password, caller, &[ReportsReader], caller != Pa);
            check(Act::Password, caller, &[Aa], caller == Aa);
            check(Act::Password, caller, &[Ha], [Ha, Ua].contains(&caller));
            check(Act::Password, caller, &[Ua], caller == Ua);
            check(Act::Password, caller, &[GlobalAdministrator], false);
            check(Act::Sessions, caller, &[], caller != Pa);
        }
        check(Act::Password, GlobalReader, &[], false);
    }

    #[test]
    fn groups_and_restricted_units_protect_from_all_but_the_privileged() {
        for (in_role_assignable_group, restricted) in [(true, false), (false, true)] {
            let target = AdministrationTarget {
                roles: Vec::new(),
                in_role_assignable_group,
                restricted,
            };
            for (role, expected) in [
                (Role::AuthenticationAdministrator, false),
                (Role::UserAdministrator, false),
                (Role::PrivilegedAuthenticationAdministrator, true),
                (Role::GlobalAdministrator, true),
            ] {
                for act in [Act::Methods, Act::Password, Act::Sessions] {
                    assert_eq!(
                        may(act, &[role], &target),
                        expected && may(act, &[role], &AdministrationTarget::default()),
                        "{act:?} by {role:?}"
                    );
                }
            }
        }
    }
}
