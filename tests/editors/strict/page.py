"""A document as an editor has it: lines, and columns in the unit that was agreed on."""

from lsprotocol.types import Position, Range, TextEdit

WIDTHS = {
    "utf-8": lambda char: len(char.encode()),
    "utf-16": lambda char: 2 if ord(char) > 0xFFFF else 1,
    "utf-32": lambda char: 1,
}


class Page:
    """One version of a document. Places in it are counted in characters; only positions are in columns."""

    def __init__(self, uri: str, text: str, encoding: str, version: int):
        self.uri, self.text, self.encoding, self.version = uri, text, encoding, version
        self.width = WIDTHS[encoding]
        # Where each line begins and where its text ends, by the line ends of the protocol.
        self.lines, start, at = [], 0, 0
        while at < len(text):
            length = 2 if text.startswith("\r\n", at) else 1
            if text[at] in "\r\n":
                self.lines.append((start, at))
                start = at + length
            at += length if text[at] in "\r\n" else 1
        self.lines.append((start, len(text)))

    def position(self, place: int) -> Position:
        line = max(number for number, (start, _) in enumerate(self.lines) if start <= place)
        return Position(line, sum(map(self.width, self.text[self.lines[line][0] : place])))

    def place(self, position: Position) -> int:
        """Fails on a position outside the document, behind the end of its line, or in the middle of a character."""
        assert position.line < len(self.lines), f"{position} is behind the last line of {self.uri}"
        start, end = self.lines[position.line]
        columns = 0
        for place in range(start, end + 1):
            if columns == position.character:
                return place
            assert columns < position.character, f"{position} is inside a character of {self.uri}"
            columns += self.width(self.text[place]) if place < end else 0
        raise AssertionError(f"{position} is behind the end of its line in {self.uri}")

    def span(self, range: Range) -> tuple[int, int]:
        start, end = self.place(range.start), self.place(range.end)
        assert start <= end, f"{range} ends before it starts"
        return start, end

    def read(self, range: Range) -> str:
        start, end = self.span(range)
        return self.text[start:end]

    def whole(self) -> Range:
        return Range(self.position(0), self.position(len(self.text)))

    def find(self, words: str, inside: int = 0, nth: int = 0) -> Position:
        """The position so many characters into one of the places where some words stand."""
        place = -1
        for _ in range(nth + 1):
            place = self.text.index(words, place + 1)
        return self.position(place + inside)

    def places(self, count: int) -> list[Position]:
        """About so many positions, from the beginning to the end; none between the two characters of a line end."""
        places = range(0, len(self.text) + 1, max(1, len(self.text) // count))
        return [self.position(place) for place in places if self.text[place - 1 : place + 1] != "\r\n"]

    def stretches(self, count: int) -> list[Range]:
        """All of its lines, so many at a time."""
        parts = [self.lines[at : at + count] for at in range(0, len(self.lines), count)]
        return [Range(self.position(part[0][0]), self.position(part[-1][1])) for part in parts]

    def edited(self, edits: list[TextEdit]) -> str:
        """The text with edits that must not overlap; two that insert at one place keep their order."""
        parts, done = [], 0
        for (start, end), edit in sorted(((self.span(edit.range), edit) for edit in edits), key=lambda pair: pair[0]):
            assert done <= start, f"{edit} overlaps the one before it"
            parts += [self.text[done:start], edit.new_text]
            done = end
        return "".join(parts) + self.text[done:]
