//! The visit and the desk as pure state machines: actions and outcomes in, effects and views out.
//!
//! Nothing here reads a clock, a file, the network or randomness. The driver calls
//! [`Desk::operator_act`] and [`Desk::person_act`], [`Desk::handle_outcome`] and [`Desk::handle_timeout`], performs what
//! [`Desk::poll_effect`] returns, sleeps until [`Desk::poll_timeout`] and shows what
//! [`Desk::operator_view`] and [`Desk::person_view`] say.

mod action;
mod beat;
mod budget;
mod check;
mod chooser;
mod desk;
mod devices;
mod dice;
mod directory;
mod effect;
mod effects;
mod ids;
mod live;
mod narrow;
mod pack;
mod paper;
mod pass;
mod plan;
mod policy;
mod query;
mod reconcile;
mod time;
mod trouble;
mod view;
mod visit;

pub use action::{OperatorAction, PersonAction, RenewReason, VisitAction};
pub use check::{IdentityCheck, IssuePermit, RenewalNote};
pub use chooser::{Obstacle, PhoneAnswers, PhoneQuestion, SkipWhen};
pub use desk::{Desk, PendingIntent, PendingPass, Start};
pub use directory::{
    AccountKind, GrantedPolicy, KnownPass, MayIssue, Method, MethodRead, Operator, PassReason,
    Person, Target,
};
pub use effect::{
    DevicesTold, Effect, EffectId, Ended, EndedPass, IssuedPass, Outcome, PassRequest, RecordEntry,
    RegisteredKind, RemovedFor, Wants,
};
pub use ids::{PassId, Upn, UpnError, UserId, VisitId};
pub use live::Light;
pub use pack::{
    Detour, Element, ElementKind, FORMAT, Frame, OtherScreen, OtherScreens, Pack, PackError, Packs,
    PhoneScreen, Route, Row, RowKind, RowNeed, Variant,
};
pub use paper::{HandOut, HandOutDone, HandOutRow, HandOutView, Paper};
pub use pass::PassSecret;
pub use policy::{
    CheckRule, Domains, DoneLight, GuestWifi, Lang, LangCode, Mode, NoLangCode, OldApp, PassRules,
    PhoneOs, Policy, QrPath, Scopes, Site, StoreLink, TextSize, Words,
};
pub use query::{AccountClass, FindBy, PersonQuery, QueryNote};
pub use time::{Mono, Now, ServiceTime};
pub use trouble::{Arg, Message, Support, Trouble, TroubleCode};
pub use view::{
    CheckView, ChoiceView, ClassView, EndView, Glyph, GlyphKind, HealthView, LightState, LightView,
    LivePass, LiveView, LockReason, MethodLine, OperatorCard, OperatorScreen, OperatorView,
    OtherScreenCard, PassStage, PassView, PendingPassView, PersonBrief, PersonCard, PersonPass,
    PersonRow, PersonScreen, PersonView, PhoneShows, RailRow, RailState, SiteFile, SiteFiles,
    TicketCard, TicketState, TroubleView, VisitCard, VisitList, VisitState,
};
