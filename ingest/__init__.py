"""From a file to pages, sections, passages and metadata, and the jobs that do it."""
