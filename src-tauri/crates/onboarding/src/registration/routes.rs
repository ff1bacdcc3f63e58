//! Which of the service's ways to tell of a registration answer during a visit. One is given up after two refusals of
//! the question, never after one, and every visit tries all of them again: what was refused once says nothing of what
//! this tenant can do.

use std::collections::BTreeMap;

use crate::policy::Scopes;
use crate::reading::MethodQuery;
use crate::trouble::TroubleCode;

/// Refusals after which a way is given up.
const REFUSALS: u8 = 2;
/// Answers without a device that are believed: one alone may come from a copy of the directory that is behind.
const NONES: u8 = 2;
/// Failures in a row after which a way no longer speaks for or against a device.
const FAILURES: u8 = 2;
/// A look that failed after so long was not refused: nothing came back.
const SILENT_MS: u64 = 5_000;
/// Answers of other ways that one which fails again and again is left alone for, at most.
const LONGEST_REST: u8 = 6;
/// Answers of other ways that one is left alone for that nothing came back from.
const SILENT_REST: u8 = 12;

/// One way, whoever it is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Everything,
    Passes,
    Authenticators,
    Passkeys,
    Devices,
    DeviceOf,
}

/// How a way did so far in this visit.
#[derive(Clone, Debug, Default)]
struct Standing {
    /// Refusals of the question since it last answered.
    refused: u8,
    /// Failures in a row, refusals among them.
    failed: u8,
    /// Answers of other ways until it is its turn again.
    rest: u8,
    /// Answers in a row that had no device for the entry.
    none: u8,
    /// Whether it answered last.
    answers: bool,
    /// When it was last tried, counted in trials of any way.
    tried: u32,
    why: Option<TroubleCode>,
}

/// What the ways say of the device of an entry with a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// One that may know was not asked often enough.
    Open,
    /// Every one that answers said twice that there is none.
    None,
    /// Nobody can be asked.
    Nobody,
}

/// All of them.
#[derive(Debug, Default)]
pub(crate) struct Routes {
    ways: BTreeMap<Way, Standing>,
    /// Failures since anything last answered.
    silent: u8,
    /// Trials of any way so far.
    trials: u32,
}

impl Routes {
    /// The best of these questions, the most welcome first: one that answered or was never asked, else the one whose
    /// rest ends first. Where nothing answers no rest ends, so they take turns. Where all were given up, they are
    /// asked all the same.
    pub(crate) fn best(&self, questions: Vec<MethodQuery>) -> Option<MethodQuery> {
        questions.into_iter().min_by_key(|asked| {
            let way = self.of(asked);
            let waits = way.given_up() || way.rest > 0;
            (way.given_up(), way.rest, if waits { way.tried } else { 0 })
        })
    }

    /// What lists the methods, where `kind` is the kind whose turn it is. Those that fail by themselves come first: the
    /// lists of each kind mostly fail together.
    pub(crate) fn list(&self, scopes: Scopes, kind: MethodQuery) -> MethodQuery {
        let others = [
            MethodQuery::Authenticators,
            MethodQuery::Passkeys,
            MethodQuery::Passes,
        ];
        let mut lists = vec![kind.clone(), MethodQuery::Devices];
        lists.extend(others.into_iter().filter(|other| *other != kind));
        let everything = match scopes {
            Scopes::Wide => 0,
            Scopes::Narrow => 2,
        };
        lists.insert(everything, MethodQuery::Everything);
        self.best(lists).unwrap_or(kind)
    }

    /// What shows the passes of a person.
    pub(crate) fn passes(&self, scopes: Scopes) -> MethodQuery {
        let [first, other] = Self::of_passes(scopes);
        self.best(vec![first.clone(), other]).unwrap_or(first)
    }

    /// The other way to see the passes of a person than this one, unless it was given up.
    pub(crate) fn other_passes(&self, scopes: Scopes, asked: &MethodQuery) -> Option<MethodQuery> {
        let ways = Self::of_passes(scopes).into_iter();
        let mut others = ways.filter(|other| other != asked && !self.of(other).given_up());
        others.next()
    }

    fn of_passes(scopes: Scopes) -> [MethodQuery; 2] {
        let other = match scopes {
            Scopes::Wide => MethodQuery::Passes,
            Scopes::Narrow => MethodQuery::Everything,
        };
        [MethodQuery::passes(scopes), other]
    }

    /// How to ask for the device of this entry, if anybody can be asked. Who said twice that there is none is asked
    /// again only when the others did, too.
    pub(crate) fn device(&self, entry: &str) -> Option<MethodQuery> {
        let questions = [
            MethodQuery::Devices,
            MethodQuery::DeviceOf(entry.to_owned()),
        ];
        let asked = questions.into_iter().filter(|asked| {
            let way = self.of(asked);
            !way.given_up() && way.failed < FAILURES
        });
        asked.min_by_key(|asked| {
            let way = self.of(asked);
            (way.none.saturating_sub(NONES - 1), way.rest)
        })
    }

    /// What the ways to ask for a device say together.
    pub(crate) fn telling(&self) -> Telling {
        let ways = [Way::Devices, Way::DeviceOf].map(|way| self.standing(way));
        let silent = |way: &Standing| way.given_up() || way.failed >= FAILURES;
        match ways {
            _ if ways.iter().any(|way| !silent(way) && way.none < NONES) => Telling::Open,
            // Whoever said that there is none was asked, and dates prove nothing here.
            _ if ways.iter().any(|way| way.none > 0) => Telling::None,
            _ => Telling::Nobody,
        }
    }

    /// Whether another way than this one lists methods just now.
    pub(crate) fn others_list(&self, asked: &MethodQuery) -> bool {
        let asked = Way::of(asked);
        let mut others = self.ways.iter().filter(|(way, _)| **way != asked);
        others.any(|(way, standing)| standing.answers && *way != Way::DeviceOf)
    }

    /// Whether no way lists methods, and each says something else about why.
    pub(crate) fn lists_disagree(&self) -> bool {
        let lists = [
            Way::Everything,
            Way::Passes,
            Way::Authenticators,
            Way::Passkeys,
            Way::Devices,
        ]
        .map(|way| self.standing(way));
        let same = |way: &Standing| way.why == lists[0].why;
        lists.iter().all(|way| way.failed > 0) && !lists.iter().all(same)
    }

    /// It answered.
    pub(crate) fn answered(&mut self, asked: &MethodQuery) {
        let outage = self.is_outage();
        for (of, way) in &mut self.ways {
            // What failed with all others says nothing of the list alone.
            if outage && !matches!(of, Way::Devices | Way::DeviceOf) {
                way.failed = 0;
            }
            way.rest = match outage {
                true => 0,
                false => way.rest.saturating_sub(1),
            };
        }
        self.silent = 0;
        let way = self.tried(asked);
        *way = Standing {
            none: way.none,
            tried: way.tried,
            answers: true,
            ..Standing::default()
        };
    }

    /// Nothing answered of late. One way that was tried alone and failed more than once is no outage: it may be the only one.
    fn is_outage(&self) -> bool {
        let mut failed = self.ways.values().filter(|way| way.failed > 0);
        let alone = match (failed.next(), failed.next()) {
            (Some(only), None) => only.failed >= FAILURES,
            (None | Some(_), _) => false,
        };
        self.silent > 0 && !alone && self.ways.values().all(|way| !way.answers)
    }

    /// The question was refused, not this person or this moment.
    pub(crate) fn refused(&mut self, asked: &MethodQuery, why: TroubleCode) {
        self.silent = self.silent.saturating_add(1);
        let way = self.tried(asked);
        way.refused = way.refused.saturating_add(1);
        way.fail(why);
        way.rest = resting(way.failed);
    }

    /// A look came to nothing, for this reason, after so long.
    pub(crate) fn unanswered(&mut self, asked: &MethodQuery, why: TroubleCode, took_ms: u64) {
        let refusal = matches!(
            why,
            TroubleCode::ReadNotPermitted
                | TroubleCode::NotFound
                | TroubleCode::NotEverywhereYet
                | TroubleCode::Unexpected
        );
        match refusal {
            true => self.refused(asked, why),
            false if took_ms >= SILENT_MS => self.was_silent(asked, why),
            false => self.failed(asked, why),
        }
    }

    /// Nothing came back until it was given up, which is no hiccup: a second look would cost as long again. Whoever
    /// else can tell is asked first.
    fn was_silent(&mut self, asked: &MethodQuery, why: TroubleCode) {
        self.silent = self.silent.saturating_add(1);
        let way = self.tried(asked);
        way.fail(why);
        way.failed = way.failed.max(FAILURES);
        way.rest = SILENT_REST;
    }

    /// It did not answer. A single hiccup says nothing: the same question is asked again. One that failed before, while
    /// others answered, is no hiccup: each silent look costs as long as is waited for an answer.
    pub(crate) fn failed(&mut self, asked: &MethodQuery, why: TroubleCode) {
        self.silent = self.silent.saturating_add(1);
        let first = self.silent == 1;
        let way = self.tried(asked);
        let hiccup = first && way.failed == 0;
        way.fail(why);
        way.rest = if hiccup { 0 } else { resting(way.failed) };
    }

    /// It has no device for the entry.
    pub(crate) fn told_none(&mut self, asked: &MethodQuery) {
        let way = self.of_mut(asked);
        way.none = way.none.saturating_add(1);
    }

    /// It has one.
    pub(crate) fn told_device(&mut self, asked: &MethodQuery) {
        self.of_mut(asked).none = 0;
    }

    /// Those that only did not answer may be asked for a device again.
    pub(crate) fn forgive(&mut self) {
        for way in [Way::Devices, Way::DeviceOf] {
            if let Some(way) = self.ways.get_mut(&way) {
                way.failed = 0;
            }
        }
    }

    fn of(&self, asked: &MethodQuery) -> Standing {
        self.standing(Way::of(asked))
    }

    fn standing(&self, way: Way) -> Standing {
        self.ways.get(&way).cloned().unwrap_or_default()
    }

    fn of_mut(&mut self, asked: &MethodQuery) -> &mut Standing {
        self.ways.entry(Way::of(asked)).or_default()
    }

    /// The same, as one that was just tried.
    fn tried(&mut self, asked: &MethodQuery) -> &mut Standing {
        self.trials = self.trials.saturating_add(1);
        let trials = self.trials;
        let way = self.of_mut(asked);
        way.tried = trials;
        way
    }
}

impl Way {
    fn of(asked: &MethodQuery) -> Self {
        match asked {
            MethodQuery::Everything => Self::Everything,
            MethodQuery::Passes => Self::Passes,
            MethodQuery::Authenticators => Self::Authenticators,
            MethodQuery::Passkeys => Self::Passkeys,
            MethodQuery::Devices => Self::Devices,
            MethodQuery::DeviceOf(_) => Self::DeviceOf,
        }
    }
}

impl Standing {
    fn given_up(&self) -> bool {
        self.refused >= REFUSALS
    }

    fn fail(&mut self, why: TroubleCode) {
        self.failed = self.failed.saturating_add(1);
        self.answers = false;
        self.why = Some(why);
    }
}

fn resting(failed: u8) -> u8 {
    failed.saturating_mul(2).min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use MethodQuery::{Authenticators, Devices, Everything, Passes};

    const REFUSED: TroubleCode = TroubleCode::ReadNotPermitted;

    fn of() -> MethodQuery {
        MethodQuery::DeviceOf("e".to_owned())
    }

    #[test]
    fn a_way_is_given_up_after_two_refusals_and_never_after_one() {
        let mut routes = Routes::default();
        assert_eq!(routes.device("e"), Some(Devices));
        routes.refused(&Devices, REFUSED);
        assert_eq!(routes.device("e"), Some(of()), "the other one meanwhile");
        routes.refused(&of(), REFUSED);
        assert_eq!(
            (routes.device("e"), routes.telling()),
            (Some(Devices), Telling::Open)
        );
        routes.refused(&Devices, REFUSED);
        routes.refused(&of(), REFUSED);
        assert_eq!(
            (routes.device("e"), routes.telling()),
            (None, Telling::Nobody)
        );
    }

    /// Whatever was silent for however long: the one that comes back first is found (D1).
    #[test]
    fn after_any_silence_the_way_that_answers_is_found() {
        let ways = [Everything, Passes, Authenticators, MethodQuery::Passkeys];
        for scopes in [Scopes::Wide, Scopes::Narrow] {
            for (refuses, silence) in [(false, 3), (false, 90), (true, 3), (true, 90)] {
                for back in &ways {
                    let mut routes = Routes::default();
                    let fails = |routes: &mut Routes, asked: &MethodQuery| match refuses {
                        true => routes.refused(asked, REFUSED),
                        false => routes.failed(asked, TroubleCode::NoNetwork),
                    };
                    for _ in 0..silence {
                        let asked = routes.list(scopes, Authenticators);
                        fails(&mut routes, &asked);
                    }
                    let found = (0..20).any(|_| {
                        let asked = routes.list(scopes, Authenticators);
                        if asked != *back {
                            fails(&mut routes, &asked);
                        }
                        asked == *back
                    });
                    assert!(found, "{back:?} {scopes:?} {refuses} {silence}");
                }
            }
        }
    }

    /// A look that nothing comes back from costs as long as is waited for it: not twice in a row, each time.
    #[test]
    fn d1_a_list_that_fails_while_others_answer_is_no_hiccup() {
        let mut routes = Routes::default();
        let next = |routes: &Routes| routes.list(Scopes::Wide, Authenticators);
        routes.failed(&Everything, TroubleCode::NoNetwork);
        assert_eq!(next(&routes), Everything, "a hiccup");
        routes.answered(&Passes);
        assert_eq!(next(&routes), Everything, "and all of them may have failed");
        routes.failed(&Everything, TroubleCode::NoNetwork);
        routes.answered(&Passes);
        routes.failed(&Everything, TroubleCode::NoNetwork);
        assert_ne!(next(&routes), Everything, "it failed alone");
    }

    /// Ten seconds for each look are too many to be spent twice on the same way.
    #[test]
    fn d1_a_way_that_was_silent_once_is_not_asked_again_before_the_others() {
        let mut routes = Routes::default();
        let silent = |routes: &mut Routes, asked: &MethodQuery| {
            routes.unanswered(asked, TroubleCode::NoNetwork, 10_000);
        };
        let (list, of) = (|routes: &Routes| routes.list(Scopes::Wide, Passes), of());
        for next in [Everything, Passes, Devices] {
            assert_eq!(list(&routes), next);
            silent(&mut routes, &next);
        }
        routes.answered(&Authenticators);
        assert_eq!(routes.device("e"), Some(of.clone()));
        silent(&mut routes, &of);
        assert_eq!(routes.telling(), Telling::Nobody, "the date has to do");
        // What fails at once may be a hiccup.
        let mut routes = Routes::default();
        routes.unanswered(&Everything, TroubleCode::NoNetwork, 20);
        assert_eq!(list(&routes), Everything);
    }

    #[test]
    fn none_is_believed_when_every_way_that_answers_said_it_twice() {
        let mut routes = Routes::default();
        routes.told_none(&Devices);
        routes.told_none(&Devices);
        assert_eq!(
            (routes.device("e"), routes.telling()),
            (Some(of()), Telling::Open)
        );
        routes.told_none(&of());
        assert_eq!(routes.telling(), Telling::Open);
        routes.told_none(&of());
        assert_eq!(routes.telling(), Telling::None);
        assert_eq!(routes.device("e"), Some(Devices), "it may come later");
    }

    #[test]
    fn a_list_that_fails_rests_and_comes_back_and_a_hiccup_changes_nothing() {
        let mut routes = Routes::default();
        let list = |routes: &Routes| routes.list(Scopes::Wide, Passes);
        routes.failed(&Everything, TroubleCode::ServiceDown);
        assert_eq!(list(&routes), Everything, "once is a hiccup");
        routes.failed(&Everything, TroubleCode::ServiceDown);
        assert_eq!(list(&routes), Passes);
        routes.failed(&Passes, TroubleCode::ServiceDown);
        assert_eq!(list(&routes), Devices);
        routes.failed(&Devices, TroubleCode::ServiceDown);
        assert_eq!(list(&routes), Authenticators);
        routes.answered(&Authenticators);
        assert!(routes.others_list(&Everything), "it is nothing to tell");
        assert_eq!(
            list(&routes),
            Everything,
            "after an outage all are asked again"
        );
        routes.refused(&Everything, REFUSED);
        routes.refused(&Everything, REFUSED);
        for _ in 0..10 {
            assert_eq!(list(&routes), Passes);
            routes.answered(&Passes);
        }
    }
}
