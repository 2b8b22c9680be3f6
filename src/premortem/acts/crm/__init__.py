"""What of ours goes back to the firm's CRM."""
