"""Whether the sources we cite still stand and say the same: asked weekly, where switched on."""
