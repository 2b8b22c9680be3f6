"""What `import premortem` hands out: a thin door over acts, for scripts and notebooks."""
