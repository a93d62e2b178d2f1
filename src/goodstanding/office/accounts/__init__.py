"""Accounts: how allauth is bent to ours. There is no registration, and no mail is sent."""
