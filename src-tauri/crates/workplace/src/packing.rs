//! What making packages for Debian needs of this machine.

use crate::failure::Outcome;
use crate::setup::{Package, system_packages};

const TOOLS: [Package; 4] = [
    Package {
        name: "dpkg-dev",
        purpose: "makes packages and finds the libraries they need",
    },
    Package {
        name: "lintian",
        purpose: "holds packages against Debian's rules",
    },
    Package {
        name: "desktop-file-utils",
        purpose: "checks the entry of the desktop's menu",
    },
    Package {
        name: "man-db",
        purpose: "lets lintian read the manual pages",
    },
];

const CHROOT: [Package; 1] = [Package {
    name: "mmdebstrap",
    purpose: "makes a clean Debian to install packages in",
}];

/// Installs what only making packages needs.
pub fn tools() -> Outcome<()> {
    system_packages(&TOOLS)
}

/// Installs what only trying packages needs.
pub fn chroot() -> Outcome<()> {
    system_packages(&CHROOT)
}
