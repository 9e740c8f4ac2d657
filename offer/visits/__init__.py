"""The shared visit: two people, two phones, one answer, for at most two hours.

Nothing that is said in a visit can be read in the database: it is sealed with a key of 256 random
bits which only the cookies of the two people carry. When the visit ends its rows are erased.
"""
