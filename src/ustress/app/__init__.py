"""The application: browser pages and an HTTP interface over the workflows; no arithmetic here."""
