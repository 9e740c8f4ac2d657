"""Coverage-guided noise into everything that reads what people send: see `python -m tests.fuzz --help`.

Each target in `targets/` is one reader with its contract: what may be raised, and what must hold of what
comes out. `make fuzz` lets atheris look for inputs that break a contract; what it finds, and the seeds it
begins from, stand in `corpus/`, which the ordinary tests replay without atheris.
"""
