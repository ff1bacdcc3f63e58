//! Which addresses a mail can be handed over for.

use lettre::Address;
use url::Host;

/// The longest path of RFC 5321 without its brackets.
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;

/// One name, one @ and one domain name, without quotes, comments or blanks; letters outside of ASCII may be in it. The
/// address with its domain as the name system has it, so that only a name outside of ASCII asks more of a relay.
pub(crate) fn parse(text: &str) -> Option<Address> {
    let (local, domain) = text.rsplit_once('@')?;
    let plain = |c: char| !c.is_control() && !c.is_whitespace() && !"\"(),:;<>@[\\]".contains(c);
    let fits = (1..=LONGEST_LOCAL).contains(&local.len()) && local.chars().all(plain);
    if !fits {
        return None;
    }
    let domain = domain_of(domain)?;
    let address = Address::new(local, &domain).ok()?;
    (AsRef::<str>::as_ref(&address).len() <= LONGEST).then_some(address)
}

/// A domain name as the name system has it; a number of a machine is none.
pub(crate) fn domain_of(text: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
    if !text.chars().all(plain) || !text.contains('.') {
        return None;
    }
    match Host::parse(text) {
        Ok(Host::Domain(name)) => {
            let label = |label: &str| (1..=63).contains(&label.len());
            name.split('.').all(label).then_some(name)
        }
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) | Err(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_as_an_address_s23() {
        let taken = |text: &str| parse(text).map(|address| address.to_string());
        for plain in ["hanako@example.com", "h.t+mail@sub.example.jp", "x@a.bc"] {
            assert_eq!(taken(plain).as_deref(), Some(plain));
        }
        assert_eq!(
            taken("hanako@例え.jp").as_deref(),
            Some("hanako@xn--r8jz45g.jp")
        );
        assert_eq!(
            taken("花子@example.com").as_deref(),
            Some("花子@example.com")
        );
    }

    #[test]
    fn what_would_say_more_than_an_address_is_none_s23() {
        let long = format!("{}@example.com", "a".repeat(65));
        let longer = format!("a@{}.com", ["a"; 130].join("."));
        for wrong in [
            "",
            "@",
            "hanako",
            "hanako@",
            "@example.com",
            "hanako@localhost",
            "hanako@127.0.0.1",
            "hanako@[127.0.0.1]",
            "hanako@exa%6Dple.com",
            "hanako@example.com>\r\nRCPT TO:<other@example.com",
            "hanako@example.com\n",
            "hanako\r\n@example.com",
            "\"a b\"@example.com",
            "a b@example.com",
            "a,b@example.com",
            "a@b@example.com",
            "Hanako <hanako@example.com>",
            "hanako@example..com",
            ".hanako@example.com",
            "hana\u{200b}\u{0}ko@example.com",
            &long,
            &longer,
        ] {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
    }
}
