//! What someone wants. An action that does not fit the moment changes nothing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::earlier_phone::EarlierPhone;
use crate::ids::{MethodInVisit, PassId, UserId, VisitId};
use crate::language::Lang;
use crate::note::NoteAction;
use crate::person::query::FindBy;
use crate::policy::Paper;
use crate::policy::{PhoneOs, TextSize};
use crate::record::RenewReason;
use crate::retirement::{DespiteReason, UseAnswer, UseQuestion};
use crate::sign_in_test::{TestCause, TestPlace, TestReport, TestSight};
use crate::walkthrough::pack::Route;
use crate::walkthrough::phone_answers::{NotPossibleReason, PhoneQuestion};

/// What the operator can want.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "want", rename_all = "snake_case", deny_unknown_fields)]
pub enum OperatorAction {
    /// Somebody touched the operator's side without wanting anything of the station.
    Touch,
    SignIn,
    CancelSignIn,
    /// The account that signed in is the operator's own, though another was expected.
    ConfirmOperator,
    /// It is not: nothing is done in its name.
    RefuseOperator,
    SignOut,
    /// Ends the app, from home; a kiosk has no other way to be closed by hand.
    CloseApp,
    Lock,
    /// A role was activated elsewhere: rights are looked at anew, and whatever is open stays.
    RoleActivated,
    /// Somebody saw to it by hand that a person leaves the roll: the line about the visit they joined
    /// it in is put away.
    RollSeenTo {
        joined_in: VisitId,
    },
    SetLanguage {
        lang: Lang,
    },
    /// How large the operator's own side is; it stays from one visit to the next.
    SetTextSize {
        size: TextSize,
    },
    /// The notice of what was done while nobody looked was read, as it stood under this number.
    DismissNotice {
        number: u32,
    },
    /// Puts the visit in front aside, where there is one.
    StartVisit,
    /// The same for somebody who calls, where the site serves callers.
    StartTelephoneVisit,
    /// The visit in front leaves the screens and goes on by itself.
    PutAside,
    /// A visit that was put aside comes to the front.
    Resume {
        visit: VisitId,
    },
    /// Goes on with what was kept of a visit by telephone that is not open any more: a new visit for the same person.
    ResumeKept {
        visit: VisitId,
    },
    /// That is not needed any more, and deleted.
    ForgetKept {
        visit: VisitId,
    },
    /// Hands the next number to somebody who waits.
    TakeTicket,
    CallTicket {
        number: u32,
    },
    /// Nobody came with this number.
    NoShow {
        number: u32,
    },
    /// The operator's answer to whose a pass is that was found: it is removed, or somebody else's and stays.
    DecideOnPass {
        intent: String,
        pass: PassId,
        remove: bool,
    },
    /// The operator's answer to a method that nobody was led to: it is removed, or it is the person's and stays.
    DecideOnMethod {
        which: MethodInVisit,
        remove: bool,
    },
    /// Only the visit in front takes part in anything.
    Visit {
        visit: VisitId,
        act: VisitAction,
    },
}

/// What the operator can want of one visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitAction {
    Find {
        text: String,
        by: FindBy,
    },
    Choose {
        user: UserId,
    },
    SearchAgain,
    ConfirmPerson,
    /// The operator has read what stands in the way of this person, and goes on all the same.
    HeedWarnings {
        on: bool,
    },
    Tick {
        check: String,
        on: bool,
    },
    ConfirmPhone {
        on: bool,
    },
    ConfirmCheck,
    /// `replace` is the operator's yes to ending a pass that is already live.
    IssuePass {
        replace: bool,
    },
    RenewPass {
        same_person: bool,
        reason: RenewReason,
    },
    /// A colleague signs in here and confirms the next pass, where the site wants that.
    AskColleague,
    /// The operator does not wait for that any longer.
    StopAskingColleague,
    Reveal,
    Hide,
    Longer,
    /// The pass in sight on the operator's own side while it is held, to be read out: in a visit by telephone alone.
    ReadOut,
    /// Look in the directory now, within the limit.
    LookNow,
    Next,
    Back,
    GoTo {
        row: String,
    },
    /// The same with the operator's yes to going past the row that asks for the pass while none could be used.
    GoToWithoutPass {
        row: String,
    },
    SetPersonLanguage {
        lang: Lang,
    },
    SetPhone {
        os: PhoneOs,
        lang: Lang,
    },
    ClearOtherScreen,
    /// Another walk-through; the check and the pass stay.
    ChooseRoute {
        route: Route,
    },
    /// Paper for the person, in the person's language.
    MakeHandOut {
        paper: Paper,
    },
    /// What the person says of the phone. It can be asked again at any time.
    AnswerPhone {
        asked: PhoneQuestion,
        yes: bool,
    },
    /// It cannot be done today. `leave_pass` as with the other endings.
    NotToday {
        why: NotPossibleReason,
        leave_pass: bool,
    },
    /// `leave_pass` keeps an unused pass alive until it ends by itself.
    Finish {
        leave_pass: bool,
    },
    LeaveUnfinished {
        leave_pass: bool,
    },
    Cancel,
    /// Puts the receipt away: nothing of the visit stays.
    Close,
    /// The same, and the next visit begins at once.
    StartNext,
    /// Writes down what a ticked check asks for.
    #[serde(untagged)]
    #[ts(untagged)]
    Note(NoteAction),
    /// The phone that was registered before.
    #[serde(untagged)]
    #[ts(untagged)]
    OldPhone(OldPhoneAction),
    /// Proofs somebody who calls.
    #[serde(untagged)]
    #[ts(untagged)]
    Caller(CallerAction),
    /// Mail to the person.
    #[serde(untagged)]
    #[ts(untagged)]
    Letter(LetterAction),
    /// A password is needed again.
    #[serde(untagged)]
    #[ts(untagged)]
    Again(AgainAction),
    /// What follows the registration.
    #[serde(untagged)]
    #[ts(untagged)]
    After(AfterAction),
}

/// What the operator can want where somebody needs a password again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum AgainAction {
    /// The person says so: what for is asked anew.
    NeedPassword,
    /// The operator heard this answer; a "yes" the person gives first, on the person's own screen.
    ConfirmNeed {
        question: UseQuestion,
        answer: UseAnswer,
    },
    /// On to a phone, or back to it: what was decided stays decided.
    BackToRows,
}

/// What the operator can want of the phone that was registered before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum OldPhoneAction {
    /// What becomes of it; none takes back what was said.
    SayEarlierPhone { earlier: Option<EarlierPhone> },
    /// The operator's yes: its methods are removed and the person's sessions ended, before the pass.
    BlockEarlierPhone,
    /// The visit goes on to the pass though that was not all done from here.
    GoOnUnblocked,
    /// The operator's yes to one method: it is removed.
    RetireMethod { method: String },
    /// This one stays with the person.
    LeaveMethod { method: String },
}

/// What the operator can want while somebody is proofed who calls. There is no field for a number: `at` is a place in the
/// list of those that are shown; none takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum CallerAction {
    /// The numbers are read once more.
    ReadNumbers,
    /// The caller was reached there.
    CalledBack { at: Option<u8> },
    /// The supervisor was reached there, and said that it is the person.
    SupervisorSaid { at: Option<u8> },
    /// A colleague will confirm each pass.
    ColleagueConfirms { on: bool },
}

/// What the operator can want of mail to the person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum LetterAction {
    /// The person said that mail reaches them there; another one takes its place.
    DeclareAddress {
        address: String,
    },
    /// The person heard it character by character, and said yes.
    AddressReadBack {
        on: bool,
    },
    ForgetAddress,
    SendLetter {
        with_pass: bool,
    },
    /// What the person said when asked whether it is there.
    LetterArrived {
        arrived: bool,
    },
}

impl std::fmt::Debug for LetterAction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // An address is in no log.
        f.write_str(match self {
            Self::DeclareAddress { .. } => "DeclareAddress",
            Self::AddressReadBack { .. } => "AddressReadBack",
            Self::ForgetAddress => "ForgetAddress",
            Self::SendLetter { .. } => "SendLetter",
            Self::LetterArrived { .. } => "LetterArrived",
        })
    }
}

/// What the operator can want once the registration is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum AfterAction {
    /// The person tries to sign in.
    TrySignIn {
        place: TestPlace,
    },
    SkipTest {
        why: TestCause,
    },
    /// What the person met; none puts the help away.
    TestShows {
        sight: Option<TestSight>,
    },
    ReportTest {
        report: TestReport,
    },
    /// The operator heard the same answer to this question; `despite` where the directory speaks against a "no".
    ConfirmUse {
        question: UseQuestion,
        answer: UseAnswer,
        despite: Option<DespiteReason>,
    },
    /// The person's password is taken out of use in the site's way: joins the roll, is changed here, or both.
    JoinRoll,
}

/// What the person can want from the person's own screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "want", rename_all = "snake_case", deny_unknown_fields)]
pub enum PersonAction {
    /// Somebody touched the person's side without wanting anything of the station.
    Touch,
    Next,
    /// The phone does not come to the row's screen, which only some people see: on to the next.
    NotShown,
    Back,
    /// Which phone is in the person's hand.
    ChoosePhone {
        os: PhoneOs,
    },
    /// The app is on the phone already.
    AppInstalled,
    /// The phone does not show the row's screen.
    OtherScreen,
    /// The phone shows this one of the row's known other screens.
    ChooseScreen {
        screen: String,
    },
    /// The phone shows none of them.
    NoneOfThese,
    /// Back from another screen to the row it leads to.
    BackToRow,
    SetLanguage {
        lang: Lang,
    },
    SetTextSize {
        size: TextSize,
    },
    ReadAloud {
        on: bool,
    },
    Reveal,
    /// The pass is to stay in sight for a while more.
    Longer,
    /// The characters of the pass are drawn: its time in sight begins. A page says it, so it counts as nobody's touch.
    Drawn,
    Done,
    /// What follows the registration.
    #[serde(untagged)]
    #[ts(untagged)]
    After(PersonAfterAction),
}

/// What the person can want once the registration is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "want", rename_all = "snake_case", deny_unknown_fields)]
pub enum PersonAfterAction {
    /// What the phone or the browser shows; none puts the help away.
    TestShows { sight: Option<TestSight> },
    /// The answer to the question that was shown.
    AnswerUse {
        question: UseQuestion,
        answer: UseAnswer,
    },
    /// What was said of the password was understood.
    Understood,
}
