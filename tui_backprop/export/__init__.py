"""Documents and scripts: worked solutions, worksheets, plots, marks and progress, for paper, files and pipes."""
