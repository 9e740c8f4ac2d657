"""The topics people browse by, and what each kind of service is called.

The slugs are those of the JSON API and do not change.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic's slug, its plain title and one short line on what is in it."""

    slug: str
    title: str
    about: str


_ALL = (
    Topic("adviser-and-rights", "Your adviser and your rights", "Who must help you, and how to speak up."),
    Topic("money", "Money and benefits", "Benefits, grants, savings and help when money runs out."),
    Topic("council-tax", "Paying less council tax", "Money off the bill, or no bill at all, where you live."),
    Topic("housing", "A place to live", "Setting up home, renting, staying put and being homeless."),
    Topic("education", "School, college and university", "Bursaries, support and where to stay in holidays."),
    Topic("work", "Work and training", "Apprenticeships, jobs, work experience and getting ready."),
    Topic("health", "Health and feelings", "Doctors, dentists, prescriptions, and how you feel."),
    Topic("travel-and-leisure", "Travel, sport and fun", "Bus passes, driving, gyms, days out."),
    Topic(
        "documents-and-immigration", "Papers and passports", "Proof of who you are, and your right to stay."
    ),
    Topic("justice", "Police, courts and prison", "If you are in trouble, in prison, or hurt by a crime."),
    Topic("parents", "Being a parent", "Help before a baby comes and while you bring up a child."),
    Topic("voice", "Family, friends and having a say", "Staying in touch, your story, and being heard."),
    Topic("digital", "Phones and internet", "Devices, data and learning to use them."),
    Topic("help-now", "Help now", "In danger, nowhere to sleep, no food or heat."),
)
TOPICS: Mapping[str, Topic] = MappingProxyType({topic.slug: topic for topic in _ALL})

KIND_TITLES: Mapping[str, str] = MappingProxyType(
    {
        "care-leaver-hub": "Hub for care leavers",
        "leaving-care-team": "Leaving care team",
        "council-office": "Council office",
        "advocacy": "Someone to speak up for you",
        "advice": "Advice",
        "complaints": "Complaints",
        "information": "Information",
        "supported-housing": "Housing with support",
        "housing-advice": "Housing advice",
        "housing-register": "Housing list",
        "council-tax": "Council tax team",
        "employment": "Work and training",
        "education": "Learning",
        "health": "Health",
        "justice": "Police, courts and prison",
        "participation": "Have your say",
        "safety": "Staying safe",
        "crisis": "Urgent help",
    }
)
