//! The visit and the desk as pure state machines: actions and answers in, effects and views out.
//!
//! Nothing here reads a clock, a file, the network or randomness. The driver calls
//! [`Desk::operator_act`] and [`Desk::person_act`], [`Desk::handle_answer`] and [`Desk::handle_timeout`], performs what
//! [`Desk::poll_effect`] returns, sleeps until [`Desk::poll_timeout`] and shows what
//! [`Desk::operator_view`] and [`Desk::person_view`] say.

mod action;

mod quota;

mod desk;

mod display;
mod earlier_phone;

mod effect;
mod effects;
mod four_eyes;
mod ids;
mod kept_visit;
mod language;
mod last_run;
mod letter;
mod light;
mod local_limits;
mod registration;

mod handout;
mod note;
mod notice;
mod person;
mod phone_access;

mod policy;
mod proof_look;
mod walkthrough;

mod pass;
mod reading;
pub mod record;
mod retirement;
mod secret;
mod sign_in_test;
mod site_files;
mod telephone;
mod time;
mod trouble;
mod view;
mod visit;

pub use action::{
    AfterAction, AgainAction, CallerAction, LetterAction, OldPhoneAction, OperatorAction,
    PersonAction, PersonAfterAction, VisitAction,
};
pub use desk::{Desk, DisplayChange, KeptAtStart, Start};
pub use display::{is_disruptive, mixes_scripts, sanitize_for_display};
pub use earlier_phone::EarlierPhone;
pub use effect::{
    AfterEffect, Answer, BeforePass, ColleagueEffect, Effect, EffectFailure, EffectId, IssueAnswer,
    IssuedPass, LookAgain, NotRecorded, PassRemoval, PassRequest, PasswordChange, PeopleFound,
    Reading, Task,
};
pub use four_eyes::{Colleague, ColleagueStanding, FourEyes, HeldBecause};
pub use handout::{HandOut, HandOutDone, HandOutRow, HandOutView};
pub use ids::{MethodInVisit, PassId, Subject, Upn, UpnError, UserId, VisitId, VisitIds};
pub use kept_visit::{KeptFound, KeptNumbers, KeptSupervisor, KeptVisit, NotKept};
pub use language::{
    Lang, LangCode, NoLangCode, OPERATOR_STARTS, PERSON_STARTS, WRITTEN, Words, Written,
};
pub use last_run::{LastRun, NoRun, RunSource};
pub use letter::{Letter, LetterPass, LetterWanted, NameInLetter, Picture, Recipient};
pub use light::Light;
pub use local_limits::{Belonging, LimitsSeen, LocalLimits, Memberships};
pub use note::{NoteAction, NoteKind, Notes, WantsNote};
pub use notice::{
    AddressFlaw, AddressWarning, Arrival, DeclaredAddress, HandedOver, LETTER_PASS_MINUTES,
    LetterKind, MailTrouble, MailWay, NoPassByMail, NoticeRules,
};
pub use person::directory::{
    AccountKind, GrantedPolicy, KnownPass, MayIssue, Method, MethodRead, Operator, OtherKind,
    PassReason, Person, Protection, Rights, Target, TenantRules,
};
pub use person::identity_check::{IdentityCheck, IssuePermit};
pub use person::passkey_rules::{PasskeyOffer, PasskeyProfile, PasskeyRules, PasskeyTarget};
pub use person::query::{AccountClass, FindBy, KnownDomains, NameWanted, PersonQuery, QueryNote};
pub use person::uninvited_kind::UninvitedKind;
pub use phone_access::{AccessPolicy, AccessQuestion, Applies, PhoneStep, PolicyWant};
pub use policy::{
    AccessPlaces, CheckRule, Domains, DoneLight, GuestWifi, Mode, OldApp, Paper, PassRules,
    PhoneOs, Policy, QrPath, Scopes, Site, StoreLink, TestSite, TextSize,
};
pub use reading::{DeviceAnswer, MethodQuery};
pub use record::{
    Display, DisplayLoss, PassEnd, PendingFound, PendingIntent, PendingPass, RegisteredKind,
    RemovalReason, RenewReason, RenewalNote, SignOutReason, VisitOutcome,
};
pub use retirement::{
    Afterwards, AgainStep, AgainTold, DespiteReason, ExpirySet, LeavesBecause, NeedsProof,
    NeverReason, PasswordFate, PasswordRules, PasswordWay, RollFit, RollJoined, StaysBecause,
    UseAnswer, UseQuestion, UseWords,
};
pub use secret::{Glyph, GlyphKind, PassSecret};
pub use sign_in_test::{
    LastUsed, LogSight, LookEnd, ProofSources, TestCause, TestPlace, TestProof, TestReport,
    TestResult, TestSight, Tested, TriedSignIn,
};
pub use site_files::{SiteFile, SiteFiles};
pub use telephone::{
    CallNumber, CallNumbers, CallerNeeds, CallerStrength, CallerWay, NumberKind, Supervisor,
    Telephone,
};
pub use time::{Mono, Now, ServiceTime};
pub use trouble::{Arg, Message, ServiceRefusal, Support, Trouble, TroubleCode};
pub use view::{
    AddressView, AfterScreen, AgainOffer, AgainScreen, AgainstNo, CallNumberView, CallerBoard,
    CallerWayView, CheckView, ChoiceView, ClassView, ColleagueView, Cure, EndView, FirstStart,
    HealthView, InFront, KeptCard, KeptSign, KeptState, LetterStep, LetterView, LightState,
    LightView, LivePass, LiveView, LockReason, MethodLine, NoticeLine, NoticeView, OldMethodState,
    OldMethodView, OldPhoneStep, OldPhoneView, OperatorCard, OperatorScreen, OperatorView,
    OtherScreenCard, Pace, PassByMailView, PassQuestionView, PassStage, PassView, PasswordStep,
    PendingPassView, PersonAfterScreen, PersonBrief, PersonCard, PersonPass, PersonRow,
    PersonScreen, PersonView, PhoneShows, RailRow, RailState, Readiness, ReadinessLine,
    RollToLeaveView, SecurityView, SessionsView, StartProblem, TestStep, Theirs, TicketCard,
    TicketState, TroubleView, UninvitedView, VisitCard, VisitList, VisitScreen, VisitState,
    WaitsAlready, WarningView, WarningWeight, Way,
};
pub use walkthrough::pack::{
    AppVersions, Detour, Element, ElementKind, FORMAT, Frame, OtherScreen, OtherScreens, Pack,
    PackError, Packs, PhoneScreen, Route, Row, RowKind, RowNeed, Variant,
};
pub use walkthrough::phone_answers::{NotPossibleReason, PhoneAnswers, PhoneQuestion, SkipWhen};
