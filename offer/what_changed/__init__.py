"""What changed, for the public: read once with a new catalogue, told in plain words, kept in memory."""
