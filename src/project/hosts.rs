//! The hosts that credentials are sent to: whose they are, and on whose authority they are used.

use std::net::IpAddr;

/// The ends of the names of Adobe's hosts: of IMS, which issues access tokens, and of the gateways.
const ADOBE: [&str; 2] = [".adobelogin.com", ".adobe.io"];

/// Whose a host is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostOwner {
    /// Adobe's, over https.
    Adobe,
    /// A program on this machine.
    ThisMachine,
    /// Someone else's.
    Other,
}

impl HostOwner {
    /// Whose the host of a URL is. A URL that another parser might read in another way is someone else's.
    pub fn of(url: &str) -> HostOwner {
        let is_adobe = |host: &str| {
            let name = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
            ADOBE.iter().any(|end| name.len() > end.len() && name.ends_with(end))
        };
        match host(url) {
            Some(host) if is_loopback_host(host) => HostOwner::ThisMachine,
            Some(host) if url.starts_with("https://") && is_adobe(host) => HostOwner::Adobe,
            _ => HostOwner::Other,
        }
    }
}

/// The host of an `http` or `https` URL, with its port. `None` if it has characters that are in no host: parsers disagree
/// about where such a host ends.
pub fn host(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "-._:[]".contains(char);
    (!host.is_empty() && host.chars().all(is_plain)).then_some(host)
}

/// Whether a host, with or without a port, is this machine: nobody else sees its requests.
pub fn is_loopback_host(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    name == "localhost" || name.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// A URL that credentials may be sent to. Whoever creates one says on whose authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedUrl(String);

impl TrustedUrl {
    /// A URL that the person has set: in the environment, or beside their credentials. Or one of this process itself.
    pub fn from_person(url: impl Into<String>) -> TrustedUrl {
        TrustedUrl(url.into())
    }

    /// A URL of a profile that is trusted.
    pub(super) fn from_profile(url: &str) -> TrustedUrl {
        TrustedUrl(url.to_owned())
    }

    /// The URL.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whose its host is.
    pub fn owner(&self) -> HostOwner {
        HostOwner::of(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_decides_whose_a_url_is() {
        for local in ["http://127.0.0.1:8461", "http://localhost", "http://[::1]:80/x", "https://localhost:1/y"] {
            assert_eq!(HostOwner::of(local), HostOwner::ThisMachine, "{local}");
        }
        for adobe in
            ["https://platform.adobe.io", "https://platform-stage.adobe.io:443/x", "https://IMS-na1.AdobeLogin.com"]
        {
            assert_eq!(HostOwner::of(adobe), HostOwner::Adobe, "{adobe}");
        }
        for other in [
            "https://127.example.com",
            "https://adobe.io.example.com",
            "https://adobe.io",
            "https://evil-adobe.io",
            "https://.adobe.io",
            "http://platform.adobe.io",
            "https://[2001:db8::1]",
            "https://example.com\\.adobe.io",
            "https://example.com\t.adobe.io",
            "https://platform.adobe.io@example.com",
            "https://example.com:x@platform.adobe.io",
            "https://example.com／.adobe.io",
            "https://example.com%2f.adobe.io",
            "https://plаtform.adobe.io",
            "https:platform.adobe.io",
            "https:///platform.adobe.io",
            "HTTPS://platform.adobe.io",
            "//platform.adobe.io",
            "https://example.com/.adobe.io",
            "https://example.com?.adobe.io",
            "https://example.com#.adobe.io",
        ] {
            assert_eq!(HostOwner::of(other), HostOwner::Other, "{other}");
        }
    }
}
