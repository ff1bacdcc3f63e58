//! Rules of the shell: what Tauri is told, which commands exist.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use workplace::{Outcome, Place};

use super::check::{Check, text};

/// The whole IPC surface.
const COMMANDS: [&str; 4] = ["operator_act", "operator_view", "person_act", "person_view"];

pub(super) fn checks(place: &Place) -> Outcome<Vec<Check>> {
    let mut checks = match text(&place.root, "tauri.conf.json") {
        Ok(text) => configuration(&serde_json::from_str(&text)?),
        Err(missing) => vec![Check::new("tauri.conf.json is there", missing)],
    };
    checks.push(Check::new(
        "build.rs declares the four commands and no other",
        text(&place.root, "src-tauri/build.rs")
            .map_or_else(|missing| missing, |text| declared_commands(&text)),
    ));
    checks.push(Check::new(
        "the shell has the four commands and no other",
        written_commands(&shell_source(place)?),
    ));
    Ok(checks)
}

fn shell_source(place: &Place) -> Outcome<String> {
    let mut source = String::new();
    for entry in fs::read_dir(place.root.join("src-tauri/src"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            source += &fs::read_to_string(path)?;
        }
    }
    Ok(source)
}

fn configuration(conf: &Value) -> Vec<Check> {
    let app = &conf["app"];
    let security = &app["security"];
    let no_list = |value: &Value| value.as_array().is_none_or(|list| !list.is_empty());
    let some_keys = |value: &Value| value.as_object().is_some_and(|keys| !keys.is_empty());
    vec![
        Check::new(
            "windows are built in Rust only",
            complain(no_list(&app["windows"]), "app.windows must be []"),
        ),
        Check::new(
            "capabilities are explicit and small",
            capabilities(security),
        ),
        Check::new(
            "the content security policy is set and shut",
            [("csp", true), ("devCsp", false)]
                .into_iter()
                .flat_map(|(key, shipped)| policy(key, &security[key], shipped))
                .collect(),
        ),
        must_be_true(
            "prototypes are frozen",
            &security["freezePrototype"],
            "app.security.freezePrototype must be true",
        ),
        Check::new(
            "the page sees no global Tauri",
            complain(
                app["withGlobalTauri"] != Value::Bool(false),
                "app.withGlobalTauri must be false",
            ),
        ),
        Check::new(
            "nothing is served from disk",
            complain(
                security["assetProtocol"]["enable"] == Value::Bool(true),
                "app.security.assetProtocol.enable must be false",
            ),
        ),
        must_be_true(
            "commands nobody may call are stripped",
            &conf["build"]["removeUnusedCommands"],
            "build.removeUnusedCommands must be true",
        ),
        Check::new("no key is called dangerous", dangerous("", conf)),
        Check::new(
            "no plugin is configured",
            complain(some_keys(&conf["plugins"]), "plugins must be empty"),
        ),
    ]
}

fn must_be_true(rule: &'static str, value: &Value, words: &str) -> Check {
    Check::new(rule, complain(*value != Value::Bool(true), words))
}

fn complain(broken: bool, words: &str) -> Vec<String> {
    broken.then(|| words.to_owned()).into_iter().collect()
}

fn capabilities(security: &Value) -> Vec<String> {
    let Some(list) = security["capabilities"]
        .as_array()
        .filter(|l| !l.is_empty())
    else {
        return vec!["app.security.capabilities must list them".to_owned()];
    };
    let mut complaints = Vec::new();
    for capability in list {
        let Some(name) = capability["identifier"].as_str() else {
            complaints.push(format!("{capability} must stand inline"));
            continue;
        };
        if !capability["remote"].is_null() {
            complaints.push(format!("{name} lets a remote page in"));
        }
        for permission in capability["permissions"].as_array().into_iter().flatten() {
            let permission = permission.as_str().or(permission["identifier"].as_str());
            let permission = permission.unwrap_or_default();
            let wide = permission.starts_with("core:") && permission.ends_with("default");
            let core = permission.starts_with("core:") && !permission.starts_with("core:event:");
            if wide || (core && !permission.starts_with("core:window:allow-")) {
                complaints.push(format!("{name} grants {permission}"));
            }
        }
    }
    complaints
}

/// The policy shipped must hold every shut source; the one for development at least exist.
fn policy(key: &str, value: &Value, shipped: bool) -> Vec<String> {
    let words = match value {
        Value::String(words) => words.clone(),
        Value::Object(parts) => parts
            .iter()
            .map(|(name, value)| format!("{name} {}; ", spoken(value)))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => {
            return vec![format!("app.security.{key} must be set")];
        }
    };
    let mut needed = vec![
        "default-src 'none'",
        "object-src 'none'",
        "frame-src 'none'",
    ];
    let mut forbidden = vec!["'unsafe-eval'", " *"];
    if shipped {
        needed.extend(["base-uri 'none'", "form-action 'none'", "script-src 'self'"]);
        forbidden.extend(["'unsafe-inline'", "https:", "localhost:"]);
    }
    let missing = needed
        .into_iter()
        .filter(|part| !words.contains(part))
        .map(|part| format!("{key} lacks {part}"));
    let open = forbidden
        .into_iter()
        .filter(|part| words.contains(part))
        .map(|part| format!("{key} holds {part}"));
    missing.chain(open).collect()
}

fn spoken(value: &Value) -> String {
    value.as_array().map_or_else(
        || value.as_str().unwrap_or_default().to_owned(),
        |parts| {
            let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
            parts.join(" ")
        },
    )
}

fn dangerous(path: &str, value: &Value) -> Vec<String> {
    let children: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, v)| (key.clone(), v)).collect(),
        Value::Array(list) => list.iter().map(|v| ("[]".to_owned(), v)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    };
    children
        .into_iter()
        .flat_map(|(key, value)| {
            let here = format!("{path}.{key}");
            let mut found = dangerous(&here, value);
            if key.to_lowercase().starts_with("dangerous") {
                found.push(here);
            }
            found
        })
        .collect()
}

/// Every quoted word of the build script: it has nothing else to say.
fn declared_commands(build: &str) -> Vec<String> {
    let code = build
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let names = code
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .collect();
    differences(&names)
}

/// The functions under `#[tauri::command]`.
fn written_commands(source: &str) -> Vec<String> {
    let names = source
        .split("#[tauri::command")
        .skip(1)
        .filter_map(|rest| {
            let (_, rest) = rest.split_once("fn ")?;
            rest.split(['(', '<']).next()
        })
        .collect();
    differences(&names)
}

fn differences(names: &BTreeSet<&str>) -> Vec<String> {
    let wanted = BTreeSet::from(COMMANDS);
    let missing = wanted.difference(names).map(|n| format!("{n} is missing"));
    let extra = names
        .difference(&wanted)
        .map(|n| format!("{n} is one too many"));
    missing.chain(extra).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn good() -> Value {
        let csp = "default-src 'none'; script-src 'self'; connect-src ipc: http://ipc.localhost; \
                   frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'";
        json!({
            "build": { "removeUnusedCommands": true },
            "app": {
                "withGlobalTauri": false,
                "windows": [],
                "security": {
                    "csp": csp,
                    "devCsp": csp,
                    "freezePrototype": true,
                    "capabilities": [{
                        "identifier": "operator",
                        "windows": ["operator"],
                        "permissions": ["allow-operator-act", "core:event:allow-listen"]
                    }]
                }
            }
        })
    }

    /// Changes one value and expects that exactly this rule breaks.
    #[track_caller]
    fn check(rule: usize, pointer: &str, value: Value) {
        let mut conf = good();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match conf.pointer_mut(parent).unwrap() {
            Value::Object(map) => drop(map.insert(key.to_owned(), value)),
            Value::Array(list) => list.push(value),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                panic!("{parent} holds nothing")
            }
        }
        let broken: Vec<usize> = configuration(&conf)
            .iter()
            .enumerate()
            .filter(|(_, check)| !check.complaints.is_empty())
            .map(|(n, _)| n)
            .collect();
        assert_eq!(broken, [rule], "{pointer}");
    }

    #[test]
    fn a_good_configuration_breaks_nothing() {
        for check in configuration(&good()) {
            assert_eq!(check.complaints, [""; 0], "{}", check.rule);
        }
    }

    #[test]
    fn each_rule_finds_its_breach() {
        check(0, "/app/windows/0", json!({ "label": "main" }));
        check(1, "/app/security/capabilities", json!([]));
        check(1, "/app/security/capabilities", json!(["operator"]));
        check(1, "/app/security/capabilities/0/remote", json!({}));
        for wide in [
            "core:default",
            "core:event:default",
            "core:webview:allow-create-webview-window",
            "core:webview:allow-internal-toggle-devtools",
        ] {
            check(1, "/app/security/capabilities/0/permissions/9", json!(wide));
        }
        check(2, "/app/security/csp", Value::Null);
        check(2, "/app/security/devCsp", Value::Null);
        check(2, "/app/security/csp", json!("default-src 'self'"));
        check(3, "/app/security/freezePrototype", json!(false));
        check(4, "/app/withGlobalTauri", json!(true));
        check(5, "/app/security/assetProtocol", json!({ "enable": true }));
        check(6, "/build/removeUnusedCommands", json!(false));
        check(
            7,
            "/app/security/dangerousDisableAssetCspModification",
            json!(true),
        );
        check(8, "/plugins", json!({ "updater": {} }));
    }

    #[test]
    fn commands_are_compared_by_name() {
        let all = COMMANDS.map(|name| format!("\"{name}\"")).join(", ");
        let build = format!("//! As \"told\".\nAppManifest::new().commands(&[{all}])");
        assert!(declared_commands(&build).is_empty());
        let more = format!("const ALL: [&str; 5] = [{all}, \"eval\"];");
        assert_eq!(declared_commands(&more), ["eval is one too many"]);
        assert_eq!(declared_commands("").len(), 4);
    }

    #[test]
    fn written_commands_are_read_from_the_source() {
        let source: String = COMMANDS
            .iter()
            .map(|name| format!("#[tauri::command]\npub async fn {name}<R>(a: u8) {{}}\n"))
            .collect();
        assert!(written_commands(&source).is_empty());
        let more = format!("{source}#[tauri::command(async)]\nfn eval(code: String) {{}}");
        assert_eq!(written_commands(&more), ["eval is one too many"]);
    }
}
