"""What golden customers are exported as: one small module a form."""
