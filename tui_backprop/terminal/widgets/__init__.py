"""Widgets that know nothing of quizzes: plain data in, messages out."""
