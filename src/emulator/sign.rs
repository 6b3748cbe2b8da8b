//! Where an emulator listens, written beside the data file that it has open: another process that wants the same specs asks
//! there.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

/// The sign of an emulator that runs; taken away when it ends.
#[derive(Debug)]
pub(super) struct Sign(PathBuf);

impl Sign {
    /// Puts it up. Without it everything works but being found.
    pub(super) fn put_up(data: &Path, address: SocketAddr) -> Option<Sign> {
        let sign = Sign(beside(data));
        fs::write(&sign.0, address.to_string()).is_ok().then_some(sign)
    }
}

impl Drop for Sign {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// What the sign beside a data file says. Right only while another process has the file open: one that was killed takes no
/// sign away.
pub(super) fn read(data: &Path) -> Option<SocketAddr> {
    let address: SocketAddr = fs::read_to_string(beside(data)).ok()?.trim().parse().ok()?;
    address.ip().is_loopback().then_some(address)
}

fn beside(data: &Path) -> PathBuf {
    let mut name = data.as_os_str().to_owned();
    name.push(".address");
    PathBuf::from(name)
}
