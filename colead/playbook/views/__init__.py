"""Views of the playbook, one module a topic."""
