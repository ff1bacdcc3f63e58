//! The machine's health, as shown in one line on the welcome screen and noted for support.

use std::path::Path;

use serde::Serialize;
use sysinfo::{DiskRefreshKind, Disks, MemoryRefreshKind, RefreshKind, System};

/// What is known of the machine. What the system does not tell stays empty or `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Health {
    /// The machine's name in its network.
    pub host_name: String,
    /// The operating system, as people call it.
    pub os: String,
    /// Its version.
    pub version: String,
    /// Room left on the disk that holds the data directory, in MiB.
    pub free_disk_mb: Option<u64>,
    /// Memory that programs can still have, in MiB.
    pub free_memory_mb: Option<u64>,
    /// Memory of the machine, in MiB.
    pub total_memory_mb: Option<u64>,
}

/// Reads the health of the machine, with the room on the disk that holds `data_dir`. Takes some
/// milliseconds and may touch every mounted disk, so keep it off the thread that draws.
#[must_use]
pub fn read(data_dir: &Path) -> Health {
    let memory = MemoryRefreshKind::nothing().with_ram();
    let system = System::new_with_specifics(RefreshKind::nothing().with_memory(memory)).ok();
    Health {
        host_name: System::host_name().unwrap_or_default(),
        os: System::name().unwrap_or_default(),
        version: System::os_version().unwrap_or_default(),
        free_disk_mb: free_disk(data_dir).map(mib),
        free_memory_mb: system.as_ref().map(|system| mib(system.available_memory())),
        total_memory_mb: system.as_ref().map(|system| mib(system.total_memory())),
    }
}

fn free_disk(data_dir: &Path) -> Option<u64> {
    let data_dir = data_dir.canonicalize().ok()?;
    let storage = DiskRefreshKind::nothing().with_storage();
    Disks::new_with_refreshed_list_specifics(storage)
        .ok()?
        .iter()
        .filter(|disk| data_dir.starts_with(disk.mount_point()))
        .max_by_key(|disk| disk.mount_point().components().count())
        .map(sysinfo::Disk::available_space)
}

fn mib(bytes: u64) -> u64 {
    bytes / (1024 * 1024)
}
