//! What operator and person are in, as far as the site's own limits ask for it, and what else is looked at anew right
//! before a pass.

use onboarding::{
    Answer, BeforePass, Belonging, EffectFailure, EffectId, LookAgain, Memberships, Protection,
    UserId,
};

use crate::colleague;
use crate::drive::Driver;
use crate::perform::{GraphEffects, signed_out};
use crate::{roles, translate};

impl Driver {
    pub(crate) fn read_belonging(&self, id: EffectId, user: UserId, also: LookAgain) {
        let graph = self.graph_effects();
        let colleague_is_in = self.colleague.is_in();
        self.spawn(id, async move {
            Answer::Belonging(graph.before_pass(&user, also, colleague_is_in).await)
        });
    }
}

impl GraphEffects {
    /// Read anew, all of it.
    async fn before_pass(
        self,
        user: &UserId,
        also: LookAgain,
        colleague_is_in: bool,
    ) -> Result<BeforePass, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let confirmed = async {
            let oid = &also.colleague.as_ref()?.0;
            Some(colleague::about(session, oid, colleague_is_in).await)
        };
        let read = async {
            tokio::try_join!(
                memberships(session, self.reads.operator_is_in, session.operator()),
                memberships(session, self.reads.person_is_in, &user.0),
                protection(session, also.roles, user),
            )
        };
        let (read, colleague) = tokio::join!(read, confirmed);
        let (operator, person, protection) = read.map_err(|error| translate::failed(&error))?;
        Ok(BeforePass {
            belonging: belonging(session, operator, person),
            person: protection,
            colleague,
        })
    }

    /// The operator's part, read beside what is read of the person anyway. What cannot be read leaves it open.
    pub(crate) async fn of_operator(&self, session: &entra::Session) -> Memberships {
        let read = memberships(session, self.reads.operator_is_in, session.operator()).await;
        read.unwrap_or_default()
    }

    /// Both, where the site's limits ask for either.
    pub(crate) fn belonging_beside(
        &self,
        session: &entra::Session,
        operator: Memberships,
        person: Option<&entra::UserRoles>,
    ) -> Option<Belonging> {
        let asked = self.reads.operator_is_in || self.reads.person_is_in;
        let person = person.map(translate::memberships).unwrap_or_default();
        asked.then(|| belonging(session, operator, person))
    }
}

/// The person's roles, and whether a restricted unit protects the person. As when the person was found, roles that may
/// not be read leave it open.
async fn protection(
    session: &entra::Session,
    asked: bool,
    user: &UserId,
) -> Result<Option<Protection>, entra::GraphError> {
    if !asked {
        return Ok(None);
    }
    let (account, read) = tokio::join!(
        session.user(&user.0),
        session.known_user_roles(&user.0, roles::protects)
    );
    let account = account?;
    let read = match read {
        Ok(read) => read,
        Err(error) if error.kind == entra::GraphErrorKind::NotPermitted => roles::unread(),
        Err(error) => return Err(error),
    };
    Ok(Some(Protection {
        target: roles::target(&read, account.management_restricted),
        has_role: roles::any(&read),
    }))
}

/// Every group and unit somebody is in; nothing is asked where no limit depends on it.
async fn memberships(
    session: &entra::Session,
    asked: bool,
    id: &str,
) -> Result<Memberships, entra::GraphError> {
    if !asked {
        return Ok(Memberships::default());
    }
    let read = session.known_user_roles(id, |_| false).await?;
    Ok(translate::memberships(&read))
}

fn belonging(session: &entra::Session, operator: Memberships, person: Memberships) -> Belonging {
    Belonging {
        of: Some(UserId(session.operator().to_owned())),
        operator,
        person,
    }
}
