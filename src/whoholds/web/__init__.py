"""The map: who holds what as each source tells it, served to browsers and to programs. Needs the extra `web`."""
