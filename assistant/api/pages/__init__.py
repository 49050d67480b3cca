"""The pages that people read: rendered on the server, and the same for every reader."""
