"""Papers made for people: matrices and drafts as Word, Excel and Markdown."""
