"""How much an upload may hold. Well above the whole of a council's sheets, well below what hurts."""

UPLOAD = 5 * 1024 * 1024  # bytes of a file as it is sent
UNPACKED = 30 * 1024 * 1024  # bytes of all that a zip (a spreadsheet is one) unpacks to
UNPACKED_PART = 20 * 1024 * 1024  # of one file in it
RATIO = 200  # how many times larger a file in a zip may be than it is packed; honest XML is under 50
PARTS = 4_000  # files in a zip
SHEETS = 20
ROWS = 5_000  # of one sheet, below its headings
COLUMNS = 200
CELL = 32_767  # signs; what Excel itself can hold
PLAN = 600_000  # bytes of what one upload may change: it is carried by a form, through a lost session too
