"""What happens at the workbench, in the builder, at the end of an exam: without a screen."""
