"""``python -m tui_backprop.course``: reads the shipped course once, so that it opens at once from now on.

For whoever installs the program for others, who cannot write into its folders.
"""

from tui_backprop.course.library import courses, exercises, lessons, load, load_lesson

if __name__ == "__main__":
    shipped = courses()[0].name
    for read, entries in ((load, exercises()), (load_lesson, lessons())):
        for entry in entries:
            if entry.course == shipped:
                read(entry.name)
