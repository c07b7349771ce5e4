"""Who says so, and through whom: speakers, owners, carriers, and how far their phrases reach."""
