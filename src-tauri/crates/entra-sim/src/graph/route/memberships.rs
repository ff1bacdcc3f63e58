//! What somebody is a member of: the paths that ask for it.

/// Which memberships of somebody are asked for, and in what form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Memberships {
    /// Also what a group is a member of, and the roles it bears.
    pub(crate) transitive: bool,
    pub(crate) wanted: Wanted,
    /// How many there are, in place of the list.
    pub(crate) counted: bool,
}

/// What somebody is a member of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    Everything,
    Groups,
    Roles,
}

impl Memberships {
    /// The path below a person: list, cast and count each with their own.
    pub(crate) fn tail(self) -> &'static str {
        macro_rules! tails {
            ($list:literal) => {
                match (self.wanted, self.counted) {
                    (Wanted::Everything, false) => $list,
                    (Wanted::Groups, false) => concat!($list, "/microsoft.graph.group"),
                    (Wanted::Roles, false) => concat!($list, "/microsoft.graph.directoryRole"),
                    (Wanted::Everything, true) => concat!($list, "/$count"),
                    (Wanted::Groups, true) => concat!($list, "/microsoft.graph.group/$count"),
                    (Wanted::Roles, true) => {
                        concat!($list, "/microsoft.graph.directoryRole/$count")
                    }
                }
            };
        }
        if self.transitive {
            tails!("/transitiveMemberOf")
        } else {
            tails!("/memberOf")
        }
    }
}

/// What the segments after `memberOf` or `transitiveMemberOf` mean, in lower case.
pub(super) fn named(transitive: bool, words: &[&str]) -> Option<Memberships> {
    let (words, counted) = match words {
        [rest @ .., "$count"] => (rest, true),
        rest => (rest, false),
    };
    let wanted = match words {
        [] => Wanted::Everything,
        ["microsoft.graph.group" | "graph.group"] => Wanted::Groups,
        ["microsoft.graph.directoryrole" | "graph.directoryrole"] => Wanted::Roles,
        _ => return None,
    };
    Some(Memberships {
        transitive,
        wanted,
        counted,
    })
}
