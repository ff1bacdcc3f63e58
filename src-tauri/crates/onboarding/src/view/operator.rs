//! What the operator's window draws.

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use super::after::AfterScreen;
use super::again::{AgainOffer, AgainScreen, RollToLeaveView};
use super::caller::{CallerBoard, CallerWayView};
use super::colleague::ColleagueView;
use super::letter::LetterView;
use super::notice::NoticeView;
use super::old_phone::OldPhoneView;
use super::parts::{
    EndView, LivePass, LiveView, Pace, PassView, PersonBrief, RailRow, TroubleView,
};
use super::person::{PersonRow, PhoneShows};
use super::readiness::ReadinessLine;
use super::start_problem::StartProblem;
use super::visit_list::{VisitList, WaitsAlready};
use crate::handout::HandOutView;
use crate::ids::{MethodInVisit, PassId, UserId, VisitId};
use crate::language::{Lang, Words};
use crate::note::{Notes, WantsNote};
use crate::person::directory::{AccountKind, MayIssue};
use crate::person::query::AccountClass;
use crate::person::uninvited_kind::UninvitedKind;
use crate::policy::{Mode, PhoneOs, TextSize};
use crate::record::RegisteredKind;
use crate::sign_in_test::TestPlace;
use crate::site_files::{SiteFile, SiteFiles};
use crate::telephone::CallerNeeds;
use crate::time::ServiceTime;
use crate::trouble::Message;
use crate::walkthrough::pack::Route;
use crate::walkthrough::phone_answers::{NotPossibleReason, PhoneAnswers};

/// Everything the operator's window draws.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OperatorView {
    #[ts(type = "number")]
    pub revision: u64,
    pub lang: Lang,
    pub text_size: TextSize,
    pub mode: Mode,
    /// The banner "Training – not Microsoft"; nothing removes it.
    pub training: bool,
    pub help_line: String,
    pub organisation: Words,
    /// True when the person's pane stands in this same window.
    pub person_pane: bool,
    pub health: HealthView,
    pub operator: Option<OperatorCard>,
    /// Passes of earlier visits whose fate is not known yet.
    pub pending_passes: Vec<PendingPassView>,
    /// Passes that were found, of which the operator is asked whose they are.
    pub pass_questions: Vec<PassQuestionView>,
    /// Methods that came and that nobody was led to, until the operator has decided.
    pub uninvited: Vec<UninvitedView>,
    /// The phone that was registered before the visit in front, where something is to be said or decided of it.
    pub old_phone: Option<OldPhoneView>,
    /// People who are to leave the roll and could not so far.
    pub rolls_to_leave: Vec<RollToLeaveView>,
    /// What was found and done while nobody looked; it stays until an operator puts it away.
    pub notice: Option<NoticeView>,
    pub trouble: Option<TroubleView>,
    /// None where only one visit can be open, and while nobody is at the desk.
    pub list: Option<VisitList>,
    /// Words the page looks at before its own; empty where the site has none.
    #[ts(as = "Vec<SiteFile>")]
    pub site_files: SiteFiles,
    pub screen: OperatorScreen,
}

/// One line on the machine's health.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct HealthView {
    pub host: String,
    pub version: String,
    pub free_disk_mb: u32,
    pub free_memory_mb: u32,
    /// Seconds the machine's clock is ahead of the service's; none before first contact.
    pub drift_s: Option<i32>,
    pub disk_low: bool,
    pub memory_low: bool,
    pub drift_high: bool,
    /// The web view runs without its sandbox, which this machine does not allow.
    pub unconfined: bool,
    /// Somebody who is no administrator may change the configuration.
    pub config_exposed: bool,
    /// What is remembered of the record outside of it cannot be written by this account.
    pub unwitnessed: bool,
    /// The site's own packs and languages in force, each with its version where it has one.
    pub site_packs: Vec<String>,
    /// What of the site's folder is not used, and why.
    pub pack_problems: Vec<String>,
}

/// Who is signed in.
#[derive(Clone, Debug, Serialize, TS)]
pub struct OperatorCard {
    pub name: String,
    pub upn: String,
    pub may_issue: MayIssue,
    pub missing_scopes: Vec<String>,
}

/// A pass that may exist though nobody saw it.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PendingPassView {
    pub upn: String,
    pub until: ServiceTime,
}

/// A pass that was found where this station had asked for one: it may be this station's or another counter's.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PassQuestionView {
    pub intent: String,
    pub pass: PassId,
    pub upn: String,
    /// When it was made, and when this station asked.
    pub made: ServiceTime,
    pub asked: ServiceTime,
    pub until: ServiceTime,
}

/// A method that came during a visit and that nobody was led to.
#[derive(Clone, Debug, Serialize, TS)]
pub struct UninvitedView {
    pub which: MethodInVisit,
    pub ticket: Option<u32>,
    /// Whose it is; none once the visit is over.
    pub person: Option<String>,
    pub kind: UninvitedKind,
    pub name: Option<String>,
    /// It is what the walk-through leads to, and came before anybody here was told the pass of this visit.
    pub without_pass: bool,
    /// Several of its kind came at once: the operator says which is in the person's hand.
    pub one_of_several: bool,
    /// One press removes it: this kind's right was granted.
    pub may_remove: bool,
    pub removing: bool,
    /// Why it could not be removed.
    pub trouble: Option<TroubleView>,
}

/// The operator's screens.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "screen", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for a view and gone when it is sent; a box would only hide the visit from patterns"
)]
pub enum OperatorScreen {
    /// The station cannot work before its configuration is mended.
    NotConfigured {
        file: String,
        problems: Vec<String>,
    },
    /// The station cannot start for another reason.
    NotStarted {
        problem: StartProblem,
    },
    Welcome,
    SigningIn {
        remaining_s: u32,
        /// A visit waits behind this sign-in.
        resumes_visit: bool,
    },
    /// Another account than the expected one signed in: is it the operator's?
    ConfirmOperator {
        name: String,
        upn: String,
        /// The sign-in name that was expected.
        expected: String,
        remaining_s: u32,
        resumes_visit: bool,
    },
    Locked {
        why: LockReason,
        name: String,
        /// Visits that end as unfinished where another operator takes over.
        #[ts(type = "number")]
        open_visits: usize,
    },
    /// Signed in, no visit in front.
    Home {
        /// Minutes a pass will live, after the tenant's bounds.
        pass_minutes: u32,
        pass_once: bool,
        /// The tenant's own rules could be read.
        policy_read: bool,
        policy_trouble: Option<Message>,
        /// A passkey may be offered after a sign-in.
        passkey_offer: Option<Message>,
        /// What the counter needs of the directory; empty until the tenant's rules were read.
        readiness: Vec<ReadinessLine>,
        /// The site serves callers.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        by_telephone: Option<bool>,
    },
    #[serde(untagged)]
    #[ts(untagged)]
    Visit(InFront),
}

/// The visit in front.
#[derive(Clone, Debug, Serialize, TS)]
pub struct InFront {
    pub visit: VisitId,
    /// The person calls; not there where the person is at the counter.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub by_telephone: Option<bool>,
    /// Mail to the person, where the site sends any.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub letter: Option<Box<LetterView>>,
    /// The person who was found waits for a call back already.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub waits: Option<WaitsAlready>,
    #[serde(flatten)]
    pub screen: VisitScreen,
}

/// What the operator sees of one visit.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "screen", rename_all = "snake_case")]
pub enum VisitScreen {
    Find {
        classes: Vec<ClassView>,
        busy: bool,
        note: Option<Message>,
        choices: Vec<ChoiceView>,
        more: bool,
    },
    Found {
        person: PersonCard,
        /// What weighs most in front.
        warnings: Vec<WarningView>,
        /// What stands in the way was read; nothing goes on before, where there is such a warning.
        heeded: bool,
        /// False when a pass cannot be issued for this person by this operator; `trouble` says why.
        may_continue: bool,
        blocked: Option<TroubleView>,
    },
    Check {
        person: PersonBrief,
        checks: Vec<CheckView>,
        required: u8,
        phone_confirmed: bool,
        #[serde(flatten)]
        notes: Notes,
        complete: bool,
        /// Whether Conditional Access will let the phone in, where the site asks for that.
        phone_access: Option<WarningView>,
    },
    /// The same for somebody who calls: nothing that is seen at a counter.
    Caller {
        person: PersonBrief,
        ways: Vec<CallerWayView>,
        needs: CallerNeeds,
        /// What was done is enough.
        met: bool,
        /// The directory is being asked where to call.
        reading: bool,
        /// It was, and told all there is.
        read: bool,
        /// Numbers or the supervisor are not what they were before the visit waited.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        numbers_changed: Option<bool>,
        phone_confirmed: bool,
        complete: bool,
        phone_access: Option<WarningView>,
    },
    Board {
        person: PersonBrief,
        row: String,
        row_number: Option<u8>,
        rows: u8,
        rail: Vec<RailRow>,
        pass: PassView,
        live: LiveView,
        registered: Option<RegisteredKind>,
        check_minutes_left: u32,
        renewals_left: u8,
        /// The person says the phone looks different.
        other_screen: bool,
        /// The person says that the phone shows the last row's screen.
        said_done: bool,
        /// The person waits at the row in hand for a pass.
        waits_for_pass: bool,
        /// The row past which the operator is asked first, because no pass could be used so far.
        held_at: Option<String>,
        pace: Pace,
        /// The known other screen the person recognised: `other-<id>-title` names it.
        other_screen_is: Option<String>,
        /// The walk-through that leads around it.
        other_screen_offers: Option<Route>,
        /// Why it may not be possible today, where that screen may mean it.
        other_screen_ends: Option<NotPossibleReason>,
        /// The token ended: sign in again, as the same person, to go on.
        sign_in_again: bool,
        /// The walk-through in hand, those that may be chosen, and the one the directory speaks for.
        route: Route,
        routes: Vec<Route>,
        route_suggested: Route,
        /// What the person said of the phone.
        answers: PhoneAnswers,
        phone_os: PhoneOs,
        phone_lang: Lang,
        person_lang: Lang,
        theirs: Box<Theirs>,
        hand_out: Option<HandOutView>,
        /// Whether a colleague has to confirm the next pass; none where nobody has to.
        colleague: Option<ColleagueView>,
        /// Where the sign-in can be tried now, the place that is offered first in front.
        test_places: Vec<TestPlace>,
        /// Somebody calls, and this is theirs.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        caller: Option<Box<CallerBoard>>,
        /// It can be said that a password is needed again.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        may_need_password: Option<AgainOffer>,
    },
    /// The pass is being removed and the end recorded.
    Ending,
    Receipt {
        end: EndView,
    },
    #[serde(untagged)]
    #[ts(untagged)]
    After(AfterScreen),
    #[serde(untagged)]
    #[ts(untagged)]
    Again(AgainScreen),
}

/// What stands on the person's screen, for an operator who sits at another display.
#[derive(Clone, Debug, Serialize, TS)]
pub struct Theirs {
    pub row: PersonRow,
    pub shows: PhoneShows,
    /// The pass stands there in characters; which ones is not said here.
    pub pass_in_sight: bool,
}

/// Why the station is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LockReason {
    Asked,
    Idle,
    TokenEnded,
}

/// A kind of account with its domain.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ClassView {
    pub class: AccountClass,
    pub domain: String,
}

/// One of several people found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct ChoiceView {
    pub user: UserId,
    pub name: String,
    pub upn: String,
    pub department: Option<String>,
    pub enabled: Option<bool>,
    /// The name has letters of scripts that are not written together.
    pub mixed_scripts: bool,
}

/// The person found, with what the operator must see.
#[derive(Clone, Debug, Serialize, TS)]
pub struct PersonCard {
    pub user: UserId,
    pub name: String,
    pub upn_local: String,
    pub upn_domain: String,
    pub mail: Option<String>,
    pub department: Option<String>,
    pub employee_id: Option<String>,
    /// None where the directory did not say.
    pub enabled: Option<bool>,
    pub kind: AccountKind,
    pub methods: Vec<MethodLine>,
    /// Minutes since a still usable pass was made, and when it ends.
    pub live_pass: Option<LivePass>,
}

/// What the operator should know of a person who was found.
#[derive(Clone, Debug, Serialize, TS)]
pub struct WarningView {
    pub weight: WarningWeight,
    pub message: Message,
}

/// How much a warning matters, the most first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WarningWeight {
    /// As things are, the registration cannot succeed.
    Blocks,
    /// Something may go wrong, or be lost.
    Warns,
    /// No trouble: what an ordinary person has, too.
    Tells,
}

/// One registered method in words.
#[derive(Clone, Debug, Serialize, TS)]
pub struct MethodLine {
    pub message: Message,
}

/// One way to check who someone is.
#[derive(Clone, Debug, Serialize, TS)]
pub struct CheckView {
    pub id: String,
    /// The site's own words; else `check-<id>`.
    pub words: Option<Words>,
    pub on: bool,
    #[serde(flatten)]
    pub wants: BTreeMap<WantsNote, bool>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_screen_of_a_visit_carries_its_number_beside_its_own_fields() {
        let shown = |screen| {
            let visit = VisitId(3);
            serde_json::to_value(OperatorScreen::Visit(InFront {
                visit,
                by_telephone: None,
                letter: None,
                waits: None,
                screen,
            }))
            .unwrap()
        };
        assert_eq!(
            shown(VisitScreen::Ending),
            json!({ "screen": "ending", "visit": 3 })
        );
        let find = VisitScreen::Find {
            classes: Vec::new(),
            busy: true,
            note: None,
            choices: Vec::new(),
            more: false,
        };
        assert_eq!(
            shown(find),
            json!({
                "screen": "find", "visit": 3, "classes": [], "busy": true, "note": null,
                "choices": [], "more": false,
            })
        );
    }
}
