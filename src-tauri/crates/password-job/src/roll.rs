//! The roll: whether the group is fit to be one, who is on it, and who of them can sign in without a password.

use std::collections::{HashMap, HashSet};

use entra::{GraphError, GraphErrorKind, Session, User, UserKind};

use crate::asking::patiently;
use crate::config::{JobSetup, Way, person};
use crate::plan::{PersonId, Shard};
use crate::stop::Stop;

/// Somebody on the roll, as small as can be: there are ten thousand of them.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) id: PersonId,
    pub(crate) upn: Box<str>,
    pub(crate) changed: Option<i64>,
    /// Why the password stays, where the list says so already.
    pub(crate) never: Option<&'static str>,
}

/// Everybody on the roll.
pub(crate) struct Roll {
    /// How many there are, on all shards.
    pub(crate) whole: usize,
    /// Those of this shard, each once.
    pub(crate) members: Vec<Member>,
}

/// Whom the report names, and whether they can sign in without a password.
pub(crate) type Named = HashMap<PersonId, bool>;

/// Why there is no roll to work on.
pub(crate) enum NoRoll {
    /// The group cannot be one.
    Unfit(&'static str),
    Unread(GraphError),
}

impl From<GraphError> for NoRoll {
    fn from(error: GraphError) -> Self {
        Self::Unread(error)
    }
}

/// Reads the roll. Only a group that somebody fills by hand, in the cloud, with people themselves is one.
pub(crate) async fn read(
    session: &Session,
    setup: &JobSetup,
    shard: Option<Shard>,
    stop: &Stop,
) -> Result<Roll, NoRoll> {
    let group = setup.group.as_str();
    let kind = patiently(stop, async || session.group_kind(group).await).await?;
    let unfit = [
        (!kind.security, "the group is no security group"),
        (kind.mail, "the group has a mail address"),
        (kind.dynamic, "a rule says who is in the group"),
        (kind.synced, "the group comes from on premises"),
        (kind.role_assignable, "roles can be given to the group"),
    ];
    if let Some((_, why)) = unfit.iter().find(|(unfit, _)| *unfit) {
        return Err(NoRoll::Unfit(why));
    }
    let mut members = Vec::new();
    let mut seen = HashSet::new();
    let mut next = None;
    loop {
        let page = patiently(stop, async || {
            session.members_page(group, next.clone()).await
        })
        .await?;
        if page.others > 0 {
            return Err(NoRoll::Unfit("the group holds others than people"));
        }
        for user in &page.people {
            let Some(id) = person(&user.id) else {
                return Err(NoRoll::Unfit(
                    "the group holds somebody without an object id",
                ));
            };
            let mine = shard.is_none_or(|shard| shard.holds(id)) && setup.way.is_for(user);
            if seen.insert(id) && mine {
                members.push(Member::of(id, user, &setup.way));
            }
        }
        match page.next {
            Some(page) => next = Some(page),
            None => break,
        }
    }
    members.shrink_to_fit();
    Ok(Roll {
        whole: seen.len(),
        members,
    })
}

/// Whether those of `wanted` whom the report names can sign in without a password; none where it may not be read.
pub(crate) async fn passwordless(
    session: &Session,
    wanted: &HashSet<PersonId>,
    stop: &Stop,
) -> Result<Option<Named>, GraphError> {
    let mut named = Named::new();
    let mut next = None;
    loop {
        let page = patiently(stop, async || {
            session.registrations_page(next.clone()).await
        })
        .await;
        let page = match page {
            Ok(page) => page,
            Err(error) if error.kind == GraphErrorKind::NotPermitted => return Ok(None),
            Err(error) => return Err(error),
        };
        let told = page.people.iter().filter_map(|line| {
            let id = person(&line.user_id)?;
            wanted.contains(&id).then_some((id, line.passwordless))
        });
        named.extend(told);
        match page.next {
            Some(page) => next = Some(page),
            None => return Ok(Some(named)),
        }
    }
}

/// Why this account's password stays, as far as the account itself says so.
pub(crate) fn never(user: &User, way: &Way) -> Option<&'static str> {
    let guest = match user.kind {
        // Who may be a guest is among the untold.
        UserKind::Member | UserKind::Untold => false,
        UserKind::InternalGuest
        | UserKind::ExternalGuest
        | UserKind::ExternalMember
        | UserKind::ExternalUntold => true,
    };
    match () {
        () if user.account_enabled == Some(false) => Some("disabled"),
        () if guest => Some("guest"),
        () if user.management_restricted => Some("restricted"),
        () if user.synced && !way.is_by_reset() => Some("synced"),
        () if user.partly_untold => Some("unread"),
        () if !way.is_for(user) => Some("not_synced"),
        () => None,
    }
}

impl Way {
    pub(crate) fn is_by_reset(&self) -> bool {
        match self {
            Self::App => false,
            Self::Operator(..) => true,
        }
    }

    /// Whether a run looks at this account at all. The app tells whom it leaves alone; an operator's run is about those
    /// alone, and about whom the directory does not say it of.
    fn is_for(&self, user: &User) -> bool {
        match self {
            Self::App => true,
            Self::Operator(..) => user.synced || user.partly_untold,
        }
    }
}

impl Member {
    fn of(id: PersonId, user: &User, way: &Way) -> Self {
        Self {
            id,
            upn: user.upn.as_str().into(),
            changed: user.last_password_change,
            never: never(user, way),
        }
    }
}
