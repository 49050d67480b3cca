"""The HTTP API: a front end of `assistant.service`, which never imports it."""
