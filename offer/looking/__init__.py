"""What people look for, counted so that it says nothing about anybody: for the managers' list of gaps."""
