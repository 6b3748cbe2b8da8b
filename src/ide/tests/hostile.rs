//! Documents that somebody wrote to slow an analysis down. The test counts steps with them, `benches/hostile.rs` measures time
//! and memory.

/// The name of a document, and its text with this many repetitions.
pub(crate) type Hostile = (&'static str, fn(usize) -> String);

pub(crate) const HOSTILE: &[Hostile] = &[
    ("unknown keys", |n| format!("{{ \"type\": \"generic-rest\", {} }}", list(n, |i| format!("\"k{i}\": 1")))),
    ("unknown keys of the request", |n| attributes(&list(n, |i| format!("\"k{i}\": 1")))),
    ("known keys misspelled", |n| attributes(&list(n, |i| format!("\"urlParam{i}\": 1")))),
    ("one key", |n| format!("{{ \"type\": \"generic-rest\", {} }}", list(n, |_| "\"name\": \"a\"".to_owned()))),
    ("bare words", |n| "a b c ".repeat(n)),
    ("quotes", |n| "\"".repeat(n)),
    ("commas", |n| ",".repeat(n)),
    ("colons", |n| format!("{{{}", ":".repeat(n))),
    ("closing brackets", |n| format!("{{}}{}", "}".repeat(n))),
    ("objects that are not closed", |n| "{\"a\":".repeat(n)),
    ("arrays that are not closed", |n| "[".repeat(n)),
    ("nested arrays", |n| format!("{{ \"authSpec\": {}{} }}", "[".repeat(n), "]".repeat(n))),
    ("nested objects", |n| format!("{}1{}", "{\"a\":".repeat(n), "}".repeat(n))),
    ("nested schemas", |n| {
        attributes(&format!("\"spec\": {}{{}}{}", "{\"properties\":{\"a\":".repeat(n), "}}".repeat(n)))
    }),
    ("unterminated placeholders", |n| request("host", &"${".repeat(n))),
    ("undeclared placeholders", |n| request("path", &list(n, |i| format!("${{p{i}}}")))),
    ("undeclared placeholders and inputs", |n| {
        let inputs = list(n, |i| format!("\"i{i}\": {{ \"type\": \"string\" }}"));
        path_and_schema(&list(n, |i| format!("${{p{i}}}")), &format!("\"properties\": {{ {inputs} }}"))
    }),
    ("required inputs and placeholders", |n| {
        let required = list(n, |i| format!("\"p{i}\""));
        let schema = format!("\"properties\": {{}}, \"required\": [{required}]");
        path_and_schema(&list(n, |i| format!("${{p{i}}}")), &schema)
    }),
    ("inputs", |n| inputs(&list(n, |i| format!("\"i{i}\": {{ \"type\": \"string\" }}")), "")),
    ("required inputs", |n| inputs("", &list(n, |i| format!("\"i{i}\"")))),
    ("authentication methods", |n| {
        let methods = list(n, |_| "{ \"name\": \"Basic\", \"type\": \"BasicAuthentication\" }".to_owned());
        format!("{{ \"type\": \"generic-rest\", \"authSpec\": [{methods}] }}")
    }),
    ("numbers as authentication", |n| {
        format!("{{ \"type\": \"generic-rest\", \"authSpec\": [{}] }}", list(n, |i| i.to_string()))
    }),
    ("headers", |n| {
        attributes(&format!("\"headerParams\": {{ {} }}", list(n, |i| format!("\"X-Key{i}\": \"a1b2c3d4e5f6g7{i}\""))))
    }),
    ("keys without commas", |n| format!("{{ {} }}", (0..n).map(|i| format!("\"k{i}\": 1\n")).collect::<String>())),
    ("keys in single quotes", |n| format!("{{ {} }}", list(n, |i| format!("'k{i}': 'v'")))),
    ("keys without quotes", |n| format!("{{ {} }}", list(n, |i| format!("k{i}: v")))),
    ("conflict markers", |n| format!("{{\n{}}}", "<<<<<<< a\n\"a\": 1,\n=======\n\"a\": 2,\n>>>>>>> b\n".repeat(n))),
    ("comments", |n| format!("{{ {} }}", "/* a */ ".repeat(n))),
    ("tabs in a string", |n| format!("{{ \"name\": \"{}\" }}", "\t".repeat(n))),
    ("invalid escapes", |n| format!("{{ \"name\": \"{}\" }}", "\\x".repeat(n))),
    ("steps of a path", |n| attributes(&format!("\"contentPath\": {{ \"path\": \"${}\" }}", ".a".repeat(n)))),
    ("letters of a date", |n| {
        attributes(&format!("\"scheduleParams\": {{ \"scheduleStartParamFormat\": \"{}\" }}", "yM".repeat(n)))
    }),
    ("elements without spaces", |n| format!("{{\"authSpec\":[{}0]}}", "1,".repeat(n))),
    ("members without spaces", |n| format!("{{\"authSpec\":[{}0]}}", "{\"a\":[1]},".repeat(n))),
    ("nested arrays on lines", |n| format!("{{ \"authSpec\": {}{} }}", "[\n".repeat(n), "]\n".repeat(n))),
    ("expressions", |n| request("path", &"@{a'".repeat(n))),
    ("double braces", |n| request("path", &"{{a".repeat(n))),
    ("single quotes", |n| "'".repeat(n)),
    ("strings without closing quotes", |n| format!("{{ {} }}", "\"a: \"b\n".repeat(n))),
    ("empty lines", |n| format!("{{ {} }}", "\n".repeat(n))),
    ("backslashes", |n| format!("{{ \"name\": \"{} }}", "\\".repeat(n))),
    ("values of an input", |n| {
        inputs(&format!("\"shop\": {{ \"type\": \"string\", \"enum\": [{}] }}", list(n, |i| format!("\"v{i}\""))), "")
    }),
    ("query parameters", |n| {
        let params = list(n, |i| format!("\"q{i}\": \"${{p{i}}}\""));
        attributes(&format!("\"urlParams\": {{ \"path\": \"/\", \"queryParams\": {{ {params} }} }}"))
    }),
    ("spaces in the host", |n| request("host", &format!("https://{}", "a ".repeat(n)))),
    ("placeholders in the host", |n| request("host", &format!("https:// {}", "{a}".repeat(n)))),
    ("slashes in placeholders", |n| request("path", &format!("https://{}", "{a/b}".repeat(n)))),
    ("names in braces", |n| request("path", &"{a}".repeat(n))),
    ("names in braces and inputs", |n| {
        let inputs = list(n, |i| format!("\"i{i}\": {{ \"type\": \"string\" }}"));
        let path = (0..n).map(|i| format!("{{p{i}}}")).collect::<String>();
        path_and_schema(&path, &format!("\"properties\": {{ {inputs} }}"))
    }),
    ("placeholders and authentication methods", |n| {
        let spec = |i: usize| format!("{{ \"properties\": {{ \"k{}\": {{}} }}, \"required\": [\"p\"] }}", i % 2);
        let methods = list(n, |i| format!("{{ \"name\": \"A\", \"type\": \"KeyBased\", \"spec\": {} }}", spec(i)));
        let path = "/${p}${k0}${k1}".repeat(n);
        let request = format!("{{ \"urlParams\": {{ \"path\": \"{path}\" }} }}");
        format!(
            "{{ \"type\": \"generic-rest\", \"authSpec\": [{methods}], \"sourceSpec\": {{ \"attributes\": {request} }} }}"
        )
    }),
    ("members on one line", |n| format!("{{ {} }}", list(n, |i| format!("\"k{i}\":[1,{{\"a\":2}}]")))),
];

/// A text of about this many bytes.
pub(crate) fn text(repeated: fn(usize) -> String, bytes: usize) -> String {
    let each = (repeated(2000).len() - repeated(1000).len()) as f64 / 1000.0;
    repeated((bytes as f64 / each) as usize)
}

fn list(count: usize, element: impl Fn(usize) -> String) -> String {
    (0..count).map(element).collect::<Vec<_>>().join(", ")
}

fn attributes(members: &str) -> String {
    format!("{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"attributes\": {{ {members} }} }} }}")
}

fn request(key: &str, value: &str) -> String {
    attributes(&format!("\"urlParams\": {{ \"{key}\": \"{value}\" }}"))
}

fn path_and_schema(path: &str, schema: &str) -> String {
    let request = format!("{{ \"urlParams\": {{ \"path\": \"{path}\" }} }}");
    format!(
        "{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"attributes\": {request}, \"spec\": {{ {schema} }} }} }}"
    )
}

fn inputs(properties: &str, required: &str) -> String {
    let schema = format!("{{ \"type\": \"object\", \"properties\": {{ {properties} }}, \"required\": [{required}] }}");
    format!("{{ \"type\": \"generic-rest\", \"sourceSpec\": {{ \"spec\": {schema} }} }}")
}
