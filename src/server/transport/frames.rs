//! Bytes to messages' bodies, whatever the spelling of the headers.

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

/// The longest body that is read, in bytes. A longer one is skipped and answered with an error; the largest documents
/// that editors still edit are far below it.
pub(super) const LONGEST_BODY: u64 = 256 * 1024 * 1024;

/// The longest header line that is looked at whole, in bytes.
const LONGEST_LINE: u64 = 64 * 1024;

/// How much is asked for at once, in bytes. The runtime's standard input keeps, for as long as it lives, as much memory as
/// was ever asked for at once.
const PIECE: usize = 64 * 1024;

/// One message as it came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A body of the length that was announced.
    Body(Vec<u8>),
    /// Something that cannot be a message, and why.
    Broken(&'static str),
}

/// The messages of an input.
pub(super) struct Frames<R> {
    input: BufReader<R>,
}

impl<R: AsyncRead + Unpin> Frames<R> {
    pub(super) fn new(input: R) -> Self {
        Frames { input: BufReader::with_capacity(PIECE, input) }
    }

    /// The next message; `None` once the input has ended, or cannot be read.
    pub(super) async fn next(&mut self) -> Option<Frame> {
        let length = match self.headers().await? {
            Ok(length) => length,
            Err(why) => return Some(Frame::Broken(why)),
        };
        if length > LONGEST_BODY {
            let mut body = (&mut self.input).take(length);
            tokio::io::copy(&mut body, &mut tokio::io::sink()).await.ok()?;
            return Some(Frame::Broken("the message is too long"));
        }
        // Not reserved up front: the length is only a promise.
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < length {
            let piece = (length - bytes.len() as u64).min(PIECE as u64);
            let read = (&mut self.input).take(piece).read_to_end(&mut bytes).await.ok()?;
            if read == 0 {
                return None;
            }
        }
        Some(Frame::Body(bytes))
    }

    /// Reads header lines up to the empty line that ends them, and gives back the body's length. Lines may end in `\n`
    /// alone; headers other than the length tell nothing that would matter.
    async fn headers(&mut self) -> Option<Result<u64, &'static str>> {
        let mut length = None;
        let mut begun = false;
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = (&mut self.input).take(LONGEST_LINE).read_until(b'\n', &mut line).await.ok()?;
            match line.trim_ascii() {
                _ if read == 0 => return None,
                [] if begun => break,
                [] => {}
                header => {
                    begun = true;
                    length = announced(header).or(length);
                }
            }
        }
        Some(length.unwrap_or(Err("the message has no Content-Length")))
    }
}

/// The length that a header line announces, if it does. After a broken message the line may begin with what was left of
/// it, so the name is looked for from the line's end.
fn announced(line: &[u8]) -> Option<Result<u64, &'static str>> {
    const NAME: &[u8] = b"content-length:";
    let at = line.windows(NAME.len()).rposition(|window| window.eq_ignore_ascii_case(NAME))?;
    let value = std::str::from_utf8(line[at + NAME.len()..].trim_ascii());
    Some(value.ok().and_then(|value| value.parse().ok()).ok_or("the message's Content-Length is no number"))
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::{self, Poll};

    use tokio::io::ReadBuf;

    use super::*;

    async fn check(input: &[u8], expected: &[Frame]) {
        let mut frames = Frames::new(input);
        for frame in expected {
            assert_eq!(frames.next().await.as_ref(), Some(frame), "{}", String::from_utf8_lossy(input));
        }
        assert_eq!(frames.next().await, None);
    }

    fn body(text: &str) -> Frame {
        Frame::Body(text.as_bytes().to_vec())
    }

    #[tokio::test]
    async fn headers_in_any_spelling() {
        check(b"Content-Length: 2\r\n\r\n{}", &[body("{}")]).await;
        check(b"content-length:2\n\n{}CONTENT-LENGTH: 2 \r\n\r\n[]", &[body("{}"), body("[]")]).await;
        check(b"Content-Type: application/vscode-jsonrpc\r\nX: y\r\nContent-Length: 2\r\n\r\n{}", &[body("{}")]).await;
        check(b"\r\n\r\nContent-Length: 2\r\nContent-Type: x; charset=utf8\r\n\r\n{}\r\n", &[body("{}")]).await;
    }

    #[tokio::test]
    async fn broken_headers_cost_one_message() {
        let none = Frame::Broken("the message has no Content-Length");
        let bad = Frame::Broken("the message's Content-Length is no number");
        check(b"hello\r\n\r\nContent-Length: 2\r\n\r\n{}", &[none, body("{}")]).await;
        check(b"Content-Length: many\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}", &[bad, body("{}")]).await;
    }

    #[tokio::test]
    async fn a_body_that_is_cut_off_is_the_end() {
        check(b"Content-Length: 99\r\n\r\n{}", &[]).await;
        check(b"Content-Length: 99\r\n", &[]).await;
        check(b"", &[]).await;
    }

    /// An input that notes the most that it was asked for at once.
    struct Asked<'i>(&'i [u8], Arc<AtomicUsize>);

    impl AsyncRead for Asked<'_> {
        fn poll_read(
            mut self: Pin<&mut Self>,
            context: &mut task::Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<std::io::Result<()>> {
            self.1.fetch_max(buffer.remaining(), Ordering::Relaxed);
            Pin::new(&mut self.0).poll_read(context, buffer)
        }
    }

    #[tokio::test]
    async fn a_long_body_is_asked_for_in_pieces() {
        let text = "x".repeat(3_000_000);
        let (input, most) = (format!("Content-Length: {}\r\n\r\n{text}", text.len()), Arc::default());
        let mut frames = Frames::new(Asked(input.as_bytes(), Arc::clone(&most)));
        assert!(frames.next().await == Some(body(&text)));
        assert_eq!(frames.next().await, None);
        assert_eq!(most.load(Ordering::Relaxed), PIECE);
    }

    #[tokio::test]
    async fn a_body_that_is_too_long_is_skipped() {
        let head = format!("Content-Length: {}\r\n\r\n", LONGEST_BODY + 1);
        let long = tokio::io::repeat(b' ').take(LONGEST_BODY + 1);
        let input = head.as_bytes().chain(long).chain(&b"Content-Length: 2\r\n\r\n{}"[..]);
        let mut frames = Frames::new(input);
        assert_eq!(frames.next().await, Some(Frame::Broken("the message is too long")));
        assert_eq!(frames.next().await, Some(body("{}")));
    }
}
