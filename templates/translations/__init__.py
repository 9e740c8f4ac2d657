"""The fixed words: messages.pot is what can be said, each language's messages.po how it says it."""
