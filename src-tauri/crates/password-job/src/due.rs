//! Who is due, by the directory's dates and the ledger alone: nobody is looked at any closer, and nothing is kept.

use std::path::Path;

use crate::access;
use crate::config::{JobSetup, canonical};
use crate::early::Early;
use crate::folder;
use crate::ledger::Ledger;
use crate::plan::{plan, rank};
use crate::report::{Ending, Line, Listener, PersonOutcome, Summary, time};
use crate::roll;
use crate::stop::Stop;

/// Says who is due.
pub(crate) async fn due(setup: &JobSetup, folder: &Path, out: &mut dyn Listener) -> Ending {
    let summary = match found(setup, folder, out).await {
        Ok(summary) | Err(summary) => summary,
    };
    out.summary(&summary);
    summary.result
}

async fn found(
    setup: &JobSetup,
    folder: &Path,
    out: &mut dyn Listener,
) -> Result<Summary, Summary> {
    let unusable =
        |error: std::io::Error| Summary::empty(Ending::Configuration, &error.to_string());
    let parts = folder::parts(folder).map_err(unusable)?;
    let access = access::open(setup, &Stop::default(), &mut |address| out.sign_in(address)).await;
    let access = access.map_err(|no| Summary::empty(no.ending, &no.why))?;
    let read = roll::read(&access.session, setup, None, &Stop::default()).await;
    let roll = read.map_err(|no| {
        let early = Early::from(no);
        Summary::empty(early.ending, &early.why)
    })?;
    let now = access.client.now_unix_ms();
    let ledger = Ledger::look(&parts, now).map_err(unusable)?;
    let mut summary = Summary::empty(Ending::Done, "");
    summary.why = None;
    summary.roll = roll.members.len();
    let mut overdue = 0;
    let planned = roll.members.into_iter().map(|member| {
        let entry = ledger.get(&member.id).copied();
        let plan = plan(member.id, member.changed, entry, now, &setup.rules);
        (member, plan)
    });
    let mut planned: Vec<_> = planned.collect();
    planned.sort_by_key(|(member, plan)| (rank(plan), member.id));
    for (member, plan) in planned {
        overdue += usize::from(plan.overdue);
        let Some(why) = plan.why else {
            continue;
        };
        summary.due += 1;
        let listed = setup.never.contains(&member.id).then_some("listed");
        let (result, reason) = match member.never.or(listed) {
            Some(never) => (PersonOutcome::Skipped, never),
            None => (PersonOutcome::Due, why.word()),
        };
        summary.count(result);
        out.line(&Line {
            user: canonical(member.id),
            upn: member.upn.into(),
            result,
            reason: reason.to_owned(),
            last_change: plan.last.map(time),
            next: plan.next.map(time),
        });
    }
    summary.overdue = Some(overdue);
    summary.ended();
    Ok(summary)
}
