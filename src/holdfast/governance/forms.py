"""What a person may type in this room. A label is a question; an error says what to do."""
