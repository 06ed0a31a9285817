"""The tutor in a browser: each visitor has a process, and records of their own."""
