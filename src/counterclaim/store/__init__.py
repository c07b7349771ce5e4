"""Everything read, kept in a database: the only package that speaks SQL."""
