"""What a person can put right about the database or the catalogue, said in one plain line."""

from offer.errors import PlainError


class Refused(PlainError):  # noqa: N818 - the word a person reads
    """The work was refused, or could not be done, for a cause a person can mend."""


class DatabaseUnusable(Refused):
    """The database cannot be opened, read or reached."""


class MigrationFailed(Refused):
    """A step could not be run, or the tables do not match the models; nothing is half done."""
