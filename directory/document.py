"""What every directory document is made of: strict, frozen, and a few checked kinds of text."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Gss = Annotated[str, StringConstraints(pattern=r"^E[0-9]{8}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=600)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=200)]
Postcode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$")]
PhoneNumber = Annotated[str, StringConstraints(pattern=r"^[0-9][0-9 ]{1,16}[0-9]$")]


class Document(BaseModel):
    """An unknown key is a fault, never ignored; a document never changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)
