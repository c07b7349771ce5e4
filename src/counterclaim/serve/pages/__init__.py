"""One module a page: what it loads, as plain values. Templates of the same names show them; none of either builds SQL."""
