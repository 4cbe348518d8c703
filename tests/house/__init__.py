"""What holds for the whole house. Each test says which promise it keeps, and finds by itself what there is."""
