"""What turns the labelled corpus into the default reader. Not part of the package that firms install."""
