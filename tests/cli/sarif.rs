//! `connspec check --format sarif` is valid by the published schema of SARIF 2.1.0, if that is available.
#![allow(clippy::print_stdout, reason = "reports what was validated")]

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::run::Folder;

/// All specs of the tests, each complete, cut off and with an extra bracket, and texts that are hardly JSON.
fn texts() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["tests/specs", "tests/cli", "../shared/suites/JSONTestSuite", "../shared/corpus/sdk"];
    let entries = folders.iter().filter_map(|folder| fs::read_dir(root.join(folder)).ok()).flatten();
    let paths = entries.map(|entry| entry.unwrap().path());
    let mut texts = Vec::new();
    for path in paths.filter(|path| path.extension().is_some_and(|extension| extension == "json")) {
        let text = fs::read(path).unwrap();
        texts.push(text[..text.len() * 2 / 3].to_vec());
        texts.push([b"}".as_slice(), &text].concat());
        texts.push(text);
    }
    texts
}

#[test]
fn sarif_is_valid() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/suites/sarif/sarif-schema-2.1.0.json");
    let Ok(schema) = fs::read_to_string(&path) else {
        println!("{} is missing; nothing was validated", path.display());
        return;
    };
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::options().should_validate_formats(true).build(&schema).unwrap();
    let texts = texts();
    let names: Vec<String> = (0..texts.len()).map(|number| format!("{number} ä%-connectionSpec.json")).collect();
    let files: Vec<_> = names.iter().map(String::as_str).zip(texts.iter().map(Vec::as_slice)).collect();
    let folder = Folder::with(&files);
    let ran = folder.run(["check", "--format", "sarif", ".", "missing.json", "../missing too.json"]);
    let log: Value = serde_json::from_str(&ran.out).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let (results, run) = (log["runs"][0]["results"].as_array().unwrap(), &log["runs"][0]);
    println!("{} results in {} files are valid", results.len(), files.len());
    assert!(results.len() > files.len(), "too few results");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(run["tool"]["driver"]["rules"].as_array().unwrap().len(), connspec::lint::RULES.len());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], run["tool"]["driver"]["rules"][index]["id"]);
    }
}
