"""What the map costs: its first view, and states asked by many clients at once, on a store of 20,000 places."""
