"""One module a migration, named for the change it makes."""
