"""Plain mail to staff by a mail server (SMTP). Off until SMTP_HOST is set; the public gets none."""
