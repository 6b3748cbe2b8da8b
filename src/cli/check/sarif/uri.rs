//! Paths as URI references (RFC 3986).

use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// The reference to a path from the folder `current`, and whether it is relative: it is if the path is inside the folder.
/// `..` is resolved lexically.
pub(super) fn of(path: &Path, current: &Path) -> (String, bool) {
    let absolute = resolved(&current.join(path));
    match absolute.strip_prefix(current) {
        Ok(inside) => (segments(inside), true),
        Err(_) => (format!("file://{}", segments(&absolute)), false),
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

/// Percent-encodes everything but the unreserved characters.
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
    fn check(path: &str, uri: &str, is_relative: bool) {
        assert_eq!(of(Path::new(path), Path::new("/home/me/my specs")), (uri.to_owned(), is_relative));
    }

    #[test]
    fn paths_inside_the_folder_are_relative() {
        check("a/b.json", "a/b.json", true);
        check("./a/../b.json", "b.json", true);
        check("/home/me/my specs/b.json", "b.json", true);
        check("../my specs/b.json", "b.json", true);
    }

    #[test]
    fn other_paths_are_absolute() {
        check("../b.json", "file:///home/me/b.json", false);
        check("/tmp/a b.json", "file:///tmp/a%20b.json", false);
    }

    #[test]
    fn reserved_characters_are_encoded() {
        check("50% off?#1.json", "50%25%20off%3F%231.json", true);
        check("a:b/名.json", "a%3Ab/%E5%90%8D.json", true);
        check("<stdin>", "%3Cstdin%3E", true);
    }
}
