//! An operator at a station of this process: does the job and says how far it is.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use onboarding::{FindBy, OperatorAction, QrPath, VisitAction, VisitId};
use serde_json::Value;
use station::record::Witnesses;
use station::{Clock, Ports, Station, config::Config};

use crate::failure::Failure;
use crate::order::{Job, Order, Word};

/// What has not come true after this long will not: a pass that is not there is looked for during two minutes.
const LIMIT: Duration = Duration::from_secs(150);

/// Does the job of this order; every step is told by `say`. The station goes on until it is dropped.
///
/// # Errors
/// When the station does not start, refuses what an operator may do, or never gets there.
pub(crate) async fn work(order: &Order, say: &mut impl FnMut(Word)) -> Result<Station, Failure> {
    let clock = Arc::new(ShiftedClock {
        begun: Instant::now(),
        ahead_ms: AtomicI64::new(order.wall_ahead_ms),
    });
    let hand = Hand {
        station: start(order, clock.clone())?,
        clock,
        jump_ms: order.wall_jump_ms,
    };
    hand.act(OperatorAction::SignIn).await?;
    hand.reach("home").await?;
    say(Word::SignedIn);
    match &order.job {
        Job::Settle => {
            let open = hand.settle().await?;
            say(Word::Settled { open });
        }
        Job::Serve { people, ends } => {
            for upn in people {
                hand.serve(upn, *ends, say).await?;
            }
        }
    }
    say(Word::Done);
    Ok(hand.station)
}

fn start(order: &Order, clock: Arc<ShiftedClock>) -> Result<Station, Failure> {
    let config = Config::parse(&order.config).map_err(|errors| {
        let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
        Failure::new(words.join(", "))
    })?;
    let setup = config
        .setup(&|_: &str| QrPath {
            modules: 1,
            path: String::new(),
        })
        .map_err(|error| Failure::new(error.to_string()))?;
    let (upn, password) = (order.operator.clone(), order.password.clone());
    let ports = Ports {
        clock,
        open_browser: Arc::new(move |url| browse(url, upn.clone(), password.clone())),
        test_browser: None,
        last_operator: None,
        kept_visits: None,
        health: Arc::new(Default::default),
        hand_outs: None,
        row_pictures: None,
        record: order.data.join("record.sqlite3"),
        witnesses: Witnesses::within(&order.data.join("witness"), &order.data),
        config_sha256: String::new(),
        at_start: Vec::new(),
        person_pane: true,
    };
    Station::start(setup, ports).map_err(|error| Failure::new(error.to_string()))
}

fn browse(url: &str, upn: String, password: String) -> Result<(), String> {
    let url: url::Url = url.parse().map_err(|_| "no address".to_owned())?;
    std::thread::spawn(move || {
        let answers = headless_browser::Answers {
            upn: &upn,
            password: &password,
            button: None,
        };
        // A sign-in that fails is seen on the screen.
        let _ = headless_browser::sign_in(&url, &answers);
    });
    Ok(())
}

struct Hand {
    station: Station,
    clock: Arc<ShiftedClock>,
    jump_ms: i64,
}

impl Hand {
    async fn act(&self, action: OperatorAction) -> Result<(), Failure> {
        let done = self.station.operator_act(action).await;
        done.map_err(|trouble| Failure::new(format!("refused: {:?}", trouble.code)))
    }

    async fn wants(&self, visit: VisitId, act: VisitAction) -> Result<(), Failure> {
        self.act(OperatorAction::Visit { visit, act }).await
    }

    /// Waits until both views show what is looked for.
    async fn until<T>(
        &self,
        what: &str,
        mut seen: impl FnMut(&Value, &Value) -> Option<T>,
    ) -> Result<T, Failure> {
        let mut changes = self.station.changes();
        let begun = Instant::now();
        loop {
            changes.borrow_and_update();
            let lost = |_| Failure::new("the station is gone");
            let operator = self.station.operator_view().await.map_err(lost)?;
            let person = self.station.person_view(None).await.map_err(lost)?;
            // As the windows get them.
            let (operator, person) = (
                serde_json::to_value(operator)?,
                serde_json::to_value(person)?,
            );
            if let Some(found) = seen(&operator, &person) {
                return Ok(found);
            }
            let left = LIMIT.saturating_sub(begun.elapsed());
            if tokio::time::timeout(left, changes.changed()).await.is_err() {
                return Err(Failure::new(format!(
                    "waited for {what}; the screen was {}, trouble {}",
                    operator["screen"]["screen"], operator["trouble"]["code"]
                )));
            }
        }
    }

    async fn reach(&self, screen: &str) -> Result<(), Failure> {
        self.until(screen, |view, _| {
            (view["screen"]["screen"] == screen).then_some(())
        })
        .await
    }

    /// How many questions the operator is asked once nobody has to wait for a pass any more. Nobody answers them here:
    /// what is asked about must live on.
    async fn settle(&self) -> Result<usize, Failure> {
        self.until("what an earlier run left", |view, _| {
            let count = |list: &Value| list.as_array().map_or(0, Vec::len);
            let asked = count(&view["pass_questions"]);
            (count(&view["pending_passes"]) <= asked).then_some(asked)
        })
        .await
    }

    async fn serve(
        &self,
        upn: &str,
        ends: bool,
        say: &mut impl FnMut(Word),
    ) -> Result<(), Failure> {
        let visit = self.board(upn).await?;
        say(Word::Asked {
            upn: upn.to_owned(),
        });
        self.wants(visit, VisitAction::IssuePass { replace: true })
            .await?;
        let mut under_way = false;
        let told = self.until("an answer", |view, _| {
            let code = view["trouble"]["code"].as_str();
            match view["screen"]["pass"]["stage"].as_str()? {
                "live" => Some(None),
                // The question came to nothing, with a word or without.
                "none" if under_way || code.is_some() => {
                    Some(Some(code.unwrap_or_default().to_owned()))
                }
                "none" => None,
                "replaced" => Some(Some("T412".to_owned())),
                _ => {
                    under_way = true;
                    None
                }
            }
        });
        match told.await? {
            Some(code) => say(Word::NotIssued { code }),
            None => {
                self.reveal(visit).await?;
                self.clock.ahead_ms.store(self.jump_ms, Ordering::Relaxed);
                say(Word::Shown {
                    upn: upn.to_owned(),
                });
            }
        }
        if ends {
            self.end(visit).await?;
            say(Word::Ended {
                upn: upn.to_owned(),
                resident_bytes: resident_bytes(),
            });
        }
        Ok(())
    }

    /// Up to the open board for this person.
    async fn board(&self, upn: &str) -> Result<VisitId, Failure> {
        self.act(OperatorAction::StartVisit).await?;
        let find = VisitAction::Find {
            text: upn.to_owned(),
            by: FindBy::SignInName,
        };
        let visit = self
            .until("a visit", |view, _| visit_of(&view["screen"]))
            .await?;
        self.wants(visit, find).await?;
        self.reach("found").await?;
        self.wants(visit, VisitAction::ConfirmPerson).await?;
        let tick = VisitAction::Tick {
            check: "staff-card".to_owned(),
            on: true,
        };
        self.wants(visit, tick).await?;
        self.wants(visit, VisitAction::ConfirmPhone { on: true })
            .await?;
        self.wants(visit, VisitAction::ConfirmCheck).await?;
        self.reach("board").await?;
        Ok(visit)
    }

    async fn reveal(&self, visit: VisitId) -> Result<(), Failure> {
        self.wants(visit, VisitAction::Reveal).await?;
        self.until("the pass in sight", |_, person| {
            let glyphs = person["screen"]["pass"]["glyphs"].as_array()?;
            (!glyphs.is_empty()).then_some(())
        })
        .await
    }

    async fn end(&self, visit: VisitId) -> Result<(), Failure> {
        let leave = VisitAction::LeaveUnfinished { leave_pass: false };
        self.wants(visit, leave).await?;
        self.reach("receipt").await?;
        self.wants(visit, VisitAction::Close).await?;
        self.reach("home").await
    }
}

/// The visit a screen belongs to.
fn visit_of(screen: &Value) -> Option<VisitId> {
    let number = screen["visit"].as_u64()?;
    u32::try_from(number).ok().map(VisitId)
}

/// What this process holds in memory; 0 where the system does not tell.
fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// A machine whose wall clock is off.
struct ShiftedClock {
    begun: Instant,
    ahead_ms: AtomicI64,
}

impl Clock for ShiftedClock {
    fn mono_ms(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the clock of a station over real HTTP"
    )]
    fn wall_unix_ms(&self) -> i64 {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let ms = now.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(0));
        ms.saturating_add(self.ahead_ms.load(Ordering::Relaxed))
    }
}
