"""Documents as sheets that people edit in a spreadsheet, and back: pure, no database, no clock.

Out: documents → rows of cells → XLSX or CSV. In: bytes somebody sent → grids of cells → a trial that
tells, row by row, what would change. Nothing here writes; see offer/staff/exchange.py.
"""
