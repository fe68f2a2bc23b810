"""Judge what comes in to the programme room."""
