"""Small numbers: which counts are withheld, so that none tells of a few people. Pure."""
