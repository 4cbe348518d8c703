"""What the census of 2023/24 changed."""
