"""Letters that GOV.UK Notify prints and posts: asked for, accepted, left."""
