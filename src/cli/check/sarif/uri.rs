//! The place of a file as a URI reference (RFC 3986).

use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// The reference to a path from the folder `here`, and whether it is below that folder: relative where it is, else with its
/// scheme. `..` is resolved by its words, not by what links on the disk lead to.
pub(super) fn of(path: &Path, here: &Path) -> (String, bool) {
    let whole = resolved(&here.join(path));
    match whole.strip_prefix(here) {
        Ok(inside) => (segments(inside), true),
        Err(_) => (format!("file://{}", segments(&whole)), false),
    }
}

fn resolved(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = out.pop(),
            Component::CurDir => {}
            part => out.push(part),
        }
    }
    out
}

fn segments(path: &Path) -> String {
    let mut out = String::new();
    for part in path.components() {
        match part {
            Component::RootDir => {}
            Component::Prefix(drive) => _ = write!(out, "/{}", drive.as_os_str().display()),
            part => {
                if path.has_root() || !out.is_empty() {
                    out.push('/');
                }
                push(&mut out, part.as_os_str().as_encoded_bytes());
            }
        }
    }
    out
}

/// Everything but the unreserved characters is encoded, so that no character of a name has a meaning.
fn push(out: &mut String, segment: &[u8]) {
    for byte in segment {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(*byte)),
            byte => _ = write!(out, "%{byte:02X}"),
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, uri: &str, below: bool) {
        assert_eq!(of(Path::new(path), Path::new("/home/me/my specs")), (uri.to_owned(), below));
    }

    #[test]
    fn a_path_below_the_folder_is_relative() {
        check("a/b.json", "a/b.json", true);
        check("./a/../b.json", "b.json", true);
        check("/home/me/my specs/b.json", "b.json", true);
        check("../my specs/b.json", "b.json", true);
    }

    #[test]
    fn another_path_is_whole() {
        check("../b.json", "file:///home/me/b.json", false);
        check("/tmp/a b.json", "file:///tmp/a%20b.json", false);
    }

    #[test]
    fn what_has_a_meaning_in_a_uri_is_encoded() {
        check("50% off?#1.json", "50%25%20off%3F%231.json", true);
        check("a:b/名.json", "a%3Ab/%E5%90%8D.json", true);
        check("<stdin>", "%3Cstdin%3E", true);
    }
}
