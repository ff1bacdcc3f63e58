//! What is asked and said of the password beside the way it is taken out of use (S39, S41, S43, S47).

use desk_world::{AnswerFault, Kind};
use onboarding::{
    AfterAction, AfterScreen, Afterwards, LastRun, NoRun, PasswordFate, PasswordStep,
    PersonAfterScreen, Policy, RunSource, TroubleCode, UseAnswer, VisitAction, Words,
};

use crate::after_registration::{password, person_screen, screen, with};
use crate::rig::Rig;

/// S39: where remote and virtual Windows count, both read so beside the question.
#[test]
fn what_counts_as_windows_is_said_with_the_question() {
    let also = Words::same("Remote and virtual Windows count as well.");
    for wanted in [None, Some(also)] {
        let mut rig = with(|policy| {
            policy.passwords.windows_also = wanted.clone();
            policy.passwords.other_uses = vec![Words::same("Copier")];
        })
        .tested("1");
        let both = |rig: &mut Rig| match (screen(rig), person_screen(rig)) {
            (
                AfterScreen::UseQuestion { also: operator, .. },
                PersonAfterScreen::UseQuestion { also: person, .. },
            ) => [operator, person],
            _ => panic!("no question"),
        };
        assert_eq!(both(&mut rig), [wanted.clone(), wanted]);
        rig.answers(UseAnswer::No);
        assert_eq!(both(&mut rig), [None, None], "not of the site's list");
    }
}

/// S41, S43, S47: that it changes by itself is said only of what was read back while the job is known to run.
#[test]
fn the_three_month_change_stays_in_force_until_the_job_is_known_to_run_s41_s43_s47() {
    let two_days = 2 * 24 * 60;
    let known = |ago| (Known::Ago(ago), false, Afterwards::ByItself);
    let not = |known| (known, false, Afterwards::AsBefore);
    let mut cases = vec![
        not(Known::NotAsked),
        known(0),
        known(two_days - 1),
        not(Known::Ago(two_days)),
        known(-5),
        not(Known::Ago(-6)),
        (Known::Ago(0), true, Afterwards::AsBefore),
    ];
    cases.extend(NO_RUN.map(|why| not(Known::No(why))));
    for (run, roll_lags, afterwards) in cases {
        let mut rig = with(|policy| policy.passwords.last_run = run.source()).understood("1");
        rig.world.roll_lags = roll_lags;
        rig.world.last_run = run.read(&rig);
        rig.after(AfterAction::JoinRoll);
        let on_roll = PasswordFate::OnRoll {
            read_back: !roll_lags,
            afterwards,
        };
        assert_eq!(password(&mut rig).0, Some(on_roll), "{run:?}");
        rig.visit(VisitAction::Finish { leave_pass: false });
        let PersonAfterScreen::Card { password, .. } = person_screen(&mut rig) else {
            panic!("no card");
        };
        assert_eq!(password, on_roll);
        let believed = rig.world.written().contains(&"JobRunBelieved".to_owned());
        let said = afterwards == Afterwards::ByItself;
        assert_eq!(believed, said, "what is believed is recorded: {run:?}");
    }
}

/// S43: what was known in the morning is asked anew right before it is said, and the screen waits for it.
#[test]
fn the_job_is_looked_at_again_right_before_it_is_said_s43_s47() {
    let mut rig = with(|policy| policy.passwords.last_run = Some(RunSource::File));
    rig.world.last_run = Known::Ago(7).read(&rig);
    let mut rig = rig.understood("1");
    let from = rig.log.len();
    rig.held.insert(Kind::Job);
    rig.after(AfterAction::JoinRoll);
    let (fate, step) = password(&mut rig);
    assert_eq!(
        (fate, step),
        (None, PasswordStep::Joining),
        "nothing is said"
    );
    rig.world.last_run = LastRun::No(NoRun::Stopped);
    rig.release(Kind::Job);
    assert_eq!(
        rig.since(from),
        [
            "v1 record RollIntent",
            "v1 JoinRoll",
            "v1 record RollJoined",
            "v1 ReadLastRun",
        ]
    );
    let on_roll = PasswordFate::OnRoll {
        read_back: true,
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig), (Some(on_roll), PasswordStep::Done));
}

/// S47: where the site wants it, the age is of no account once the password is out of use, and was read back.
#[test]
fn a_password_that_is_out_of_use_need_not_be_changed_where_its_age_is_of_no_account() {
    let wants = |policy: &mut Policy| policy.passwords.never_expires = true;
    let mut rig = with(wants).understood("1");
    let from = rig.log.len();
    rig.held.insert(Kind::Roll);
    rig.after(AfterAction::JoinRoll);
    assert!(rig.world.never_expiring.is_empty(), "not before the roll");
    rig.release(Kind::Roll);
    assert_eq!(
        rig.since(from),
        [
            "v1 record RollIntent",
            "v1 JoinRoll",
            "v1 record RollJoined",
            "v1 record NeverExpiresIntent",
            "v1 NeverExpires",
            "v1 record NeverExpires",
        ]
    );
    let on_roll = |afterwards| PasswordFate::OnRoll {
        read_back: true,
        afterwards,
    };
    let fate = password(&mut rig).0;
    assert_eq!(fate, Some(on_roll(Afterwards::NeverExpires)));
    let mut both = with(|policy| {
        wants(policy);
        policy.passwords.last_run = Some(RunSource::File);
    })
    .understood("1");
    both.world.last_run = Known::Ago(5).read(&both);
    both.after(AfterAction::JoinRoll);
    let fate = password(&mut both).0;
    assert_eq!(fate, Some(on_roll(Afterwards::ByItself)), "more is known");
    // Not seen yet, refused, or not written down: the rule stays in force.
    let mut rig = with(wants).understood("1");
    rig.world.roll_lags = true;
    rig.after(AfterAction::JoinRoll);
    let stays = PasswordFate::OnRoll {
        read_back: false,
        afterwards: Afterwards::AsBefore,
    };
    assert_eq!(password(&mut rig).0, Some(stays));
    let mut rig = with(wants).understood("1");
    rig.world.unwritable = Some("After(NeverExpiresIntent");
    rig.after(AfterAction::JoinRoll);
    assert_eq!(rig.trouble().as_deref(), Some("R502"));
    assert!(rig.world.never_expiring.is_empty());
    let mut rig = with(wants).understood("1");
    rig.held.insert(Kind::Roll);
    rig.after(AfterAction::JoinRoll);
    rig.held.clear();
    let refused = AnswerFault::Failed(TroubleCode::NotAllowedHere);
    let join = rig.flying.pop().unwrap();
    let answer = rig.world.answer(&join, rig.now).unwrap();
    rig.world.faults.push_back((Kind::Roll, refused));
    rig.desk.handle_answer(join.id, answer, rig.now);
    rig.run();
    assert_eq!(rig.world.written().last().unwrap(), "NeverExpiresFailed");
    let fate = password(&mut rig).0;
    assert_eq!(fate, Some(on_roll(Afterwards::AsBefore)));
}

/// Everything that shows no run.
const NO_RUN: [NoRun; 8] = [
    NoRun::NotThere,
    NoRun::Unreadable,
    NoRun::Odd,
    NoRun::Newer,
    NoRun::Stopped,
    NoRun::Failed,
    NoRun::Future,
    NoRun::Old,
];

/// What a site can know of the job.
#[derive(Clone, Copy, Debug)]
enum Known {
    /// The site does not say where.
    NotAsked,
    No(NoRun),
    /// It ended so many minutes ago.
    Ago(i64),
}

impl Known {
    fn source(self) -> Option<RunSource> {
        match self {
            Self::NotAsked => None,
            Self::No(_) | Self::Ago(_) => Some(RunSource::File),
        }
    }

    fn read(self, rig: &Rig) -> LastRun {
        match self {
            Self::NotAsked => LastRun::No(NoRun::NotThere),
            Self::No(why) => LastRun::No(why),
            Self::Ago(minutes) => LastRun::Ended {
                at: rig.now.service.after_ms(-minutes * 60_000),
            },
        }
    }
}
