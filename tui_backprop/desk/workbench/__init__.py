"""The workbench without its screen: an exercise that is being done, what the learner does, and what is shown."""
