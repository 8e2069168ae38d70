"""Lists as files: for a spreadsheet, and days for a calendar."""
