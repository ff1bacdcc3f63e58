//! Two runs at once.

use password_job::plan::Shard;
use password_job::{Ending, Wish};

use crate::world::{World, shared};

/// Runs both in threads of their own.
fn together(world: World, wishes: [Wish; 2], folders: [&str; 2]) -> (World, [Vec<String>; 2]) {
    let world = shared(world);
    let runs: Vec<_> = wishes
        .into_iter()
        .zip(folders)
        .map(|(wish, folder)| {
            let (world, folder) = (world.clone(), folder.to_owned());
            std::thread::spawn(move || {
                let (_, said) = world.rotate_in(&world.folder.path().join(folder), "", &wish);
                let rotated = said
                    .lines
                    .iter()
                    .filter(|line| line.reason == "not_in_ledger");
                let rotated =
                    rotated.filter(|line| line.result == password_job::PersonOutcome::Rotated);
                rotated
                    .map(|line| line.upn.clone())
                    .collect::<Vec<String>>()
            })
        })
        .collect();
    let mut done = runs.into_iter().map(|run| run.join().unwrap());
    let done = [done.next().unwrap(), done.next().unwrap()];
    (std::sync::Arc::into_inner(world).unwrap(), done)
}

#[test]
fn two_shards_change_everybody_once_n11() {
    let wish = |text| Wish {
        shard: Shard::parse(text),
        ..Wish::default()
    };
    let (world, [one, other]) = together(World::of(30), [wish("1/2"), wish("2/2")], ["job", "job"]);
    assert!(!one.is_empty() && !other.is_empty());
    let mut all = [one, other].concat();
    all.sort();
    assert_eq!(all, world.people, "everybody, and nobody twice");
    let (ending, said) = world.rotate("");
    assert_eq!(
        (ending, said.counts()),
        (Ending::Done, (0, 0, 0)),
        "the whole knows what its parts did"
    );
}

#[test]
fn a_second_run_on_the_same_folder_waits_for_another_day_n11() {
    let wishes = [Wish::default(), Wish::default()];
    let (world, [one, other]) = together(World::of(20), wishes, ["job", "job"]);
    let mut all = [one, other].concat();
    all.sort();
    assert_eq!(all, world.people);
}

/// It changes nothing, so it waits for nobody and leaves the ledger as it is.
#[test]
fn a_dry_run_beside_a_run_reads_what_is_there_n11() {
    let world = World::of(2);
    world.rotate("");
    let path = world.job().join("ledger.jsonl");
    let before = std::fs::read(&path).unwrap();
    let lock = std::fs::File::open(world.job().join("lock")).unwrap();
    lock.try_lock().unwrap();
    let wish = Wish {
        dry_run: true,
        ..Wish::default()
    };
    let (ending, said) = world.rotate_as("", &wish);
    assert_eq!(
        (ending, said.lines.len()),
        (Ending::Done, 0),
        "{}",
        said.why()
    );
    assert_eq!(std::fs::read(&path).unwrap(), before);
    let (ending, said) = world.rotate("");
    assert_eq!(
        (ending, said.why()),
        (Ending::Failed, "another run is under way")
    );
}
