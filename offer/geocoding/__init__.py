"""The online geocoder as the service uses it: its cache and turn in the database, its place in the app."""
