"""Widgets that know nothing of quizzes: plain data goes in, messages come out."""
