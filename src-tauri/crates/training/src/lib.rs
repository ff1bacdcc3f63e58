//! A lesson: a simulated tenant in this process, and a configuration that reaches it and nothing else.
//!
//! The app takes the configuration like any other. That its addresses are not Microsoft's is what puts the
//! banner on both screens; there is no other way to switch it on or off.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use entra_sim::{Info, Profile, Running, TenantOptions, TenantStartError};
use tempfile::TempDir;
use toml::{Table, Value};

/// What a lesson begins with where the site has no configuration of its own.
const SAMPLE: &str = include_str!("../../../../docs/madoguchi.sample.toml");

/// The group of the lesson's people whose passwords are changed for them.
const ROLL: &str = "パスワードの自動変更 (訓練用)";

/// What the closing card says where the site's own configuration does not.
const HOURS: [(&str, [&str; 2]); 2] = [
    (
        "help_hours",
        ["平日《へいじつ》 9:00–17:00", "weekdays 9:00–17:00"],
    ),
    (
        "after_hours",
        [
            "翌営業日《よくえいぎょうび》にご連絡《れんらく》ください",
            "call on the next working day",
        ],
    ),
];

/// A tenant that serves, and the folder of everything the lesson writes; both end when it is dropped.
pub struct Lesson {
    tenant: Running,
    folder: TempDir,
}

/// Why there is no lesson.
#[derive(Debug, thiserror::Error)]
pub enum LessonError {
    /// The site's own configuration cannot be used.
    #[error("{file}: {source}")]
    Site {
        file: PathBuf,
        source: toml::de::Error,
    },
    /// A file cannot be written.
    #[error("{0}")]
    File(#[from] std::io::Error),
    /// The configuration cannot be written as text.
    #[error("{0}")]
    Text(#[from] toml::ser::Error),
    /// The simulated tenant cannot start.
    #[error("the simulated tenant: {0}")]
    Tenant(#[from] TenantStartError),
}

impl Lesson {
    /// Starts a tenant within the present runtime and writes the configuration for it.
    ///
    /// `text` is the site's configuration as it was read from `file`; its texts, policy and packs are trained with.
    /// Where there was none the sample is taken.
    ///
    /// # Errors
    /// See [`LessonError`].
    pub async fn begin(file: &Path, text: Option<&str>) -> Result<Self, LessonError> {
        let table = toml::from_str(text.unwrap_or(SAMPLE)).map_err(|source| LessonError::Site {
            file: file.to_owned(),
            source,
        })?;
        let mut folder = tempfile::Builder::new();
        folder.prefix("madoguchi-training");
        #[cfg(unix)]
        folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = folder.tempdir()?;
        let tenant = entra_sim::start(options()).await?;
        let lesson = Self { tenant, folder };
        let table = pointed_at(table, &lesson.tenant.info);
        write_own(&lesson.config(), &toml::to_string(&table)?)?;
        fs::create_dir(lesson.data_dir())?;
        Ok(lesson)
    }

    /// The configuration file.
    #[must_use]
    pub fn config(&self) -> PathBuf {
        self.folder.path().join("madoguchi.toml")
    }

    /// The folder of the record; it ends with the lesson.
    #[must_use]
    pub fn data_dir(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// The page of the simulated phone, for the trainee's browser.
    #[must_use]
    pub fn phone(&self) -> &str {
        &self.tenant.info.phone
    }

    /// What a trainer has to know, in both languages: addresses, an operator to sign in as, people to help.
    #[must_use]
    pub fn sheet(&self) -> String {
        let info = &self.tenant.info;
        let mut lines = vec![
            "訓練用 / Training – not Microsoft".to_owned(),
            format!("スマホ / phone      {}", info.phone),
            format!("テスト / test site  {}", info.test_site),
        ];
        for operator in &info.operators {
            let roles = operator.roles.join(", ");
            lines.push(format!(
                "担当 / operator     {}  {}  {roles}",
                operator.upn, operator.password
            ));
        }
        for user in info.users.iter().take(3) {
            lines.push(format!("来訪者 / person     {}", user.upn));
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

/// Writes a file that nobody else may write, whatever the umask says: a kiosk takes no other configuration.
fn write_own(to: &Path, text: &str) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(to)?.write_all(text.as_bytes())
}

/// The site's configuration with the tenant's addresses and names in the place of its own.
fn pointed_at(mut table: Table, info: &Info) -> Table {
    let cloud = [
        ("name", "custom"),
        // Plain http on loopback, so that the browser needs no certificate of ours.
        ("authority", info.authority_http.as_str()),
        ("graph", info.graph_https.as_str()),
        ("ca_file", info.ca_file.as_str()),
    ];
    let cloud = cloud.map(|(key, value)| (key.to_owned(), text(value)));
    table.insert("cloud".to_owned(), Value::Table(Table::from_iter(cloud)));
    put(&mut table, "tenant", "id", text(&info.tenant_id));
    put(&mut table, "tenant", "client_id", text(&info.client_id));
    // The real operator's name stays in the credential store as it is.
    let forget = Value::Boolean(false);
    put(&mut table, "sign_in", "remember_operator", forget);
    put(&mut table, "site", "test_site", text(&info.test_site));
    followed(&mut table, info);
    // Whatever the site's own domains are, the people of the tenant have these.
    put(
        &mut table,
        "accounts",
        "organisation_domain",
        text("cablechan.biz"),
    );
    put(
        &mut table,
        "accounts",
        "partner_domain",
        text("cable.fukui.jp"),
    );
    table
}

/// A tenant with a group of those whose passwords are changed for them.
fn options() -> TenantOptions {
    let profile = Profile {
        roll: Some(ROLL.to_owned()),
        ..Profile::default()
    };
    TenantOptions {
        profile,
        ..TenantOptions::default()
    }
}

/// What follows the registration is trained with as well: the test at the station, and the roll, unless the site has
/// said that it takes no password out of use.
fn followed(table: &mut Table, info: &Info) {
    put(table, "test", "client_id", text(&info.test_client_id));
    let way = table
        .get("passwords")
        .and_then(|section| section.get("way"));
    let off = way.and_then(Value::as_str) == Some("off");
    if let Some(group) = info.roll_group.as_deref().filter(|_| !off) {
        put(table, "passwords", "group", text(group));
    }
    for (key, [ja, en]) in HOURS {
        let words = [("ja", ja), ("en", en)];
        let words = words.map(|(lang, word)| (lang.to_owned(), text(word)));
        let section = table
            .entry("site")
            .or_insert_with(|| Value::Table(Table::new()));
        if let Value::Table(section) = section {
            section
                .entry(key)
                .or_insert_with(|| Value::Table(Table::from_iter(words)));
        }
    }
}

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

fn put(table: &mut Table, section: &str, key: &str, value: Value) {
    let section = table
        .entry(section)
        .or_insert_with(|| Value::Table(Table::new()));
    if let Value::Table(section) = section {
        section.insert(key.to_owned(), value);
    }
}
