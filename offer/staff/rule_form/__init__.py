"""A rule as a form of lines, and back: the same tree as the YAML, for people who do not write YAML. Pure.

tree → `lines.line_of` → `fields.fields_of` → a page → `fields.read` → `tree.written` → tree. What the form
cannot show is carried through unchanged as a line of kind "yaml", so that nothing of a rule is ever lost.
"""
