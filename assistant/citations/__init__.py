"""Citations as people write them."""
