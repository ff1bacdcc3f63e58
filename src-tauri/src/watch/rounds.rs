//! Which pages answer, and what is to be done about one that does not. Time comes in: nothing here asks a clock or
//! touches a window.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use onboarding::{Display, DisplayLoss};

/// How far apart the pages are asked.
pub(super) const ROUND: Duration = Duration::from_millis(500);

/// A page that is silent for so long is covered: three questions without an answer.
pub(super) const LIMIT: Duration = Duration::from_millis(1_500);

/// The same while WebDriver holds the page, which may keep it busy on purpose.
pub(super) const LIMIT_UNDER_WEBDRIVER: Duration = Duration::from_secs(30);

/// A page that is there draws everything for the first time before it answers, and shows no pass yet.
const LIMIT_OF_FIRST_ANSWER: Duration = Duration::from_secs(10);

/// A page that never said it is there is lost after so long. The machine may be starting up.
const LIMIT_OF_COMING: Duration = Duration::from_secs(60);

/// A covered page may come back for so long before a new window takes its place.
const MAY_COME_BACK: Duration = Duration::from_secs(10);

/// A dead page cannot; its cover stays long enough to be read.
const IS_READ: Duration = Duration::from_secs(3);

/// More than [`MOST`] new windows for one display within this help nobody.
const WITHIN: Duration = Duration::from_secs(600);
const MOST: usize = 3;

/// Which page: no number is given twice.
pub(super) type PageNumber = u64;

/// What is to be done about a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// The native page goes before it, and its pass out of sight.
    Cover(DisplayLoss),
    /// It answers again, and still shows the pass it had: out of sight with that first.
    Hide,
    /// It is back: the native page goes away.
    Uncover,
    /// A new window takes its place.
    Replace,
    /// The native page stays, and says what to do.
    GiveUp,
}

#[derive(Debug)]
struct Page {
    display: Display,
    limit: Duration,
    state: State,
}

/// Durations are what counted of the time since.
#[derive(Debug)]
enum State {
    /// Built, but it has not answered yet. It is asked once it has said that it is there.
    Coming {
        since: Duration,
        is_there: bool,
    },
    Well {
        silent: Duration,
    },
    Lost {
        how: DisplayLoss,
        covered: Duration,
        given_up: bool,
    },
}

/// The pages of all windows, and which displays got new ones lately.
#[derive(Debug, Default)]
pub(super) struct Pages {
    all: BTreeMap<PageNumber, Page>,
    replaced: VecDeque<(Duration, Display)>,
}

impl Pages {
    /// A window was built. Its page may be silent for `limit` once it is there.
    pub(super) fn opened(&mut self, number: PageNumber, display: Display, limit: Duration) {
        let state = State::Coming {
            since: Duration::ZERO,
            is_there: false,
        };
        let page = Page {
            display,
            limit,
            state,
        };
        self.all.insert(number, page);
    }

    /// It may be silent for so long instead.
    pub(super) fn may_be_silent(&mut self, number: PageNumber, limit: Duration) {
        if let Some(page) = self.all.get_mut(&number) {
            page.limit = limit;
        }
    }

    /// Its window is gone.
    pub(super) fn closed(&mut self, number: PageNumber) {
        self.all.remove(&number);
    }

    /// It said that it is there, so it can be asked.
    pub(super) fn is_there(&mut self, number: PageNumber) {
        let page = self.all.get_mut(&number);
        if let Some(State::Coming { since, is_there }) = page.map(|page| &mut page.state)
            && !*is_there
        {
            (*since, *is_there) = (Duration::ZERO, true);
        }
    }

    /// It answered, and said whether a pass is on it. What a dead page said before it died counts for nothing.
    pub(super) fn answered(&mut self, number: PageNumber, shows_pass: bool) -> Option<Act> {
        let page = self.all.get_mut(&number)?;
        let well = State::Well {
            silent: Duration::ZERO,
        };
        match page.state {
            State::Coming { .. } | State::Well { .. } => {
                page.state = well;
                None
            }
            State::Lost {
                how: DisplayLoss::Silent,
                ..
            } if shows_pass => Some(Act::Hide),
            State::Lost {
                how: DisplayLoss::Silent,
                ..
            } => {
                page.state = well;
                Some(Act::Uncover)
            }
            State::Lost {
                how: DisplayLoss::Died,
                ..
            } => None,
        }
    }

    /// Its process ended. Not said of a page that is lost already, but then it cannot come back.
    pub(super) fn died(&mut self, number: PageNumber) -> Option<Act> {
        let page = self.all.get_mut(&number)?;
        if let State::Lost { how, .. } = &mut page.state {
            *how = DisplayLoss::Died;
            return None;
        }
        Some(page.lose(DisplayLoss::Died))
    }

    /// A round is over. `counted` is what it took, or nothing where it was late itself: then nobody can say of a page
    /// that it did not answer in time. `now` is since any moment of this run.
    pub(super) fn round(&mut self, now: Duration, counted: Duration) -> Vec<(PageNumber, Act)> {
        let before = now.saturating_sub(WITHIN);
        while self.replaced.front().is_some_and(|(at, _)| *at < before) {
            self.replaced.pop_front();
        }
        let mut acts = Vec::new();
        for (number, page) in &mut self.all {
            let lately = self.replaced.iter();
            let lately = lately.filter(|(_, display)| *display == page.display);
            let act = page.round(counted, lately.count());
            if act == Some(Act::Replace) {
                self.replaced.push_back((now, page.display));
            }
            acts.extend(act.map(|act| (*number, act)));
        }
        acts
    }

    /// Every page that can be asked: one that is coming has no ear yet, a dead one none any more.
    pub(super) fn to_ask(&self) -> impl Iterator<Item = PageNumber> {
        let asked = |page: &Page| match page.state {
            State::Coming { is_there, .. } => is_there,
            State::Well { .. } => true,
            State::Lost { how, .. } => how == DisplayLoss::Silent,
        };
        let all = self.all.iter();
        all.filter(move |(_, page)| asked(page))
            .map(|(number, _)| *number)
    }

    /// Whether a page is gone for good, so that nobody waits for it any more.
    pub(super) fn is_beyond_help(&self, number: PageNumber) -> bool {
        let state = self.all.get(&number).map(|page| &page.state);
        matches!(
            state,
            Some(
                State::Lost {
                    how: DisplayLoss::Died,
                    ..
                } | State::Lost { given_up: true, .. }
            )
        )
    }

    /// Whose display it stands on.
    pub(super) fn display(&self, number: PageNumber) -> Option<Display> {
        self.all.get(&number).map(|page| page.display)
    }
}

impl Page {
    fn lose(&mut self, how: DisplayLoss) -> Act {
        self.state = State::Lost {
            how,
            covered: Duration::ZERO,
            given_up: false,
        };
        Act::Cover(how)
    }

    fn round(&mut self, counted: Duration, replaced: usize) -> Option<Act> {
        let over = match &mut self.state {
            State::Coming { since, is_there } => {
                *since += counted;
                let limit = if *is_there {
                    LIMIT_OF_FIRST_ANSWER.max(self.limit)
                } else {
                    LIMIT_OF_COMING
                };
                *since >= limit
            }
            State::Well { silent } => {
                *silent += counted;
                *silent >= self.limit
            }
            State::Lost {
                how,
                covered,
                given_up,
            } => {
                *covered += counted;
                let patience = match how {
                    DisplayLoss::Died => IS_READ,
                    DisplayLoss::Silent => MAY_COME_BACK,
                };
                if *given_up || *covered < patience {
                    return None;
                }
                // Should the new window not come, there is another try.
                *covered = Duration::ZERO;
                *given_up = replaced >= MOST;
                let act = if *given_up { Act::GiveUp } else { Act::Replace };
                return Some(act);
            }
        };
        over.then(|| self.lose(DisplayLoss::Silent))
    }
}

#[cfg(test)]
mod tests;
