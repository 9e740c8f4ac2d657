"""The words of our guides: what a topic is about, what to do first, the ways to learn and work.

They are content, in `words/*.yaml`, and not code. A sentence that states a fact rests on published
entries, or carries its own source; one whose entry is no longer in force is not shown.
"""
