//! `connspec check --format sarif|github|junit`: output for other programs.

use expect_test::expect;
use serde_json::Value;

use crate::run::{Folder, Ran};

const CLEAN: &str = include_str!("clean-connectionSpec.json");
const WRONG: &str = include_str!("wrong-connectionSpec.json");

/// Each kind of result: an error after wide characters, a warning and an info, no problems, a file that isn't a spec or
/// isn't UTF-8.
fn folder() -> Folder {
    let wide = WRONG.replace("\"required\"", "\"title\": \"名前 😀\", \"required\"");
    let with_warning = CLEAN.replacen("\"version\"", "\"id\": \"a\",\n  \"version\": \"1.0\",\n  \"version\"", 1);
    Folder::with(&[
        ("50%, more/wide.json", wide.as_bytes()),
        ("clean.json", CLEAN.as_bytes()),
        ("latin-1.json", b"\xe9"),
        ("package.json", b"{}"),
        ("warned.json", with_warning.as_bytes()),
    ])
}

fn check(format: &str, more: &[&str]) -> Ran {
    let paths = ["warned.json", "50%, more/wide.json", "clean.json", "missing.json", "latin-1.json", "package.json"];
    let arguments = ["check", "--format", format].into_iter().chain(paths).chain(more.iter().copied());
    let ran = folder().run(arguments);
    assert_eq!(ran.code, Some(2), "{ran:?}");
    ran
}

/// The log with one rule only, and only the first line of its documentation.
fn sarif() -> Value {
    let mut log: Value = serde_json::from_str(&check("sarif", &[]).out).unwrap();
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
    rules.truncate(1);
    let help = &mut rules[0]["help"]["markdown"];
    *help = help.as_str().and_then(|help| help.lines().next()).into();
    log
}

#[test]
fn sarif_has_rules_results_and_failures() {
    expect![[r##"
        {
          "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
          "version": "2.1.0",
          "runs": [
            {
              "tool": {
                "driver": {
                  "name": "connspec",
                  "version": "0.1.0",
                  "rules": [
                    {
                      "id": "syntax-error",
                      "name": "SyntaxError",
                      "shortDescription": {
                        "text": "each place where the text isn't valid JSON: a missing comma, quote, colon, value or bracket, an extra one, a comment, text around the spec, a git conflict marker; an empty file (warning)"
                      },
                      "fullDescription": {
                        "text": "A spec is sent as written: the API cannot read text that isn't valid JSON. The rest of the file is still checked."
                      },
                      "help": {
                        "text": "A spec is sent as written: the API cannot read text that isn't valid JSON. The rest of the file is still checked.",
                        "markdown": "# syntax-error (error, warning)"
                      },
                      "helpUri": "https://www.rfc-editor.org/rfc/rfc8259",
                      "defaultConfiguration": {
                        "level": "error"
                      }
                    }
                  ]
                }
              },
              "invocations": [
                {
                  "executionSuccessful": false,
                  "toolExecutionNotifications": [
                    {
                      "level": "error",
                      "message": {
                        "text": "cannot read latin-1.json: invalid UTF-8 at byte 0 (0xe9)"
                      },
                      "locations": [
                        {
                          "physicalLocation": {
                            "artifactLocation": {
                              "uri": "latin-1.json",
                              "uriBaseId": "%SRCROOT%"
                            }
                          }
                        }
                      ]
                    },
                    {
                      "level": "error",
                      "message": {
                        "text": "cannot read missing.json: no such file or directory"
                      },
                      "locations": [
                        {
                          "physicalLocation": {
                            "artifactLocation": {
                              "uri": "missing.json",
                              "uriBaseId": "%SRCROOT%"
                            }
                          }
                        }
                      ]
                    }
                  ]
                }
              ],
              "originalUriBaseIds": {
                "%SRCROOT%": {
                  "description": {
                    "text": "The folder in which connspec ran."
                  }
                }
              },
              "columnKind": "utf16CodeUnits",
              "newlineSequences": [
                "\r\n",
                "\n",
                "\r"
              ],
              "results": [
                {
                  "ruleId": "required-not-declared",
                  "level": "error",
                  "message": {
                    "text": "`region` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "50%25%2C%20more/wide.json",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 67,
                          "startColumn": 48,
                          "endLine": 67,
                          "endColumn": 56
                        }
                      }
                    }
                  ],
                  "partialFingerprints": {
                    "codeAndPlace/v1": "75d5e33e8aa8903c"
                  },
                  "ruleIndex": 12,
                  "relatedLocations": [
                    {
                      "id": 0,
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "50%25%2C%20more/wide.json",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 61,
                          "startColumn": 7,
                          "endLine": 61,
                          "endColumn": 19
                        }
                      },
                      "message": {
                        "text": "the declared properties"
                      }
                    }
                  ]
                },
                {
                  "ruleId": "server-managed-key",
                  "level": "note",
                  "message": {
                    "text": "`id` is set by Flow Service and is not sent; remove it"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "warned.json",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 5,
                          "startColumn": 3,
                          "endLine": 5,
                          "endColumn": 7
                        }
                      }
                    }
                  ],
                  "partialFingerprints": {
                    "codeAndPlace/v1": "b21d75f6918cee78"
                  },
                  "ruleIndex": 10
                },
                {
                  "ruleId": "duplicate-key",
                  "level": "warning",
                  "message": {
                    "text": "duplicate key `version`; the last one is used, remove the other"
                  },
                  "locations": [
                    {
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "warned.json",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 7,
                          "startColumn": 3,
                          "endLine": 7,
                          "endColumn": 12
                        }
                      }
                    }
                  ],
                  "partialFingerprints": {
                    "codeAndPlace/v1": "af7e894cfa334727"
                  },
                  "ruleIndex": 2,
                  "relatedLocations": [
                    {
                      "id": 0,
                      "physicalLocation": {
                        "artifactLocation": {
                          "uri": "warned.json",
                          "uriBaseId": "%SRCROOT%"
                        },
                        "region": {
                          "startLine": 6,
                          "startColumn": 3,
                          "endLine": 6,
                          "endColumn": 12
                        }
                      },
                      "message": {
                        "text": "also set here, without effect"
                      }
                    }
                  ]
                }
              ]
            }
          ]
        }"##]].assert_eq(&format!("{:#}", sarif()));
}

#[test]
fn github_annotates_each_diagnostic() {
    check("github", &[]).shows(&expect![[r#"
        ::error file=50%25%2C more/wide.json,line=67,endLine=67,col=47,endColumn=55,title=required-not-declared::50%25, more/wide.json:67:47: `region` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here
        ::notice file=warned.json,line=5,endLine=5,col=3,endColumn=7,title=server-managed-key::warned.json:5:3: `id` is set by Flow Service and is not sent; remove it
        ::warning file=warned.json,line=7,endLine=7,col=3,endColumn=12,title=duplicate-key::warned.json:7:3: duplicate key `version`; the last one is used, remove the other
        ::error file=latin-1.json,title=not checked::cannot read latin-1.json: invalid UTF-8 at byte 0 (0xe9)
        ::error file=missing.json,title=not checked::cannot read missing.json: no such file or directory
        Found 1 error, 1 warning and 1 info in 2 of 4 files.
    "#]]);
}

#[test]
fn junit_has_a_suite_for_each_file_and_a_case_for_each_diagnostic() {
    check("junit", &[]).shows(&expect![[r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="connspec" tests="7" failures="1" errors="2" skipped="1" time="0">
          <testsuite name="50%, more/wide.json" tests="1" failures="1" errors="0" skipped="0" time="0">
            <testcase classname="50%, more/wide.json" name="required-not-declared /sourceSpec/spec/required/1 `region`" file="50%, more/wide.json" time="0">
              <failure type="required-not-declared" message="`region` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here">error: `region` is required but not declared in `properties`, so it can never be entered; declare it, or remove it here
        50%, more/wide.json:67:47
        https://experienceleague.adobe.com/en/docs/experience-platform/sources/sdk/config/authspec</failure>
            </testcase>
          </testsuite>
          <testsuite name="clean.json" tests="1" failures="0" errors="0" skipped="0" time="0">
            <testcase classname="clean.json" name="check" file="clean.json" time="0"/>
          </testsuite>
          <testsuite name="package.json" tests="1" failures="0" errors="0" skipped="1" time="0">
            <testcase classname="package.json" name="check" file="package.json" time="0">
              <skipped message="not a connection spec"/>
            </testcase>
          </testsuite>
          <testsuite name="warned.json" tests="2" failures="0" errors="0" skipped="0" time="0">
            <testcase classname="warned.json" name="server-managed-key /id" file="warned.json" time="0">
              <system-out>info: `id` is set by Flow Service and is not sent; remove it
        warned.json:5:3
        https://developer.adobe.com/experience-platform-apis/references/flow-service/</system-out>
            </testcase>
            <testcase classname="warned.json" name="duplicate-key /version" file="warned.json" time="0">
              <system-out>warning: duplicate key `version`; the last one is used, remove the other
        warned.json:7:3
        https://www.rfc-editor.org/rfc/rfc8259#section-4</system-out>
            </testcase>
          </testsuite>
          <testsuite name="latin-1.json" tests="1" failures="0" errors="1" skipped="0" time="0">
            <testcase classname="latin-1.json" name="check" file="latin-1.json" time="0">
              <error type="not-checked" message="cannot read latin-1.json: invalid UTF-8 at byte 0 (0xe9)">cannot read latin-1.json: invalid UTF-8 at byte 0 (0xe9)</error>
            </testcase>
          </testsuite>
          <testsuite name="missing.json" tests="1" failures="0" errors="1" skipped="0" time="0">
            <testcase classname="missing.json" name="check" file="missing.json" time="0">
              <error type="not-checked" message="cannot read missing.json: no such file or directory">cannot read missing.json: no such file or directory</error>
            </testcase>
          </testsuite>
        </testsuites>
    "#]]);
}

#[test]
fn junit_counts_denied_warnings_as_failures() {
    let ran = check("junit", &["--deny", "warnings"]);
    assert!(ran.out.contains(r#"name="warned.json" tests="2" failures="1" errors="0""#), "{ran:?}");
    assert_eq!(ran.out.matches("<failure ").count(), 2, "{ran:?}");
    assert_eq!(ran.out.matches("<system-out>").count(), 1, "{ran:?}");
}

#[test]
fn a_clean_folder_is_exit_code_0_in_every_format() {
    for format in ["human", "json", "sarif", "github", "junit"] {
        let ran = Folder::with(&[("a.json", CLEAN.as_bytes())]).run(["check", "--format", format, "a.json"]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
        assert!(!ran.out.is_empty(), "{format}");
    }
}

#[test]
fn the_commands_in_the_ci_documentation_and_the_hook_work() {
    let documents = [include_str!("../../docs/ci.md"), include_str!("../../.pre-commit-hooks.yaml")].concat();
    let commands: Vec<Vec<&str>> = (documents.lines())
        .filter_map(|line| {
            ["run: connspec ", "- connspec ", "entry: connspec "]
                .iter()
                .find_map(|before| Some(line.split_once(before)?.1))
        })
        .map(|line| line.split_whitespace().take_while(|word| *word != ">").collect())
        .collect();
    assert_eq!(commands.len(), 4, "{commands:?}");
    for command in commands {
        let ran = Folder::with(&[("a-connectionSpec.json", CLEAN.as_bytes())]).run(command);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{ran:?}");
    }
}

#[test]
fn formats_for_programs_have_no_colors_and_are_reproducible() {
    let folder = folder();
    for format in ["json", "sarif", "github", "junit"] {
        let run = || folder.run(["check", ".", "clean.json", "warned.json", "--format", format, "--color", "always"]);
        let ran = run();
        assert!(!ran.out.contains('\u{1b}'), "{ran:?}");
        assert_eq!(run().out, ran.out);
    }
}
