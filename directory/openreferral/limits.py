"""How much of a stranger's feed we take: what is beyond is refused, never taken in part without a word."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one import. The standard's largest known feed has 3,671 services of about 13.5 kB each."""

    reply_bytes: int = 8_000_000  # one reply, unpacked
    all_bytes: int = 500_000_000  # all replies together, as they came over the line and unpacked
    reply_seconds: float = 60
    all_seconds: float = 3_600
    redirects: int = 5
    pages: int = 2_000
    services: int = 20_000
    record_bytes: int = 200_000  # one service with all it holds, as we keep it
    failures: int = 10  # replies that fail one after another: then the feed is away
