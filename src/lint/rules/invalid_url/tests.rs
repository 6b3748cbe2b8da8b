//! Hosts, paths and links, and their fixes.

use expect_test::expect;

use crate::lint::rules::tests::{check_fixes_of, check_of};

const CODE: &str = super::RULE.code;

/// Batch sources with these hosts or paths, a line each.
fn sources(key: &str, values: &[&str]) -> Vec<String> {
    let source = |value: &&str| {
        format!(
            "{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"attributes\": {{ \"urlParams\": {{\n\"{key}\": \"{value}\"\n}} }} }} }}"
        )
    };
    values.iter().map(source).collect()
}

#[test]
fn invalid_hosts_are_reported() {
    let texts = sources(
        "host",
        &[
            "api.acme.example",
            "ftp://a.b",
            "https:/a.b",
            "//a.b",
            "https://",
            "https:///v1",
            "http://a.b",
            "a.b/${c}",
            "${a}",
        ],
    );
    let expected = [
        expect![[r#"
                "host": "api.acme.example"
                        ^^^^^^^^^^^^^^^^^^ error[invalid-url]: missing scheme; put `https://` before the host name
            "#]],
        expect![[r#"
                "host": "ftp://a.b"
                        ^^^^^^^^^^^ error[invalid-url]: the scheme isn't `https://`; put `https://` before the host name
            "#]],
        expect![[r#"
                "host": "https:/a.b"
                        ^^^^^^^^^^^^ error[invalid-url]: the scheme isn't `https://`; put `https://` before the host name
            "#]],
        expect![[r#"
                "host": "//a.b"
                        ^^^^^^^ error[invalid-url]: the scheme isn't `https://`; put `https://` before the host name
            "#]],
        expect![[r#"
                "host": "https://"
                        ^^^^^^^^^^ error[invalid-url]: missing host name after `://`, such as `https://api.example.com`
            "#]],
        expect![[r#"
                "host": "https:///v1"
                        ^^^^^^^^^^^^^ error[invalid-url]: missing host name after `://`, such as `https://api.example.com`
            "#]],
        expect![[r#"
                "host": "http://a.b"
                         ^^^^ warning[invalid-url]: `http` sends credentials as plain text that others can read in transit; use `https`
            "#]],
        expect![[r#"
                "host": "a.b/${c}"
                        ^^^^^^^^^^ error[invalid-url]: missing scheme; put `https://` before the host name
            "#]],
        expect![[""]],
    ];
    for (text, expected) in texts.iter().zip(expected) {
        check_of(CODE, text, expected);
    }
}

#[test]
fn spaces_and_a_second_scheme_are_removed() {
    let hosts = ["https://a .b", "https://${ c }.b /d e", " https://a.b ", "https://http://a.b"];
    for (text, (message, fix)) in sources("host", &hosts).iter().zip([
        (
            expect![[r#"
                "host": "https://a .b"
                                  ^ error[invalid-url]: a host name has no spaces; remove them
            "#]],
            expect![[r#"
                invalid-url: Remove the spaces (preferred)
                - "host": "https://a .b"
                + "host": "https://a.b"
            "#]],
        ),
        (
            expect![[r#"
                "host": "https://${ c }.b /d e"
                                         ^ error[invalid-url]: a host name has no spaces; remove them
            "#]],
            expect![[r#"
                invalid-url: Remove the spaces (preferred)
                - "host": "https://${ c }.b /d e"
                + "host": "https://${ c }.b/d e"
            "#]],
        ),
        (
            expect![[r#"
                "host": " https://a.b "
                         ^ warning[invalid-url]: space around the URL, which may be sent with it; remove it
            "#]],
            expect![[r#"
                invalid-url: Remove the spaces (preferred)
                - "host": " https://a.b "
                + "host": "https://a.b"
            "#]],
        ),
        (
            expect![[r#"
                "host": "https://http://a.b"
                         ^^^^^^^^ error[invalid-url]: duplicate scheme; remove one
            "#]],
            expect![[r#"
                invalid-url: Remove the second scheme (preferred)
                - "host": "https://http://a.b"
                + "host": "https://a.b"
            "#]],
        ),
    ]) {
        check_of(CODE, text, message);
        check_fixes_of(CODE, text, fix);
    }
}

#[test]
fn valid_hosts_and_placeholders_are_fine() {
    for value in [
        "",
        "https://a.b",
        "HTTPS://a.b/v1",
        "https://${domain}.a.b",
        "${host}",
        "@{concat('https://', 'a')}",
        "{domain}",
        "https:\\/\\/a.b",
        "{YOUR_HOST}",
        "https://{{d}}",
    ] {
        check_of(CODE, &sources("host", &[value])[0], expect![[""]]);
    }
}

#[test]
fn invalid_paths_are_reported() {
    for value in ["/", "/v1/a", "", "${path}", "@{concat('a', 'b')}", "/a@{if(empty(''),'?b','')}", "{PATH}", "{path}"]
    {
        check_of(CODE, &sources("path", &[value])[0], expect![[""]]);
    }
    let expected = [
        expect![[r#"
                "path": "v1/a"
                        ^^^^^^ error[invalid-url]: `path` must begin with `/`, as in all examples; without it, host and path may run together
            "#]],
        expect![[r#"
                "path": "?a=b"
                        ^^^^^^ error[invalid-url]: `path` must begin with `/`, as in all examples; without it, host and path may run together
            "#]],
        expect![[r#"
                "path": "https://a.b/c"
                        ^^^^^^^^^^^^^^^ warning[invalid-url]: `path` is a complete URL; move its scheme and host to `host`
            "#]],
    ];
    for (text, expected) in sources("path", &["v1/a", "?a=b", "https://a.b/c"]).iter().zip(expected) {
        check_of(CODE, text, expected);
    }
}

#[test]
fn missing_schemes_hosts_and_slashes_are_added() {
    let expected = [
        expect![[r#"
            invalid-url: Add `https://` (preferred)
            - "host": "api.${a}.b"
            + "host": "https://api.${a}.b"
        "#]],
        expect![[r#"
                invalid-url: Replace the scheme with `https://` (preferred)
                - "host": "htps://a.b"
                + "host": "https://a.b"
            "#]],
        expect![[r#"
                invalid-url: Replace the scheme with `https://` (preferred)
                - "host": "https:/a.b"
                + "host": "https://a.b"
            "#]],
        expect![[r#"
                invalid-url: Use `https` (preferred)
                - "host": "http://a.b"
                + "host": "https://a.b"
            "#]],
        expect![[""]],
    ];
    let hosts = ["api.${a}.b", "htps://a.b", "https:/a.b", "http://a.b", "https://"];
    for (text, expected) in sources("host", &hosts).iter().zip(expected) {
        check_fixes_of(CODE, text, expected);
    }
    let expected = [
        expect![[r#"
            invalid-url: Add `/` (preferred)
            - "path": "v1/${a}"
            + "path": "/v1/${a}"
        "#]],
        expect![[r#"
            invalid-url: Move scheme and host to `host` (preferred)
            - "path": "https://${a}.b/c/d?e"
            + "host": "https://${a}.b",
            + "path": "/c/d?e"
        "#]],
        expect![[r#"
            invalid-url: Move scheme and host to `host` (preferred)
            - "path": "https://a.b"
            + "host": "https://a.b",
            + "path": "/"
        "#]],
    ];
    for (text, expected) in sources("path", &["v1/${a}", "https://${a}.b/c/d?e", "https://a.b"]).iter().zip(expected) {
        check_fixes_of(CODE, text, expected);
    }
}
