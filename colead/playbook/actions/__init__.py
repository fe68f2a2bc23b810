"""Verbs of the playbook, one module a topic."""
