"""Questions become cited answers; `service.Assistant` is the one door."""
