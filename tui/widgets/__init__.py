"""The parts of the chat's window."""
