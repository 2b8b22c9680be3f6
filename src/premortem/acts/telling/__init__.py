"""What a person tells of a deal: which facts are right, who is who, what is set aside or forgotten."""
