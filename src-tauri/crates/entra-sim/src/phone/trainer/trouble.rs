//! What goes wrong on purpose: faults by button, and people who bring one with them.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::drawn::PanelSheet;
use crate::directory::{DOMAIN, User};
use crate::faults::Faults;
use crate::oauth::pages::escape;
use crate::params::Params;
use crate::phone::words::{Text, trainer};
use crate::state::Inner;

/// A fault with a name of its own on the panel.
struct Preset {
    name: &'static str,
    japanese: &'static str,
    english: &'static str,
    order: fn() -> Value,
}

const PRESETS: &[Preset] = &[
    Preset {
        name: "lost_pass",
        japanese: "次のパス発行の応答が失われる",
        english: "The answer to the next pass is lost",
        order: || json!({"method": "POST", "path": "/users/{id}/authentication/temporaryAccessPassMethods", "fault": "answer_lost"}),
    },
    Preset {
        name: "busy",
        japanese: "Graph が 3 回 503 を返す",
        english: "Graph answers 503 three times",
        order: || json!({"path": "/v1.0/", "fault": "status:503", "times": 3, "retry_after": "2"}),
    },
    Preset {
        name: "throttled",
        japanese: "Graph が 2 回 429 を返す (10 秒待ち)",
        english: "Graph answers 429 twice (wait 10 s)",
        order: || json!({"path": "/v1.0/", "fault": "status:429", "times": 2, "retry_after": "10"}),
    },
    Preset {
        name: "slow",
        japanese: "Graph が 5 回遅れる",
        english: "Graph is slow five times",
        order: || json!({"path": "/v1.0/", "fault": "slow", "times": 5, "delay_ms": 4000}),
    },
    Preset {
        name: "portal",
        japanese: "ゲスト Wi-Fi の同意画面が割り込む",
        english: "A guest Wi-Fi page comes in between",
        order: || json!({"path": "/v1.0/", "fault": "html"}),
    },
];

/// Which requests a person of trouble strikes.
const REQUESTS: &[(&str, Text)] = &[
    ("pass", Text("パスの発行", "Creating a pass")),
    (
        "methods",
        Text("認証方法の読み取り", "Reading their methods"),
    ),
    ("read", Text("本人の読み取り", "Reading the person")),
    ("any", Text("この人のすべて", "Everything about them")),
];

/// What strikes, as it stands in a sign-in name.
const TROUBLES: &[(&str, Text)] = &[
    (
        "answer-lost",
        Text("実行され、応答が失われる", "Done, and the answer is lost"),
    ),
    (
        "reset",
        Text("その前に接続が切れる", "Connection ends before"),
    ),
    ("429", Text("429 (5 秒待ち)", "429 (wait 5 s)")),
    (
        "429-date",
        Text("429 (日時で待ち)", "429 (wait until a date)"),
    ),
    ("429-none", Text("429 (待ち時間なし)", "429 (no time told)")),
    (
        "429-garbage",
        Text("429 (読めない待ち時間)", "429 (unreadable time)"),
    ),
    ("503", Text("503 (5 秒待ち)", "503 (wait 5 s)")),
    ("500-none", Text("500", "500")),
    ("slow", Text("遅い応答", "Slow answer")),
    (
        "slow-loris",
        Text("1 バイトずつの応答", "Answer byte by byte"),
    ),
    (
        "truncated",
        Text("途中で切れる応答", "Answer that breaks off"),
    ),
    (
        "malformed",
        Text("JSON でない応答", "Answer that is no JSON"),
    ),
    ("html", Text("ゲスト Wi-Fi の画面", "Guest Wi-Fi page")),
    (
        "redirect",
        Text("別のサーバーへ転送", "Redirect to another host"),
    ),
    ("huge", Text("巨大な応答", "Huge answer")),
    ("endless", Text("終わらない応答", "Endless answer")),
    ("stale", Text("古い内容", "Old content")),
    (
        "flap",
        Text("古い内容と新しい内容が交互", "Old and new in turn"),
    ),
    ("other-user", Text("別の人の内容", "Another person’s data")),
    ("date", Text("時刻のずれ", "Wrong Date header")),
    (
        "claims",
        Text("追加の確認を求める (CAE)", "Claims challenge (CAE)"),
    ),
    (
        "revoked",
        Text("セッションの取り消し (CAE)", "Session revoked (CAE)"),
    ),
];

/// Orders the fault of that name.
pub(super) fn add(state: &mut Inner, name: &str) -> Result<(), String> {
    let preset = PRESETS.iter().find(|preset| preset.name == name);
    let preset = preset.ok_or_else(|| format!("there is no fault named {name}"))?;
    let order = serde_json::from_value((preset.order)()).map_err(|e| e.to_string())?;
    state.faults.add(order)
}

/// Adds a person whose sign-in name is that fault, or lets the one there is strike anew; the answer is the name.
pub(super) fn bring(now: Timestamp, state: &mut Inner, params: &Params) -> Result<String, String> {
    let (requests, fault) = (params.trimmed("requests"), params.trimmed("fault"));
    let mut local = format!("fault-{requests}-{fault}");
    match params.trimmed("times") {
        "" | "0" => {}
        times => {
            local.push('-');
            local.push_str(times);
        }
    }
    let upn = format!("{local}@{DOMAIN}");
    Faults::check(&upn)?;
    let known = state.directory.user(&upn).map(|user| user.id.clone());
    if let Some(id) = known {
        state.faults.learn(&id, &upn)?;
        return Ok(upn);
    }
    let new = json!({"upn": upn, "display_name": format!("障害 {requests} {fault}")});
    let new = serde_json::from_value(new).map_err(|e| e.to_string())?;
    state.add_person(new, now)?;
    Ok(upn)
}

impl PanelSheet<'_> {
    /// The faults: one each by button, those still to come, and people who bring theirs with them.
    pub(super) fn faults(&self) -> String {
        let buttons: String = PRESETS
            .iter()
            .map(|preset| {
                let inner = format!(
                    "<input type=\"hidden\" name=\"name\" value=\"{}\"><button class=\"plain\">{}</button>",
                    preset.name,
                    self.l.pick(preset.japanese, preset.english)
                );
                self.form("fault", "", &inner)
            })
            .collect();
        let waiting: String = self
            .state
            .faults
            .pending()
            .map(|spec| {
                format!(
                    "<li><code>{} {} × {}</code></li>",
                    escape(&spec.fault),
                    escape(&spec.path),
                    spec.times
                )
            })
            .collect();
        let waiting = if waiting.is_empty() {
            format!("<p class=\"hint\">{}</p>", trainer::NOTHING.of(self.l))
        } else {
            format!("<ul>{waiting}</ul>")
        };
        let clear = format!(
            "<button class=\"plain\">{}</button>",
            trainer::CLEAR.of(self.l)
        );
        let whole = format!(
            "<div class=\"row\">{buttons}</div><h3>{}</h3>{waiting}{}{}",
            trainer::FAULTS_TEXT.of(self.l),
            self.form("clear_faults", "", &clear),
            self.sentinels(),
        );
        self.card(trainer::FAULTS, &whole)
    }

    fn sentinels(&self) -> String {
        let chosen = |name: &str, label: Text, ways: &[(&str, Text)]| {
            let options: String = ways
                .iter()
                .map(|(value, text)| {
                    format!("<option value=\"{value}\">{}</option>", text.of(self.l))
                })
                .collect();
            format!(
                "<label class=\"field\">{}<select name=\"{name}\">{options}</select></label>",
                label.of(self.l)
            )
        };
        let times = [
            ("1", trainer::ONCE),
            ("3", trainer::THREE_TIMES),
            ("0", trainer::FOR_GOOD),
        ];
        let inner = format!(
            "{}{}{}<button class=\"plain\">{}</button>",
            chosen("requests", trainer::SENTINEL_REQUESTS, REQUESTS),
            chosen("fault", trainer::SENTINEL_FAULT, TROUBLES),
            chosen("times", trainer::SENTINEL_TIMES, &times),
            trainer::SENTINEL_ADD.of(self.l)
        );
        let there: String = self
            .state
            .directory
            .users
            .iter()
            .filter(|user| self.state.faults.is_sentinel(&user.id))
            .map(|user| self.sentinel(user))
            .collect();
        format!(
            "<h3>{}</h3><p class=\"hint\">{}</p>{}<ul>{there}</ul>",
            trainer::SENTINELS.of(self.l),
            trainer::SENTINELS_TEXT.of(self.l),
            self.form("sentinel", "stack", &inner),
        )
    }

    fn sentinel(&self, user: &User) -> String {
        let left = match self.state.faults.left(&user.id) {
            Some(u32::MAX) => trainer::FOR_GOOD.of(self.l).to_owned(),
            Some(left) => format!("× {left}"),
            None => trainer::NOTHING.of(self.l).to_owned(),
        };
        format!("<li><code>{}</code> {left}</li>", escape(&user.upn))
    }
}
