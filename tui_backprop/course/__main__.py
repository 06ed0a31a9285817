"""``python -m tui_backprop.course``: reads the shipped course once, so that each lesson opens at once from now on.

For whoever installs the program for others, who cannot write into its folders.
"""

from tui_backprop.course.library import courses, exercises, lessons, load_lesson

if __name__ == "__main__":
    exercises()
    for entry in lessons():
        if entry.course == courses()[0].name:
            load_lesson(entry.name)
