//! The effects of what follows the registration, each handed to what does it.

use onboarding::{AfterEffect, Answer, EffectId, LastRun, NoRun, RunSource, UserId};

use crate::after::change::Changed;
use crate::drive::Driver;

impl Driver {
    pub(crate) fn end_sessions(&self, id: EffectId, user: UserId) {
        let graph = self.graph_effects();
        self.spawn(id, async move {
            Answer::SessionsEnded(graph.end_sessions(&user.0).await)
        });
    }

    pub(crate) fn perform_after(&mut self, id: EffectId, effect: AfterEffect) {
        let (graph, roll) = (self.graph_effects(), self.after.roll.clone());
        let change = self.after.change;
        match effect {
            AfterEffect::StopTrying => self.after.stop_trying(),
            AfterEffect::TrySignIn { user, upn } => {
                let began_at_s = self.clock.now().service.0 / 1000;
                let browser = self.ports.test_browser.clone();
                let tried = self.after.try_sign_in(browser, user, upn, began_at_s);
                self.spawn(id, async move { Answer::Tried(tried.await) });
            }
            AfterEffect::ReadLastUsed { user, entry } => self.spawn(id, async move {
                Answer::LastUsed(graph.last_used(&user, &entry).await)
            }),
            AfterEffect::ReadSignInLog { user, entry, since } => self.spawn(id, async move {
                Answer::SignInLog(graph.sign_in_log(&user, &entry, since).await)
            }),
            AfterEffect::ReadRollFit { user, upn: _ } => self.spawn(id, async move {
                Answer::RollFit(graph.roll_fit(roll, change, &user).await)
            }),
            AfterEffect::ReadLastRun {
                source: RunSource::File,
            } => {
                let file = self.after.last_run.clone();
                self.spawn(id, async move {
                    Answer::LastRun(match file {
                        Some(file) => file.read().await,
                        None => LastRun::No(NoRun::NotThere),
                    })
                });
            }
            AfterEffect::NeverExpires { user } => self.spawn(id, async move {
                Answer::NeverExpires(graph.never_expires(&user).await)
            }),
            AfterEffect::JoinRoll { user } => self.spawn(id, async move {
                Answer::RollJoined(graph.join_roll(roll, change, &user).await)
            }),
            AfterEffect::LeaveRoll { user, group } => self.spawn(id, async move {
                Answer::RollLeft(graph.leave_roll(&group, &user).await)
            }),
            AfterEffect::ChangePassword {
                user,
                upn,
                name,
                client_request_id,
            } => {
                let person = Changed {
                    user,
                    upn,
                    name,
                    client_request_id,
                };
                self.spawn(id, async move {
                    Answer::PasswordChanged(graph.change_password(change, roll, person).await)
                });
            }
        }
    }
}
