"""What the learner did: an append-only event log, its replay, and its exports."""
