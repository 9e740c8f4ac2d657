"""Places, organisations and services, in the words of HSDS and ONS."""
