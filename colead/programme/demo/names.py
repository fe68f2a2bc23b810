"""Names of schools that do not exist, as many as a demo needs; always the same ones in the same order."""

from itertools import islice, product

PLACES = (
    ("Maple", "Cedar Falls"), ("Birch", "Harlow"), ("Juniper", "Dry Creek"), ("Alder", "Millbrook"),
    ("Willow", "Stone Ferry"), ("Sycamore", "Pine Level"), ("Laurel", "Marsh End"), ("Hickory", "Old Bethel"),
    ("Dogwood", "Clay Hill"), ("Magnolia", "Ashby"), ("Chestnut", "Barrow"), ("Redbud", "Linville"),
    ("Cypress", "Low Bridge"), ("Hawthorn", "Fairmead"), ("Poplar", "Quarry Town"), ("Linden", "Saluda Bend"),
    ("Aspen", "Kirkwood"), ("Sumac", "Rowan"), ("Tupelo", "Gray Court"), ("Mulberry", "Wells"),
    ("Elder", "New Prospect"), ("Hazel", "Tigerville"), ("Larch", "Union Mill"), ("Rowan", "Beaufain"),
    ("Catalpa", "Edisto Ridge"),
)  # fmt: skip
KINDS = (
    "Street Elementary", "Grove Middle School", "Hill Elementary", "High School",
    "Lake Elementary", "Ridge Middle School", "Valley Elementary", "Park Elementary",
)  # fmt: skip


def schools(count: int) -> list[tuple[str, str]]:
    """Return (name, place) of so many schools, no name twice; there are 200."""
    pairs = [(f"{tree} {kind}", f"{town}, South Carolina") for kind, (tree, town) in product(KINDS, PLACES)]
    step = 9  # coprime with 200: neighbours in the list differ in both parts of their name
    return list(islice((pairs[place * step % len(pairs)] for place in range(len(pairs))), count))


PRIORITIES = (
    ("structures", "One hour a week in which every grade plans together, and that no one can take for cover."),
    ("influence", "Say before each decision who decides, and tell everybody what became of what they said."),
    ("relationships", "Go and see each other teach, twice a term, without a form."),
    ("improvement", "Try things for two weeks, look at what happened, then keep them or stop."),
    ("capacity", "Find out what everybody here is good at, and give those people time to teach it."),
    ("vision", "Write down together what a good day for a child looks like here."),
    ("administration", "Take three things off the principal’s desk that others can decide better."),
)
SHARED = (
    ("Two grades swapped their planning hour, and both kept it.", "Ask the specials who is free on Tuesdays."),
    ("Staff saw the survey the day it closed. Forty stayed to talk.", "Choose one thing to answer by December."),
    ("Our walk-throughs go both ways now. The principal was first.", "Let the paras choose what to look at."),
    ("We stopped the Friday bulletin. Nobody missed it.", "See whether the board in the hall is read."),
)
ASKS = (
    ("theory", "Our theory of action reads like a wish. Could somebody look at it with us?"),
    ("impact", "We tried a new block for three weeks. How do we find out whether it did anything?"),
    ("people", "Two of our members change schools in January. How do we hand over without stopping?"),
    ("path", "We are done with our first condition, and cannot agree which comes next."),
)
