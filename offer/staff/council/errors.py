"""What can go wrong with a provider. The texts are for the log: no secret, nothing about a person."""


class ProviderError(Exception):
    """A provider could not be used."""


class ProviderAway(ProviderError):  # noqa: N818 - read as words where it is raised
    """The provider does not answer, or not as one does."""


class NotBelieved(ProviderError):  # noqa: N818 - read as words where it is raised
    """An answer that must not be acted on."""


class TooWeak(NotBelieved):
    """Signed in there without a second factor, or the provider does not say."""


class UnknownKey(NotBelieved):
    """Signed with a key that was not handed in: the provider may have new ones."""
