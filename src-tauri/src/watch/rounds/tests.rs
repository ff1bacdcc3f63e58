use super::*;

const HALF: Duration = ROUND;

/// Pages in virtual time: every round is on time unless said otherwise.
struct Rig {
    pages: Pages,
    now: Duration,
}

impl Rig {
    /// One page that is there.
    fn new(limit: Duration) -> Self {
        let mut pages = Pages::default();
        pages.opened(1, Display::Person, limit);
        pages.is_there(1);
        assert_eq!(pages.answered(1, false), None);
        Self {
            pages,
            now: Duration::ZERO,
        }
    }

    fn round(&mut self, took: Duration, counted: Duration) -> Vec<(PageNumber, Act)> {
        self.now += took;
        self.pages.round(self.now, counted)
    }

    /// The first thing to be done while nobody answers, and after how long.
    fn silent(&mut self, for_s: u64) -> Option<(Duration, Vec<(PageNumber, Act)>)> {
        let begun = self.now;
        while self.now < begun + Duration::from_secs(for_s) {
            let acts = self.round(HALF, HALF);
            if !acts.is_empty() {
                return Some((self.now - begun, acts));
            }
        }
        None
    }
}

#[test]
fn a_silent_page_is_covered_within_a_second_and_a_half_f20() {
    let mut rig = Rig::new(LIMIT);
    let cover = vec![(1, Act::Cover(DisplayLoss::Silent))];
    assert_eq!(rig.silent(60), Some((Duration::from_millis(1_500), cover)));
    assert!(!rig.pages.is_beyond_help(1), "it may come back");
}

#[test]
fn a_page_that_answers_is_left_alone() {
    let mut rig = Rig::new(LIMIT);
    for _ in 0..1_000 {
        assert_eq!(rig.round(HALF, HALF), []);
        assert_eq!(rig.round(HALF, HALF), []);
        assert_eq!(rig.pages.answered(1, false), None, "two misses are none");
    }
}

/// The page that comes back drew its last picture before anybody hid what was on it.
#[test]
fn a_page_that_comes_back_with_a_pass_stays_covered_until_it_is_gone_f20() {
    let mut rig = Rig::new(LIMIT);
    assert_eq!(
        rig.pages.answered(1, true),
        None,
        "a page that is well shows it"
    );
    rig.silent(60).unwrap();
    assert_eq!(rig.pages.answered(1, true), Some(Act::Hide));
    assert_eq!(rig.pages.answered(1, true), Some(Act::Hide));
    assert_eq!(rig.pages.answered(1, false), Some(Act::Uncover));
    rig.silent(60).unwrap();
    let mut acts = Vec::new();
    for _ in 0..30 {
        rig.pages.answered(1, true);
        acts.extend(rig.round(HALF, HALF));
    }
    assert_eq!(
        acts,
        [(1, Act::Replace)],
        "one that does not hide it is replaced"
    );
}

#[test]
fn under_webdriver_a_page_may_be_busy_for_half_a_minute() {
    let mut rig = Rig::new(LIMIT);
    rig.pages.may_be_silent(1, LIMIT_UNDER_WEBDRIVER);
    let (after, _) = rig.silent(60).unwrap();
    assert_eq!(after, Duration::from_secs(30));
}

#[test]
fn an_answer_takes_the_cover_away_and_the_wait_begins_again() {
    let mut rig = Rig::new(LIMIT);
    rig.silent(60).unwrap();
    assert_eq!(rig.silent(9), None, "it may come back for ten seconds");
    assert_eq!(rig.pages.answered(1, false), Some(Act::Uncover));
    assert_eq!(rig.pages.answered(1, false), None);
    let (after, acts) = rig.silent(60).unwrap();
    assert_eq!(after, LIMIT);
    assert_eq!(acts, [(1, Act::Cover(DisplayLoss::Silent))]);
}

#[test]
fn ten_seconds_after_its_cover_a_new_window_takes_its_place() {
    let mut rig = Rig::new(LIMIT);
    rig.silent(60).unwrap();
    let replace = vec![(1, Act::Replace)];
    assert_eq!(rig.silent(60), Some((Duration::from_secs(10), replace)));
}

#[test]
fn a_dead_page_is_covered_at_once_and_replaced_soon() {
    let mut rig = Rig::new(LIMIT);
    assert_eq!(
        rig.pages.died(1),
        Some(Act::Cover(DisplayLoss::Died)),
        "without a round"
    );
    assert!(rig.pages.is_beyond_help(1));
    assert_eq!(rig.pages.died(1), None, "told twice");
    assert_eq!(rig.pages.answered(1, false), None, "a word from before");
    assert_eq!(rig.pages.to_ask().count(), 0);
    let replace = vec![(1, Act::Replace)];
    assert_eq!(rig.silent(60), Some((Duration::from_secs(3), replace)));
}

#[test]
fn a_silent_page_that_dies_does_not_come_back() {
    let mut rig = Rig::new(LIMIT);
    rig.silent(60).unwrap();
    assert_eq!(rig.pages.died(1), None, "it is covered");
    assert_eq!(rig.pages.answered(1, false), None);
    assert!(rig.pages.is_beyond_help(1));
}

/// F7: neither a sleep nor a busy machine is a page's fault.
#[test]
fn rounds_that_were_late_themselves_do_not_count() {
    let mut rig = Rig::new(LIMIT);
    for _ in 0..100 {
        assert_eq!(rig.round(Duration::from_secs(3_600), Duration::ZERO), []);
    }
    rig.round(HALF, HALF);
    rig.round(Duration::from_secs(5), Duration::ZERO);
    assert_eq!(rig.round(HALF, HALF), []);
    let cover = [(1, Act::Cover(DisplayLoss::Silent))];
    assert_eq!(rig.round(HALF, HALF), cover, "the three that counted");
}

#[test]
fn after_three_new_windows_in_ten_minutes_the_native_page_stays() {
    let mut rig = Rig::new(LIMIT);
    let mut number = 1;
    for _ in 0..3 {
        rig.pages.died(number);
        assert_eq!(rig.silent(60).unwrap().1, [(number, Act::Replace)]);
        rig.pages.closed(number);
        number += 1;
        rig.pages.opened(number, Display::Person, LIMIT);
        rig.pages.answered(number, false);
    }
    rig.pages.died(number);
    assert_eq!(rig.silent(60).unwrap().1, [(number, Act::GiveUp)]);
    assert!(rig.pages.is_beyond_help(number));
    assert_eq!(rig.silent(86_400), None, "nothing by itself any more");
}

#[test]
fn the_other_display_and_older_windows_are_not_counted() {
    let mut rig = Rig::new(LIMIT);
    for number in 1..=12 {
        let display = match number % 2 {
            0 => Display::Operator,
            _ => Display::Person,
        };
        rig.pages.opened(number, display, LIMIT);
        rig.pages.answered(number, false);
        rig.pages.died(number);
        let acts = rig.silent(60).unwrap().1;
        assert_eq!(acts, [(number, Act::Replace)], "each display's own three");
        rig.pages.closed(number);
        // Two of each display in five minutes.
        rig.round(Duration::from_secs(124), Duration::ZERO);
    }
}

#[test]
fn a_silent_page_that_was_given_up_may_still_come_back() {
    let mut rig = Rig::new(LIMIT);
    rig.silent(60).unwrap();
    for _ in 0..3 {
        // No new window came.
        assert_eq!(rig.silent(60).unwrap().1, [(1, Act::Replace)]);
    }
    assert_eq!(rig.silent(60).unwrap().1, [(1, Act::GiveUp)]);
    assert_eq!(rig.pages.to_ask().collect::<Vec<_>>(), [1]);
    assert_eq!(rig.pages.answered(1, false), Some(Act::Uncover));
    assert!(!rig.pages.is_beyond_help(1));
}

#[test]
fn a_page_that_never_comes_is_lost_and_not_asked() {
    let mut pages = Pages::default();
    pages.opened(1, Display::Operator, LIMIT);
    let mut rig = Rig {
        pages,
        now: Duration::ZERO,
    };
    assert_eq!(rig.pages.to_ask().count(), 0);
    let cover = vec![(1, Act::Cover(DisplayLoss::Silent))];
    assert_eq!(rig.silent(90), Some((Duration::from_secs(60), cover)));
}

#[test]
fn a_page_draws_for_the_first_time_before_it_answers() {
    let mut pages = Pages::default();
    pages.opened(1, Display::Operator, LIMIT);
    let mut rig = Rig {
        pages,
        now: Duration::ZERO,
    };
    assert_eq!(rig.silent(50), None);
    rig.pages.is_there(1);
    assert_eq!(rig.pages.to_ask().collect::<Vec<_>>(), [1]);
    assert_eq!(rig.silent(9), None);
    // Saying it again is no answer.
    rig.pages.is_there(1);
    let cover = vec![(1, Act::Cover(DisplayLoss::Silent))];
    assert_eq!(rig.silent(9), Some((Duration::from_secs(1), cover)));
    assert_eq!(rig.pages.answered(1, false), Some(Act::Uncover));
    assert_eq!(rig.silent(60).unwrap().0, LIMIT, "from the first answer on");
}

#[test]
fn what_is_told_of_a_closed_page_is_nothing() {
    let mut rig = Rig::new(LIMIT);
    rig.pages.closed(1);
    assert_eq!(rig.pages.died(1), None);
    assert_eq!(rig.pages.answered(1, false), None);
    assert_eq!(rig.silent(60), None);
}
