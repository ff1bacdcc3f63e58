//! Whose a pass is: proven by our own answer, probable while the visit is open, else asked (I3, I4).

use desk_world::{AnswerFault, Kind, World, sample};
use onboarding::{
    InFront, OperatorAction, OperatorScreen, PassEnd, PassId, PassQuestionView, PassStage,
    RenewReason, TroubleCode, VisitAction, VisitId, VisitScreen, record::LeftOpen,
};

use crate::refusals::pass_time;
use crate::rig::Rig;

/// The intents that a station that starts now would find open.
fn open_intents(world: &World) -> Vec<String> {
    let mut left = LeftOpen::default();
    for ((visit, entry), at) in world.record.iter().zip(&world.times) {
        left.take(*visit, *at, entry);
    }
    let pending = left.pending().into_iter();
    pending.map(|pending| pending.intent).collect()
}

fn questions(rig: &mut Rig) -> Vec<PassQuestionView> {
    rig.view().pass_questions
}

/// Gives the operator's answer to the one question there is.
fn decide(rig: &mut Rig, remove: bool) {
    let asked = questions(rig);
    assert_eq!(asked.len(), 1);
    rig.want(OperatorAction::DecideOnPass {
        intent: asked[0].intent.clone(),
        pass: asked[0].pass.clone(),
        remove,
    });
}

fn receipt(rig: &mut Rig) -> PassEnd {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Receipt { end, .. },
            ..
        }) => end.pass,
        _ => panic!("no receipt"),
    }
}

fn alive(rig: &Rig) -> usize {
    let live = rig.world.passes.iter().filter(|pass| pass.live(rig.now));
    live.count()
}

/// A board where the question was given up and will arrive so late, so many times; nothing was seen of it.
fn held_up(for_s: u64, times: u8) -> Rig {
    let mut rig = Rig::new().board("1");
    let fault = AnswerFault::HeldUp { for_s, times };
    rig.world.faults.push_back((Kind::Issue, fault));
    rig.visit(VisitAction::IssuePass { replace: false });
    rig.wait_s(20);
    assert_eq!(rig.stage(), PassStage::None, "a new pass may be issued");
    assert_eq!(
        open_intents(&rig.world),
        ["1-1"],
        "and the old one stays open"
    );
    rig
}

/// What is held up on its way is found while the visit is open. It was made after looks that listed none, so that another
/// counter may have made it: nothing of it is removed without a yes (I4).
#[test]
fn i3_a_late_pass_of_an_open_visit_ends_in_removal_or_a_question_n13() {
    for (for_s, times) in [
        (31, 1),
        (45, 1),
        (65, 1),
        (300, 1),
        (28, 2),
        (31, 2),
        (150, 2),
    ] {
        let mut rig = held_up(for_s, times);
        pass_time(&mut rig, 11);
        let made = rig.world.passes.len();
        assert_eq!(made, usize::from(times), "{for_s} {times}");
        let removed = rig.log.iter().any(|step| step == "v1 RemovePass");
        assert!(!removed, "{for_s} {times}: removed unasked");
        assert_eq!(
            open_intents(&rig.world),
            ["1-1"],
            "never in a closed intent"
        );
        while alive(&rig) > 0 {
            decide(&mut rig, true);
            pass_time(&mut rig, 6);
        }
        assert_eq!((alive(&rig), questions(&mut rig).len()), (0, 0), "{for_s}");
        // Only after the last moment at which one could live is it over.
        pass_time(&mut rig, 31);
        assert_eq!(open_intents(&rig.world), [""; 0], "{for_s} {times}");
        assert_eq!(rig.world.written().last().unwrap(), "PassLapsed");
    }
}

/// After the visit's end the same pass is nobody's for sure: it stays until somebody says whose it is.
#[test]
fn i4_a_late_pass_of_a_visit_that_is_over_is_asked_about() {
    for (for_s, remove) in [(31, true), (45, false), (65, true), (300, false)] {
        let mut rig = held_up(for_s, 1);
        rig.visit(VisitAction::Cancel);
        assert_eq!(
            receipt(&mut rig),
            PassEnd::Uncertain,
            "{for_s}: said honestly"
        );
        rig.visit(VisitAction::Close);
        for _ in 0..20 {
            rig.wait_s(30);
            rig.want(OperatorAction::SetLanguage {
                lang: onboarding::Lang::En,
            });
        }
        assert_eq!(alive(&rig), 1, "{for_s}: nothing is removed without a yes");
        let asked = questions(&mut rig).remove(0);
        assert_eq!(asked.upn, "user-1@cablechan.biz");
        assert!(asked.made.0 - asked.asked.0 >= i64::try_from(for_s).unwrap() * 1000 - 1000);
        decide(&mut rig, remove);
        rig.wait_s(60);
        assert_eq!(alive(&rig), usize::from(!remove));
        assert!(questions(&mut rig).is_empty(), "answered once");
        let written = rig.world.written();
        assert!(written.contains(&"PassFound".into()) && written.contains(&"PassDecided".into()));
        let action = OperatorAction::DecideOnPass {
            intent: asked.intent,
            pass: asked.pass,
            remove: true,
        };
        let again = rig.act(&action).map_err(|trouble| trouble.code);
        assert_eq!(again, Err(TroubleCode::NotNow));
    }
}

/// The question outlives a restart, and goes by itself only with the pass's own end.
#[test]
fn i4_a_question_stays_until_it_is_answered_or_the_pass_ends() {
    let mut rig = held_up(65, 1);
    pass_time(&mut rig, 3);
    assert_eq!(questions(&mut rig).len(), 1);
    crate::crash::crash(&mut rig, false);
    assert!(
        questions(&mut rig).is_empty(),
        "nobody is asked while nobody is there"
    );
    let action = OperatorAction::DecideOnPass {
        intent: "1-1".into(),
        pass: PassId("pass-1".into()),
        remove: true,
    };
    let refused = rig.act(&action).map_err(|trouble| trouble.code);
    assert_eq!(refused, Err(TroubleCode::SignInAgain));
    let mut rig = rig.signed_in();
    for minute in 0..40 {
        let ended = rig.world.passes[0].made.after_minutes(30) <= rig.now.service;
        assert_eq!(questions(&mut rig).len(), usize::from(!ended), "{minute}");
        rig.wait_s(60);
        rig.want(OperatorAction::SetLanguage {
            lang: onboarding::Lang::En,
        });
    }
    assert!(questions(&mut rig).is_empty());
    assert!(!rig.world.passes[0].gone, "nobody said yes");
}

/// Another counter issues for the same person, alike in every respect, while this one still looks for what came of a
/// question of its own: one that never arrived, or one whose pass was found and taken back. It lives without a yes.
#[test]
fn i4_a_pass_of_another_counter_lives_beside_an_open_question() {
    for fault in [AnswerFault::LostQuestion, AnswerFault::LostAnswer] {
        for after_s in [5, 12, 23, 40] {
            let mut rig = Rig::new().board("1");
            rig.world.faults.push_back((Kind::Issue, fault));
            rig.visit(VisitAction::IssuePass { replace: false });
            rig.wait_s(after_s);
            let (user, now) = (desk_world::sample::user("1"), rig.truth());
            let theirs = rig.world.foreign_pass_like(&user, now, (30, true));
            pass_time(&mut rig, 5);
            let lives = |rig: &Rig| {
                rig.world
                    .passes
                    .iter()
                    .any(|pass| pass.id == theirs && !pass.gone)
            };
            assert!(lives(&rig), "{fault:?} {after_s}");
            assert_eq!(questions(&mut rig).len(), 1, "{fault:?} {after_s}");
            decide(&mut rig, false);
            rig.visit(VisitAction::Cancel);
            pass_time(&mut rig, 5);
            assert!(lives(&rig), "{fault:?} {after_s}: it is theirs");
        }
    }
}

/// An answer that names a pass the operator is being asked about is not believed, and the question stays.
#[test]
fn i4_an_answer_that_is_not_believed_takes_no_question_away_t12() {
    let mut rig = held_up(65, 1);
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    pass_time(&mut rig, 3);
    let asked = questions(&mut rig).remove(0);
    let mut rig = rig.board("1");
    rig.world.misstates = Some(|pass| pass.id = PassId("pass-1".to_owned()));
    assert_eq!(asked.pass, PassId("pass-1".to_owned()));
    rig.visit(VisitAction::IssuePass { replace: true });
    assert_eq!(rig.trouble().as_deref(), Some("T406"));
    let still: Vec<_> = questions(&mut rig).into_iter().map(|it| it.pass).collect();
    assert_eq!(still, [asked.pass]);
}

/// What three looks no longer list somebody else removed: nothing is left to ask. Listed again, it is asked about again.
#[test]
fn i4_a_question_about_a_pass_that_is_gone_goes_and_comes_back_with_it() {
    let mut rig = held_up(65, 1);
    pass_time(&mut rig, 3);
    let comes = |rig: &mut Rig, count: usize| {
        let so_many = |rig: &mut Rig| questions(rig).len() == count;
        assert!(!so_many(rig));
        let within = (0..11).any(|_| {
            pass_time(rig, 1);
            so_many(rig)
        });
        assert!(within, "{count} questions");
    };
    let gone = |rig: &mut Rig, gone: bool| {
        let pass = &mut rig.world.passes[0];
        (pass.gone, pass.gone_from) = (gone, None);
    };
    gone(&mut rig, true);
    comes(&mut rig, 0);
    gone(&mut rig, false);
    comes(&mut rig, 1);
    decide(&mut rig, true);
    rig.wait_s(60);
    assert_eq!(alive(&rig), 0);
}

/// A new pass was issued beside the open question: the late one replaces it, which is said, and the late one ends in
/// removal or a question.
#[test]
fn i3_a_late_pass_that_replaces_the_new_one_is_said_and_never_shown_as_entered() {
    for for_s in [45, 65, 300] {
        let mut rig = held_up(for_s, 1);
        rig.visit(VisitAction::IssuePass { replace: false });
        rig.wait_s(12);
        rig.visit(VisitAction::Reveal);
        pass_time(&mut rig, 9);
        let written = rig.world.written();
        assert!(
            written.contains(&"PassReplaced".into()),
            "{for_s}: {written:?}"
        );
        assert!(!written.contains(&"PassEntered".into()), "{for_s}");
        assert_eq!(rig.stage(), PassStage::Replaced, "{for_s}");
        decide(&mut rig, true);
        rig.wait_s(20);
        assert_eq!(alive(&rig), 0, "{for_s}");
        rig.visit(VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Lost,
        });
        rig.wait_s(12);
        assert_eq!((rig.stage(), alive(&rig)), (PassStage::Live, 1));
        rig.visit(VisitAction::Cancel);
        assert_eq!((receipt(&mut rig), alive(&rig)), (PassEnd::Removed, 0));
    }
}

/// Our own question, answered and then sent once more on its way: the second pass takes the place of the first.
#[test]
fn i3_a_question_that_was_sent_twice_ends_in_a_question_to_the_operator() {
    let mut rig = Rig::new().shown("1");
    rig.wait_s(50);
    let first = &rig.world.passes[0];
    let twin = desk_world::HeldUp {
        user: first.user.clone(),
        at: rig.now.mono,
        minutes: first.minutes,
        once: first.once,
        visit: VisitId(1),
    };
    rig.world.held_up.push(twin);
    rig.wait_s(20);
    assert_eq!(rig.trouble().as_deref(), Some("T412"));
    let asked = questions(&mut rig).remove(0);
    rig.visit(VisitAction::Cancel);
    rig.wait_s(10);
    assert_eq!(
        open_intents(&rig.world),
        ["1-1"],
        "the question keeps it open"
    );
    assert_eq!((questions(&mut rig).len(), alive(&rig)), (1, 1));
    assert_eq!(questions(&mut rig)[0].pass, asked.pass);
    decide(&mut rig, true);
    rig.wait_s(20);
    assert_eq!(alive(&rig), 0);
}

/// The same where the station dies before it sees it: the next run finds ours gone and another in its place, and asks.
#[test]
fn i3_the_twin_of_a_question_is_asked_about_after_a_crash_too() {
    for agreed in [true, false] {
        let mut rig = Rig::new().shown("1");
        let first = &rig.world.passes[0];
        let twin = desk_world::HeldUp {
            user: first.user.clone(),
            at: rig.now.mono,
            minutes: first.minutes,
            once: first.once,
            visit: VisitId(1),
        };
        rig.world.held_up.push(twin);
        crate::crash::crash(&mut rig, false);
        let mut rig = rig.signed_in();
        rig.wait_s(20);
        assert_eq!(questions(&mut rig).len(), 1);
        // The question outlives another crash: it was written before the end of ours.
        crate::crash::crash(&mut rig, false);
        let mut rig = rig.signed_in();
        rig.wait_s(200);
        assert_eq!((questions(&mut rig).len(), alive(&rig)), (1, 1));
        decide(&mut rig, agreed);
        rig.wait_s(20);
        assert_eq!(alive(&rig), usize::from(!agreed));
    }
}

/// A service that answers the twin, and not the first, says that a pass exists of which nobody knows.
#[test]
fn i3_a_pass_that_exists_though_nobody_made_one_is_looked_for() {
    let mut rig = Rig::new().board("1");
    let refused = AnswerFault::Refused(TroubleCode::PassExists);
    rig.world.faults.push_back((Kind::Issue, refused));
    let twin = desk_world::HeldUp {
        user: sample::user("1"),
        at: rig.now.mono,
        minutes: 30,
        once: true,
        visit: VisitId(1),
    };
    rig.visit(VisitAction::IssuePass { replace: false });
    assert_eq!(rig.stage(), PassStage::Uncertain);
    rig.world.held_up.push(twin);
    rig.wait_s(20);
    assert_eq!((rig.stage(), alive(&rig)), (PassStage::None, 0));
    assert_eq!(open_intents(&rig.world), ["1-1"]);
}

/// A counter dies after its intent, the person moves to the next one, and the first comes back: it cannot know whose
/// the pass is, and leaves it.
#[test]
fn i4_a_pass_of_the_next_counter_lives_though_the_first_asked_for_one_before() {
    for (after_s, lag_s) in [5, 40, 240]
        .into_iter()
        .flat_map(|after_s| [0, 1, 20, 120].map(|lag_s| (after_s, lag_s)))
    {
        let what = format!("after {after_s} s, copies {lag_s} s behind");
        let mut first = Rig::new().board("1");
        first.held.insert(Kind::Issue);
        first.visit(VisitAction::IssuePass { replace: false });
        crate::crash::crash(&mut first, false);
        first.wait_s(after_s);
        let mut world = std::mem::take(&mut first.world);
        world.lag_ms = lag_s * 1000;
        let now = first.now;
        let second = Rig::from(world, sample::policy(), Vec::new(), VisitId(1), now);
        let mut second = second.issued("1");
        std::mem::swap(&mut first.world, &mut second.world);
        let mut first = first.signed_in();
        for _ in 0..25 {
            first.wait_s(60);
            first.want(OperatorAction::SetLanguage {
                lang: onboarding::Lang::En,
            });
            assert_eq!(alive(&first), 1, "{what}: nobody said yes");
            assert!(!first.log.contains(&"v1 RemovePass".to_owned()));
        }
        assert_eq!(questions(&mut first).len(), 1, "{what}: it is asked");
        decide(&mut first, false);
        first.wait_s(60);
        assert_eq!((alive(&first), questions(&mut first).len()), (1, 0));
    }
}

/// A removal that meets a copy of the directory that is behind changes nothing: it is asked again until it is done.
#[test]
fn i3_a_removal_that_a_lagging_copy_did_not_do_is_done_later() {
    for lag_s in [1, 20, 120] {
        let mut rig = Rig::new().board("1");
        rig.world.lag_ms = lag_s * 1000;
        rig.visit(VisitAction::IssuePass { replace: false });
        rig.visit(VisitAction::Cancel);
        assert_eq!(receipt(&mut rig), PassEnd::NotThere, "{lag_s}: honest");
        assert_eq!((alive(&rig), open_intents(&rig.world).len()), (1, 1));
        assert_eq!(rig.view().pending_passes.len(), 1);
        for _ in 0..5 {
            rig.wait_s(60);
            drop(rig.act(&OperatorAction::SetLanguage {
                lang: onboarding::Lang::En,
            }));
        }
        assert_eq!(
            (alive(&rig), open_intents(&rig.world).len()),
            (0, 0),
            "{lag_s}"
        );
        let written = rig.world.written();
        assert!(written.contains(&"PassNotThere".into()));
        assert_eq!(written.last().unwrap(), "PassOrphanRemoved", "{lag_s}");
    }
}

/// What is really gone is said to be so only when every copy must know, and never as removed by us.
#[test]
fn a_pass_that_somebody_else_removed_is_gone_two_minutes_after_it_was_issued() {
    let mut rig = Rig::new().live("1");
    rig.world.passes[0].gone = true;
    rig.visit(VisitAction::Cancel);
    assert_eq!(receipt(&mut rig), PassEnd::NotThere);
    rig.wait_s(95);
    assert_eq!(
        (receipt(&mut rig), open_intents(&rig.world).len()),
        (PassEnd::NotThere, 1)
    );
    rig.wait_s(25);
    assert_eq!(
        (receipt(&mut rig), open_intents(&rig.world).len()),
        (PassEnd::Gone, 0)
    );
    assert_eq!(rig.world.written().last().unwrap(), "PassGone");
}

/// A copy that is 45 s behind shows nothing while three reads agree: the pass is found all the same.
#[test]
fn i3_a_lost_answer_behind_a_lagging_copy_is_found_later() {
    for lag_s in [1, 20, 45, 120] {
        let mut rig = Rig::new().board("1");
        rig.world.lag_ms = lag_s * 1000;
        rig.world
            .faults
            .push_back((Kind::Issue, AnswerFault::LostAnswer));
        rig.visit(VisitAction::IssuePass { replace: false });
        pass_time(&mut rig, 8);
        assert_eq!(alive(&rig), 0, "{lag_s}");
        assert_eq!(open_intents(&rig.world), ["1-1"], "another may come");
    }
}
