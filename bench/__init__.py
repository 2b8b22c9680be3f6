"""What is measured of the product, each by a command of the Makefile. Not part of the package that firms install."""
