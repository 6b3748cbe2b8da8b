//! The commands in the README exist.

#[test]
fn the_commands_of_the_readme_are_the_commands() {
    let readme = include_str!("../README.md");
    for command in [
        "cargo run --release -- demo",
        "cargo test",
        "cargo install --locked --path .",
        "connspec new",
        "connspec check",
        "connspec explain",
    ] {
        assert!(readme.contains(command), "{command}");
    }
}
