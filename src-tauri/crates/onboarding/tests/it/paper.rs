//! What a person takes along: the guests' network on the screen (N6), the hand-out on paper (S06–S12).

use desk_world::{AnswerFault, Kind, sample};
use onboarding::{
    Desk, Effect, HandOut, HandOutView, InFront, Lang, LangCode, Message, OperatorAction,
    OperatorScreen, Paper, PersonAction, PersonAfterScreen, PersonPass, PersonScreen, PhoneOs,
    Site, SiteFile, SiteFiles, Start, TroubleCode, VisitAction, VisitScreen, Words,
};

use crate::rig::Rig;

/// A desk of this site in a world of its own.
fn rig_of(site: Site) -> Rig {
    let mut rig = Rig::new();
    rig.desk = Desk::new(Start {
        site,
        now: rig.now,
        ..sample::start(sample::policy()).unwrap()
    });
    rig
}

#[test]
fn n6_the_guest_network_stands_where_the_app_is_installed() {
    let shown = |rig: &mut Rig| match rig.person_view().screen {
        PersonScreen::Walk { wifi, .. } => wifi,
        _ => panic!("not walking"),
    };
    let mut plain = rig_of(sample::site()).board("1");
    assert_eq!(shown(&mut plain), None, "no network is configured");
    let wifi = Some(sample::wifi());
    let mut rig = rig_of(Site {
        wifi: wifi.clone(),
        ..sample::site()
    })
    .board("1");
    assert_eq!(shown(&mut rig), wifi);
    rig.person(PersonAction::Next).unwrap();
    assert_eq!(shown(&mut rig), None, "only while the app is installed");
    let debug = format!("{wifi:?}");
    assert!(debug.contains("Guests") && !debug.contains("welcome1"));
    assert!(!debug.contains("M0 0h1"), "the drawing says it as well");
}

fn sheet(rig: &mut Rig) -> Option<HandOutView> {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Board { hand_out, .. },
            ..
        }) => hand_out,
        _ => panic!("no board"),
    }
}

fn make(paper: Paper) -> VisitAction {
    VisitAction::MakeHandOut { paper }
}

/// The hand-out that is being made.
fn in_the_making(rig: &Rig) -> HandOut {
    let mut made = rig.flying.iter().filter_map(|flying| match &flying.effect {
        Effect::MakeHandOut { hand_out, .. } => Some((**hand_out).clone()),
        _ => None,
    });
    made.next().unwrap()
}

#[test]
fn a_hand_out_is_made_for_the_route_phone_and_language_in_hand() {
    let mut rig = Rig::new().shown("1");
    rig.held.insert(Kind::Paper);
    rig.visit(VisitAction::SetPersonLanguage { lang: Lang::JaEasy });
    rig.visit(VisitAction::SetPhone {
        os: PhoneOs::Android,
        lang: Lang::En,
    });
    rig.visit(make(Paper::A5));
    let made = in_the_making(&rig);
    assert_eq!((made.paper, made.lang), (Paper::A5, Lang::JaEasy));
    assert_eq!(
        (made.phone_os, made.phone_lang),
        (PhoneOs::Android, Lang::En)
    );
    assert_eq!(made.pack, "walkthrough-a");
    assert_eq!(
        made.rows.iter().filter(|row| row.number.is_some()).count(),
        13
    );
    assert_eq!(made.help_line, "0776-20-3660");
    let (helps, not_used) = (made.helps.len(), made.not_used.len());
    assert_eq!((helps, not_used), (1, 1), "S06 to S12");
    assert_eq!(made.site_files, SiteFiles::default());
    assert!(sheet(&mut rig).unwrap().making);
    rig.try_visit(make(Paper::A4)).unwrap_err();
    rig.held.clear();
    rig.release(Kind::Paper);
    let view = sheet(&mut rig).unwrap();
    assert!(!view.making);
    assert_eq!(view.done, Some(Message::new("op-paper-printed")));
}

/// In whatever language the site added, and with the words of its own walk-throughs.
#[test]
fn the_sites_own_words_go_to_the_paper() {
    let vi = SiteFile {
        path: "locales/vi/paper.ftl".to_owned(),
        text: "paper-title = Di cung".to_owned(),
    };
    let files = SiteFiles(vec![vi].into());
    let mut rig = rig_of(Site {
        files: files.clone(),
        ..sample::site()
    })
    .shown("1");
    rig.held.insert(Kind::Paper);
    let lang = Lang::Further(LangCode::parse("vi").unwrap());
    rig.visit(VisitAction::SetPersonLanguage { lang });
    rig.visit(make(Paper::A4));
    let made = in_the_making(&rig);
    assert_eq!((made.lang, made.site_files), (lang, files));
}

/// Never the pass, and nothing of the directory.
#[test]
fn nothing_of_the_person_or_the_pass_is_on_the_paper() {
    let mut rig = Rig::new().shown("1");
    rig.held.insert(Kind::Paper);
    rig.visit(make(Paper::A4));
    let paper = serde_json::to_string(&in_the_making(&rig)).unwrap();
    let PersonScreen::Walk {
        name,
        upn_local,
        upn_domain,
        pass: PersonPass::Shown { glyphs, .. },
        ..
    } = rig.person_view().screen
    else {
        panic!("the pass is in sight")
    };
    let pass: String = glyphs
        .iter()
        .filter_map(|glyph| char::from_u32(glyph.code))
        .collect();
    for secret in [&pass, &name, &upn_local, &upn_domain] {
        assert!(
            !secret.is_empty() && !paper.contains(secret.as_str()),
            "{secret}"
        );
    }
}

#[test]
fn what_went_wrong_with_the_paper_is_said_and_it_may_be_tried_again() {
    let mut rig = Rig::new().registered("1");
    rig.world.faults.push_back((
        Kind::Paper,
        AnswerFault::Failed(TroubleCode::HandOutNotPrinted),
    ));
    rig.visit(make(Paper::A4));
    assert_eq!(rig.trouble().as_deref(), Some("H602"));
    assert_eq!(sheet(&mut rig).unwrap().done, None);
    rig.visit(make(Paper::A4));
    assert_eq!(rig.trouble(), None);
    assert!(sheet(&mut rig).unwrap().done.is_some());
}

#[test]
fn a_site_without_paper_offers_none() {
    let mut rig = rig_of(Site {
        paper: None,
        ..sample::site()
    })
    .board("1");
    assert!(sheet(&mut rig).is_none());
    let refused = rig.try_visit(make(Paper::A4)).unwrap_err();
    assert_eq!(refused.code, TroubleCode::NotAllowedHere);
}

/// An answer that comes when the visit is over is dropped, like every other.
#[test]
fn a_late_hand_out_is_dropped() {
    let mut rig = Rig::new().board("1");
    rig.held.insert(Kind::Paper);
    rig.visit(make(Paper::A4));
    rig.visit(VisitAction::Cancel);
    rig.visit(VisitAction::Close);
    let before = rig.panes();
    rig.held.clear();
    rig.release(Kind::Paper);
    assert_eq!(rig.panes(), before);
}

/// The last screen of a visit whose phone was registered, and the sheet that is offered there.
fn end_sheet(rig: &mut Rig) -> Option<HandOutView> {
    match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Receipt { end },
            ..
        }) => end.hand_out,
        other => panic!("{other:?}"),
    }
}

fn card_in_sight() -> Rig {
    let mut rig = Rig::new().tested("1");
    rig.visit(VisitAction::Finish { leave_pass: false });
    rig
}

/// S12, S40 to S48: what stands on the closing card is taken home on a slip, in the language the person read.
#[test]
fn the_closing_card_is_a_slip_that_bears_no_name() {
    let mut rig = rig_of(Site {
        help_hours: Some(Words::same("9-17")),
        after_hours: Some(Words::same("tomorrow")),
        ..sample::site()
    });
    rig = rig.tested("1");
    rig.visit(VisitAction::SetPersonLanguage { lang: Lang::En });
    rig.visit(VisitAction::Finish { leave_pass: false });
    let PersonScreen::After(PersonAfterScreen::Card { password, .. }) = rig.person_view().screen
    else {
        panic!("no card");
    };
    rig.held.insert(Kind::Paper);
    rig.visit(make(Paper::A5));
    let made = in_the_making(&rig);
    let card = made.card.as_ref().unwrap();
    assert_eq!((card.password, made.lang), (password, Lang::En));
    assert_eq!(
        (&card.help_hours, &card.after_hours),
        (&Some(Words::same("9-17")), &Some(Words::same("tomorrow")))
    );
    assert!(made.rows.is_empty(), "the set-up is behind the person");
    assert_eq!((made.helps.len(), made.not_used.len()), (1, 1), "S12");
    let paper = serde_json::to_string(&made).unwrap();
    for secret in ["user-1", "Account 1", "@cablechan.biz"] {
        assert!(!paper.contains(secret), "{secret}");
    }
    assert!(end_sheet(&mut rig).unwrap().making);
    rig.held.clear();
    rig.release(Kind::Paper);
    let done = end_sheet(&mut rig).unwrap().done;
    assert_eq!(done, Some(Message::new("op-paper-printed")));
}

/// The steps are for whom they are still to do: an unfinished visit has them, and no card.
#[test]
fn an_unfinished_visit_takes_the_steps_along_and_has_no_card() {
    let mut rig = Rig::new().shown("1");
    rig.held.insert(Kind::Paper);
    rig.visit(make(Paper::A4));
    let made = in_the_making(&rig);
    assert!(made.card.is_none() && !made.rows.is_empty());
    rig.visit(VisitAction::LeaveUnfinished { leave_pass: false });
    assert!(end_sheet(&mut rig).is_none());
    let refused = rig.try_visit(make(Paper::A5)).unwrap_err();
    assert_eq!(refused.code, TroubleCode::NotNow);
}

#[test]
fn a_card_that_was_not_printed_is_said_and_may_be_tried_again() {
    let mut rig = card_in_sight();
    rig.world.faults.push_back((
        Kind::Paper,
        AnswerFault::Failed(TroubleCode::HandOutNotPrinted),
    ));
    rig.visit(make(Paper::A5));
    assert_eq!(rig.trouble().as_deref(), Some("H602"));
    rig.visit(make(Paper::A5));
    assert_eq!(rig.trouble(), None);
    assert!(end_sheet(&mut rig).unwrap().done.is_some());
}

/// Whoever still reads it keeps it; three minutes after the last touch of either side it goes by itself (N12).
#[test]
fn the_card_stays_until_nobody_touched_it_for_three_minutes() {
    let mut rig = card_in_sight();
    let shows = |rig: &mut Rig| match rig.view().screen {
        OperatorScreen::Visit(InFront {
            screen: VisitScreen::Receipt { .. },
            ..
        }) => matches!(
            rig.person_view().screen,
            PersonScreen::After(PersonAfterScreen::Card { .. })
        ),
        _ => false,
    };
    rig.wait_s(170);
    rig.person(PersonAction::Touch).unwrap();
    rig.wait_s(170);
    assert!(shows(&mut rig), "the person reads it");
    rig.want(OperatorAction::Touch);
    rig.wait_s(170);
    assert!(shows(&mut rig), "the operator explains it");
    rig.wait_s(11);
    assert!(!shows(&mut rig));
    let mut rig = card_in_sight();
    rig.visit(VisitAction::Close);
    assert!(!shows(&mut rig), "the next person");
}
