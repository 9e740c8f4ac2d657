"""Facts about age, place and the right to be in the UK."""

from __future__ import annotations

from offer.eligibility.fact import Fact, Gate, Option, yes_no

_DOB = ("date_of_birth",)

NATIONS = (
    ("england", "England"),
    ("wales", "Wales"),
    ("scotland", "Scotland"),
    ("northern_ireland", "Northern Ireland"),
)

FACTS_YOU: tuple[Fact, ...] = (
    Fact(
        "date_of_birth",
        "date",
        "What is your date of birth?",
        "Most help starts or stops on a birthday. With the date we can tell you the exact day.",
        yes="you were born on {value}",
        people="who were born {range}",
    ),
    Fact(
        "age_years",
        "int",
        "How old are you?",
        "Most help starts or stops at an age.",
        yes="you are {value}",
        people="who are {range}",
        derived=True,
        inputs=_DOB,
        unit="years",
        most=120,
    ),
    Fact(
        "age_months",
        "int",
        "How old are you, in months?",
        "A few things start at an age in months, like 15 years and 9 months.",
        yes="you are {value} old",
        people="who are {range} old",
        derived=True,
        inputs=_DOB,
        unit="months",
        most=1451,
    ),
    Fact(
        "days_to_18th_birthday",
        "int",
        "How many days are there until you turn 18?",
        "Some claims can be started a few weeks before you turn 18.",
        yes="you turn 18 in {value}",
        people="who turn 18 in {range}",
        derived=True,
        inputs=_DOB,
        unit="days",
        most=6576,
    ),
    Fact(
        "age_on_31_august",
        "int",
        "How old were you on 31 August, before this school year began?",
        "Colleges go by your age on the last 31 August, not your age today.",
        yes="you were {value} on 31 August, before this school year began",
        people="who were {range} on 31 August, before this school year began",
        derived=True,
        inputs=_DOB,
        unit="years",
        most=120,
    ),
    Fact(
        "postcode",
        "postcode",
        "What is the postcode where you live?",
        "It tells us which council sends the council tax bill and runs housing near you. We do not keep it.",
    ),
    Fact(
        "lives_in",
        "area",
        "Where do you live now?",
        "Council tax and housing help depend on the council where you live.",
        yes="you live in {value}",
        people="who live in {range}",
        sensitivity=1,
    ),
    Fact(
        "responsible_authority",
        "area",
        "Which council looked after you?",
        "The council that looked after you gives you your adviser and most of your money help, "
        "wherever you live now. If you were never in care, choose the council where you live.",
        yes="the council that looked after you is {value}",
        people="who were looked after by {range}",
        sensitivity=1,
    ),
    Fact(
        "responsible_authority_nation",
        "choice",
        "Which country is the council that looked after you in?",
        "Leaving care law is different in England, Wales, Scotland and Northern Ireland.",
        options=tuple(
            Option(
                value,
                label,
                f"the council that looked after you is in {label}",
                f"who were looked after by a council in {label}",
            )
            for value, label in NATIONS
        ),
        derived=True,
        inputs=("responsible_authority",),
    ),
    Fact(
        "residence_nation",
        "choice",
        "Which country do you live in now?",
        "Some help is only for people who live in England.",
        options=tuple(
            Option(value, label, f"you live in {label}", f"who live in {label}") for value, label in NATIONS
        ),
        derived=True,
        inputs=("lives_in",),
    ),
    Fact(
        "immigration",
        "choice",
        "Which of these is true about your right to be in the UK?",
        "Your council helps whatever your papers say. Benefits and some study money depend on them.",
        options=(
            Option(
                "citizen_or_settled",
                "I am British or Irish, or I am settled here",
                "you are British or Irish, or settled here",
                "who are British or Irish, or settled here",
            ),
            Option(
                "leave_public_funds",
                "I have permission to stay and can claim benefits",
                "you have permission to stay and can claim benefits",
                "who have permission to stay and can claim benefits",
            ),
            Option(
                "leave_nrpf",
                "I have permission to stay but cannot claim most benefits (no recourse to public funds)",
                "you have permission to stay but cannot claim most benefits",
                "who have permission to stay but cannot claim most benefits",
            ),
            Option(
                "asylum_pending",
                "I asked for asylum and am waiting for the answer, or for an appeal",
                "you are waiting for an answer about asylum",
                "who are waiting for an answer about asylum",
            ),
            Option(
                "no_leave_appeal_rights_exhausted",
                "I do not have permission to stay and all my appeals have been refused",
                "you do not have permission to stay and all your appeals have been refused",
                "who do not have permission to stay and whose appeals have all been refused",
            ),
        ),
        sensitivity=3,
    ),
    yes_no(
        "is_british_citizen",
        "Are you a British citizen?",
        "Children in care can become British without paying the fee.",
        "you are a British citizen",
        "you are not a British citizen",
        "who are British citizens",
        "who are not British citizens",
        sensitivity=3,
    ),
    yes_no(
        "british_registration_route",
        "Has an adviser told you that you can apply to become British?",
        "There are several ways to become British. An adviser has to check which one fits you.",
        "an adviser has found a way for you to become British",
        "there is no way yet for you to become British",
        "who have a way to become British",
        "who have no way yet to become British",
        sensitivity=3,
        needs=(Gate("is_british_citizen", (False,)),),
    ),
    yes_no(
        "human_rights_assessment_supports",
        "Has your council done a human rights check and decided that it must support you?",
        "When all appeals have been refused, the council has to do this check before it can say yes or no.",
        "your council has decided, after a human rights check, that it must support you",
        "your council has decided, after a human rights check, that it will not support you",
        "whose council has decided, after a human rights check, that it must support them",
        "whose council has decided, after a human rights check, that it will not support them",
        sensitivity=3,
        needs=(Gate("immigration", ("no_leave_appeal_rights_exhausted",)),),
    ),
    yes_no(
        "student_finance_residence_met",
        "Have you lived in the UK long enough for student finance?",
        "Student finance has its own test about where you have lived. "
        "Most people who grew up here, or have refugee status, pass it.",
        "you pass the student finance test about where you have lived",
        "you do not pass the student finance test about where you have lived",
        "who pass the student finance test about where they have lived",
        "who do not pass the student finance test about where they have lived",
        sensitivity=2,
        needs=(Gate("in_education", ("he_ft", "he_pt", "he_applicant")),),
    ),
    yes_no(
        "in_custody",
        "Are you in prison or a young offender institution?",
        "Your council's duties go on inside. Most benefits stop.",
        "you are in prison or a young offender institution",
        "you are not in prison or a young offender institution",
        "who are in prison or a young offender institution",
        "who are not in prison or a young offender institution",
        sensitivity=3,
    ),
)
