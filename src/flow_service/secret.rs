//! A text that cannot be printed.

use std::fmt;

/// A secret: a client secret, an access token. No way of formatting it shows what it holds, and it is wiped from no log
/// because it never gets into one. What it holds is read with [`Secret::reveal`] alone, where a request is put together.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A secret with this content.
    pub fn new(content: impl Into<String>) -> Self {
        Secret(content.into())
    }

    /// What it holds: for a request, or for the file that a person wants tokens kept in; for nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether it holds nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_format_shows_it() {
        let secret = Secret::new("hunter2");
        let wrapped = Some((secret.clone(), vec![secret.clone()]));
        for shown in [format!("{secret:?}"), format!("{secret:#?}"), format!("{wrapped:?}"), format!("{wrapped:#?}")] {
            assert!(shown.contains("Secret(…)") && !shown.contains("hunter2"), "{shown}");
        }
        assert_eq!(secret.reveal(), "hunter2");
    }
}
