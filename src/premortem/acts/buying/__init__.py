"""The buyer's side: their project and room, trials, problems, content, relations, what is known of them."""
