"""A document as an editor has it: lines, and columns in the negotiated encoding."""

from lsprotocol.types import Position, Range, TextEdit

WIDTHS = {
    "utf-8": lambda char: len(char.encode()),
    "utf-16": lambda char: 2 if ord(char) > 0xFFFF else 1,
    "utf-32": lambda char: 1,
}


class Document:
    """One version of a document. Offsets are in characters; only positions are in columns."""

    def __init__(self, uri: str, text: str, encoding: str, version: int):
        self.uri, self.text, self.encoding, self.version = uri, text, encoding, version
        self.width = WIDTHS[encoding]
        # Start and end of each line, by the line ends of the protocol.
        self.lines, start, at = [], 0, 0
        while at < len(text):
            length = 2 if text.startswith("\r\n", at) else 1
            if text[at] in "\r\n":
                self.lines.append((start, at))
                start = at + length
            at += length if text[at] in "\r\n" else 1
        self.lines.append((start, len(text)))

    def position(self, offset: int) -> Position:
        line = max(number for number, (start, _) in enumerate(self.lines) if start <= offset)
        return Position(line, sum(map(self.width, self.text[self.lines[line][0] : offset])))

    def offset(self, position: Position) -> int:
        """Fails on a position outside the document, after the end of its line, or in the middle of a character."""
        assert position.line < len(self.lines), f"{position} is after the last line of {self.uri}"
        start, end = self.lines[position.line]
        columns = 0
        for offset in range(start, end + 1):
            if columns == position.character:
                return offset
            assert columns < position.character, f"{position} is inside a character of {self.uri}"
            columns += self.width(self.text[offset]) if offset < end else 0
        raise AssertionError(f"{position} is after the end of its line in {self.uri}")

    def span(self, range: Range) -> tuple[int, int]:
        start, end = self.offset(range.start), self.offset(range.end)
        assert start <= end, f"{range} ends before it starts"
        return start, end

    def read(self, range: Range) -> str:
        start, end = self.span(range)
        return self.text[start:end]

    def whole(self) -> Range:
        return Range(self.position(0), self.position(len(self.text)))

    def find(self, text: str, inside: int = 0, nth: int = 0) -> Position:
        """The position this many characters into an occurrence of a text."""
        offset = -1
        for _ in range(nth + 1):
            offset = self.text.index(text, offset + 1)
        return self.position(offset + inside)

    def positions(self, count: int) -> list[Position]:
        """About this many positions, from start to end; none between the two characters of a line end."""
        offsets = range(0, len(self.text) + 1, max(1, len(self.text) // count))
        return [self.position(offset) for offset in offsets if self.text[offset - 1 : offset + 1] != "\r\n"]

    def chunks(self, count: int) -> list[Range]:
        """The ranges of all lines, this many at a time."""
        parts = [self.lines[at : at + count] for at in range(0, len(self.lines), count)]
        return [Range(self.position(part[0][0]), self.position(part[-1][1])) for part in parts]

    def edited(self, edits: list[TextEdit]) -> str:
        """The text after edits, which must not overlap; insertions at one offset keep their order."""
        parts, done = [], 0
        for (start, end), edit in sorted(((self.span(edit.range), edit) for edit in edits), key=lambda pair: pair[0]):
            assert done <= start, f"{edit} overlaps the one before it"
            parts += [self.text[done:start], edit.new_text]
            done = end
        return "".join(parts) + self.text[done:]
