//! Methods that came during a visit and that its walk-through did not lead to. For its minutes a pass opens the door to
//! every kind of them, so each is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::person::directory::{Method, MethodRead, OtherKind};
use crate::person::uninvited_kind::UninvitedKind;
use crate::record::RegisteredKind;
use crate::registration::agreement::Proof;
use crate::registration::identity::{id, known, mark, phone_sign_in};
use crate::registration::rivals::Rivals;
use crate::registration::strays::Strays;

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Uninvited {
    pub(crate) method: String,
    pub(crate) kind: UninvitedKind,
    /// What the person, or somebody else, called it.
    pub(crate) name: Option<String>,
    /// It is of the kind that was led to, and came before anybody here was told the pass of this visit.
    pub(crate) without_pass: bool,
}

/// What this walk-through leads to, as far as it was seen, and what was told already.
#[derive(Debug, Default)]
pub(crate) struct Invited {
    phone: Option<Guest>,
    passkey: Option<Guest>,
    /// By id, with what stood for its number or address.
    told: BTreeMap<String, Option<u64>>,
    /// Of these it was told that they came at once.
    at_once: BTreeSet<String>,
    /// How many looks in a row no longer showed what was told.
    missed: BTreeMap<String, u8>,
}

/// One look alone may have come from a copy of the directory that is behind.
const LOOKS_UNTIL_GONE: u8 = 2;

/// An entry that the walk-through led to.
#[derive(Debug)]
struct Guest {
    method: String,
    standing: Standing,
}

/// How sure it is that the walk-through led to an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    /// It is the first of its kind.
    First,
    /// It is ready for sign-in as well.
    Ready,
    /// Two reads proved it.
    Proven,
}

impl Invited {
    /// What was registered is what the person was led to. What was told of it is taken back.
    pub(crate) fn registered(&mut self, proof: &Proof) -> Option<String> {
        let place = match proof.kind {
            RegisteredKind::PhoneSignIn => &mut self.phone,
            RegisteredKind::Passkey => &mut self.passkey,
        };
        *place = Some(Guest {
            method: proof.method.clone(),
            standing: Standing::Proven,
        });
        self.told
            .remove_entry(&proof.method)
            .map(|(method, _)| method)
    }

    fn was_told(&self, method: &Method, id: &str) -> bool {
        let told = self.told.get(id);
        told.is_some_and(|told| told.is_none() || mark(method).is_none() || *told == mark(method))
    }

    /// It was told, and is not gone since.
    pub(crate) fn has_told(&self, method: &str) -> bool {
        self.told.contains_key(method)
    }

    /// It was removed: one that comes again under its id is another one.
    pub(crate) fn removed(&mut self, method: &str) {
        self.told.remove(method);
        self.missed.remove(method);
    }

    /// What was told and is gone again, after a look at everything; it is told anew should it come back.
    pub(crate) fn missing(&mut self, read: &MethodRead) -> Vec<String> {
        let there = |told: &str| read.methods.iter().any(|method| id(method) == Some(told));
        let mut gone = Vec::new();
        for told in self.told.keys() {
            if there(told) {
                self.missed.remove(told);
                continue;
            }
            let looks = self.missed.entry(told.clone()).or_default();
            *looks += 1;
            if *looks >= LOOKS_UNTIL_GONE {
                gone.push(told.clone());
            }
        }
        gone.iter().for_each(|method| self.removed(method));
        gone
    }

    /// What is new in this read and nobody was led to; each is told once. Passkeys in Authenticator are led to only
    /// where one counts here.
    pub(crate) fn look(
        &mut self,
        read: &MethodRead,
        baseline: &MethodRead,
        passkey_counts: bool,
        strays: &Strays,
        rivals: &Rivals,
    ) -> Vec<Uninvited> {
        let mut found = Vec::new();
        self.at_once.retain(|id| rivals.asks_about(id));
        for method in &read.methods {
            let (Some(kind), Some(id)) = (kind(method), id(method)) else {
                continue;
            };
            // It has to be asked of each of them, whatever was said before of one that was alone.
            let at_once = rivals.asks_about(id) && self.at_once.insert(id.to_owned());
            if (known(method, baseline) || self.was_told(method, id)) && !at_once {
                continue;
            }
            let without_pass = strays.has(id);
            let candidate = !without_pass && !rivals.asks_about(id) && !rivals.not_it(id);
            let led_to = match kind {
                UninvitedKind::Authenticator if candidate => first(&mut self.phone, method, read),
                UninvitedKind::AuthenticatorPasskey if passkey_counts && candidate => {
                    first(&mut self.passkey, method, read)
                }
                UninvitedKind::Authenticator
                | UninvitedKind::AuthenticatorPasskey
                | UninvitedKind::Phone
                | UninvitedKind::Email
                | UninvitedKind::Codes
                | UninvitedKind::WindowsHello
                | UninvitedKind::PlatformCredential
                | UninvitedKind::SecurityKey
                | UninvitedKind::Other => false,
            };
            if !led_to {
                self.told.insert(id.to_owned(), mark(method));
                found.push(Uninvited {
                    method: id.to_owned(),
                    kind,
                    name: name(method).map(str::to_owned),
                    without_pass,
                });
            }
        }
        found
    }
}

/// Whether this entry is the one that was led to: of those that are there the proven one, else the first that is ready,
/// else the first.
fn first(place: &mut Option<Guest>, entry: &Method, read: &MethodRead) -> bool {
    let standing = match phone_sign_in(entry) {
        true => Standing::Ready,
        false => Standing::First,
    };
    let stays = |guest: &Guest| {
        let there = read.methods.iter().any(|m| id(m) == Some(&guest.method));
        guest.standing == Standing::Proven || (there && guest.standing >= standing)
    };
    if !place.as_ref().is_some_and(stays) {
        *place = id(entry).map(|id| Guest {
            method: id.to_owned(),
            standing,
        });
    }
    place
        .as_ref()
        .is_some_and(|guest| id(entry) == Some(&guest.method))
}

/// None for what is no way in of its own: the password, and passes, which are looked after elsewhere.
fn kind(method: &Method) -> Option<UninvitedKind> {
    Some(match method {
        Method::Pass(_) | Method::Password => return None,
        Method::Authenticator { .. } => UninvitedKind::Authenticator,
        Method::Passkey {
            in_authenticator: true,
            ..
        } => UninvitedKind::AuthenticatorPasskey,
        Method::Passkey { .. } => UninvitedKind::SecurityKey,
        Method::Other { kind, .. } => match kind {
            OtherKind::Phone => UninvitedKind::Phone,
            OtherKind::Email => UninvitedKind::Email,
            OtherKind::Codes => UninvitedKind::Codes,
            OtherKind::WindowsHello => UninvitedKind::WindowsHello,
            OtherKind::PlatformCredential => UninvitedKind::PlatformCredential,
            OtherKind::Unknown(_) => UninvitedKind::Other,
        },
    })
}

fn name(method: &Method) -> Option<&str> {
    match method {
        Method::Authenticator { device_name, .. } => device_name.as_deref(),
        Method::Passkey { name, .. } => name.as_deref(),
        Method::Other {
            kind: OtherKind::Unknown(kind),
            ..
        } => Some(kind),
        Method::Other { .. } | Method::Pass(_) | Method::Password => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::ServiceTime;

    fn phone(id: &str) -> Method {
        entry(id, None)
    }

    fn entry(id: &str, created: Option<ServiceTime>) -> Method {
        Method::Authenticator {
            id: id.to_owned(),
            device_name: None,
            app_version: None,
            created,
            device_id: None,
        }
    }

    fn passkey(id: &str, in_authenticator: bool) -> Method {
        Method::Passkey {
            id: id.to_owned(),
            name: None,
            in_authenticator,
            created: None,
        }
    }

    fn other(id: &str, kind: OtherKind) -> Method {
        Method::Other {
            id: id.to_owned(),
            kind,
            mark: None,
        }
    }

    fn read(methods: &[Method]) -> MethodRead {
        MethodRead {
            methods: methods.to_vec(),
            partial: false,
            unread: false,
        }
    }

    /// Of what was never read nobody can say that it is new.
    #[test]
    fn d1_n21_what_the_first_read_left_out_is_not_told_as_new() {
        let partial = MethodRead {
            partial: true,
            ..read(&[phone("old")])
        };
        let now = read(&[phone("old"), other("number", OtherKind::Phone)]);
        let mut invited = Invited::default();
        let (strays, rivals) = (Strays::default(), Rivals::default());
        assert_eq!(invited.look(&now, &partial, true, &strays, &rivals), []);
        let whole = MethodRead {
            partial: false,
            ..partial
        };
        assert_eq!(invited.look(&now, &whole, true, &strays, &rivals).len(), 1);
    }

    fn told(invited: &mut Invited, methods: &[Method], passkey_counts: bool) -> Vec<String> {
        let baseline = read(&[
            Method::Password,
            phone("old"),
            other("old-number", OtherKind::Phone),
        ]);
        let (strays, rivals) = (Strays::default(), Rivals::default());
        let found = invited.look(&read(methods), &baseline, passkey_counts, &strays, &rivals);
        found.into_iter().map(|found| found.method).collect()
    }

    fn proof(kind: RegisteredKind, method: &str) -> Proof {
        Proof {
            kind,
            method: method.to_owned(),
        }
    }

    #[test]
    fn n21_every_new_kind_is_told_once_and_what_was_there_never() {
        let mut invited = Invited::default();
        let all = [
            Method::Password,
            phone("old"),
            other("old-number", OtherKind::Phone),
            phone("new"),
            other("number", OtherKind::Phone),
            other("mail", OtherKind::Email),
            other("codes", OtherKind::Codes),
            other("hello", OtherKind::WindowsHello),
            other("mac", OtherKind::PlatformCredential),
            other("hologram", OtherKind::Unknown("hologram".to_owned())),
            passkey("key", false),
            passkey("in-app", true),
        ];
        let expected = [
            "number", "mail", "codes", "hello", "mac", "hologram", "key", "in-app",
        ];
        assert_eq!(told(&mut invited, &all, false), expected);
        assert_eq!(told(&mut invited, &all, false), [""; 0]);
        let counts = told(&mut Invited::default(), &all, true);
        assert_eq!(counts, &expected[..7], "a passkey that was led to");
    }

    #[test]
    fn n21_of_two_new_phones_the_one_that_was_not_proven_is_told() {
        let mut invited = Invited::default();
        assert_eq!(told(&mut invited, &[phone("a")], true), [""; 0]);
        assert_eq!(told(&mut invited, &[phone("a"), phone("b")], true), ["b"]);
        let taken_back = invited.registered(&proof(RegisteredKind::PhoneSignIn, "b"));
        assert_eq!(taken_back.as_deref(), Some("b"));
        assert_eq!(told(&mut invited, &[phone("a"), phone("b")], true), ["a"]);
        assert_eq!(told(&mut invited, &[phone("b"), phone("c")], true), ["c"]);
    }

    #[test]
    fn n21_a_phone_that_is_ready_is_rather_the_one_than_the_first() {
        let mut invited = Invited::default();
        let ready = entry("b", Some(ServiceTime(1)));
        assert_eq!(told(&mut invited, &[phone("a")], true), [""; 0]);
        assert_eq!(
            told(&mut invited, &[phone("a"), ready.clone()], true),
            [""; 0]
        );
        assert_eq!(told(&mut invited, &[phone("a"), ready], true), ["a"]);
    }

    #[test]
    fn n21_an_entry_that_went_away_again_is_nobodys_phone() {
        let mut invited = Invited::default();
        assert_eq!(told(&mut invited, &[phone("a")], true), [""; 0]);
        assert_eq!(told(&mut invited, &[phone("b")], true), [""; 0]);
        assert_eq!(told(&mut invited, &[passkey("k", true)], true), [""; 0]);
        let second = [passkey("k", true), passkey("l", true)];
        assert_eq!(told(&mut invited, &second, true), ["l"]);
    }
}
