"""Where the engine departs from its own documentation, as reported; set to False once the engine follows it."""

ENGINE = {
    # phases/review.py, Draws: RATING_NOISE, IDEA and IDEA_STRENGTH are said to be drawn by person and brand
    "the brand is missing in the address of noise and ideas": True,
    # phases/review.py: "Employees never rate their own brand"; they do under opinion, and once they lapsed
    "employees rate their own brand under opinion and after they left it": True,
    # events: "the brand enters the market at step: before, nobody hears of it"; opinions about it are posted
    "people state opinions about brands not yet launched": True,
    # model.md 3: after_failure holds "in the step after any failure of the brand"; not for who buys again then
    "people who buy again forget the failure of the step before": True,
    # policies/fix_worst.py: "once at work the team stays with its process and looks again every review_every steps"
    "a team without money forgets which process it was fixing": True,
}
