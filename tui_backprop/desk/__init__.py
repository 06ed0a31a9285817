"""What happens at the workbench, in the builder, in lessons, at plots and with records, without a screen."""
