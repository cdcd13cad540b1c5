"""A project's beginning: contacts found where they are, and the configuration that reads them."""
