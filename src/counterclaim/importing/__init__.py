"""
Readers of what others made: dictionaries of actors, dumps of places. What they give is written to a file, which `read` then uses.

    petrarch   a PETRARCH or TABARI actor dictionary -> a table of your own actors
    geonames   the dump of GeoNames -> places, for
    compiler   places -> a gazetteer
"""
