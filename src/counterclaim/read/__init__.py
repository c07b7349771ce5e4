"""From an article to its claims, each with who makes it: one module or folder for each stage, named for what it yields."""
