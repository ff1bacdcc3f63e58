//! Every order there is for a visit, so that what refuses orders is tried with all of them.

use desk_world::sample;
use onboarding::{
    AfterAction, AgainAction, CallerAction, EarlierPhone, FindBy, Lang, LetterAction,
    MethodInVisit, NotPossibleReason, NoteAction, OldPhoneAction, OperatorAction, Paper, PassId,
    PhoneOs, PhoneQuestion, RenewReason, Route, TestCause, TestPlace, TestReport, TestSight,
    UseAnswer, UseQuestion, VisitAction, VisitId,
};

/// What is ordered of a visit, each once.
fn of_a_visit() -> Vec<VisitAction> {
    let mut all = vec![
        VisitAction::Find {
            text: "user-2".into(),
            by: FindBy::Organisation,
        },
        VisitAction::Choose {
            user: sample::user("2"),
        },
        VisitAction::SearchAgain,
        VisitAction::ConfirmPerson,
        VisitAction::HeedWarnings { on: true },
        VisitAction::Tick {
            check: "photo-id".into(),
            on: true,
        },
        VisitAction::ConfirmPhone { on: true },
        VisitAction::ConfirmCheck,
        VisitAction::IssuePass { replace: true },
        VisitAction::RenewPass {
            same_person: true,
            reason: RenewReason::Lost,
        },
        VisitAction::AskColleague,
        VisitAction::StopAskingColleague,
        VisitAction::Reveal,
        VisitAction::Hide,
        VisitAction::Longer,
        VisitAction::ReadOut,
        VisitAction::LookNow,
        VisitAction::Next,
        VisitAction::Back,
        VisitAction::GoTo { row: "a6".into() },
        VisitAction::GoToWithoutPass { row: "a7".into() },
        VisitAction::SetPersonLanguage { lang: Lang::En },
        VisitAction::SetPhone {
            os: PhoneOs::Android,
            lang: Lang::En,
        },
        VisitAction::ClearOtherScreen,
        VisitAction::ChooseRoute {
            route: Route::CreatePasskey,
        },
        VisitAction::MakeHandOut { paper: Paper::A5 },
        VisitAction::AnswerPhone {
            asked: PhoneQuestion::AppInstalled,
            yes: true,
        },
    ];
    all.extend(endings());
    all.extend(old_phone().map(VisitAction::OldPhone));
    all.extend(caller().map(VisitAction::Caller));
    all.extend(after().map(VisitAction::After));
    all.extend(letter().map(VisitAction::Letter));
    all.extend(again().map(VisitAction::Again));
    all
}

fn endings() -> [VisitAction; 7] {
    [
        VisitAction::NotToday {
            why: NotPossibleReason::NoSmartphone,
            leave_pass: true,
        },
        VisitAction::Finish { leave_pass: true },
        VisitAction::LeaveUnfinished { leave_pass: true },
        VisitAction::Cancel,
        VisitAction::Close,
        VisitAction::StartNext,
        VisitAction::Note(NoteAction::SetVoucher { name: "x".into() }),
    ]
}

fn old_phone() -> [OldPhoneAction; 5] {
    [
        OldPhoneAction::SayEarlierPhone {
            earlier: Some(EarlierPhone::LostToOthers),
        },
        OldPhoneAction::BlockEarlierPhone,
        OldPhoneAction::GoOnUnblocked,
        OldPhoneAction::RetireMethod {
            method: "old".into(),
        },
        OldPhoneAction::LeaveMethod {
            method: "old".into(),
        },
    ]
}

fn caller() -> [CallerAction; 4] {
    [
        CallerAction::ReadNumbers,
        CallerAction::CalledBack { at: Some(0) },
        CallerAction::SupervisorSaid { at: Some(0) },
        CallerAction::ColleagueConfirms { on: true },
    ]
}

fn letter() -> [LetterAction; 5] {
    [
        LetterAction::DeclareAddress {
            address: "taro@home.example".into(),
        },
        LetterAction::AddressReadBack { on: true },
        LetterAction::SendLetter { with_pass: true },
        LetterAction::LetterArrived { arrived: true },
        LetterAction::ForgetAddress,
    ]
}

fn again() -> [AgainAction; 3] {
    [
        AgainAction::NeedPassword,
        AgainAction::ConfirmNeed {
            question: UseQuestion::Windows,
            answer: UseAnswer::No,
        },
        AgainAction::BackToRows,
    ]
}

fn after() -> [AfterAction; 6] {
    [
        AfterAction::TrySignIn {
            place: TestPlace::Station,
        },
        AfterAction::SkipTest {
            why: TestCause::NoTime,
        },
        AfterAction::TestShows {
            sight: Some(TestSight::PasswordAsked),
        },
        AfterAction::ReportTest {
            report: TestReport::Passed { app_instead: false },
        },
        AfterAction::ConfirmUse {
            question: UseQuestion::Windows,
            answer: UseAnswer::No,
            despite: None,
        },
        AfterAction::JoinRoll,
    ]
}

/// Which order it is; an order that is new has no number until it stands in the list above, too.
fn number(order: &VisitAction) -> usize {
    match order {
        VisitAction::Find { .. } => 0,
        VisitAction::Choose { .. } => 1,
        VisitAction::SearchAgain => 2,
        VisitAction::ConfirmPerson => 3,
        VisitAction::HeedWarnings { .. } => 4,
        VisitAction::Tick { .. } => 5,
        VisitAction::ConfirmPhone { .. } => 6,
        VisitAction::ConfirmCheck => 7,
        VisitAction::IssuePass { .. } => 8,
        VisitAction::RenewPass { .. } => 9,
        VisitAction::AskColleague => 10,
        VisitAction::StopAskingColleague => 11,
        VisitAction::Reveal => 12,
        VisitAction::Hide => 13,
        VisitAction::Longer => 14,
        VisitAction::ReadOut => 15,
        VisitAction::LookNow => 16,
        VisitAction::Next => 17,
        VisitAction::Back => 18,
        VisitAction::GoTo { .. } => 19,
        VisitAction::GoToWithoutPass { .. } => 20,
        VisitAction::SetPersonLanguage { .. } => 21,
        VisitAction::SetPhone { .. } => 22,
        VisitAction::ClearOtherScreen => 23,
        VisitAction::ChooseRoute { .. } => 24,
        VisitAction::MakeHandOut { .. } => 25,
        VisitAction::AnswerPhone { .. } => 26,
        VisitAction::NotToday { .. } => 27,
        VisitAction::Finish { .. } => 28,
        VisitAction::LeaveUnfinished { .. } => 29,
        VisitAction::Cancel => 30,
        VisitAction::Close => 31,
        VisitAction::StartNext => 32,
        VisitAction::Note(_) => 33,
        VisitAction::OldPhone(order) => match order {
            OldPhoneAction::SayEarlierPhone { .. } => 34,
            OldPhoneAction::BlockEarlierPhone => 35,
            OldPhoneAction::GoOnUnblocked => 36,
            OldPhoneAction::RetireMethod { .. } => 37,
            OldPhoneAction::LeaveMethod { .. } => 38,
        },
        VisitAction::Caller(order) => match order {
            CallerAction::ReadNumbers => 39,
            CallerAction::CalledBack { .. } => 40,
            CallerAction::SupervisorSaid { .. } => 41,
            CallerAction::ColleagueConfirms { .. } => 42,
        },
        VisitAction::After(order) => match order {
            AfterAction::TrySignIn { .. } => 43,
            AfterAction::SkipTest { .. } => 44,
            AfterAction::TestShows { .. } => 45,
            AfterAction::ReportTest { .. } => 46,
            AfterAction::ConfirmUse { .. } => 47,
            AfterAction::JoinRoll => 48,
        },
        VisitAction::Letter(order) => number_of_letter(order),
        VisitAction::Again(order) => number_of_again(order),
    }
}

fn number_of_again(order: &AgainAction) -> usize {
    match order {
        AgainAction::NeedPassword => 54,
        AgainAction::ConfirmNeed { .. } => 55,
        AgainAction::BackToRows => 56,
    }
}

fn number_of_letter(order: &LetterAction) -> usize {
    match order {
        LetterAction::DeclareAddress { .. } => 49,
        LetterAction::AddressReadBack { .. } => 50,
        LetterAction::SendLetter { .. } => 51,
        LetterAction::LetterArrived { .. } => 52,
        LetterAction::ForgetAddress => 53,
    }
}

/// Every order that wants an operator: of the visit, and what is decided of a pass or a method that was found.
pub(crate) fn every_order(visit: VisitId) -> Vec<OperatorAction> {
    let orders = of_a_visit().into_iter();
    let mut all: Vec<_> = orders
        .map(|act| OperatorAction::Visit { visit, act })
        .collect();
    for remove in [true, false] {
        all.push(OperatorAction::DecideOnPass {
            intent: "1-1".into(),
            pass: PassId("pass-1".into()),
            remove,
        });
        let method = "new".to_owned();
        all.push(OperatorAction::DecideOnMethod {
            which: MethodInVisit { visit, method },
            remove,
        });
    }
    all
}

#[test]
fn no_order_is_left_out_of_the_list() {
    let numbers: Vec<_> = of_a_visit().iter().map(number).collect();
    let all: Vec<_> = (0..57).collect();
    assert_eq!(numbers, all);
}
