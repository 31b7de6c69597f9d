"""What the reader follows: matters one by one, and news of their community by kind."""
