"""Documents: specs that are valid, broken, empty, and other JSON."""

import pathlib

SPECS = pathlib.Path(__file__).parents[2] / "specs"

# With wide characters before most positions, carriage returns, and every type of semantic token.
VALID = """\
{
  "name": "Müller 😀 contacts",
  "type": "generic-rest",
  "providerId": "0ed90a81-07f4-4586-8190-b40eccef1c5a",
  "version": "1.0",
  "authSpec": [
    { "name": "Basic 😀", "type": "BasicAuthentication", "spec": {
      "$schema": "http://json-schema.org/draft-07/schema#",
      "properties": { "username": { "type": "string" }, "password": { "type": "string", "format": "password" },
        "region": { "type": "string", "description": "😀" } },
      "required": ["region"] } }
  ],
  "sourceSpec": {
    "attributes": {
      "uiAttributes": { "label": { "key": "😀" }, "documentationLink": "https://docs.contacts.example" },
      "urlParams": {
        "host": "https://😀${region}.contacts.example",
        "path": "/😀/${listId}/@{concat('ä', 1)}/{SCHEDULE_QUERY}",
        "method": "GET",
        "queryParams": { "region": "😀 ${region}", "state": "open 😀" }
      },
      "contentPath": { "path": "$.data[0].results", "overrideWrapperAttribute": "contact" },
      "explodeEntityPath": { "path": "$.contact.letters[*]" },
      "paginationParams": { "type": "OFFSET", "limitName": "take", "limitValue": "50", "offSetName": "skip" },
      "scheduleParams": {
        "type": "ADVANCE",
        "paramFormat": "yyyy-MM-ddTHH:mm:ss",
        "incremental": "updated > {START_TIME} and updated < {END_TIME}",
        "backfill": "updated < {END_TIME}"
      }
    },
    "spec": { "properties": { "listId": { "type": "string", "description": "😀" } }, "required": ["listId"] }
  }
}
""".replace("\n", "\r\n")

# Half typed values and missing characters.
BROKEN = (
    VALID.replace('"version": "1.0",', '"version" "1.0"')
    .replace('"method": "GET",', '"method": "GE')
    .replace('"required": ["region"] } }', '"required": ["region", ')
    .replace("${listId}", "${listId")
)

MINIFIED = '{"type":"generic-rest","😀":"😀","authSpec":[],"sourceSpec":{"attributes":{"urlParams":{"path":"/${a}"}}}}'

OTHER = '{\n  "name": "not a spec 😀",\n  "version": [1, 2, { "a": null }]\n}\n'

# By file name.
ALL = {
    "valid-connectionSpec.json": VALID,
    "broken-connectionSpec.json": BROKEN,
    "truncated-connectionSpec.json": VALID[: len(VALID) // 2],
    "minified-connectionSpec.json": MINIFIED,
    "empty-connectionSpec.json": "",
    "other.json": OTHER,
}


def sample(name: str) -> str:
    return (SPECS / f"{name}-connectionSpec.json").read_text()
