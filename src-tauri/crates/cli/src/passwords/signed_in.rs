//! The run for people the job does not reach by itself: somebody signs in, with what the station's own file says.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use audit::harmless;
use host::credentials::CredentialStore;
use host::lock::LockError;
use host::name_and_password::ToldTo;
use password_job::{Ending, JobSetup, Listener, OfStation, Wish};
use station::config::{ChangeWay, Setup};

use super::teller::Teller;
use crate::configured;
use crate::failure::{shown, with_causes};

/// What the run keeps lies below the station's data, as that station's account alone can read it.
const FOLDER: &str = "passwords";

/// Changes what is due while the station's app is closed, so that no visit is open and none is begun.
pub(super) fn rotate(
    wish: &Wish,
    every_days: Option<u32>,
    json: bool,
    config: Option<PathBuf>,
    data: Option<PathBuf>,
) -> io::Result<ExitCode> {
    let config = config.unwrap_or_else(host::paths::config_file);
    let data = data.unwrap_or_else(host::paths::data_dir);
    let (browser, job) = match configured::read(&config).and_then(|(setup, exposed)| {
        let browser = setup.browser.clone();
        Ok((browser, of_station(setup, every_days)?, exposed))
    }) {
        Ok((browser, job, exposed)) => {
            tell(&config, &exposed)?;
            (browser, job)
        }
        Err(problems) => {
            tell(&config, &problems)?;
            return Ok(ExitCode::from(Ending::Configuration.exit_code()));
        }
    };
    // A dry run makes nothing, and where there is no folder there is no app that uses it.
    let nothing_there = wish.dry_run && !data.exists();
    let held = (!nothing_there).then(|| host::lock::hold(&data));
    let _held = match held.transpose() {
        Ok(held) => held,
        Err(error) => {
            let (ending, why) = refused(&error);
            tell(&data, &[why])?;
            return Ok(ExitCode::from(ending.exit_code()));
        }
    };
    let mut teller = Teller::new(json);
    teller.browser = browser;
    for warning in &job.warnings {
        teller.warning(warning);
    }
    let ending = password_job::rotate(&job, &data.join(FOLDER), wish, &mut teller)?;
    let ending = teller.fault.map_or(Ok(ending), Err)?;
    Ok(ExitCode::from(ending.exit_code()))
}

/// What to look at in a station's file, where it is for this run at all.
pub(crate) fn careful(setup: &Setup) -> Option<String> {
    let change = setup.change?;
    let ages = change.ages;
    let late = password_job::late(ages.every, ages.max, ages.notice)?;
    (change.way == ChangeWay::Reset).then(|| format!("careful: {late}"))
}

fn refused(error: &LockError) -> (Ending, String) {
    match error {
        LockError::Taken => {
            let why = "the station's app is running, and a visit may be open: close it first";
            (Ending::Stopped, why.to_owned())
        }
        LockError::Directory(_) | LockError::Shared => (Ending::Configuration, with_causes(error)),
    }
}

/// What the station's file says of it, or why that is not for this.
fn of_station(setup: Setup, every_days: Option<u32>) -> Result<JobSetup, Vec<String>> {
    let setup = introduced(setup)?;
    let by_reset = setup.change.filter(|change| change.way == ChangeWay::Reset);
    let roll = setup.roll.filter(|roll| roll.pass_through);
    let group = roll.as_ref().and_then(|roll| roll.group.clone());
    let (Some(change), Some(roll), Some(group)) = (by_reset, roll, group) else {
        let wanted = "synchronised people are reached with passwords.way = \"reset\", passwords.group and \
            passwords.pass_through = true, and by nothing else";
        return Err(vec![wanted.to_owned()]);
    };
    let limits = setup.policy.limits;
    let station = OfStation {
        endpoints: setup.endpoints,
        app: setup.app,
        proxy: setup.proxy,
        group,
        // Who gets no pass here gets no reset here.
        never: [roll.never, limits.not_for].concat(),
        operators: limits.operators,
        operator_group: limits.operator_group,
        length: change.length,
        revoke_sessions: change.revoke_sessions,
        every_days: every_days.unwrap_or(change.ages.every),
        max_age_days: change.ages.max,
        notice_days: change.ages.notice,
    };
    JobSetup::of_station(station).map_err(|errors| errors.0)
}

/// With what the proxy is told, as the app starts.
fn introduced(mut setup: Setup) -> Result<Setup, Vec<String>> {
    if !setup.tells_the_proxy {
        return Ok(setup);
    }
    let kept = ToldTo::Proxy
        .recall(&CredentialStore::system())
        .map_err(|error| vec![format!("network.proxy_credentials: {error}")])?;
    match kept {
        Some(kept) if setup.tell_the_proxy(&kept.user, &kept.password) => Ok(setup),
        Some(_) | None => Err(vec![
            "network.proxy_credentials: nothing is kept that could be told".to_owned(),
        ]),
    }
}

fn tell(about: &Path, lines: &[String]) -> io::Result<()> {
    let mut out = io::stderr().lock();
    for line in lines {
        writeln!(out, "{}: {}", shown(about), harmless(line))?;
    }
    Ok(())
}
