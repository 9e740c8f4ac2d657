"""How a process looks from outside: whether it should get requests, what is wrong with it, its figures."""
