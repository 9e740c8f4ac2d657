"""In a language that says everything, no public page has English left but the words of its content."""

from collections.abc import Iterator, Mapping

import httpx2
import pytest

from offer.languages.address import is_translated
from offer.published import Published
from tests.offer.pages.pseudo import PSEUDO, Content, English, tongue

LINCOLNSHIRE, COUNTY_DURHAM = "E10000019", "E06000047"
NORTH_KESTEVEN, CAMDEN, SWANSEA = "E07000139", "E09000007", "W06000011"
LIST = f"things=setting-up-home-allowance,council-tax-care-leaver-discount&by={LINCOLNSHIRE}"
PAGES = (
    "/", "/start-again", "/entitlements/setting-up-home-allowance",
    "/entitlements/lincolnshire-setting-up-home-grant", "/entitlements/council-tax-care-leaver-discount",
    "/entitlements/nhs-help-with-costs-existing", "/entitlements/nhs-help-with-costs-existing/easy",
    "/entitlements/bus-travel/feedback", "/feedback", "/feedback/thanks", "/what-happens-when", "/search",
    f"/search?q=driving+lessons&by={LINCOLNSHIRE}", "/search?q=gym&age=19", "/search?q=xylophone+zzyzx",
    f"/search?topic=money&lives_in={NORTH_KESTEVEN}&page=2",
    "/my-list", f"/my-list?{LIST}", "/print", f"/print?{LIST}", f"/print/custody?by={COUNTY_DURHAM}",
    "/compare", f"/compare?councils={COUNTY_DURHAM},{LINCOLNSHIRE}", "/languages", "/topics",
    f"/topics/housing?by={LINCOLNSHIRE}", "/topics/seeking-asylum", "/topics/work", "/topics/justice",
    "/housing", f"/housing/{NORTH_KESTEVEN}", f"/housing/{CAMDEN}", f"/housing/{SWANSEA}", "/routes",
    "/council-tax", "/council-tax/map", f"/council-tax/map/{LINCOLNSHIRE}", f"/council-tax/{NORTH_KESTEVEN}",
    f"/council-tax/{COUNTY_DURHAM}", f"/council-tax/{SWANSEA}",
    f"/council-tax/{COUNTY_DURHAM}/compare?with={NORTH_KESTEVEN}&age=22",
    "/help-nearby", f"/help-nearby?in={NORTH_KESTEVEN}&topic=housing&open=yes", "/coverage",
    f"/coverage?council={LINCOLNSHIRE}", "/help-now", f"/help-now?by={LINCOLNSHIRE}", "/services",
    f"/services?in={COUNTY_DURHAM}", "/organisations/durham-county-council",
    "/services/housing-north-kesteven", "/services/framework-lincs", "/services/durham-care-leavers-service",
    "/visit", "/join", "/adviser", "/caseload", "/no-signal", "/about",
    "/privacy", "/cookies", "/accessibility", "/words", "/nowhere", "/what-changed",
    f"/what-changed/{LINCOLNSHIRE}", "/entitlements/bus-travel/what-changed",
)  # fmt: skip
PERSON = {
    "dob-day": "20", "dob-month": "4", "dob-year": "2007", "place": "NG34 7EF",
    "responsible_authority": LINCOLNSHIRE, "care_when": "left_at_18", "care_13_weeks": "true",
}  # fmt: skip
POSTED: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("/results", PERSON),
    ("/results", {**PERSON, "law": "all"}),
    ("/results", {**PERSON, "edit": "every"}),
    ("/results", {"age_years": "15", "place": "Swansea"}),
    ("/results", {"age_years": "30", "place": "NG34", "care_when": "left_at_16_or_17"}),
    ("/results", {"dob-day": "31", "dob-month": "2", "dob-year": "2007", "place": "QQ1 1QQ"}),
    ("/what-happens-when", PERSON),
    ("/print", PERSON),
    ("/adviser", PERSON),
    ("/search", {**PERSON, "look": "council tax"}),
    ("/search", {"q": "kicked out and nowhere to sleep tonight"}),
    ("/search", {"q": "gym", "age": "nineteen and a half"}),
    ("/help-nearby", {"place": "DH1 5UL"}),
    ("/council-tax", {"place": "NG34"}),
    ("/entitlements/bus-travel/feedback", {}),
    ("/entitlements/setting-up-home-allowance", PERSON),
)
# What stays English on purpose, by how it begins, with the reason. Documents, the API and a room that
# two people share have one address, without a language: see `ONE_LANGUAGE`.
STAYS = {
    "Not yet checked by a speaker of this language.": "for a helper beside, who may not read it",
    "Office for National Statistics licensed": "the licence asks for these words",
}


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Pages of one language are said in the pseudo-language."""
    spoken = tongue(tmp_path_factory.mktemp("pseudo"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("offer.language.tongue", lambda language: spoken)
        patch.setattr("offer.pages.timeline_view._last_made", {})  # kept by language, whoever spoke it
        yield


@pytest.fixture(scope="module")
def content(published: Published) -> Content:
    """What is not ours to translate by gettext."""
    return Content(published)


def left(reply: httpx2.Response, content: Content) -> list[str]:
    """The fixed English of a page that is wholly in the pseudo-language."""
    assert reply.text.count("⟦") > 10, "the page does not speak the language at all"
    runs = (" ".join(run.split()) for run in English(reply.text).runs)
    return list(content.fixed(run for run in runs if not run.startswith(tuple(STAYS))))


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize("address", PAGES)
async def test_a_page_holds_no_fixed_english(
    address: str, client: httpx2.AsyncClient, content: Content
) -> None:
    assert left(await client.get(f"/{PSEUDO.code}{address}"), content) == []


@pytest.mark.usefixtures("everything")
@pytest.mark.parametrize(("address", "form"), POSTED, ids=lambda value: str(value)[:40])
async def test_an_answer_holds_no_fixed_english(
    address: str, form: Mapping[str, str], client: httpx2.AsyncClient, content: Content
) -> None:
    reply = await client.post(f"/{PSEUDO.code}{address}", data=form)
    assert reply.status_code in (200, 422)
    assert left(reply, content) == []


@pytest.mark.parametrize("address", ["/docs", "/docs/languages", "/api/v1", "/visit/none", "/openapi.json"])
def test_what_has_one_language_has_one_address(address: str) -> None:
    assert not is_translated(address)


def test_a_sentence_that_nobody_wrapped_is_found(content: Content) -> None:
    page = '<p lang="en">Ask your adviser to mend this sentence.</p><p>⟦said⟧</p>'
    assert list(content.fixed(English(page).runs)) == ["Ask your adviser to mend this sentence."]
