"""Print batches and letters that came back, on the pages."""
