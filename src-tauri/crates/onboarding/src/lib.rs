//! The visit and the desk as pure state machines: actions and outcomes in, effects and views out.
//!
//! Nothing here reads a clock, a file, the network or randomness. The driver calls
//! [`Desk::act`], [`Desk::handle_outcome`] and [`Desk::handle_timeout`], performs what
//! [`Desk::poll_effect`] returns, sleeps until [`Desk::poll_timeout`] and shows what
//! [`Desk::operator_view`] and [`Desk::person_view`] say.

mod action;

mod quota;

mod desk;

mod effect;
mod effects;
mod ids;
mod light;
mod registration;

mod paper;
mod person;

mod policy;
mod walkthrough;

mod pass;
mod reading;
pub mod record;
mod secret;
mod site_files;
mod time;
mod trouble;
mod view;
mod visit;

pub use crate::action::{OperatorAction, PersonAction, VisitAction};
pub use crate::desk::{Desk, PendingIntent, PendingPass, Start};
pub use crate::effect::{Effect, EffectId, IssuedPass, Outcome, PassRequest};
pub use crate::ids::{PassId, Upn, UpnError, UserId, VisitId};
pub use crate::light::Light;
pub use crate::paper::{HandOut, HandOutDone, HandOutRow, HandOutView};
pub use crate::person::directory::{
    AccountKind, GrantedPolicy, KnownPass, MayIssue, Method, MethodRead, Operator, PassReason,
    Person, Target,
};
pub use crate::person::identity_check::{IdentityCheck, IssuePermit};
pub use crate::person::query::{AccountClass, FindBy, PersonQuery, QueryNote};
pub use crate::policy::{
    CheckRule, Domains, DoneLight, GuestWifi, Lang, LangCode, Mode, NoLangCode, OldApp, Paper,
    PassRules, PhoneOs, Policy, QrPath, Scopes, Site, StoreLink, TextSize, Words,
};
pub use crate::reading::{DevicesTold, Wants};
pub use crate::record::{
    PassEnd, RegisteredKind, RemovalReason, RenewReason, RenewalNote, VisitOutcome,
};
pub use crate::secret::{Glyph, GlyphKind, PassSecret};
pub use crate::site_files::{SiteFile, SiteFiles};
pub use crate::time::{Mono, Now, ServiceTime};
pub use crate::trouble::{Arg, Message, Support, Trouble, TroubleCode};
pub use crate::view::{
    CheckView, ChoiceView, ClassView, EndView, HealthView, LightState, LightView, LivePass,
    LiveView, LockReason, MethodLine, OperatorCard, OperatorScreen, OperatorView, OtherScreenCard,
    PassStage, PassView, PendingPassView, PersonBrief, PersonCard, PersonPass, PersonRow,
    PersonScreen, PersonView, PhoneShows, RailRow, RailState, TicketCard, TicketState, TroubleView,
    VisitCard, VisitList, VisitState,
};
pub use crate::walkthrough::pack::{
    Detour, Element, ElementKind, FORMAT, Frame, OtherScreen, OtherScreens, Pack, PackError, Packs,
    PhoneScreen, Route, Row, RowKind, RowNeed, Variant,
};
pub use crate::walkthrough::phone_answers::{Obstacle, PhoneAnswers, PhoneQuestion, SkipWhen};
