"""The store as web pages, server-rendered, each with a `.json` twin; needs the extra `server`."""
