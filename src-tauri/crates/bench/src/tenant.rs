//! `bench tenant`: the simulated tenant answers a list of methods, beside a bare axum route that returns the
//! same bytes.
//!
//! Both servers run in this process, each on a runtime of one thread of its own; one driver on one thread
//! asks one after the other over as many kept connections, in rounds that take turns.

mod desk;
mod wire;

use std::time::{Duration, Instant};

use axum::Router;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::routing::get;
use entra_sim::{Info, TenantOptions};
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

use crate::report::{self, Figure};
use desk::{Subject, Trouble};
use wire::Connection;

const CONNECTIONS: usize = 16;
const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_millis(1_500);
const WARM_UP: Duration = Duration::from_millis(500);
const BAR: f64 = 0.35;

/// The figures; without an answer to every request the bar fails.
pub(crate) fn measure() -> Vec<Figure> {
    match rounds() {
        Ok(rounds) => figures(&rounds),
        Err(trouble) => {
            report::line(&format!("bench tenant: {trouble}"));
            vec![Figure::plain("tenant/methods-ratio", 0.0, "ratio").at_least(BAR)]
        }
    }
}

/// Requests per second of the tenant and of the bare route in one round.
struct Round {
    tenant: f64,
    bare: f64,
    /// Answers that were not 200 with the full list.
    wrong: u64,
}

fn figures(rounds: &[Round]) -> Vec<Figure> {
    let tenant = median(rounds.iter().map(|round| round.tenant));
    let bare = median(rounds.iter().map(|round| round.bare));
    let ratio = median(rounds.iter().map(|round| round.tenant / round.bare));
    let wrong: u64 = rounds.iter().map(|round| round.wrong).sum();
    vec![
        Figure::plain("tenant/methods-ratio", ratio, "ratio").at_least(BAR),
        Figure::plain("tenant/methods-wrong", wrong as f64, "requests").at_most(0.0),
        Figure::plain("tenant/methods", tenant, "requests/s").beside("bare axum route", bare),
    ]
}

pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn rounds() -> Result<Vec<Round>, Trouble> {
    let (tenant, bare, driver) = (one_thread()?, one_thread()?, one_thread()?);
    let running = tenant.block_on(entra_sim::start(TenantOptions::default()))?;
    let info = running.info.clone();
    let (subject, twin) = driver.block_on(async {
        let subject = desk::prepare(&info).await?;
        let twin = bare.spawn(bare_route(&subject)?).await??;
        Ok::<_, Trouble>((subject, twin))
    })?;
    let rounds = driver.block_on(take_turns(&info, &subject, &twin));
    tenant.block_on(running.shutdown());
    rounds
}

/// Requests per second of the tenant with something switched on, and without.
pub(crate) struct Turn {
    pub(crate) with: f64,
    pub(crate) without: f64,
}

/// Rounds that take turns with and without what `switch` switches, for the whole process.
pub(crate) fn in_turns(switch: impl Fn(bool)) -> Result<Vec<Turn>, Trouble> {
    let (tenant, driver) = (one_thread()?, one_thread()?);
    let running = tenant.block_on(entra_sim::start(TenantOptions::default()))?;
    let info = running.info.clone();
    let turns = driver.block_on(async {
        let subject = desk::prepare(&info).await?;
        load(&subject.authority, &subject, WARM_UP).await?;
        let mut turns = Vec::new();
        for number in 0..ROUNDS {
            let mut turn = [0.0, 0.0];
            // Who goes first changes, so that a machine that slows down favours neither.
            for on in [number % 2 == 0, number % 2 != 0] {
                switch(on);
                let answered = load(&subject.authority, &subject, ROUND).await?;
                if answered.wrong > 0 {
                    return Err(format!("{} answers were wrong", answered.wrong).into());
                }
                turn[usize::from(on)] = answered.per_second();
            }
            let [without, with] = turn;
            turns.push(Turn { with, without });
        }
        Ok(turns)
    });
    tenant.block_on(running.shutdown());
    turns
}

/// One thread that works also while nobody waits in `block_on`.
fn one_thread() -> std::io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
}

async fn take_turns(info: &Info, subject: &Subject, twin: &str) -> Result<Vec<Round>, Trouble> {
    load(&subject.authority, subject, WARM_UP).await?;
    load(twin, subject, WARM_UP).await?;
    let before = desk::counted(info).await?;
    let mut rounds = Vec::new();
    let mut answered = 0;
    for number in 0..ROUNDS {
        // Who goes first changes, so that a machine that slows down favours neither.
        let (tenant, bare) = if number % 2 == 0 {
            let tenant = load(&subject.authority, subject, ROUND).await?;
            (tenant, load(twin, subject, ROUND).await?)
        } else {
            let bare = load(twin, subject, ROUND).await?;
            (load(&subject.authority, subject, ROUND).await?, bare)
        };
        answered += tenant.answered;
        rounds.push(Round {
            tenant: tenant.per_second(),
            bare: bare.per_second(),
            wrong: tenant.wrong + bare.wrong,
        });
    }
    let counted = desk::counted(info).await? - before;
    if counted == answered {
        Ok(rounds)
    } else {
        Err(format!("{answered} answers and {counted} counted").into())
    }
}

struct Answered {
    answered: u64,
    wrong: u64,
    took: Duration,
}

impl Answered {
    fn per_second(&self) -> f64 {
        self.answered as f64 / self.took.as_secs_f64()
    }
}

/// Asks over all connections for so long.
async fn load(authority: &str, subject: &Subject, how_long: Duration) -> Result<Answered, Trouble> {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(Connection::open(authority).await?);
    }
    let begun = Instant::now();
    let mut asking = JoinSet::new();
    for mut connection in connections {
        let (request, body) = (subject.request.clone(), subject.answer.body.clone());
        asking.spawn(async move {
            let (mut answered, mut wrong) = (0_u64, 0_u64);
            while begun.elapsed() < how_long {
                let right = connection.is_answered_with(&request, &body).await?;
                answered += 1;
                wrong += u64::from(!right);
            }
            Ok::<_, std::io::Error>((answered, wrong))
        });
    }
    let (mut answered, mut wrong) = (0, 0);
    while let Some(done) = asking.join_next().await {
        let (more, more_wrong) = done??;
        answered += more;
        wrong += more_wrong;
    }
    Ok(Answered {
        answered,
        wrong,
        took: begun.elapsed(),
    })
}

/// A server whose one route returns the tenant's bytes, headers included; the result is its address.
fn bare_route(
    subject: &Subject,
) -> Result<impl Future<Output = std::io::Result<String>> + use<>, Trouble> {
    let mut headers = HeaderMap::new();
    for (name, value) in subject.answer.headers() {
        // The server writes these itself.
        if !["date", "content-length"].contains(&name) {
            headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(value)?);
        }
    }
    let body = axum::body::Bytes::from(subject.answer.body.clone());
    let route = get(move || {
        let answer = (headers.clone(), body.clone());
        async move { answer }
    });
    let app = Router::new().route(&subject.path, route);
    Ok(async move {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let authority = listener.local_addr()?.to_string();
        let listener = axum::serve::ListenerExt::tap_io(listener, |stream| {
            // As the tenant does it.
            let _ = stream.set_nodelay(true);
        });
        tokio::spawn(async move { axum::serve(listener, app).await });
        Ok(authority)
    })
}
