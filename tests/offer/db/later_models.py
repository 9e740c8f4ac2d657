"""The models as that invented later version would have them: the real source with three changes."""

from pathlib import Path

from offer.db import models as real

CHANGES = {
    "(max_length=80)\n    newest =": "(max_length=120)\n    newest =",  # the slug of Document
    "file = fields.CharField(max_length=200)": "file = fields.CharField(max_length=300)",
    '        indexes = (("state",),)\n': "",
}


def later_source() -> str:
    """The real models with every change made; each must still be possible."""
    source = Path(real.__file__).read_text(encoding="utf-8")
    for old, new in CHANGES.items():
        assert source.count(old) == 1, f"the invented step no longer fits the models: {old!r}"
        source = source.replace(old, new)
    return source


exec(compile(later_source(), __file__, "exec"))
