"""Who does the work: this process or several. Scale changes only the executor."""
