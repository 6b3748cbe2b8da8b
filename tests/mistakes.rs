//! The mistakes that real authors made in published specs: each is found, where it is, under the code that is documented
//! for it. The published files lie beside the project; where they do not, the same mistakes in texts of our own are looked at.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "says what was looked at")]

#[path = "mistakes/advice.rs"]
mod advice;
#[path = "support/example.rs"]
mod example;
#[path = "mistakes/inexpressible.rs"]
mod inexpressible;
#[path = "support/real.rs"]
mod real;
#[path = "mistakes/requests.rs"]
mod requests;
#[path = "mistakes/table.rs"]
mod table;
#[path = "mistakes/unseen.rs"]
mod unseen;

use example::example;
use real::{corpus, findings, index, line, specs_of};

/// A published mistake: what its file's name begins with, the code that finds it, its lines, what it is.
type Published = (&'static str, &'static str, &'static [u32], &'static str);

const PUBLISHED: &[Published] = &[
    // How JSON is written.
    ("sdk/22", "syntax-error", &[4], "a missing comma"),
    ("sdk/33", "syntax-error", &[13], "a missing comma"),
    ("sdk/44", "syntax-error", &[4], "a missing comma"),
    ("sdk/73", "syntax-error", &[9, 10], "two missing commas"),
    ("sdk/78", "syntax-error", &[13], "a missing comma"),
    ("sdk/95", "syntax-error", &[12], "a missing comma"),
    ("sdk/97", "syntax-error", &[13], "a missing comma"),
    ("sdk/98", "syntax-error", &[7], "a missing comma"),
    ("sdk/04", "syntax-error", &[61, 155], "a comma with nothing behind it"),
    ("sdk/05", "syntax-error", &[54], "a comma with nothing behind it"),
    ("sdk/06", "syntax-error", &[94], "a comma with nothing behind it"),
    ("sdk/24", "syntax-error", &[48, 59, 206], "a comma with nothing behind it"),
    ("sdk/36", "syntax-error", &[49], "a comma with nothing behind it"),
    ("sdk/46", "syntax-error", &[176], "a comma with nothing behind it"),
    ("sdk/48", "syntax-error", &[176], "a comma with nothing behind it"),
    ("sdk/54", "syntax-error", &[37], "a comma with nothing behind it"),
    ("sdk/55", "syntax-error", &[44], "a comma with nothing behind it"),
    ("sdk/57", "syntax-error", &[32], "a comma with nothing behind it"),
    ("sdk/74", "syntax-error", &[11], "a comma with nothing behind it"),
    ("sdk/04", "syntax-error", &[8], "a brace that is not closed"),
    ("sdk/87", "syntax-error", &[16], "a brace that is not closed"),
    ("sdk/88", "syntax-error", &[14], "braces that are not closed"),
    ("sdk/52", "syntax-error", &[94, 95], "brackets that close nothing"),
    ("sdk/86", "syntax-error", &[3], "a text without its closing quote"),
    ("sdk/47", "syntax-error", &[2], "a stray backtick"),
    ("sdk/49", "syntax-error", &[2], "a stray backtick"),
    ("sdk/37", "syntax-error", &[31, 32], "dots for what is left out"),
    ("sdk/01", "syntax-error", &[5, 9, 11], "comments"),
    ("sdk/60", "syntax-error", &[8, 36], "comments"),
    ("sdk/61", "syntax-error", &[8, 29], "comments"),
    ("sdk/62", "syntax-error", &[8, 44], "comments"),
    ("sdk/63", "syntax-error", &[9], "a comment"),
    ("sdk/64", "syntax-error", &[8, 34], "comments"),
    ("sdk/65", "syntax-error", &[8, 75], "comments"),
    ("sdk/41", "duplicate-key", &[18, 39], "a name and a provider twice"),
    ("sdk/42", "duplicate-key", &[17, 38, 66, 67], "four keys twice"),
    ("sdk/44", "duplicate-key", &[18, 39, 68, 69], "four keys twice"),
    // Keys and values.
    ("sdk/01", "unknown-key", &[26, 31], "`hostname` for `host`, query parameters at their old place"),
    ("sdk/13", "unknown-key", &[174], "`pointerName` for `pointerPath`"),
    ("sdk/19", "unknown-key", &[42], "`pointerName` for `pointerPath`"),
    ("sdk/20", "unknown-key", &[52], "`pointerName` for `pointerPath`"),
    ("sdk/01", "wrong-type", &[11], "an empty text for a boolean"),
    ("sdk/04", "wrong-type", &[8], "`\"True\"` for `true`"),
    ("sdk/03", "invalid-value", &[322], "`scheduling` as a type of JSON schemas"),
    ("sdk/04", "invalid-value", &[159], "`scheduling` as a type of JSON schemas"),
    ("sdk/13", "unfilled-template", &[4, 140, 154, 174], "blanks of the template"),
    ("sdk/19", "unfilled-template", &[8, 22], "blanks of the template"),
    ("sdk/20", "unfilled-template", &[8, 22], "blanks of the template"),
    ("sdk/41", "unfilled-template", &[4], "a blank of the template"),
    ("sdk/43", "server-managed-key", &[6], "an answer of the service as it came"),
    // Signing in.
    ("sdk/03", "required-not-declared", &[88, 89], "`client_id` and `client_secret`, which are declared with capitals"),
    ("sdk/03", "required-not-declared", &[191], "`password`, which is declared as `value`"),
    ("sdk/14", "required-not-declared", &[94], "`host`, which is not declared"),
    ("sdk/56", "required-not-declared", &[28, 29], "names that are declared with `s3` before them"),
    ("sdk/01", "invalid-schema-uri", &[54], "a blank in the address of a version"),
    ("sdk/02", "invalid-schema-uri", &[125], "a blank in the address of a version"),
    ("sdk/03", "invalid-schema-uri", &[357], "a blank in the address of a version"),
    ("sdk/04", "invalid-schema-uri", &[194], "a blank in the address of a version"),
    ("sdk/09", "invalid-schema-uri", &[131], "a blank in the address of a version"),
    ("sdk/10", "invalid-schema-uri", &[127], "a blank in the address of a version"),
    ("sdk/11", "invalid-schema-uri", &[129], "a blank in the address of a version"),
    ("sdk/12", "invalid-schema-uri", &[127], "a blank in the address of a version"),
    ("sdk/13", "invalid-schema-uri", &[203], "a blank in the address of a version"),
    ("sdk/14", "invalid-schema-uri", &[344], "a blank in the address of a version"),
    ("sdk/15", "invalid-schema-uri", &[138], "a blank in the address of a version"),
    ("sdk/16", "invalid-schema-uri", &[139], "a blank in the address of a version"),
    ("sdk/17", "invalid-schema-uri", &[135], "a blank in the address of a version"),
    ("sdk/18", "invalid-schema-uri", &[129], "a blank in the address of a version"),
    ("sdk/39", "invalid-schema-uri", &[9], "a blank in the address of a version"),
    ("sdk/03", "misspelled-auth-type", &[9], "`oAuth2-refresh-code` for name and type"),
    // Placeholders and the request.
    ("sdk/25", "placeholder-form", &[21], "`{domain}` for `${domain}`"),
    // Records, paging and schedule.
    ("sdk/10", "deprecated-content-path", &[93], "the old form of `contentPath`"),
    ("sdk/11", "deprecated-content-path", &[106], "the old form of `contentPath`"),
    ("sdk/12", "deprecated-content-path", &[93], "the old form of `contentPath`"),
    ("sdk/18", "deprecated-content-path", &[106], "the old form of `contentPath`"),
    ("sdk/01", "incomplete-pagination", &[34], "paging without its kind"),
];

#[test]
fn published_mistakes_are_reported() {
    let Some(corpus) = corpus() else { return };
    let rows = index(&corpus);
    let mut missed = String::new();
    for (start, code, lines, mistake) in PUBLISHED {
        let row = rows.iter().find(|row| row.file.starts_with(start)).unwrap();
        let text = row.text(&corpus);
        // A part begins with its key. It stands on its first line, so that all lines keep their numbers.
        let is_part = text.trim_start().starts_with('"');
        let whole = if is_part { format!("{{\"type\": \"generic-{}\", {text}}}", row.class) } else { text };
        let mut found = Vec::new();
        for spec in specs_of(&whole).iter().chain([&whole]) {
            let (document, all) = findings(spec);
            let own = all.iter().filter(|finding| finding.code == *code);
            found.extend(own.map(|finding| line(&document, finding)));
        }
        if !lines.iter().all(|line| found.contains(line)) {
            missed += &format!("{start} {code} in lines {lines:?}, found in {found:?}: {mistake}\n");
        }
    }
    println!("{} published mistakes", PUBLISHED.len());
    assert!(missed.is_empty(), "{missed}");
}

/// A mistake in a text of our own: its code, where its members stand, the members with the place of the finding between
/// `‹` and `›`.
type Own = (&'static str, &'static str, &'static str);

const ATTRIBUTES: &str = "sourceSpec.attributes";
const PAGING: &str = "sourceSpec.attributes.paginationParams";
const SHOWN: &str = "sourceSpec.attributes.uiAttributes";

const OWN: &[Own] = &[
    // How JSON is written.
    ("syntax-error", "", "\"name\": \"a\"‹›\n\"version\": \"1.0\""),
    ("syntax-error", "", "\"version\": \"1.0\"‹,›"),
    ("syntax-error", "", "\"authSpec\": [ { \"name\": \"a\"‹› ]"),
    ("syntax-error", "", "\"name\": \"a‹›\n,\"version\": \"1.0\""),
    ("syntax-error", "", "\"name\": \"a\"‹`›"),
    ("syntax-error", "", "\"authSpec\": [ ‹..› ]"),
    ("syntax-error", "", "\"name\": \"a\" ‹// what users see›"),
    ("duplicate-key", "", "\"name\": \"a\", ‹\"name\"›: \"b\""),
    // Keys and values.
    (
        "unknown-key",
        "sourceSpec.attributes.urlParams",
        "\"path\": \"/\", \"method\": \"GET\", ‹\"hostname\"›: \"https://a.b\"",
    ),
    (
        "unknown-key",
        "sourceSpec.attributes.urlParams",
        "\"path\": \"/\", \"method\": \"GET\", ‹\"hostName\"›: \"https://a.b\"",
    ),
    ("unknown-key", PAGING, "\"type\": \"POINTER\", ‹\"pointerName\"›: \"$.next\""),
    ("unknown-key", PAGING, "‹\"paginationType\"›: \"OFFSET\""),
    ("wrong-type", "attributes", "\"isSource\": ‹\"True\"›"),
    ("wrong-type", SHOWN, "\"isBeta\": ‹\"\"›"),
    ("invalid-value", "sourceSpec.spec", "\"type\": ‹\"scheduling\"›"),
    ("unfilled-template", "", "\"description\": \"‹{DESCRIPTION}›\""),
    ("unfilled-template", ATTRIBUTES, "\"urlParams\": { \"path\": \"‹{RESOURCE_PATH}›\", \"method\": \"GET\" }"),
    ("server-managed-key", "", "‹\"id\"›: \"1\""),
    ("provider-mismatch", "", "\"providerId\": ‹\"521eee4d-8cbe-4906-bb48-fb6bd4450033\"›"),
    // Signing in.
    ("required-not-declared", "authSpec[].spec", "\"properties\": { \"accessToken\": {} }, \"required\": [‹\"host\"›]"),
    (
        "required-not-declared",
        "authSpec[].spec",
        "\"properties\": { \"clientId\": {} }, \"required\": [‹\"client_id\"›]",
    ),
    ("invalid-schema-uri", "exploreSpec.responseSpec", "\"$schema\": ‹\"http: //json-schema.org/draft-07/schema#\"›"),
    ("embedded-schema", "sourceSpec.spec.properties.listId", "\"required\": ‹true›"),
    ("duplicate-auth", "", "\"authSpec\": [{ \"name\": \"a\" }, { \"name\": ‹\"a\"› }]"),
    ("misspelled-auth-type", "authSpec[]", "\"name\": ‹\"OAuth 2 Refresh Code\"›, \"type\": \"OAuth2RefreshCode\""),
    ("misspelled-auth-type", "authSpec[]", "\"name\": \"OAuth2 Refresh Code\", \"type\": ‹\"oAuth2-refresh-code\"›"),
    (
        "missing-auth-inputs",
        "authSpec[]",
        "\"type\": \"OAuth2RefreshCode\", \"spec\": { ‹\"properties\"›: { \"username\": {}, \"password\": {} } }",
    ),
    (
        "missing-auth-inputs",
        "authSpec[]",
        "\"type\": \"BasicAuthentication\", \"spec\": { ‹\"properties\"›: { \"clientId\": {}, \"clientSecret\": {} } }",
    ),
    ("secret-not-masked", "authSpec[].spec", "\"properties\": { ‹\"clientSecret\"›: { \"type\": \"string\" } }"),
    // Placeholders and the request.
    (
        "placeholder-form",
        "sourceSpec.attributes.urlParams",
        "\"host\": \"https://‹{domain}›.api.a.b\", \"path\": \"/\", \"method\": \"GET\"",
    ),
    (
        "placeholder-form",
        "sourceSpec.attributes.urlParams",
        "\"path\": \"/lists/‹{{listId}}›/members\", \"method\": \"GET\"",
    ),
    ("deprecated-params-string", ATTRIBUTES, "\"headerParams\": ‹\"Content-Type=application/json,foo=bar\"›"),
    ("hard-coded-secret", ATTRIBUTES, "\"headerParams\": { \"X-Api-Key\": \"‹7f3a9c21d4e8›\" }"),
    ("invalid-url", ATTRIBUTES, "\"urlParams\": { \"path\": ‹\"3.0/lists\"›, \"method\": \"GET\" }"),
    (
        "undeclared-placeholder",
        "sourceSpec",
        "\"spec\": { \"properties\": { \"listId\": {} } }, \"attributes\": { \"urlParams\": { \"path\": \"/‹${list}›\" } }",
    ),
    // Records, paging and schedule.
    ("deprecated-content-path", ATTRIBUTES, "\"contentPath\": ‹\"$.members\"›"),
    ("path-syntax", PAGING, "\"type\": \"POINTER\", \"pointerPath\": \"‹paging›.next\""),
    ("misspelled-offset-name", PAGING, "\"type\": \"OFFSET\", ‹\"offsetName\"›: \"offset\""),
    ("invalid-number", PAGING, "\"type\": \"OFFSET\", \"limitValue\": ‹\"limit=10\"›"),
    ("invalid-date-format", "sourceSpec.attributes.scheduleParams", "\"scheduleStartParamFormat\": \"yyyy-‹mm›-dd\""),
    // Catalog.
    ("unknown-category", SHOWN, "\"category\": { \"key\": ‹\"marketing automation\"› }"),
    ("unknown-category", SHOWN, "\"category\": { \"key\": ‹\"e-Commerce\"› }"),
    ("placeholder-ui-text", SHOWN, "\"label\": { ‹\"text\"›: \"Acme\" }"),
    ("nonstandard-explore-spec", "exploreSpec", "\"name\": \"Resource\", \"type\": ‹\"Tabular\"›"),
];

#[test]
fn equivalent_mistakes_are_reported() {
    let mut missed = String::new();
    for (code, at, marked) in OWN {
        let (before, after) = marked.split_once('‹').unwrap();
        let (inside, after) = after.split_once('›').unwrap();
        let members = format!("{before}{inside}{after}");
        let text = example(at, &members);
        let start = text.find(&members).unwrap() + before.len();
        let (_, found) = findings(&text);
        let places: Vec<_> =
            found.iter().filter(|finding| finding.code == *code).map(|finding| finding.range.clone()).collect();
        if !places.contains(&(start..start + inside.len())) {
            let places: Vec<_> =
                places.iter().map(|range| text[..range.start].to_owned() + "‹" + &text[range.clone()] + "›").collect();
            missed += &format!("{code}: {marked}\n  found on {places:#?}\n");
        }
    }
    assert!(missed.is_empty(), "{missed}");
}
