"""How often costly or guessable pages may be asked for: fair to who shares an address, and to everybody else.

Nothing is written down: counts live in the memory of one process, under a digest that no other process can
make, and go as soon as they count no more.
"""
