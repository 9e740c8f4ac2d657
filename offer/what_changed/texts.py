"""Two versions of a text, told short: "from “… until 21 …” to “… until 25 …”". Pure."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from directory.phrase import Phrase, phrase

AROUND = 4  # words shown on either side of what differs
LONGEST = 160  # signs of one side: what differs in more is told as new words, not shown


def told(label: str, before: Sequence[str], after: Sequence[str]) -> list[Phrase]:
    """The lines of a field that went, came or differ, each under the field's name."""
    found = list[Phrase]()
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        pairs = min(b - a, d - c)
        both = zip(before[a : a + pairs], after[c : c + pairs], strict=True)
        found += [_moved(label, old, new) for old, new in both]
        found += [_went(label, line) for line in before[a + pairs : b]]
        found += [_came(label, line) for line in after[c + pairs : d]]
    return list(dict.fromkeys(found))


def _moved(label: str, before: str, after: str) -> Phrase:
    old, new = around(before, after)
    if len(old) > LONGEST or len(new) > LONGEST:
        return phrase("%(what)s: new words", what=phrase(label))
    if not old or not new:  # words were only put in, or only taken out
        return _came(label, new) if new else _went(label, old)
    return phrase("%(what)s: from “%(old)s” to “%(new)s”", what=phrase(label), old=old, new=new)


def _went(label: str, line: str) -> Phrase:
    if len(line) > LONGEST:
        return phrase("%(what)s: some words are gone", what=phrase(label))
    return phrase("%(what)s, gone: “%(old)s”", what=phrase(label), old=line)


def _came(label: str, line: str) -> Phrase:
    if len(line) > LONGEST:
        return phrase("%(what)s: more words", what=phrase(label))
    return phrase("%(what)s, new: “%(new)s”", what=phrase(label), new=line)


def around(before: str, after: str) -> tuple[str, str]:
    """Both texts without what they begin and end alike with, but for a few words."""
    old, new = before.split(), after.split()
    most = min(len(old), len(new))
    start = next((at for at in range(most) if old[at] != new[at]), most)
    left = most - start
    end = next((at for at in range(left) if old[-1 - at] != new[-1 - at]), left)
    return _cut(old, start, end), _cut(new, start, end)


def _cut(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - AROUND), min(len(words), len(words) - end + AROUND)
    inside = " ".join(words[first:last])
    return f"{'… ' if first else ''}{inside}{' …' if last < len(words) else ''}"
