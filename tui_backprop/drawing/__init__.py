"""Pictures made of cells: the canvas, the diagrams, pictures of text and of geometry. No terminal is needed."""
