"""The licence of everything we publish as data. The code's own is in LICENSE."""

LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
LICENCE_NAME = "Open Government Licence v3.0"
