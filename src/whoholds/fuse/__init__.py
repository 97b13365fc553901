"""Claims → timelines of control per place: linking, weighing, and the rules of what a claim does. All of it pure."""
