//! What operator and person are in, as far as the site's own limits ask for it.

use onboarding::{Answer, Belonging, EffectFailure, EffectId, Memberships, UserId};

use crate::drive::Driver;
use crate::perform::{GraphEffects, signed_out};
use crate::translate;

impl Driver {
    pub(crate) fn read_belonging(&self, id: EffectId, user: UserId) {
        let graph = self.graph_effects();
        self.spawn(id, async move {
            Answer::Belonging(graph.belonging(&user).await)
        });
    }
}

impl GraphEffects {
    /// Read anew, all of it.
    async fn belonging(self, user: &UserId) -> Result<Belonging, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let (operator, person) = tokio::try_join!(
            memberships(session, self.reads.operator_is_in, session.operator()),
            memberships(session, self.reads.person_is_in, &user.0),
        )
        .map_err(|error| translate::failed(&error))?;
        Ok(belonging(session, operator, person))
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
