"""Full screens, each with its keys in one place. They are imported when they are first shown."""
