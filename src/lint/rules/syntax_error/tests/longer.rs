//! Comments, brackets and conflict markers: errors that are longer than one token, and their fixes.

use expect_test::expect;

use super::check_lines;
use crate::lint::rules::tests::check_fixes;

#[test]
fn comments_and_stray_text() {
    check_lines(
        "  // one\n  \"a\": 1, /* two */ \"b\": 2 // three\n  .. ,\"c\": 3",
        expect![[r#"
        syntax-error: Remove the comment (preferred)
        -   // one
        syntax-error: Remove the comment (preferred)
        -   "a": 1, /* two */ "b": 2 // three
        +   "a": 1, "b": 2 // three
        syntax-error: Remove the comment (preferred)
        -   "a": 1, /* two */ "b": 2 // three
        +   "a": 1, /* two */ "b": 2
        syntax-error: Remove it (preferred)
        -   .. ,"c": 3
        +   ,"c": 3
    "#]],
    );
    check_lines(
        "} }\nmore",
        expect![[r#"
            syntax-error: Remove the comma (preferred)
            -   "type": "x", "providerId": "p", "authSpec": [],
            +   "type": "x", "providerId": "p", "authSpec": []
            syntax-error: Remove `}` (preferred)
            - } }
            + }
            syntax-error: Remove the text after the end (preferred)
            - more
            - }
        "#]],
    );
}

#[test]
fn brackets() {
    check_lines(
        "  \"a\": { \"b\": [1 },\n  \"c\": {\n    \"d\": 1,\n  \"e\": 2",
        expect![[r#"
        syntax-error: Insert `]` (preferred)
        -   "a": { "b": [1 },
        +   "a": { "b": [1] },
        syntax-error: Insert `}` (preferred)
        -     "d": 1,
        +     "d": 1
        +   },
    "#]],
    );
    check_lines(
        "  \"a\": [1, 2},\n  \"b\":\n    \"c\": 1\n  }",
        expect![[r#"
            syntax-error: Replace with `]` (preferred)
            -   "a": [1, 2},
            +   "a": [1, 2],
            syntax-error: Insert `{` (preferred)
            -   "b":
            +   "b": {
        "#]],
    );
    check_fixes(
        "{\n  \"type\": \"x\", \"providerId\": \"p\",\n  \"authSpec\": [\n    {\n      \"name\": 1",
        expect![[r#"
        syntax-error: Insert the missing brackets (preferred)
        +     }
        +   ]
        + }
    "#]],
    );
}

#[test]
fn a_conflict_is_settled_as_a_whole() {
    check_lines(
        "<<<<<<< HEAD\n  \"a\": 1,\n  \"b\": 2\n||||||| base\n  \"a\": 0\n=======\n  \"c\": 3\n>>>>>>> theirs",
        expect![[r#"
            syntax-error: Keep mine
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "a": 1,
            +   "b": 2
            syntax-error: Keep theirs
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "c": 3
            syntax-error: Keep both
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "a": 1,
            +   "b": 2,
            +   "c": 3
            syntax-error: Keep mine
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "a": 1,
            +   "b": 2
            syntax-error: Keep theirs
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "c": 3
            syntax-error: Keep both
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "a": 1,
            +   "b": 2,
            +   "c": 3
            syntax-error: Keep mine
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "a": 1,
            +   "b": 2
            syntax-error: Keep theirs
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "c": 3
            syntax-error: Keep both
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "a": 1,
            +   "b": 2,
            +   "c": 3
            syntax-error: Keep mine
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "a": 1,
            +   "b": 2
            syntax-error: Keep theirs
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "c": 3
            syntax-error: Keep both
            - <<<<<<< HEAD
            -   "a": 1,
            -   "b": 2
            - ||||||| base
            -   "a": 0
            - =======
            -   "c": 3
            - >>>>>>> theirs
            +   "a": 1,
            +   "b": 2,
            +   "c": 3
        "#]],
    );
    check_lines(
        "  \"a\": 1\n<<<<<<< HEAD\n=======\n  \"c\": 3,\n>>>>>>> theirs",
        expect![[r#"
        syntax-error: Keep mine
        - <<<<<<< HEAD
        - =======
        -   "c": 3,
        - >>>>>>> theirs
        syntax-error: Keep theirs
        -   "a": 1
        - <<<<<<< HEAD
        - =======
        -   "c": 3,
        - >>>>>>> theirs
        +   "a": 1,
        +   "c": 3
        syntax-error: Keep both
        -   "a": 1
        - <<<<<<< HEAD
        - =======
        -   "c": 3,
        - >>>>>>> theirs
        +   "a": 1,
        +   "c": 3
        syntax-error: Keep mine
        - <<<<<<< HEAD
        - =======
        -   "c": 3,
        - >>>>>>> theirs
        syntax-error: Keep theirs
        -   "a": 1
        - <<<<<<< HEAD
        - =======
        -   "c": 3,
        - >>>>>>> theirs
        +   "a": 1,
        +   "c": 3
        syntax-error: Keep both
        -   "a": 1
        - <<<<<<< HEAD
        - =======
        -   "c": 3,
        - >>>>>>> theirs
        +   "a": 1,
        +   "c": 3
        syntax-error: Keep mine
        - <<<<<<< HEAD
        - =======
        -   "c": 3,
        - >>>>>>> theirs
        syntax-error: Keep theirs
        -   "a": 1
        - <<<<<<< HEAD
        - =======
        -   "c": 3,
        - >>>>>>> theirs
        +   "a": 1,
        +   "c": 3
        syntax-error: Keep both
        -   "a": 1
        - <<<<<<< HEAD
        - =======
        -   "c": 3,
        - >>>>>>> theirs
        +   "a": 1,
        +   "c": 3
    "#]],
    );
}
