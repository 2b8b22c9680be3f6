"""What a firm sees of its deals: reviews, lists, pages, call sheets, coaching."""
