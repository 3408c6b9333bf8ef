"""A Swift file seen as code without comments and text, and as the texts of its string literals."""
import re
from typing import Iterator, NamedTuple


class Import(NamedTuple):
    line: int
    module: str
    testable: bool


class Source(NamedTuple):
    code: str
    """The file with comments and the text of string literals blanked; lines and columns stay, interpolations too."""
    texts: list[tuple[int, str]]
    """Each string literal: its first line, its text."""


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


class _Reader:
    def __init__(self, text: str):
        self.text, self.at, self.out, self.texts = text, 0, [], []

    def take(self, count: int, keep: bool) -> str:
        piece = self.text[self.at : self.at + count]
        self.out.append(piece if keep else _blank(piece))
        self.at += count
        return piece

    def read_code(self, closing_parenthesis: bool = False) -> None:
        """Reads code up to the end of the file, or of an interpolation."""
        depth = 0
        while self.at < len(self.text):
            rest = self.text[self.at : self.at + 2]
            string = re.compile(r'(#*)("""|")').match(self.text, self.at)
            if rest == "//":
                end = self.text.find("\n", self.at)
                self.take((len(self.text) if end < 0 else end) - self.at, keep=False)
            elif rest == "/*":
                self.read_block_comment()
            elif string:
                self.read_string(string.group(1), string.group(2))
            elif closing_parenthesis and rest[0] == ")" and depth == 0:
                return
            else:
                depth += {"(": 1, ")": -1}.get(rest[0], 0)
                self.take(1, keep=True)

    def read_block_comment(self) -> None:
        depth = 0
        while self.at < len(self.text):
            two = self.text[self.at : self.at + 2]
            if two in ("/*", "*/"):
                depth += 1 if two == "/*" else -1
                self.take(2, keep=False)
                if depth == 0:
                    return
            else:
                self.take(1, keep=False)

    def read_string(self, hashes: str, quote: str) -> None:
        line = self.text.count("\n", 0, self.at) + 1
        self.take(len(hashes) + len(quote), keep=False)
        escape, end, literal = "\\" + hashes, quote + hashes, []
        while self.at < len(self.text):
            if self.text.startswith(end, self.at):
                self.take(len(end), keep=False)
                break
            if self.text.startswith(escape + "(", self.at):
                self.take(len(escape) + 1, keep=False)
                self.read_code(closing_parenthesis=True)
                self.take(1, keep=False)
                literal.append("?")
            elif self.text.startswith(escape, self.at):
                self.take(len(escape), keep=False)
                self.take(1, keep=False)
            elif quote == '"' and self.text[self.at] == "\n":
                break  # not closed: the compiler will say so
            else:
                literal.append(self.take(1, keep=False))
        self.texts.append((line, "".join(literal)))


def read(text: str) -> Source:
    reader = _Reader(text)
    reader.read_code()
    return Source("".join(reader.out), reader.texts)


_IMPORT = re.compile(
    r"(?:^|;)[ \t]*(?P<before>(?:(?:@\w+(?:\([^)\n]*\))?|public|package|internal|fileprivate|private)\s+)*)"
    r"import[ \t]+(?:(?:typealias|struct|class|enum|protocol|actor|let|var|func)[ \t]+)?(?P<module>\w+)",
    re.MULTILINE)


def line_of(code: str, offset: int) -> int:
    return code.count("\n", 0, offset) + 1


def imports(code: str) -> Iterator[Import]:
    """Every import of a file, whatever stands before the word."""
    for found in _IMPORT.finditer(code):
        line = line_of(code, found.start("module"))
        yield Import(line, found.group("module"), "@testable" in found.group("before"))


def arguments(code: str, opening: int) -> str:
    """What stands between the parenthesis at `opening` and its partner."""
    depth = 0
    for at in range(opening, len(code)):
        depth += {"(": 1, ")": -1}.get(code[at], 0)
        if depth == 0:
            return code[opening + 1 : at]
    return code[opening + 1 :]
