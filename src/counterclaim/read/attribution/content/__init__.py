"""What is said: the stretch of text that a cue governs, stands beside or stands in."""
