"""Our labels over public corpora, as document ids and character offsets; how to load them, and to score against them."""
