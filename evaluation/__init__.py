"""Does it work: scorers over public corpora, one module for each, and the gate that holds their floors."""
