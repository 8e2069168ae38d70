"""In which words, language and format a letter goes."""
