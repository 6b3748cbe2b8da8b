//! Arguments in, exit code out.

fn main() {
    if std::env::args().nth(1).as_deref() == Some("lsp") {
        std::process::exit(connspec::server::run());
    }
}
