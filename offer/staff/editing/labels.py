"""The form of an entry in words, field by field. The schema (offer/entitlements/schema.py) says the rest."""

from pydantic import BaseModel

from offer.entitlements.schema import (
    Amount,
    EasyRead,
    Entitlement,
    LegalBasis,
    Source,
    ToSay,
    Translation,
)
from offer.staff.editing.choices import (
    AREA_BASIS,
    CONFIDENCES,
    IN_FORCE,
    LANGUAGES,
    NATURES,
    STAGES,
    STATUSES,
    STRENGTHS,
    SYMBOLS,
    TOPIC_WORDS,
)
from offer.staff.editing.words import Section, Words

SOURCE = {
    "name": Words("What it is called", "Who wrote it and its title, such as “GOV.UK: Council Tax”."),
    "url": Words("Web address", "Leave it empty for a paper that is not on the web."),
    "seen": Words("Day you read it"),
    "dated": Words("Its own date", "As it is printed there, such as “April 2026”. Empty if it has none."),
}
CONFIDENCE = Words(
    "How sure we are", "Young people read this in plain words at the end of the page.", choices=CONFIDENCES
)
CHECKED = Words("Last checked", "The day you last held this page against its sources.")
REVIEW = Words("Check again by", "Within 6 months where there is money in it, within 12 otherwise.")
STAGE = Words(
    "Draft or public", "A draft is never shown, even after its change is published.", choices=STAGES
)
STAFF_NOTE = Words("Note for staff", "Never shown to the public. No names of young people.")
KNOWN_AS = Words(
    "Other words people use for it",
    "One on each line. Search finds the page by them: nicknames, initials, common misspellings.",
    lines=True,
)
AUTHORITY = Words("Whose it is", "It cannot be changed later.", options="authorities", widget="choice")
ID = Words(
    "Address of the page",
    "Leave it empty and it is made from the title. It cannot be changed later.",
)

WORDS: dict[type[BaseModel], dict[str, Words]] = {
    Source: SOURCE,
    LegalBasis: {
        "cite": Words("Act and section, or guidance", "Such as “Children Act 1989 s23C”."),
        "url": Words("Web address", "Leave it empty where there is none."),
        "read": Words("Have you read it yourself?"),
    },
    Amount: {
        "text": Words("In words", "As people read it: “£3,000, once”."),
        "pence": Words("In pounds", "Only where the source gives one figure.", widget="money", width=10),
        "per": Words("For each", "“year”, “week”, “once” or “course”.", width=10),
        "applies_to": Words("The year or group it is for", "Such as “the year from April 2026”."),
        "start": Words("First day it counts", "Empty if the source does not say."),
        "end": Words("First day it no longer counts", "Empty if the source does not say."),
    },
    EasyRead: {
        "sentences": Words("Sentences", "Three at most, very short.", one="sentence"),
        "symbol": Words("Symbol beside them", choices=SYMBOLS),
    },
    ToSay: {
        "first": Words("When they ask"),
        "if_no": Words("After a no"),
    },
    Translation: {
        "title": Words("Title"),
        "summary": Words("Summary", rows=3),
        "easy_read": Words("Easy read", "The sentences; the symbol is the one of the page.", one="sentence"),
        "what_you_get": Words("What you get", one="point"),
        "who_for": Words("Who it is for"),
        "steps": Words("How to get it", one="step"),
        "before_it_ends": Words("Before it ends", rows=2),
        "bring": Words("Have ready", lines=True),
        "if_told_no": Words("If they are told no"),
        "to_say": Words("Words to say", "What they mean: the English words are the ones to send."),
        "good_to_know": Words("Good to know", one="point"),
        "checked_by": Words(
            "Who has read these words",
            "A speaker of the language, by role: “a worker at our hub”. Empty: nobody.",
        ),
        "checked_on": Words("Last held against the English words"),
    },
    Entitlement: {
        "id": ID,
        "title": Words("Title", "Short, in the words a young person would use."),
        "authority": AUTHORITY,
        "area_basis": Words("Which council it turns on", choices=AREA_BASIS),
        "areas": Words(
            "Districts it covers",
            "Only for something a district gives to those who live there.",
            options="areas",
            widget="picks",
            one="place",
        ),
        "part_of": Words(
            "The right in all of England that this is your way of doing", options="entries", widget="choice"
        ),
        "topic": Words("Main topic", choices=TOPIC_WORDS),
        "more_topics": Words("Other topics it belongs to", choices=TOPIC_WORDS, folded=True),
        "stage": STAGE,
        "in_force": Words("Does it count now?", choices=IN_FORCE),
        "begins": Words(
            "First day", "Only where you know it. Before that day nobody is told that they get it."
        ),
        "ends": Words("First day on which it is over", "Only for something that stops."),
        "coming": Words("One sentence on what is coming", "Only for something that is not yet law."),
        "strength": Words("How strong it is", "It decides how the answer is worded.", choices=STRENGTHS),
        "nature": Words("Who decided it", choices=NATURES),
        "for_care_leavers": Words("Is it only for care leavers?"),
        "status": Words("How it stands", choices=STATUSES),
        "summary": Words("Summary", "One or two short sentences: what it is.", rows=3),
        "easy_read": Words("Easy read", "The page in a few words, with one picture."),
        "what_you_get": Words("What you get", "One point in each box.", one="point"),
        "amount": Words("How much"),
        "more_amounts": Words(
            "How much on other dates", "Put next April’s amount here as soon as it is known.", one="amount"
        ),
        "who_for": Words("Who can get it", "In plain words. The rule itself has its own page."),
        "steps": Words("Steps", "One step in each box, in order.", one="step", ordered=True),
        "before_it_ends": Words("What to do before it ends", "Empty: they are shown the first step.", rows=2),
        "bring": Words("Have ready", "Papers to have at hand, one on each line.", lines=True),
        "decided_by": Words("Who decides", "Such as “Your council”."),
        "ask": Words(
            "Who to ask", "As it ends a sentence that begins with “Ask”: “your personal adviser”.", rows=2
        ),
        "if_told_no": Words("If they are told no", "What to do, and who to go to."),
        "to_say": Words(
            "Words to say", "To read out or to send. Leave both empty and the page makes them from the rest."
        ),
        "good_to_know": Words("Good to know", "One point in each box.", one="point"),
        "not_sure": Words(
            "What we are not sure of",
            "What you could not confirm, one point in each box. Shown to everybody.",
            one="point",
        ),
        "also_known_as": KNOWN_AS,
        "legal_basis": Words("The law", one="law"),
        "sources": Words("Sources", "Where each fact was read.", one="source"),
        "confidence": CONFIDENCE,
        "checked_on": CHECKED,
        "review_by": REVIEW,
        "translations": Words(
            "Languages it is in", "What you leave out is shown in English.", one="language", choices=LANGUAGES
        ),
        "staff_note": STAFF_NOTE,
    },
}

CARRIED: dict[type[BaseModel], dict[str, str]] = {
    Entitlement: {"rule": "the rule builder", "terms": "terms by district and date"}
}

SECTIONS = (
    Section(
        "what",
        "What it is",
        ("title", "summary", "topic", "more_topics", "what_you_get", "amount", "more_amounts"),
    ),
    Section("who", "Who it is for", ("who_for", "for_care_leavers")),
    Section(
        "how",
        "How to get it",
        ("steps", "bring", "before_it_ends", "decided_by", "ask", "if_told_no", "to_say"),
    ),
    Section("more", "What else helps", ("good_to_know", "not_sure", "easy_read", "also_known_as")),
    Section(
        "where",
        "Where and when it counts",
        (
            "authority",
            "area_basis",
            "areas",
            "part_of",
            "nature",
            "strength",
            "status",
            "in_force",
            "begins",
            "ends",
            "coming",
        ),
    ),
    Section(
        "sources",
        "Where this comes from",
        ("sources", "legal_basis", "confidence", "checked_on", "review_by"),
    ),
    Section("languages", "In other languages", ("translations",)),
    Section("staff", "For staff", ("stage", "staff_note", "id")),
)
