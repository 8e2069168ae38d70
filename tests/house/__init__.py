"""The rules of the house, as tests that stop the build."""
