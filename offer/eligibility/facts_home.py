"""Facts about home, rent and council tax."""

from __future__ import annotations

from offer.eligibility.fact import Fact, Gate, Option, yes_no

FACTS_HOME: tuple[Fact, ...] = (
    Fact(
        "tenure",
        "choice",
        "What kind of home do you live in now?",
        "Help with rent and staying on depends on the kind of home.",
        options=(
            Option(
                "private_rent",
                "I rent from a private landlord",
                "you rent from a private landlord",
                "who rent from a private landlord",
            ),
            Option(
                "social_rent",
                "I rent from the council or a housing association",
                "you rent from the council or a housing association",
                "who rent from the council or a housing association",
            ),
            Option(
                "supported",
                "Supported housing or supported lodgings",
                "you live in supported housing or lodgings",
                "who live in supported housing or lodgings",
            ),
            Option(
                "foster", "With foster carers", "you live with foster carers", "who live with foster carers"
            ),
            Option(
                "staying_put",
                "With my old foster carers, since I turned 18 (Staying Put)",
                "you stay on with your old foster carers (Staying Put)",
                "who stay on with their old foster carers",
            ),
            Option(
                "parental_home",
                "With a parent or family",
                "you live with a parent or family",
                "who live with a parent or family",
            ),
            Option("halls", "Student halls", "you live in student halls", "who live in student halls"),
            Option(
                "none",
                "None of these, or nowhere settled",
                "you have no settled home",
                "who have no settled home",
            ),
        ),
        changeable=3,
    ),
    yes_no(
        "homeless_or_threatened",
        "Are you homeless, or could you lose your home soon?",
        "The council's housing team has duties to you. "
        "Sleeping on sofas counts, and so does being told to leave.",
        "you are homeless or may lose your home soon",
        "you are not homeless and not about to lose your home",
        "who are homeless or may lose their home soon",
        "who are not homeless and not about to lose their home",
        sensitivity=1,
    ),
    yes_no(
        "moving_into_or_in_independent_home",
        "Are you moving into your first own home, or have you just moved in?",
        "Your council gives money to set up your first home.",
        "you are moving into your first own home, or have just moved in",
        "you are not moving into your first own home",
        "who are moving into their first own home, or have just moved in",
        "who are not moving into their first own home",
        changeable=3,
    ),
    yes_no(
        "needs_vacation_accommodation",
        "Do you need somewhere to stay in the holidays, when your room at college or university is closed?",
        "Your council must help you find, or pay for, somewhere to stay in the holidays.",
        "you need somewhere to stay in the holidays",
        "you do not need somewhere to stay in the holidays",
        "who need somewhere to stay in the holidays",
        "who do not need somewhere to stay in the holidays",
        needs=(Gate("in_education", ("he_ft", "fe_ft_residential")),),
    ),
    yes_no(
        "area_runs_staying_close",
        "Does your council have a Staying Close scheme?",
        "Staying Close is for people leaving a children's home. "
        "It gives a home nearby and a worker you know. Your adviser can tell you.",
        "your council has a Staying Close scheme",
        "your council does not have a Staying Close scheme",
        "whose council has a Staying Close scheme",
        "whose council does not have a Staying Close scheme",
    ),
    yes_no(
        "liable_for_council_tax",
        "Is your name on the council tax bill?",
        "The person named on the bill has to pay it. Care leavers often pay less, or nothing.",
        "your name is on the council tax bill",
        "your name is not on the council tax bill",
        "whose name is on the council tax bill",
        "whose name is not on the council tax bill",
        changeable=2,
    ),
    yes_no(
        "only_adult_in_home",
        "Are you the only person aged 18 or over who lives in your home?",
        "The bill is a quarter lower for a person who lives alone.",
        "you are the only adult in your home",
        "another adult lives in your home",
        "who are the only adult in their home",
        "who live with another adult",
    ),
    yes_no(
        "without_parental_support",
        "Do you have no parent, or person acting as one, who supports you?",
        "Some benefits and study money are for people with no parents to help them. "
        "Say yes if you cannot live with them because it would not be safe, or have lost touch. "
        "Your council does not count as a parent here.",
        "no parent supports you",
        "a parent, or someone acting as one, supports you",
        "who have no parent to support them",
        "who have a parent, or someone acting as one, to support them",
        sensitivity=2,
    ),
)
