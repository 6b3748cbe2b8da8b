//! Access tokens: asked for once, kept as long as they are good, asked for again when they are not.

use super::{Error, Secret, Settings, Target};

/// The tokens of one client.
#[derive(Debug)]
pub(super) struct Tokens {
    given: Option<Secret>,
}

impl Tokens {
    pub(super) fn new(target: &Target, _settings: Settings) -> Result<Tokens, Error> {
        Ok(Tokens { given: target.access_token.clone() })
    }

    /// A token that is good as far as is known.
    pub(super) async fn token(&self) -> Result<Secret, Error> {
        self.given.clone().ok_or_else(|| Error::new(super::Kind::SignIn, "There is no access token."))
    }

    /// Says that the service did not accept a token. Gives back whether another one can be had.
    pub(super) async fn reject(&self, _token: &Secret) -> bool {
        false
    }

    pub(super) fn is_given(&self, token: &Secret) -> bool {
        self.given.as_ref() == Some(token)
    }
}
