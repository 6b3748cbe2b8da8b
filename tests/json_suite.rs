//! Which texts are JSON, by nst/JSONTestSuite, when it is in the folder beside the project.
#![allow(clippy::print_stdout, reason = "says what was read")]

use std::path::Path;

use connspec::syntax::Tree;

#[test]
fn parser_agrees_with_the_json_test_suite() {
    let folder = Path::new("../shared/suites/JSONTestSuite");
    let Ok(entries) = std::fs::read_dir(folder) else {
        println!("no {} here: nothing was compared", folder.display());
        return;
    };
    let (mut counts, mut wrong) = ([0; 4], Vec::new());
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::read(&path).expect("a readable file");
        // What is not UTF-8 is turned away where files are read, before there is a text.
        let Ok(text) = String::from_utf8(bytes) else {
            counts[3] += 1;
            if name.starts_with("y_") {
                wrong.push(name);
            }
            continue;
        };
        let accepted = Tree::parse(text.to_owned()).errors().is_empty();
        let (kind, expected) = match name.as_bytes() {
            [b'y', b'_', ..] => (0, Some(true)),
            [b'n', b'_', ..] => (1, Some(false)),
            [b'i', b'_', ..] => (2, None),
            _ => continue,
        };
        counts[kind] += 1;
        if expected.is_some_and(|expected| expected != accepted) {
            wrong.push(name);
        }
    }
    let [sound, broken, open, not_utf8] = counts;
    println!("{sound} sound, {broken} broken, {open} left open, {not_utf8} not UTF-8");
    assert!(sound > 0 && broken > 0, "the suite is there, but not its files");
    assert!(wrong.is_empty(), "judged otherwise by the suite: {wrong:?}");
}
