//! Another password that nobody is to know: made here, sent once, forgotten; followed and read back as far as it can be.

use std::time::Duration;

use entra::{GraphError, GraphErrorKind, NewPassword, PasswordState, ResetOperation, ResetStatus};
use onboarding::{PasswordChange, Trouble, TroubleCode, Upn, UserId};

use super::{LOOKS, holds, still_fit};
use crate::config::{ChangeSetup, ChangeWay, RollSetup};
use crate::perform::{GraphEffects, signed_out};
use crate::translate;

/// How long it is waited before each look at a reset: they are looks at authentication methods, of which the service
/// allows few. After the last it is not known what becomes of it.
const RESET_LOOKS: [u64; 14] = [1, 2, 2, 3, 5, 5, 10, 10, 15, 15, 15, 15, 15, 15];

/// A service that wants to be left alone for longer is not waited for.
const MOST_WAITED: Duration = Duration::from_secs(120);
/// So many looks in a row have to show that somebody left before a no is not believed.
const AGREEING: usize = 2;

/// The directory's dates are whole seconds, and so is the service's clock as this station knows it.
const DATES_MS: i64 = 2_000;

/// Whose password is changed.
pub(crate) struct Changed {
    pub(crate) user: UserId,
    pub(crate) upn: Upn,
    pub(crate) name: String,
    pub(crate) client_request_id: String,
}

impl GraphEffects {
    /// Changes a password once. The value is in no answer, no log and no file.
    pub(crate) async fn change_password(
        self,
        setup: Option<ChangeSetup>,
        roll: Option<RollSetup>,
        person: Changed,
    ) -> PasswordChange {
        let Some(setup) = setup else {
            return PasswordChange::NotChanged(Trouble::new(TroubleCode::NotAllowedHere).into());
        };
        let Some(session) = self.session.as_ref() else {
            return PasswordChange::NotChanged(signed_out());
        };
        let before = match still_fit(session, roll.as_ref(), Some(setup), &person.user).await {
            Ok(user) => earlier(user.last_password_change, self.now.0),
            Err(failure) => return PasswordChange::NotChanged(failure),
        };
        if let Err(change) = set(session, setup, &person).await {
            return change;
        }
        let (read_back, must_change) = read_back(session, &person.user, before).await;
        let sessions_ended = match setup.revoke_sessions {
            true => Some(ended(session.revoke_sessions(&person.user.0).await)),
            false => None,
        };
        PasswordChange::Changed {
            read_back,
            must_change: must_change || setup.way == ChangeWay::Reset,
            sessions_ended,
        }
    }

    /// Takes the person off the roll again, and reads that back. Who is not on it has left.
    pub(crate) async fn leave_roll(
        self,
        group: &str,
        user: &UserId,
    ) -> Result<(), onboarding::EffectFailure> {
        let session = self.session.as_ref().ok_or_else(signed_out)?;
        let refused = session.remove_member(group, &user.0).await.err();
        let mut looks = Vec::new();
        for wait in LOOKS {
            tokio::time::sleep(wait).await;
            looks.push(is_on_roll(session, group, user).await);
            if refused.is_none() && looks.last() == Some(&Some(false)) {
                return Ok(());
            }
        }
        match refused {
            None => Err(Trouble::new(TroubleCode::RollNotLeft).into()),
            Some(error) if has_left(error.kind == GraphErrorKind::NotFound, &looks) => Ok(()),
            Some(error) => Err(translate::not_left(&error)),
        }
    }
}

/// None where it cannot be read. Whom the directory does not know any more is on no roll.
async fn is_on_roll(session: &entra::Session, group: &str, user: &UserId) -> Option<bool> {
    match session.user_roles(&user.0).await {
        Ok(roles) => Some(holds(&roles.member_of, group)),
        Err(error) => (error.kind == GraphErrorKind::NotFound).then_some(false),
    }
}

/// Whether somebody has left the roll though the answer was no, by looks that tell whether they are still on it. The
/// answer may have been lost; or a copy of the directory is behind, for which somebody who has just joined is not there
/// to be removed, and the next look may be at the same copy: only the last looks, some time apart, are believed, and
/// none where one of them shows whom the directory did not find.
fn has_left(not_found: bool, looks: &[Option<bool>]) -> bool {
    let gone = |look: &&Option<bool>| **look == Some(false);
    let contradicted = not_found && looks.contains(&Some(true));
    !contradicted && looks.iter().rev().take_while(gone).count() >= AGREEING
}

/// One value, one request, followed to its end.
async fn set(
    session: &entra::Session,
    setup: ChangeSetup,
    person: &Changed,
) -> Result<(), PasswordChange> {
    let account = person.upn.as_str().split('@').next().unwrap_or_default();
    let names = [account, person.name.as_str()];
    let Ok(value) = NewPassword::draw(setup.length, &names) else {
        let trouble = Trouble::new(TroubleCode::Unexpected);
        return Err(PasswordChange::NotChanged(trouble.into()));
    };
    let (user, id) = (&person.user.0, &person.client_request_id);
    match setup.way {
        ChangeWay::Profile => session
            .set_password(user, value, id)
            .await
            .map_err(|error| translate::change_failed(&error, TroubleCode::PatchNotPermitted)),
        ChangeWay::Reset => {
            let begun = session.reset_password(user, value, id).await;
            let begun = begun.map_err(|error| {
                translate::change_failed(&error, TroubleCode::ResetNotPermitted)
            })?;
            follow(session, &begun).await
        }
    }
}

async fn follow(
    session: &entra::Session,
    operation: &ResetOperation,
) -> Result<(), PasswordChange> {
    let (mut last, mut asked_to_wait) = (None, Duration::ZERO);
    for wait in RESET_LOOKS {
        if asked_to_wait > MOST_WAITED {
            break;
        }
        tokio::time::sleep(asked_to_wait.max(Duration::from_secs(wait))).await;
        asked_to_wait = Duration::ZERO;
        match session.reset_status(operation).await {
            Ok(ResetStatus::UnderWay) => {}
            Ok(ResetStatus::Succeeded) => return Ok(()),
            Ok(ResetStatus::Failed { on_premises }) => {
                let code = match on_premises {
                    true => TroubleCode::WriteBackFailed,
                    false => TroubleCode::ResetFailed,
                };
                return Err(PasswordChange::NotChanged(Trouble::new(code).into()));
            }
            Err(error) => {
                if let GraphErrorKind::Throttled { retry_after } = error.kind {
                    asked_to_wait = retry_after.unwrap_or_default();
                }
                last = Some(translate::support(&error.support));
            }
        }
    }
    Err(PasswordChange::Uncertain(last))
}

/// Whether the directory shows a change later than `before`, and that it is to be changed again.
async fn read_back(session: &entra::Session, user: &UserId, before: i64) -> (bool, bool) {
    for wait in LOOKS {
        tokio::time::sleep(wait).await;
        let state = match session.password_state(&user.0).await {
            Ok(state) => state,
            // The profile may be withheld where the rest is shown.
            Err(error) if error.kind == GraphErrorKind::NotPermitted => {
                let user = session.user(&user.0).await;
                PasswordState {
                    changed: user.ok().and_then(|user| user.last_password_change),
                    must_change: None,
                }
            }
            Err(_) => continue,
        };
        if let Some(must_change) = shown(&state, before) {
            return (true, must_change);
        }
    }
    (false, UNTOLD)
}

/// What a date must be later than to show a change that is asked for now. Where none was shown before, any old one may
/// turn up; and after a lost answer the change before may have been in the same second.
fn earlier(before: Option<i64>, now: i64) -> i64 {
    let about_now = now.saturating_sub(DATES_MS);
    before.map_or(about_now, |before| before.min(about_now))
}

/// Where nothing shows whether it is to be changed at the next sign-in, a test has to.
const UNTOLD: bool = true;

/// Whether it is to be changed at the next sign-in, by a look that shows the change: what an earlier state said is of
/// the earlier password. None where the change is not shown.
fn shown(state: &PasswordState, before: i64) -> Option<bool> {
    let changed = state.changed.is_some_and(|changed| changed > before);
    changed.then(|| state.must_change.unwrap_or(UNTOLD))
}

fn ended(ended: Result<(), GraphError>) -> bool {
    ended
        .inspect_err(|error| tracing::warn!(%error, "the person's sessions were not ended"))
        .is_ok()
}

#[cfg(test)]
mod tests {
    use entra::PasswordState;

    use super::{earlier, has_left, shown};

    /// A copy that is behind neither finds who is to be removed nor shows them; whoever believes it leaves them on.
    #[test]
    fn somebody_has_left_only_where_the_last_looks_agree() {
        let (on, gone, unread) = (Some(true), Some(false), None);
        for (not_found, looks, expected) in [
            (true, [gone, on, gone], false),
            (true, [gone, gone, on], false),
            (true, [on, gone, gone], false),
            (true, [gone, unread, gone], false),
            (true, [gone, gone, unread], false),
            (true, [unread, unread, unread], false),
            (true, [gone, gone, gone], true),
            (true, [unread, gone, gone], true),
            (false, [gone, on, gone], false),
            (false, [on, gone, gone], true),
            (false, [on, on, gone], false),
        ] {
            let left = has_left(not_found, &looks);
            assert_eq!(left, expected, "{not_found} {looks:?}");
        }
    }

    /// S46: only the look that shows the change tells of the new password, and what is withheld is left to a test.
    #[test]
    fn only_a_look_that_shows_the_change_tells_of_the_next_sign_in() {
        let look = |changed, must_change| {
            let state = PasswordState {
                changed,
                must_change,
            };
            shown(&state, 1_000)
        };
        for must_change in [None, Some(false), Some(true)] {
            for changed in [None, Some(500), Some(1_000)] {
                assert_eq!(look(changed, must_change), None, "{changed:?}");
            }
        }
        assert_eq!(look(Some(1_001), Some(false)), Some(false));
        assert_eq!(look(Some(1_001), Some(true)), Some(true));
        assert_eq!(look(Some(1_001), None), Some(true), "it is withheld");
        let (old, now) = (1_000, 1_000_000);
        assert_eq!(earlier(Some(old), now), old);
        assert!(earlier(None, now) > old, "an old date turns up");
        assert!(earlier(Some(now), now) < now, "again in one second");
    }
}
