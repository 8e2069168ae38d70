"""In which words, language and format a letter may go."""
