"""Pictures: documents in, the places of lines and shapes out; templates draw them as SVG."""
