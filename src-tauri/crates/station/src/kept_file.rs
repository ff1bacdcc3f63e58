//! What of visits by telephone outlives the app, as it stands in its file, and whose that file is.

use std::sync::Arc;

use onboarding::record::KeptInRecord;
use onboarding::{
    CallNumber, DeclaredAddress, KeptAtStart, KeptFound, KeptNumbers, KeptSupervisor, KeptVisit,
    NotKept, NumberKind, ServiceTime, UserId, VisitId,
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::ports::{KeptFault, KeptFile, KeptUnread, Ports};

/// The file, and whose it is: what another station wrote, or one at another tenant, is not read.
#[derive(Clone)]
pub(crate) struct Keeper {
    file: Option<Arc<dyn KeptFile>>,
    of: Arc<[u8]>,
}

/// The form this app knows.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    version: u32,
    visits: Vec<VisitForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct VisitForm {
    visit: u32,
    keeping: String,
    user_id: String,
    name: String,
    since_unix_ms: i64,
    numbers: Option<NumbersForm>,
    address: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumbersForm {
    person: Vec<NumberForm>,
    partly: bool,
    supervisor: Option<SupervisorForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SupervisorForm {
    user_id: String,
    numbers: Vec<NumberForm>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberForm {
    kind: NumberKind,
    number: String,
}

impl Keeper {
    pub(crate) fn of(ports: &Ports, station: &str, tenant: &str) -> Self {
        Self::new(ports.kept_visits.clone(), station, tenant)
    }

    /// What an earlier run kept, and what the record says of it.
    pub(crate) fn at_start(&self, in_record: KeptInRecord) -> KeptAtStart {
        let found = self.found();
        KeptAtStart { found, in_record }
    }

    fn new(file: Option<Arc<dyn KeptFile>>, station: &str, tenant: &str) -> Self {
        // A name of neither can stand for a part of the other.
        let of = format!("{}:{station}:{}", station.len(), tenant.to_lowercase());
        Self {
            file,
            of: of.into_bytes().into(),
        }
    }

    /// Only these are kept from now on. It may block for seconds.
    pub(crate) fn keep(&self, visits: &[KeptVisit]) -> Result<(), NotKept> {
        let kept = match (&self.file, visits) {
            (None, []) => Ok(()),
            (None, _) => return Err(NotKept::NoStore),
            (Some(file), []) => file.destroy(),
            (Some(file), visits) => match written(visits) {
                Ok(bytes) => file.seal(&self.of, &bytes),
                Err(error) => Err(KeptFault::NotWritten(error.to_string())),
            },
        };
        kept.map_err(|fault| {
            tracing::warn!(%fault, "what is kept of visits is not as it should be");
            match fault {
                KeptFault::NoStore(_) => NotKept::NoStore,
                KeptFault::NotWritten(_) => NotKept::NotWritten,
                KeptFault::StillThere(_) => NotKept::StillThere,
            }
        })
    }

    /// What is in the file.
    pub(crate) fn found(&self) -> KeptFound {
        let Some(file) = &self.file else {
            return KeptFound::Nothing;
        };
        match file.open(&self.of) {
            Ok(None) => KeptFound::Nothing,
            Ok(Some(bytes)) => read(&bytes).map_or(KeptFound::Unreadable, KeptFound::Visits),
            Err(fault) => {
                tracing::warn!(%fault, "what was kept of visits cannot be read");
                match fault {
                    KeptUnread::NoStore(_) => KeptFound::StoreAway,
                    KeptUnread::NotOurs(_) => KeptFound::Unreadable,
                }
            }
        }
    }
}

fn written(visits: &[KeptVisit]) -> serde_json::Result<Zeroizing<Vec<u8>>> {
    let form = Form {
        version: VERSION,
        visits: visits.iter().map(VisitForm::from).collect(),
    };
    serde_json::to_vec(&form).map(Zeroizing::new)
}

/// None where it is not in a form that this app knows.
fn read(bytes: &[u8]) -> Option<Vec<KeptVisit>> {
    let form: Form = serde_json::from_slice(bytes).ok()?;
    let known = form.version == VERSION;
    let visits = form.visits.into_iter().map(KeptVisit::try_from);
    visits.collect::<Result<_, _>>().ok().filter(|_| known)
}

impl From<&KeptVisit> for VisitForm {
    fn from(kept: &KeptVisit) -> Self {
        let numbers = |all: &[CallNumber]| all.iter().map(NumberForm::from).collect();
        Self {
            visit: kept.visit.0,
            keeping: kept.keeping.clone(),
            user_id: kept.user.0.clone(),
            name: kept.name.clone(),
            since_unix_ms: kept.since.0,
            numbers: kept.numbers.as_ref().map(|held| NumbersForm {
                person: numbers(&held.person),
                partly: held.partly,
                supervisor: held.supervisor.as_ref().map(|it| SupervisorForm {
                    user_id: it.id.0.clone(),
                    numbers: numbers(&it.numbers),
                }),
            }),
            address: kept.address.as_ref().map(|it| it.as_str().to_owned()),
        }
    }
}

impl TryFrom<VisitForm> for KeptVisit {
    type Error = onboarding::AddressFlaw;

    fn try_from(form: VisitForm) -> Result<Self, Self::Error> {
        let numbers = |all: Vec<NumberForm>| all.into_iter().map(CallNumber::from).collect();
        let address = form.address.as_deref().map(DeclaredAddress::parse);
        Ok(Self {
            visit: VisitId(form.visit),
            keeping: form.keeping,
            user: UserId(form.user_id),
            name: form.name,
            since: ServiceTime(form.since_unix_ms),
            numbers: form.numbers.map(|held| KeptNumbers {
                person: numbers(held.person),
                partly: held.partly,
                supervisor: held.supervisor.map(|it| KeptSupervisor {
                    id: UserId(it.user_id),
                    numbers: numbers(it.numbers),
                }),
            }),
            address: address.transpose()?,
        })
    }
}

impl From<&CallNumber> for NumberForm {
    fn from(number: &CallNumber) -> Self {
        Self {
            kind: number.kind,
            number: number.number.clone(),
        }
    }
}

impl From<NumberForm> for CallNumber {
    fn from(form: NumberForm) -> Self {
        Self {
            kind: form.kind,
            number: form.number,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> KeptVisit {
        let number = |number: &str| CallNumber {
            kind: NumberKind::Mobile,
            number: number.to_owned(),
        };
        KeptVisit {
            visit: VisitId(7),
            keeping: "k".into(),
            user: UserId("u".into()),
            name: "電話 太郎".into(),
            since: ServiceTime(1_770_000_000_000),
            numbers: Some(KeptNumbers {
                person: vec![number("090-1111-2222"), number("+81 9033334444")],
                supervisor: Some(KeptSupervisor {
                    id: UserId("boss".into()),
                    numbers: vec![number("0776-20-5555")],
                }),
                partly: true,
            }),
            address: DeclaredAddress::parse("taro@mail.example").ok(),
        }
    }

    #[test]
    fn s20_what_is_kept_is_read_as_it_was_written() {
        let bare = KeptVisit {
            numbers: None,
            address: None,
            ..kept()
        };
        let all = vec![kept(), bare];
        assert!(read(&written(&all).unwrap()).is_some_and(|read| read == all));
    }

    #[test]
    fn s20_another_form_and_what_is_none_are_not_read() {
        let good = String::from_utf8(written(&[kept()]).unwrap().to_vec()).unwrap();
        for (from, to) in [
            ("\"version\":1", "\"version\":2"),
            ("taro@mail", "taro"),
            ("\"keeping\"", "\"pass\""),
            ("{\"version\"", "{\"more\":1,\"version\""),
            ("\"mobile\"", "\"given\""),
        ] {
            assert!(good.contains(from), "{from}");
            assert!(
                read(good.replacen(from, to, 1).as_bytes()).is_none(),
                "{to}"
            );
        }
        assert!(read(b"").is_none());
    }

    /// What is sealed for one is not what is sealed for another.
    #[test]
    fn s20_a_file_is_of_one_station_at_one_tenant() {
        let of = |station: &str, tenant: &str| Keeper::new(None, station, tenant).of;
        assert_eq!(of("s", "T"), of("s", "t"));
        assert_ne!(of("s", "t:u"), of("s:t", "u"));
        assert_ne!(of("s", "t"), of("s", "u"));
    }
}
