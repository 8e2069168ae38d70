"""Values out of a message whose shape is not trusted: days, shapes, what is wrong by path."""
