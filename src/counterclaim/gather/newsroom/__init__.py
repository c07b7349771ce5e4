"""
What newsrooms and their readers exchange: NITF, NewsML-G2, mail, PDF, DOCX, RTF.

One file a format; each turns bytes into pages, or into lines, which may be a download of a database all the same.
"""
