"""What is run by hand to make files of this repository; never imported by the package."""
