//! What operator and person are in, as far as the site's own limits ask for it, and what else is looked at anew right
//! before a pass.

use onboarding::{
    Answer, BeforePass, Belonging, EffectFailure, EffectId, LookAgain, Memberships, Protection,
    Trouble, TroubleCode, UserId,
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
        let of_operator = memberships(session, self.reads.operator_is_in, session.operator());
        let (operator, person, account, colleague) = tokio::join!(
            of_operator,
            self.of_person(session, also.roles, user),
            account(session, also.roles, user),
            confirmed
        );
        let operator = operator.map_err(|error| translate::failed(&error))?;
        let person = person.map_err(|error| translate::failed(&error))?;
        let account = account.map_err(|error| translate::failed(&error))?;
        // Switched off since the person was found.
        if (account.as_ref()).is_some_and(|account| account.account_enabled == Some(false)) {
            return Err(Trouble::new(TroubleCode::PersonDisabled).into());
        }
        let protection = account
            .zip(person.as_ref())
            .map(|(account, read)| Protection {
                target: roles::target(read, account.management_restricted),
                has_role: roles::any(read),
            });
        let person = person.filter(|_| self.reads.person_is_in);
        let person = person.as_ref().map(translate::memberships);
        Ok(BeforePass {
            belonging: belonging(session, operator, person.unwrap_or_default()),
            person: protection,
            colleague,
        })
    }

    /// What the person is in, in one read: all of it where a limit asks for it, else as much as says that the person is
    /// protected. As when the person was found, roles alone that may not be read are left open.
    async fn of_person(
        &self,
        session: &entra::Session,
        asked: bool,
        user: &UserId,
    ) -> Result<Option<entra::UserRoles>, entra::GraphError> {
        let is_in = self.reads.person_is_in;
        if !is_in && !asked {
            return Ok(None);
        }
        let enough = |read: &_| !is_in && roles::protects(read);
        match session.known_user_roles(&user.0, enough).await {
            Ok(read) => Ok(Some(read)),
            Err(error) if !is_in && error.kind == entra::GraphErrorKind::NotPermitted => {
                Ok(Some(roles::unread()))
            }
            Err(error) => Err(error),
        }
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

/// The person's account as it is now, where the roles are asked about.
async fn account(
    session: &entra::Session,
    asked: bool,
    user: &UserId,
) -> Result<Option<entra::User>, entra::GraphError> {
    match asked {
        true => session.user(&user.0).await.map(Some),
        false => Ok(None),
    }
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
