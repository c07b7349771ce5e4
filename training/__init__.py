"""How the weights came to be: from public corpora to `src/counterclaim/weights/` in one command."""
