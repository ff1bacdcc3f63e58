//! Where somebody who calls can be called back, and whom the directory names as their supervisor.

use onboarding::{
    Answer, CallNumber, CallNumbers, EffectFailure, EffectId, NumberKind, Scopes, Supervisor,
    Trouble, TroubleCode, UserId,
};

use crate::drive::Driver;
use crate::perform::{GraphEffects, signed_out};
use crate::translate;

impl Driver {
    pub(crate) fn read_call_numbers(&self, id: EffectId, user: UserId) {
        let graph = self.graph_effects();
        self.spawn(id, async move {
            Answer::CallNumbers(graph.call_numbers(&user).await)
        });
    }
}

impl GraphEffects {
    /// What of it cannot be read leaves less to call, and is said.
    async fn call_numbers(self, user: &UserId) -> Result<CallNumbers, EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let (own, manager, registered) = tokio::join!(
            session.telephones(&user.0),
            session.manager_telephones(&user.0),
            self.registered(session, user),
        );
        let own = own.map_err(|error| translate::failed(&error))?;
        // Switched off since the person was found.
        if own.account_enabled == Some(false) {
            return Err(Trouble::new(TroubleCode::PersonDisabled).into());
        }
        // Of a manager it may be that the directory did not say whether the account is switched off.
        let manager_told = match &manager {
            Ok(Some(manager)) => manager.account_enabled.is_some(),
            Ok(None) => true,
            Err(_) => false,
        };
        let partly = !manager_told || registered.is_err();
        let registered = registered.unwrap_or_default();
        let person = of_directory(&own)
            .chain(registered.into_iter().map(number(NumberKind::Method)))
            .collect();
        Ok(CallNumbers {
            person: listed(person),
            supervisor: manager.ok().flatten().and_then(supervisor),
            partly,
        })
    }

    /// With narrow scopes no list shows numbers.
    async fn registered(
        &self,
        session: &entra::Session,
        user: &UserId,
    ) -> Result<Vec<String>, entra::GraphError> {
        match self.reads.scopes {
            Scopes::Wide => session.registered_numbers(&user.0).await,
            Scopes::Narrow => Ok(Vec::new()),
        }
    }
}

/// As many as an operator can look through, and as many as a place in the list can name.
const MOST: usize = 10;

/// Somebody whose account is switched off has left, and vouches for nobody.
fn supervisor(manager: entra::Telephones) -> Option<Supervisor> {
    if manager.account_enabled != Some(true) {
        return None;
    }
    let numbers = listed(of_directory(&manager).collect());
    Some(Supervisor {
        id: UserId(manager.id),
        name: manager.display_name,
        numbers,
    })
}

fn of_directory(of: &entra::Telephones) -> impl Iterator<Item = CallNumber> + use<> {
    let business = of.business.clone().into_iter();
    let mobile = of.mobile.clone().into_iter();
    business
        .map(number(NumberKind::Business))
        .chain(mobile.map(number(NumberKind::Mobile)))
}

fn number(kind: NumberKind) -> impl Fn(String) -> CallNumber {
    move |number| CallNumber { kind, number }
}

/// Each once, and none without a digit.
fn listed(numbers: Vec<CallNumber>) -> Vec<CallNumber> {
    let mut listed: Vec<CallNumber> = Vec::new();
    for number in numbers {
        let dialled = number.number.chars().any(char::is_numeric);
        let twice = listed.iter().any(|it| it.number == number.number);
        if dialled && !twice && listed.len() < MOST {
            listed.push(number);
        }
    }
    listed
}
