//! Properties of the plan, of values alone. A failure prints the seed and the case it shrank to.

use password_job::plan::{
    DAY_MS, LedgerEntry, Rules, Shard, TOLERANCE_MS, Why, due_at, grew_too_much, most_taken_off,
    plan,
};
use proptest::prelude::*;

const NOW: i64 = 1_800_000_000_000;

fn rules(every_days: i64) -> Rules {
    Rules {
        every_ms: every_days * DAY_MS,
        max_age_ms: (every_days + 30) * DAY_MS,
    }
}

proptest! {
    #[test]
    fn the_spread_is_earlier_by_ten_days_at_most_and_never_later_s43(person: u128, every in 1_i64..365) {
        let at = due_at(person, NOW, &rules(every));
        let latest = NOW + every * DAY_MS;
        prop_assert!(at <= latest);
        prop_assert!(at >= latest - 10 * DAY_MS);
        prop_assert!(at > NOW);
    }

    #[test]
    fn everybody_is_in_one_shard_and_in_no_other_n11(person: u128, count in 1_u32..65) {
        let holding = (1..=count).filter(|index| Shard { index: *index, count }.holds(person));
        prop_assert_eq!(holding.count(), 1);
    }

    #[test]
    fn who_has_no_line_or_a_question_open_is_due_now_s43(person: u128, age in 0_i64..400, told: bool) {
        let directory = told.then_some(NOW - age * DAY_MS);
        let planned = |entry| plan(person, directory, entry, NOW, &rules(60)).why;
        prop_assert_eq!(planned(None), Some(Why::NotInLedger));
        prop_assert_eq!(planned(Some(LedgerEntry::Asked(NOW))), Some(Why::AnswerLost));
    }

    #[test]
    fn who_was_hit_twice_is_due_only_where_the_directory_shows_no_change_n11(person: u128, after_ms in -DAY_MS..DAY_MS) {
        let entry = Some(LedgerEntry::AskedAgain { at: NOW - DAY_MS, seen: None });
        let why = plan(person, Some(NOW - DAY_MS + after_ms), entry, NOW, &rules(60)).why;
        let expected = match after_ms {
            early if early < -TOLERANCE_MS => Some(Why::AnswerLost),
            late if late > TOLERANCE_MS => Some(Why::ChangedElsewhere),
            _ => None,
        };
        prop_assert_eq!(why, expected);
    }

    /// Somebody set a password minutes before our second question, which was not heard.
    #[test]
    fn a_second_lost_answer_hides_no_change_that_was_there_before_s44(person: u128, before_ms in 0..TOLERANCE_MS, later_ms in 0..TOLERANCE_MS) {
        let at = NOW - DAY_MS;
        let seen = at - before_ms;
        let entry = Some(LedgerEntry::AskedAgain { at, seen: Some(seen) });
        let why = |directory| plan(person, Some(directory), entry, NOW, &rules(60)).why;
        prop_assert_eq!(why(seen), Some(Why::AnswerLost));
        prop_assert_eq!(why(at + later_ms), if before_ms + later_ms > 0 { None } else { Some(Why::AnswerLost) });
    }

    #[test]
    fn a_change_that_is_not_ours_is_due_now_s44(person: u128, ours in 0_i64..59, later_ms in 1_i64..DAY_MS) {
        let ours = NOW - ours * DAY_MS - DAY_MS;
        let directory = Some(ours + later_ms);
        let why = plan(person, directory, Some(LedgerEntry::Changed(ours)), NOW, &rules(365)).why;
        let expected = (later_ms > TOLERANCE_MS).then_some(Why::ChangedElsewhere);
        prop_assert_eq!(why, expected);
    }

    #[test]
    fn our_own_change_is_due_again_by_its_age_alone_s43(person: u128, age_h in 0_i64..2400) {
        let ours = NOW - age_h * DAY_MS / 24;
        let planned = plan(person, Some(ours), Some(LedgerEntry::Changed(ours)), NOW, &rules(60));
        prop_assert_eq!(planned.why.is_some(), NOW >= due_at(person, ours, &rules(60)));
        prop_assert_eq!(planned.overdue, age_h > 90 * 24);
    }

    /// A clock that was wrong, or a file of another machine: it hides nobody's password for years.
    #[test]
    fn a_line_of_a_time_to_come_is_an_answer_that_was_lost_n11(person: u128, ahead_ms in 1_i64..4000 * DAY_MS, age in 0_i64..400) {
        let (ours, directory) = (NOW + ahead_ms, NOW - age * DAY_MS);
        let planned = plan(person, Some(directory), Some(LedgerEntry::Changed(ours)), NOW, &rules(400));
        if ahead_ms > TOLERANCE_MS {
            prop_assert_eq!(planned.why, Some(Why::AnswerLost));
            prop_assert_eq!(planned.last, Some(directory));
            prop_assert_eq!(planned.overdue, age > 430);
        } else {
            prop_assert_eq!(planned.why, None);
        }
    }

    /// A copy of the directory that is behind does not undo our change of today.
    #[test]
    fn a_copy_that_is_behind_changes_nobody_twice_n11(person: u128, ago_ms in 0_i64..DAY_MS, age in 0_i64..400) {
        let (ours, directory) = (NOW - ago_ms, NOW - age * DAY_MS);
        let entry = Some(LedgerEntry::Changed(ours));
        let planned = plan(person, Some(directory.min(ours)), entry, NOW, &rules(60));
        prop_assert_eq!(planned.why, None);
    }

    #[test]
    fn a_roll_may_grow_by_a_fifth_and_by_two_hundred_n11(before in 0_usize..20_000, new in 0_usize..20_000) {
        let too_much = grew_too_much(Some(before), before + new);
        prop_assert_eq!(too_much, new > 200 || new * 5 > before);
        prop_assert!(!grew_too_much(None, new));
        prop_assert!(!grew_too_much(Some(before + new), before));
    }
}

#[test]
fn twenty_people_or_a_fifth_are_taken_off_in_a_run_n11() {
    let most = [0, 3, 5, 14, 15, 100, 10_000].map(most_taken_off);
    assert_eq!(most, [1, 1, 1, 2, 3, 20, 20]);
}

#[test]
fn the_days_of_many_people_are_spread_evenly_s43() {
    let mut days = [0_u32; 11];
    for person in 0..11_000_u128 {
        let id = person.wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c834);
        let earlier = NOW + 60 * DAY_MS - due_at(id, NOW, &rules(60));
        days[usize::try_from(earlier / DAY_MS).unwrap()] += 1;
    }
    assert!(
        days[..10].iter().all(|day| (950..1250).contains(day)),
        "{days:?}"
    );
}
