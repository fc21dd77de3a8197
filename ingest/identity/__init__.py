"""Who a text identifies: numbers and names of children, victims and witnesses, and the same text without them."""
