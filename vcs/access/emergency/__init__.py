"""A case opened in an emergency by somebody who may not see it: recorded, told, for hours."""
