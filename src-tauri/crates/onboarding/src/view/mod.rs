//! What each screen shows: message keys and arguments, never text.

mod after;
mod again;
mod caller;
mod colleague;
mod letter;
mod notice;
mod old_phone;
mod operator;
mod parts;
mod person;
mod readiness;
mod start_problem;
mod visit_list;

pub use after::{AfterScreen, AgainstNo, PasswordStep, PersonAfterScreen, TestStep};
pub use again::{AgainOffer, AgainScreen, RollToLeaveView};
pub use caller::{CallNumberView, CallerBoard, CallerWayView};
pub use colleague::ColleagueView;
pub use letter::{AddressView, LetterStep, LetterView, PassByMailView, SecurityView};
pub use notice::{NoticeLine, NoticeView};
pub use old_phone::{OldMethodState, OldMethodView, OldPhoneStep, OldPhoneView, SessionsView};
pub use operator::{
    CheckView, ChoiceView, ClassView, HealthView, InFront, LockReason, MethodLine, OperatorCard,
    OperatorScreen, OperatorView, PassQuestionView, PendingPassView, PersonCard, Theirs,
    UninvitedView, VisitScreen, WarningView, WarningWeight,
};
pub use parts::{
    Cure, EndView, LightState, LightView, LivePass, LiveView, Pace, PassStage, PassView,
    PersonBrief, RailRow, RailState, TroubleView,
};
pub use person::{
    FirstStart, OtherScreenCard, PersonPass, PersonRow, PersonScreen, PersonView, PhoneShows, Way,
};
pub use readiness::{Readiness, ReadinessLine};
pub use start_problem::StartProblem;
pub use visit_list::{
    KeptCard, KeptSign, KeptState, TicketCard, TicketState, VisitCard, VisitList, VisitState,
    WaitsAlready,
};
