"""An invented later version of this service: the real steps and two more. See test_migrate_later.py.

The real steps' folder is put on this package's path, so that the invented steps
follow whatever real ones there are.
"""

from offer.db import migrations as real

__path__ = [*real.__path__, *__path__]
