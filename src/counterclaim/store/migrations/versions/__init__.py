"""One module for each change of the tables, oldest first; none is changed once it was released."""
