"""Drafts checked: every reference resolved, every quotation compared."""
