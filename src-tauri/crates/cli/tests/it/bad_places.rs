//! Addresses of `[network]` that Conditional Access is asked about (N22).

use crate::bad_configs::check;
use crate::{check_text, sample};

fn places(lines: &str, key: &str, says: &str) {
    check("[network]", &format!("[network]\n{lines} #!"), key, says);
}

#[test]
fn an_address_that_the_directory_never_sees_is_refused() {
    for address in [
        "",
        "here",
        "203.0.113",
        "203.0.113.9/32",
        "203.0.113.9:443",
        "[2001:db8::9]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.0.1",
        "127.0.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "224.0.0.1",
        "::",
        "::1",
        "fd00::1",
        "fe80::1",
        "ff02::1",
    ] {
        let says = "one address as the internet sees it";
        let egress = format!("egress = \"{address}\"");
        places(&egress, "network.egress", says);
        let mobile = format!("egress = \"203.0.113.9\"\nmobile_example = \"{address}\"");
        places(&mobile, "network.mobile_example", says);
    }
}

#[test]
fn an_address_of_mobile_data_is_another_one_and_stands_beside_the_sites() {
    let alone = "mobile_example = \"203.0.113.9\"";
    places(alone, "network.mobile_example", "only allowed beside");
    let same = "egress = \"2001:db8::9\"\nmobile_example = \"2001:DB8:0::9\"";
    places(same, "network.mobile_example", "another address");
    for right in [
        "egress = \"203.0.113.9\"",
        "egress = \"203.0.113.9\"\nmobile_example = \"2001:db8::9\"",
    ] {
        let text = sample().replace("[network]", &format!("[network]\n{right}"));
        let said = check_text(text.as_bytes());
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{right}");
    }
}
