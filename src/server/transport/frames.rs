//! Bytes to message bodies, with lenient headers.

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

/// The longest body that is read, in bytes. A longer one is skipped, with an error as the response; the largest documents
/// that editors can still edit are far below it.
pub(super) const MAX_BODY: u64 = 256 * 1024 * 1024;

/// The longest header line that is parsed as one, in bytes.
const MAX_LINE: u64 = 64 * 1024;

/// How much is read at once, in bytes. The runtime's standard input keeps, for as long as it lives, as much memory as was
/// ever read at once.
const CHUNK: usize = 64 * 1024;

/// One message, not parsed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A body of the announced length.
    Body(Vec<u8>),
    /// Something that cannot be a message, and why.
    Malformed(&'static str),
}

/// The messages of an input.
pub(super) struct Frames<R> {
    input: BufReader<R>,
}

impl<R: AsyncRead + Unpin> Frames<R> {
    pub(super) fn new(input: R) -> Self {
        Frames { input: BufReader::with_capacity(CHUNK, input) }
    }

    /// The next message; `None` once the input has ended, or cannot be read.
    pub(super) async fn next(&mut self) -> Option<Frame> {
        let length = match self.headers().await? {
            Ok(length) => length,
            Err(why) => return Some(Frame::Malformed(why)),
        };
        if length > MAX_BODY {
            let mut body = (&mut self.input).take(length);
            tokio::io::copy(&mut body, &mut tokio::io::sink()).await.ok()?;
            return Some(Frame::Malformed("the message is too long"));
        }
        // Not allocated up front: the length may be wrong.
        let mut bytes = Vec::new();
        while (bytes.len() as u64) < length {
            let chunk = (length - bytes.len() as u64).min(CHUNK as u64);
            let read = (&mut self.input).take(chunk).read_to_end(&mut bytes).await.ok()?;
            if read == 0 {
                return None;
            }
        }
        Some(Frame::Body(bytes))
    }

    /// Reads header lines up to the empty line that ends them, and returns the length of the body. Lines may end in `\n`
    /// alone; other headers do not matter.
    async fn headers(&mut self) -> Option<Result<u64, &'static str>> {
        let mut length = None;
        let mut has_started = false;
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = (&mut self.input).take(MAX_LINE).read_until(b'\n', &mut line).await.ok()?;
            match line.trim_ascii() {
                _ if read == 0 => return None,
                [] if has_started => break,
                [] => {}
                header => {
                    has_started = true;
                    length = content_length(header).or(length);
                }
            }
        }
        Some(length.unwrap_or(Err("the message has no Content-Length")))
    }
}

/// The length in a header line. After a malformed message the line may start with the rest of that, so the name is searched
/// from the end of the line.
fn content_length(line: &[u8]) -> Option<Result<u64, &'static str>> {
    const NAME: &[u8] = b"content-length:";
    let at = line.windows(NAME.len()).rposition(|window| window.eq_ignore_ascii_case(NAME))?;
    let value = std::str::from_utf8(line[at + NAME.len()..].trim_ascii());
    Some(value.ok().and_then(|value| value.parse().ok()).ok_or("the Content-Length isn't a number"))
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
    async fn headers_are_lenient() {
        check(b"Content-Length: 2\r\n\r\n{}", &[body("{}")]).await;
        check(b"content-length:2\n\n{}CONTENT-LENGTH: 2 \r\n\r\n[]", &[body("{}"), body("[]")]).await;
        check(b"Content-Type: application/vscode-jsonrpc\r\nX: y\r\nContent-Length: 2\r\n\r\n{}", &[body("{}")]).await;
        check(b"\r\n\r\nContent-Length: 2\r\nContent-Type: x; charset=utf8\r\n\r\n{}\r\n", &[body("{}")]).await;
    }

    #[tokio::test]
    async fn malformed_headers_cost_one_message() {
        let none = Frame::Malformed("the message has no Content-Length");
        let bad = Frame::Malformed("the Content-Length isn't a number");
        check(b"hello\r\n\r\nContent-Length: 2\r\n\r\n{}", &[none, body("{}")]).await;
        check(b"Content-Length: many\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}", &[bad, body("{}")]).await;
    }

    #[tokio::test]
    async fn a_truncated_body_is_the_end() {
        check(b"Content-Length: 99\r\n\r\n{}", &[]).await;
        check(b"Content-Length: 99\r\n", &[]).await;
        check(b"", &[]).await;
    }

    /// An input that records the most that was read at once.
    struct Recording<'i>(&'i [u8], Arc<AtomicUsize>);

    impl AsyncRead for Recording<'_> {
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
    async fn a_long_body_is_read_in_chunks() {
        let text = "x".repeat(3_000_000);
        let (input, most) = (format!("Content-Length: {}\r\n\r\n{text}", text.len()), Arc::default());
        let mut frames = Frames::new(Recording(input.as_bytes(), Arc::clone(&most)));
        assert!(frames.next().await == Some(body(&text)));
        assert_eq!(frames.next().await, None);
        assert_eq!(most.load(Ordering::Relaxed), CHUNK);
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_skipped() {
        let head = format!("Content-Length: {}\r\n\r\n", MAX_BODY + 1);
        let long = tokio::io::repeat(b' ').take(MAX_BODY + 1);
        let input = head.as_bytes().chain(long).chain(&b"Content-Length: 2\r\n\r\n{}"[..]);
        let mut frames = Frames::new(input);
        assert_eq!(frames.next().await, Some(Frame::Malformed("the message is too long")));
        assert_eq!(frames.next().await, Some(body("{}")));
    }
}
