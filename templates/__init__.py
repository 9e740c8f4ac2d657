"""All that a browser receives: pages, styles and scripts, and the step that builds them."""
