"""The tables of the catalogue.

The database is the truth: every version of every document is kept, and what the
public sees is a set of revisions named by one catalogue version number. Text
columns hold the JSON of a document, not `JSONField`: PostgreSQL's `jsonb`
reorders keys, and a document must come back with the same bytes.
"""

from tortoise import fields
from tortoise.models import Model

THE_ROW = 1  # the primary key of the only row of CatalogueVersion and of GeocoderTurn


class CatalogueVersion(Model):
    """The one row that every process watches: the number of the catalogue now published."""

    id = fields.IntField(primary_key=True, generated=False)
    number = fields.IntField()  # 0: nothing was ever published
    published_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "catalogue_version"


class Document(Model):
    """One entitlement or service by kind and slug, and where its files and staff stand."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharField(max_length=20)  # "entitlement" or "service"
    slug = fields.CharField(max_length=80)
    newest = fields.IntField()  # the number of its newest revision, from 1
    newest_digest = fields.CharField(max_length=64)
    # The digest of the file that stood equal to the newest revision when it was last
    # loaded; staff have changed the document since when the two digests differ.
    loaded_digest = fields.CharField(max_length=64, null=True)

    class Meta(Model.Meta):
        table = "document"
        unique_together = (("kind", "slug"),)


class Revision(Model):
    """One kept version of one document."""

    id = fields.IntField(primary_key=True)
    document: fields.ForeignKeyRelation[Document] = fields.ForeignKeyField(
        "catalogue.Document", related_name="revisions", on_delete=fields.CASCADE
    )
    document_id: int
    number = fields.IntField()  # 1, 2, 3 … within its document
    body = fields.TextField()  # canonical JSON, see offer/catalogue/documents.py
    digest = fields.CharField(max_length=64)  # SHA-256 of the body
    author = fields.CharField(max_length=120)
    at = fields.DatetimeField()
    origin = fields.CharField(max_length=10)  # "loaded" from a file, "imported" from a feed, or "staff"
    state = fields.CharField(max_length=10)  # "ready" to publish, or a "draft"
    note = fields.CharField(max_length=400, default="")  # why it was changed

    class Meta(Model.Meta):
        table = "revision"
        unique_together = (("document_id", "number"),)


class ReviewItem(Model):
    """A difference between a file and a document that staff changed, waiting for a person."""

    id = fields.IntField(primary_key=True)
    document: fields.ForeignKeyRelation[Document] = fields.ForeignKeyField(
        "catalogue.Document", related_name="review_items", on_delete=fields.CASCADE
    )
    document_id: int
    body = fields.TextField()  # the document as the file has it
    digest = fields.CharField(max_length=64)
    file = fields.CharField(max_length=200)
    at = fields.DatetimeField()
    state = fields.CharField(max_length=10)  # open, taken, declined or outdated
    decided_by = fields.CharField(max_length=120, null=True)
    decided_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "review_item"
        unique_together = (("document_id", "digest"),)
        indexes = (("state",),)


class Publication(Model):
    """One act of publishing: the history row of a catalogue version."""

    id = fields.IntField(primary_key=True)
    version = fields.IntField(unique=True)
    at = fields.DatetimeField(db_index=True)
    author = fields.CharField(max_length=120)
    note = fields.CharField(max_length=400, default="")
    added = fields.IntField()
    changed = fields.IntField()
    removed = fields.IntField()

    class Meta(Model.Meta):
        table = "publication"


class PublishedRevision(Model):
    """A revision the public saw, from catalogue version `since` until before `until`.

    Spans, not one row for each document and publication: with every council's
    entries in one catalogue a small correction adds one row, not thousands.
    """

    id = fields.IntField(primary_key=True)
    revision: fields.ForeignKeyRelation[Revision] = fields.ForeignKeyField(
        "catalogue.Revision", related_name="spans", on_delete=fields.CASCADE
    )
    revision_id: int
    since = fields.IntField()
    until = fields.IntField(null=True)  # null: still published

    class Meta(Model.Meta):
        table = "published_revision"
        unique_together = (("revision_id", "since"),)
        indexes = (("until",),)


class GeocoderTurn(Model):
    """The one row that gives the whole deployment one request to the geocoder at a time."""

    id = fields.IntField(primary_key=True, generated=False)
    free_at = fields.BigIntField()  # milliseconds since 1970: nobody may ask before

    class Meta(Model.Meta):
        table = "geocoder_turn"


class GeocoderAnswer(Model):
    """What a geocoder answered, until it expires. No typed text: see offer/geocoding/store.py."""

    key = fields.CharField(primary_key=True, max_length=64)  # SHA-256
    found = fields.TextField()  # JSON: [district, lat, lon] a place; [] = nothing found
    expires_at = fields.BigIntField(db_index=True)  # milliseconds since 1970

    class Meta(Model.Meta):
        table = "geocoder_answer"


class Feed(Model):
    """Another directory's Open Referral feed that we import from."""

    id = fields.IntField(primary_key=True)
    url = fields.CharField(max_length=600, unique=True)  # its base address; of a file `file:` and its name
    read_at = fields.DatetimeField(null=True)  # when the last reading of all of it began

    class Meta(Model.Meta):
        table = "feed"


class ImportedRecord(Model):
    """A record of a feed beside the document we made of it."""

    id = fields.IntField(primary_key=True)
    feed: fields.ForeignKeyRelation[Feed] = fields.ForeignKeyField(
        "catalogue.Feed", related_name="records", on_delete=fields.CASCADE
    )
    feed_id: int
    kind = fields.CharField(max_length=20)  # organisation, location or service
    remote_id = fields.CharField(max_length=80)
    document: fields.ForeignKeyRelation[Document] = fields.ForeignKeyField(
        "catalogue.Document", related_name="imported_from", on_delete=fields.CASCADE
    )
    document_id: int
    given = fields.TextField()  # JSON as the feed gave it; never shown, never rendered
    staged = fields.TextField()  # the body we last made of it: what staff changed since is seen against it
    first_seen = fields.DateField()
    missed = fields.IntField()  # whole readings since it was last there: at 2 it is withdrawn

    class Meta(Model.Meta):
        table = "imported_record"
        unique_together = (("feed_id", "kind", "remote_id"),)


class LookedFor(Model):
    """How often a day's searches for these words found nothing: see offer/looking/counter.py."""

    id = fields.IntField(primary_key=True)
    day = fields.DateField()
    words = fields.CharField(max_length=200)  # everyday words in alphabetical order, never a name or a number
    count = fields.IntField()

    class Meta(Model.Meta):
        table = "looked_for"
        unique_together = (("day", "words"),)


class Opened(Model):
    """How often the page of an entry or service was opened on a day."""

    id = fields.IntField(primary_key=True)
    day = fields.DateField()
    kind = fields.CharField(max_length=20)
    slug = fields.CharField(max_length=80)
    count = fields.IntField()

    class Meta(Model.Meta):
        table = "opened"
        unique_together = (("day", "kind", "slug"),)


class Feedback(Model):
    """What somebody told about an entry: nothing that says who. See offer/feedback/."""

    id = fields.IntField(primary_key=True)
    code = fields.CharField(max_length=8, unique=True)  # random: lets whoever told it come back
    slug = fields.CharField(max_length=80)  # the entitlement
    version = fields.IntField()  # of the catalogue when it came
    day = fields.DateField(db_index=True)  # never the time
    kind = fields.CharField(max_length=10)
    text = fields.TextField()  # numbers, postcodes and addresses of email blanked; may be ""
    state = fields.CharField(max_length=10)
    answer = fields.CharField(max_length=400, default="")  # what staff say to it, shown with the code

    class Meta(Model.Meta):
        table = "feedback"


class Helped(Model):
    """How often "This helped" was pressed for an entry on a day."""

    id = fields.IntField(primary_key=True)
    day = fields.DateField()
    slug = fields.CharField(max_length=80)
    count = fields.IntField()

    class Meta(Model.Meta):
        table = "helped"
        unique_together = (("day", "slug"),)
