"""Joining with a key of the browser's own, over HTTP: what a request carries, and what people are told."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from nacl.public import PrivateKey

from offer.db.visit_models import VisitKnock
from offer.visits import joining
from offer.visits.cookies import Waiting, waiting_cookie
from offer.visits.keys import NotAKey, for_browser, hand_over, new_key, new_pair, read_public, to_text
from templates.build import HERE, TWEETNACL
from tests.offer.visits.people import Phone, begun, opened

Run = Callable[[list[str]], None]
Phones = tuple[Phone, Phone, Phone]

# Points of low order (RFC 7748, section 6.1; libsodium's own list), with which any secret becomes zero.
P = 2**255 - 19
LOW = [
    number.to_bytes(32, "little")
    for plain in (
        0, 1, P - 1, P, P + 1,
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    )
    for number in (plain, plain | 1 << 255)
]  # fmt: skip


@pytest.fixture
def tab() -> PrivateKey:
    """The key of the young person's tab."""
    return PrivateKey.generate()


def public(tab: PrivateKey) -> str:
    return to_text(bytes(tab.public_key))


async def let_in(adviser: Phone, visit: str) -> None:
    knock = re.search(r'name="knock" value="([^"]+)"', (await adviser.get(visit)).text)
    assert knock
    assert (await adviser.post(f"{visit}/admit", knock=knock[1])).status_code == 200


def handed(page: httpx2.Response) -> str:
    found = re.search(r'data-handed="([^"]*)"', page.text)
    assert found, page.text
    return found[1]


async def come_in(young: Phone, visit: str, tab: PrivateKey) -> httpx2.Response:
    """As templates/js/join does it."""
    box = handed(await young.get(visit))
    return await young.post(f"{visit}/enter", key=to_text(opened(box, tab)))


async def knocked(phones: Phones, tab: PrivateKey) -> str:
    """A visit at whose door the young person waits with a key of their tab."""
    adviser, young, _ = phones
    visit, code = await begun(adviser)
    assert "Waiting to be let in" in (await young.post("/join", code=code, key=public(tab))).text
    return visit


async def test_the_private_key_is_in_no_cookie_and_the_code_carries_the_public_one(
    phones: Phones, tab: PrivateKey
) -> None:
    adviser, young, _ = phones
    visit = await knocked(phones, tab)
    [cookie] = [each.value or "" for each in young.http.cookies.jar]
    assert [len(part) for part in cookie.split(".")][1] == 0, "who waits, no key, the language, the signature"
    await let_in(adviser, visit)
    page = await young.get(visit)
    assert handed(page) and "They have let you in" in page.text and "Ask to join again" in page.text
    room = await come_in(young, visit, tab)
    assert "You and your adviser are here" in room.text
    assert await VisitKnock.filter(visit_id=visit.rpartition("/")[2]).count() == 0, (
        "seen inside, nothing handed over is left"
    )
    assert [each.name for each in young.http.cookies.jar] == ["visit"]


@pytest.mark.parametrize(
    "sent",
    [
        *map(to_text, LOW), "x", "A" * 42, "A" * 44, "A" * 42 + "B", "=" * 43, "\0" * 43, "é" * 43,
        "A" * 9000, "' OR 1=1 --", "<script>", to_text(bytes(31)), to_text(bytes(33)), "+/" * 21 + "A", "",
    ],
)  # fmt: skip
def test_what_can_be_no_key_is_none(sent: str) -> None:
    with pytest.raises(NotAKey):
        read_public(sent)


async def test_a_forged_key_is_refused_in_plain_words(phones: Phones) -> None:
    adviser, young, _ = phones
    visit, _code = await begun(adviser)
    for sent in (*map(to_text, LOW[:4]), "x", "\0" * 43, "<script>", "A" * 9000):
        reply = await young.post(f"{visit}/knock", key=sent)
        assert reply.status_code == 422 and "We could not use the key your phone sent" in reply.text
        assert "/join." not in reply.text, "the button of this page asks without a key"
    assert "Somebody wants to join" not in (await adviser.get(visit)).text
    assert "Waiting to be let in" in (await young.post(f"{visit}/knock")).text


async def test_a_lost_key_is_one_sentence_and_a_button_that_asks_again(
    phones: Phones, tab: PrivateKey
) -> None:
    adviser, young, _ = phones
    visit = await knocked(phones, tab)
    await let_in(adviser, visit)
    assert "this page has lost its key" in (await young.get(visit)).text
    assert "They have let you in" in (await young.post(f"{visit}/knock", key=public(tab))).text, "no accident"
    again = PrivateKey.generate()
    waiting = await young.post(f"{visit}/knock", key=public(again), again="1")
    assert "Waiting to be let in" in waiting.text
    room = (await adviser.get(visit)).text
    assert "Somebody wants to join" in room and "The other person has left" not in room
    await let_in(adviser, visit)
    assert "You and your adviser are here" in (await come_in(young, visit, again)).text


async def test_without_script_a_reply_that_was_lost_is_asked_for_again(phones: Phones) -> None:
    adviser, young, _ = phones
    visit, _code = await begun(adviser)
    await young.post(f"{visit}/knock")
    before = dict(young.http.cookies.items())
    await let_in(adviser, visit)
    lost = await young.http.get(visit)  # whose cookie never comes
    assert (
        lost.status_code == 303
        and await VisitKnock.filter(visit_id=visit.rpartition("/")[2], handed="").count() == 1
    )
    young.http.cookies.clear()
    for name, value in before.items():
        young.http.cookies.set(name, value, domain="offer.test", path=visit)
    page = await young.get(visit)
    assert "Ask to join again" in page.text and "Your phone opens the visit now" not in page.text
    assert "Waiting to be let in" in (await young.post(f"{visit}/knock", again="1")).text
    await let_in(adviser, visit)
    assert "You and your adviser are here" in (await young.get(visit)).text


async def test_nobody_comes_in_by_a_guessed_key_or_before_they_are_let_in(
    phones: Phones, tab: PrivateKey
) -> None:
    adviser, young, stranger = phones
    visit = await knocked(phones, tab)
    for sent in ("", "x", to_text(new_key()), "A" * 9000, "é"):
        early = await young.post(f"{visit}/enter", key=sent)
        assert early.status_code == 403 and "Waiting to be let in" in early.text
    await let_in(adviser, visit)
    for sent in ("", "x", to_text(new_key())):
        wrong = await young.post(f"{visit}/enter", key=sent)
        assert wrong.status_code == 403 and "They have let you in" in wrong.text
        theirs = await stranger.post(f"{visit}/enter", key=sent)
        assert theirs.status_code == 403 and "Ask to join" in theirs.text
    assert "You and your adviser are here" in (await come_in(young, visit, tab)).text
    assert "You and your adviser are here" in (await young.post(f"{visit}/enter", key="x")).text, "in is in"
    assert (await stranger.post("/visit/nowhere-at-all-00000000/enter", key="x")).status_code == 410


async def test_a_third_person_finds_the_door_and_the_key_of_the_second_is_not_on_it(
    phones: Phones, tab: PrivateKey
) -> None:
    adviser, young, third = phones
    visit, code = await begun(adviser)
    await young.post("/join", code=code, key=public(tab))
    await let_in(adviser, visit)
    theirs = PrivateKey.generate()
    assert "data-handed" not in (await third.post(f"{visit}/knock", key=public(theirs), again="1")).text
    assert "data-handed" not in (await third.get(visit)).text
    assert "You and your adviser are here" in (await come_in(young, visit, tab)).text


async def test_each_door_speaks_the_language_of_who_stands_before_it(phones: Phones, tab: PrivateKey) -> None:
    adviser, young, _ = phones
    visit, code = await begun(adviser)
    young.http.headers["accept-language"] = "ar"
    assert 'lang="ar" dir="rtl"' in (await young.get(visit)).text
    young.http.headers["accept-language"] = "en"
    await young.post("/ar/join", code=code, key=public(tab))
    await let_in(adviser, visit)
    for page in (await young.get(visit), await come_in(young, visit, tab)):
        assert '<html lang="ar" dir="rtl"' in page.text
    assert '<html lang="en"' in (await adviser.get(visit)).text


async def test_a_database_that_is_away_is_said_and_the_key_can_be_sent_again(
    phones: Phones, tab: PrivateKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    adviser, young, _ = phones
    visit = await knocked(phones, tab)
    await let_in(adviser, visit)
    box = handed(await young.get(visit))

    async def away(*_: object) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(joining, "come_in", away)
        reply = await young.post(f"{visit}/enter", key=to_text(opened(box, tab)))
        assert reply.status_code == 503
    assert "You and your adviser are here" in (await come_in(young, visit, tab)).text


async def test_a_waiting_cookie_and_a_row_of_the_code_before_still_let_somebody_in(
    phones: Phones,
) -> None:
    """Its cookie had a private key, whatever the browser; its row the public one."""
    adviser, young, _ = phones
    visit, code = await begun(adviser)
    await young.post("/join", code=code)
    row = await VisitKnock.get(visit_id=visit.rpartition("/")[2]).prefetch_related("visit")
    private, public_half = new_pair()
    await VisitKnock.filter(id=row.id).update(public=to_text(public_half))
    value = waiting_cookie(Waiting(row.id, private, "en"), row.visit.signing)
    assert value.startswith(f"{row.id}.{to_text(private)}.en."), "as the code before wrote it"
    young.http.cookies.clear()
    young.http.cookies.set("visit-waiting", value, domain="offer.test", path=visit)
    await let_in(adviser, visit)
    assert "You and your adviser are here" in (await young.get(visit)).text


def test_what_pynacl_seals_opens_in_the_library_of_the_browser(tmp_path: Path, node: Run) -> None:
    """And the bytes of addresses are read and written alike on both sides."""
    vectors = []
    for _ in range(20):
        key, tab = new_key(), PrivateKey.generate()
        box = for_browser(hand_over(key, bytes(tab.public_key)), bytes(tab.public_key))
        vectors.append(
            {"box": box, "secret": to_text(bytes(tab)), "public": public(tab), "key": to_text(key)}
        )
    (tmp_path / "vectors.json").write_text(json.dumps(vectors), "utf-8")
    (tmp_path / "check.mjs").write_text(
        f"""
import {{ readFileSync }} from "node:fs";
import {{ createRequire }} from "node:module";
import {{ boxed, toBytes, toText }} from "{HERE / "js" / "join" / "box.mjs"}";
const nacl = createRequire(import.meta.url)("{TWEETNACL}");
for (const each of JSON.parse(readFileSync("{tmp_path / "vectors.json"}"))) {{
  const secret = toBytes(each.secret);
  if (toText(nacl.box.keyPair.fromSecretKey(secret).publicKey) !== each.public) process.exit(1);
  const {{ box, nonce, sender }} = boxed(each.box);
  if (toText(nacl.box.open(box, nonce, sender, secret)) !== each.key) process.exit(2);
  if (nacl.box.open(box, nonce, sender, nacl.box.keyPair().secretKey) !== null) process.exit(3);
}}
""",
        "utf-8",
    )
    node([str(tmp_path / "check.mjs")])
