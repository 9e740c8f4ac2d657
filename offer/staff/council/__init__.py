"""Signing in with a council's own accounts, by OpenID Connect. Off until the settings name a provider.

What the provider says is believed about one thing only: that the person at the browser is the same
subject as before. No name, email address, group or role is asked for or read: an account here is made
by an invitation, and belongs to a subject once its owner has shown both.
"""
