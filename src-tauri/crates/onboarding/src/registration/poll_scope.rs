//! With narrow scopes a read shows one kind of method: ask only for what can change next, kind by kind.

use crate::record::RegisteredKind;

use crate::light::Light;

use crate::policy::DoneLight;
use crate::reading::MethodQuery;
use crate::registration::evidence::Evidence;

/// While a one-time pass is waited for, one look in so many asks for something else: whoever registers by another way
/// in is still seen.
const ELSEWHERE: usize = 4;

/// What the look after so many others asks for.
pub(crate) fn next(evidence: &Evidence, done: DoneLight, once: bool, polls: usize) -> MethodQuery {
    match evidence.agreement.seen().map(|proof| proof.kind) {
        Some(RegisteredKind::PhoneSignIn) => return MethodQuery::Authenticators,
        Some(RegisteredKind::Passkey) => return MethodQuery::Passkeys,
        None => {}
    }
    let kinds = match done {
        DoneLight::Either => vec![MethodQuery::Authenticators, MethodQuery::Passkeys],
        DoneLight::PhoneSignIn => vec![MethodQuery::Authenticators],
        DoneLight::Passkey => vec![MethodQuery::Passkeys],
    };
    let of_kinds = |turn: usize| kinds[turn % kinds.len()].clone();
    if evidence.lit.contains(&Light::PassEntered) {
        return of_kinds(polls);
    }
    if !evidence.lit.contains(&Light::PassUsable) {
        return MethodQuery::Passes;
    }
    // A pass that can be used again never says that it was.
    let every = if once { ELSEWHERE } else { 2 };
    match polls % every {
        last if last + 1 == every => of_kinds(polls / every),
        _ => MethodQuery::Passes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::registration::agreement::Proof;
    use MethodQuery::{Authenticators, Passes, Passkeys};

    fn check(lit: &[Light], done: DoneLight, once: bool, expected: &[MethodQuery]) {
        let mut evidence = Evidence::default();
        evidence.lit.extend(lit);
        let asked: Vec<_> = (0..expected.len())
            .map(|polls| next(&evidence, done, once, polls))
            .collect();
        assert_eq!(asked, expected, "{lit:?} {done:?}");
    }

    #[test]
    fn only_what_can_change_next_is_asked_for() {
        let entered = [Light::PassUsable, Light::PassEntered];
        check(&[], DoneLight::Either, true, &[Passes, Passes, Passes]);
        let one_time = [Passes, Passes, Passes, Authenticators, Passes];
        check(&entered[..1], DoneLight::PhoneSignIn, true, &one_time);
        let again = [Passes, Authenticators, Passes, Passkeys, Passes];
        check(&entered[..1], DoneLight::Either, false, &again);
        let both = [Authenticators, Passkeys, Authenticators];
        check(&entered, DoneLight::Either, true, &both);
        check(&entered, DoneLight::Passkey, true, &[Passkeys, Passkeys]);
    }

    #[test]
    fn the_second_of_two_agreeing_reads_asks_for_the_same() {
        let mut evidence = Evidence::default();
        let proofs = [
            (RegisteredKind::Passkey, Passkeys),
            (RegisteredKind::PhoneSignIn, Authenticators),
        ];
        for (polls, (proof, again)) in proofs.into_iter().enumerate() {
            evidence.agreement.see(Proof {
                kind: proof,
                method: "m".to_owned(),
            });
            assert_eq!(next(&evidence, DoneLight::Either, true, polls), again);
        }
    }
}
