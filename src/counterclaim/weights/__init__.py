"""The bundled language weights: files only; MODEL.md says what they are and where they come from."""
