//! Writes Markdown paragraph by paragraph.

use serde_json::Value;

/// A page that is being written.
#[derive(Default)]
pub(super) struct Writer {
    markdown: String,
}

impl Writer {
    /// The front matter: title, description, and whether the source is in beta.
    pub(super) fn front_matter(&mut self, title: &str, description: &str, is_beta: bool) {
        let badge = if is_beta { "badge: Beta\n" } else { "" };
        self.markdown += &format!("---\ntitle: {}\ndescription: {}\n{badge}---\n", yaml(title), yaml(description));
    }

    /// Adds a paragraph, heading or table after an empty line.
    pub(super) fn add(&mut self, paragraph: &str) {
        let is_first_heading = self.markdown.ends_with("---\n") && paragraph.starts_with("# ");
        if !self.markdown.is_empty() && !is_first_heading {
            self.markdown.push('\n');
        }
        self.markdown += paragraph;
        self.markdown.push('\n');
    }

    /// Adds what only the author can write, as a paragraph in italics.
    pub(super) fn blank(&mut self, what: &str) {
        self.add(&format!("*{what}*"));
    }

    /// Adds a request: its format, and the command that sends it.
    pub(super) fn request(&mut self, format: &str, command: &str) {
        self.add("**API format**");
        self.add(&format!("```http\n{format}\n```"));
        self.add("**Request**");
        self.add(&format!("```shell\n{command}\n```"));
    }

    /// Adds a response.
    pub(super) fn response(&mut self, explanation: &str, body: &Value) {
        self.add("**Response**");
        self.add(explanation);
        self.add(&format!("```json\n{body:#}\n```"));
    }

    /// Adds a table of properties and their descriptions.
    pub(super) fn properties(&mut self, rows: &[(&str, &str)]) {
        let rows: Vec<String> = rows.iter().map(|(name, text)| format!("| `{name}` | {text} |")).collect();
        self.add(&format!("| Property | Description |\n| --- | --- |\n{}", rows.join("\n")));
    }

    pub(super) fn finish(self) -> String {
        self.markdown
    }
}

/// A string as a value of YAML: in quotes unless it is made of plain words.
fn yaml(text: &str) -> String {
    let is_plain = |char: char| char.is_alphanumeric() || " .,-_()".contains(char);
    let is_word = text.starts_with(char::is_alphabetic) && text.chars().all(is_plain);
    if is_word { text.to_owned() } else { Value::from(text).to_string() }
}

#[cfg(test)]
mod tests {
    use super::yaml;

    #[test]
    fn what_yaml_gives_a_meaning_is_quoted() {
        assert_eq!(yaml("Connect Acme (Beta)"), "Connect Acme (Beta)");
        assert_eq!(yaml("a: b # c"), r#""a: b # c""#);
        assert_eq!(yaml("\"x\\"), r#""\"x\\""#);
        assert_eq!(yaml("- x"), r#""- x""#);
    }
}
