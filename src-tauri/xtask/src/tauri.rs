//! What somebody who knows Tauri tries first: its command, run by npm at the top of the repository.

mod whole;

use std::fs;
use std::process::Command;
use workplace::{During, Outcome, Place, npm, output};

use serde_json::Value;

pub(crate) use self::whole::run;
use crate::tidy::Check;

/// Prints where the screens' dev server listens and where a build of theirs goes, as Vite itself reads it.
const READ_VITE: &str = "const { resolveConfig } = await import('vite');
const { server, build } = await resolveConfig({}, 'serve');
console.log(JSON.stringify({
  url: `http://${server.host ?? 'localhost'}:${server.port}`, strict: server.strictPort, dist: build.outDir,
}));";

/// What `tauri dev` and `tauri build` rely on, without running either.
pub(crate) fn checks(place: &Place) -> Outcome<Vec<Check>> {
    let conf = json(place, "tauri.conf.json")?;
    let package = json(place, "ui/package.json")?;
    let said = output(&mut npm(
        place,
        &["run", "--silent", "tauri", "--", "--version"],
    ));
    let vite = output(
        Command::new("node")
            .args(["--input-type=module", "--eval", READ_VITE])
            .current_dir(place.ui()),
    )?;
    Ok(vec![
        Check {
            rule: "npm runs the Tauri command that is pinned",
            complaints: said.map_or_else(
                |failure| vec![failure.to_string()],
                |said| pinned(&package, &said),
            ),
        },
        Check {
            rule: "Tauri's npm packages fit the crate",
            complaints: fitting(&package, &locked(place, "tauri")?),
        },
        Check {
            rule: "Tauri waits where the dev server listens, and takes what a build leaves",
            complaints: screens(&conf, &serde_json::from_str(&vite)?),
        },
        Check {
            rule: "Tauri starts scripts of ui/package.json in ui",
            complaints: before(&conf, &package),
        },
        Check {
            rule: "only ui has a package.json",
            complaints: (place.root.join("package.json").exists())
                .then(|| "package.json stands at the top".to_owned())
                .into_iter()
                .collect(),
        },
    ])
}

fn json(place: &Place, path: &str) -> Outcome<Value> {
    let text = fs::read_to_string(place.root.join(path)).during(path)?;
    serde_json::from_str(&text).during(path)
}

/// The version of a crate in the lock file.
fn locked(place: &Place, name: &str) -> Outcome<String> {
    let text = fs::read_to_string(place.root.join("Cargo.lock")).during("Cargo.lock")?;
    let lock: toml::Table = toml::from_str(&text).during("Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    let word = |package: &toml::Value, key: &str| {
        let value = package.get(key).and_then(toml::Value::as_str);
        value.unwrap_or_default().to_owned()
    };
    Ok(packages
        .into_iter()
        .flatten()
        .find(|package| word(package, "name") == name)
        .map(|package| word(package, "version"))
        .unwrap_or_default())
}

fn pinned(package: &Value, said: &str) -> Vec<String> {
    let pin = &package["devDependencies"]["@tauri-apps/cli"];
    let version = said.split_whitespace().last().unwrap_or_default();
    (*pin != version)
        .then(|| format!("ui/package.json pins {pin}, but {version:?} runs"))
        .into_iter()
        .collect()
}

fn fitting(package: &Value, tauri: &str) -> Vec<String> {
    let minor = |version: &str| version.rsplit_once('.').map(|(minor, _)| minor.to_owned());
    [
        ("dependencies", "@tauri-apps/api"),
        ("devDependencies", "@tauri-apps/cli"),
    ]
    .into_iter()
    .filter_map(|(table, name)| {
        let pin = package[table][name].as_str().unwrap_or_default();
        (minor(pin) != minor(tauri)).then(|| format!("{name} is {pin}, the crate is {tauri}"))
    })
    .collect()
}

fn screens(conf: &Value, vite: &Value) -> Vec<String> {
    let (build, security) = (&conf["build"], &conf["app"]["security"]);
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let (url, waited) = (word(&vite["url"]), word(&build["devUrl"]));
    let mut complaints = Vec::new();
    if waited.trim_end_matches('/') != url {
        complaints.push(format!("build.devUrl is {waited:?}, the server's {url:?}"));
    }
    if vite["strict"] != true {
        complaints.push("the server may take another port: server.strictPort".to_owned());
    }
    if !word(&security["devCsp"]).contains(&format!("script-src 'self' {url};")) {
        complaints.push(format!("devCsp takes no scripts from {url}"));
    }
    let (dist, taken) = (word(&vite["dist"]), word(&build["frontendDist"]));
    if taken != format!("ui/{dist}") {
        complaints.push(format!(
            "build.frontendDist is {taken:?}, a build's is ui/{dist}"
        ));
    }
    complaints
}

fn before(conf: &Value, package: &Value) -> Vec<String> {
    ["beforeDevCommand", "beforeBuildCommand"]
        .into_iter()
        .filter_map(|key| {
            let command = &conf["build"][key];
            let script = command["script"].as_str().unwrap_or_default();
            let known = script
                .strip_prefix("npm run ")
                .is_some_and(|name| package["scripts"][name].is_string());
            // Without a folder of its own Tauri looks for one, and .taurignore hides ui from it.
            (!known || command["cwd"] != "ui").then(|| format!("build.{key} is {command}"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn package() -> Value {
        json!({
            "scripts": { "dev": "vite", "build": "vite build" },
            "dependencies": { "@tauri-apps/api": "2.12.5" },
            "devDependencies": { "@tauri-apps/cli": "2.12.5" }
        })
    }

    fn conf() -> Value {
        json!({
            "build": {
                "devUrl": "http://localhost:5173",
                "frontendDist": "ui/dist",
                "beforeDevCommand": { "script": "npm run dev", "cwd": "ui" },
                "beforeBuildCommand": { "script": "npm run build", "cwd": "ui" }
            },
            "app": { "security": { "devCsp": "script-src 'self' http://localhost:5173; style-src 'self'" } }
        })
    }

    fn vite() -> Value {
        json!({ "url": "http://localhost:5173", "strict": true, "dist": "dist" })
    }

    #[test]
    fn what_agrees_breaks_nothing() {
        assert!(pinned(&package(), "tauri-cli 2.12.5\n").is_empty());
        assert!(fitting(&package(), "2.12.9").is_empty());
        assert!(screens(&conf(), &vite()).is_empty());
        assert!(before(&conf(), &package()).is_empty());
    }

    #[test]
    fn another_command_than_the_pinned_one_is_told() {
        assert_eq!(pinned(&package(), "tauri-cli 2.13.0").len(), 1);
        assert_eq!(fitting(&package(), "2.13.0").len(), 2);
    }

    #[test]
    fn a_dev_server_elsewhere_is_told() {
        let mut moved = vite();
        moved["url"] = json!("http://localhost:5174");
        assert_eq!(screens(&conf(), &moved).len(), 2);
        let mut loose = vite();
        loose["strict"] = json!(false);
        loose["dist"] = json!("build");
        assert_eq!(screens(&conf(), &loose).len(), 2);
    }

    #[test]
    fn a_script_that_is_not_there_or_runs_elsewhere_is_told() {
        let mut unknown = conf();
        unknown["build"]["beforeDevCommand"]["script"] = json!("npm run serve");
        assert_eq!(before(&unknown, &package()).len(), 1);
        let mut lost = conf();
        lost["build"]["beforeBuildCommand"] = json!("npm run build");
        assert_eq!(before(&lost, &package()).len(), 1);
    }
}
