"""What the offer of a council, or of England, does not hold yet, and where it contradicts itself."""
