"""Those who look after the pages: who they are, what each may do, and what was done."""
