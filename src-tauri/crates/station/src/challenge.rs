//! What the service demanded of an operator and no renewal could satisfy: the next sign-in carries it, once.

/// A demand that comes back so soon after a sign-in that carried it was not helped by carrying it.
const SOON_MS: u64 = 5 * 60 * 1_000;

/// The demand that is open, and the one that was carried last, each with the operator's object id.
pub(crate) struct Challenge<C = entra::ClaimsChallenge> {
    open: Option<(String, C)>,
    carried: Option<(String, C, u64)>,
}

impl<C> Default for Challenge<C> {
    fn default() -> Self {
        let (open, carried) = (None, None);
        Self { open, carried }
    }
}

impl<C: Clone + PartialEq> Challenge<C> {
    /// The session of `operator` ended with this demand open, at `mono_ms`.
    pub(crate) fn left(&mut self, operator: &str, demand: Option<C>, mono_ms: u64) {
        let Some(demand) = demand else { return };
        let in_vain = |(who, carried, at): &(String, C, u64)| {
            who == operator && *carried == demand && mono_ms.saturating_sub(*at) < SOON_MS
        };
        if !self.carried.as_ref().is_some_and(in_vain) {
            self.open = Some((operator.to_owned(), demand));
        }
    }

    /// What the sign-in that begins now carries.
    pub(crate) fn open(&self) -> Option<C> {
        self.open.as_ref().map(|(_, demand)| demand.clone())
    }

    /// The sign-in got its answer, at `mono_ms`: what it carried is spent, unless somebody else answered.
    pub(crate) fn answered(&mut self, by: Option<&str>, mono_ms: u64) {
        let spent = self.open.take_if(|(who, _)| by.is_none_or(|by| by == who));
        if let Some((who, demand)) = spent {
            self.carried = Some((who, demand, mono_ms));
        }
    }

    /// The operator left: nobody else is asked for what was demanded of them.
    pub(crate) fn forget(&mut self) {
        (self.open, self.carried) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// O22, F9: carried by the next sign-in, once, and never round in a circle.
    #[test]
    fn a_demand_is_carried_once_and_never_in_a_circle_o22() {
        let mut challenge = Challenge::default();
        assert_eq!(challenge.open(), None);
        challenge.left("a", Some("mfa"), 0);
        assert_eq!(challenge.open(), Some("mfa"));
        challenge.answered(Some("b"), 500);
        assert_eq!(challenge.open(), Some("mfa"), "a colleague answered");
        challenge.answered(Some("a"), 1_000);
        assert_eq!(challenge.open(), None, "once");
        challenge.left("a", Some("mfa"), 2_000);
        assert_eq!(challenge.open(), None, "it did not help");
        challenge.left("a", Some("c1"), 3_000);
        assert_eq!(challenge.open(), Some("c1"), "another one may");
        challenge.left("a", None, 4_000);
        assert_eq!(challenge.open(), Some("c1"));
        challenge.answered(None, 5_000);
        challenge.left("a", Some("c1"), 5_000 + SOON_MS);
        assert_eq!(challenge.open(), Some("c1"), "hours later it is a new one");
        challenge.forget();
        assert_eq!(challenge.open(), None, "not the next operator's");
    }
}
