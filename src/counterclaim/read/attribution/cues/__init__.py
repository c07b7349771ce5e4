"""Finding cues: one file a kind of cue, each from the tree to drafts; then what cues do to each other, and how wide they are."""
