"""Says where physics is wrong, and proposes the term that would put it right."""
