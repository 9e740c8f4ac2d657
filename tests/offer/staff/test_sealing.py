"""The secret of a code app is sealed with a key outside the database; recovery codes cost work to guess."""

import base64
import re
import secrets
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from pydantic import SecretStr
from starlette.applications import Starlette
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.clock import now
from offer.db.staff_models import StaffAccount, StaffRecoveryCode
from offer.doctor.database import of_database
from offer.errors import PlainError
from offer.settings import Settings
from offer.staff import commands
from offer.staff.accounts import invite
from offer.staff.audit import COMMAND_LINE
from offer.staff.codes import fingerprint, new_recovery_codes, new_secret, read_recovery_code
from offer.staff.recovery import found, is_plain, new_codes, stretched
from offer.staff.roles import Grant
from offer.staff.sealed_again import seal_again, standing
from offer.staff.sealing import SIZE, Kept, Seals, seals_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import PASSWORD, browser, code_of

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OLD, NEW = Seals((b"o" * SIZE,)), Seals((b"n" * SIZE, b"o" * SIZE))


def test_a_sealed_secret_opens_for_its_account_with_its_key_alone() -> None:
    secret = new_secret()
    kept = OLD.kept(7, secret)
    assert kept.totp is None and secret not in str(kept.sealed) and len(str(kept.sealed)) <= 200
    assert OLD.opened(7, kept) == NEW.opened(7, kept) == secret
    assert OLD.opened(8, kept) is None, "put into the row of somebody else it opens nothing"
    assert Seals().opened(7, kept) is None and Seals((b"x" * SIZE,)).opened(7, kept) is None
    assert OLD.kept(7, secret) != kept, "never sealed alike twice"


@pytest.mark.parametrize(
    "change", [lambda t: t[:-4] + "AAAA", lambda t: "x9" + t[2:], lambda t: t[:20], str.upper]
)
def test_what_somebody_changed_opens_nothing_and_raises_nothing(change: object) -> None:
    sealed = str(OLD.kept(7, new_secret()).sealed)
    assert OLD.opened(7, Kept(None, change(sealed))) is None  # type: ignore[operator]


def test_without_a_key_it_is_kept_as_it_was() -> None:
    secret = new_secret()
    assert Seals().kept(7, secret) == Kept(secret, None)
    assert OLD.opened(7, Kept(secret, None)) == secret, "of before the key"
    later = Kept(secret, str(OLD.kept(7, new_secret()).sealed))
    assert OLD.opened(7, later) == secret, "a release that knew no key took another app since"


def test_the_newest_key_seals_and_all_of_them_open() -> None:
    kept = OLD.kept(7, new_secret())
    assert OLD.is_newest(kept) and not NEW.is_newest(kept) and not OLD.is_newest(Kept("SECRET", None))
    assert NEW.is_newest(NEW.kept(7, "S")) and Seals().is_newest(kept) and OLD.is_newest(Kept(None, None))


def test_keys_are_read_from_the_settings(data_dir: Path) -> None:
    keys = [base64.b64encode(secrets.token_bytes(SIZE)).decode() for _ in range(2)]
    found_keys = seals_of(Settings(data_dir=data_dir, seal_keys=SecretStr("\n".join(keys))))
    assert [base64.b64encode(each).decode() for each in found_keys.keys] == keys
    assert keys[0] not in repr(found_keys)
    for odd in ("short", base64.b64encode(b"x" * 16).decode(), "not base64!"):
        with pytest.raises(PlainError, match="SEAL_KEYS") as fault:
            seals_of(Settings(data_dir=data_dir, seal_keys=SecretStr(odd)))
        assert odd not in fault.value.message, "a key is said nowhere"


async def test_recovery_codes_cost_work_to_guess_and_are_found() -> None:
    made = await new_codes()
    assert len(set(made.kept)) == len(made.shown) == 10
    assert all(len(each) <= 64 and not is_plain(each) for each in made.kept)
    assert not any(fingerprint(str(read_recovery_code(code))) in "".join(made.kept) for code in made.shown)
    assert await found(made.shown[3].lower().replace("-", " "), made.kept) == made.kept[3]
    assert (
        await found(new_recovery_codes()[0], made.kept) is None and await found("no code", made.kept) is None
    )
    again = await new_codes()
    assert again.kept[0].split("$")[1] != made.kept[0].split("$")[1], "each set has its own salt"


async def test_codes_of_before_are_found_and_brought_up_without_their_words() -> None:
    code = new_recovery_codes()[0]
    plain = fingerprint(str(read_recovery_code(code)))
    assert is_plain(plain) and await found(code, [plain]) == plain
    assert await found(code, (kept := stretched([plain]))) == kept[0]


async def test_a_sealed_account_signs_in_and_its_copy_makes_no_code(running: Starlette) -> None:
    live = running.state.live
    live.seals = OLD
    email = f"{now().timestamp()}@council.example"
    made = await invite(live.database, email, "S", "T", Grant("E10000019", "viewer"), COMMAND_LINE, now())
    secret = new_secret()
    async with browser(running) as client:
        sent = {"secret": secret, "password": PASSWORD, "repeat": PASSWORD, "code": code_of(secret, now())}
        ready = await client.post(f"/staff/invitation/{made.key}", data=sent)
    row = await StaffAccount.get(id=made.account, using_db=live.database)
    assert row.totp is None and secret not in str(row.sealed)
    code = re.findall(r"\b(?:[A-Z0-9]{4}-){3}[A-Z0-9]{4}\b", ready.text)[0]
    await StaffAccount.filter(id=made.account).using_db(live.database).update(totp_step=0)
    assert (await signed_in_with(running, email, code_of(secret, now()))).status_code == 303
    live.seals = NEW
    await StaffAccount.filter(id=made.account).using_db(live.database).update(totp_step=0)
    assert (await signed_in_with(running, email, code_of(secret, now()))).status_code == 303
    live.seals = Seals()
    await StaffAccount.filter(id=made.account).using_db(live.database).update(totp_step=0)
    assert (await signed_in_with(running, email, code_of(secret, now()))).status_code == 422, (
        "no key: no code"
    )
    assert (await signed_in_with(running, email, code)).status_code == 303, "a recovery code still opens"
    assert (await signed_in_with(running, email, code)).status_code == 422, "once"


async def signed_in_with(running: Starlette, email: str, code: str) -> httpx2.Response:
    async with browser(running) as client:
        sent = {"email": email, "password": PASSWORD, "code": code}
        return await client.post("/staff/sign-in", data=sent)


async def test_what_an_older_release_kept_is_kept_anew(running: Starlette, signed_in: SignedIn) -> None:
    connection: BaseDBAsyncClient = running.state.live.database
    await forget_all(connection)
    who = await signed_in(("viewer", "E10000019"))
    rows = StaffAccount.filter(id=who.account).using_db(connection)
    await rows.update(totp=SECRET)
    plain = fingerprint(str(read_recovery_code(new_recovery_codes()[0])))
    await StaffRecoveryCode.create(using_db=connection, account_id=who.account, code=plain)
    before = await standing(connection, OLD)
    assert (before.readable, before.older, before.codes) == (before.apps, before.apps, 1)
    apps, codes = await seal_again(connection, OLD, AT)
    assert (apps, codes) == (before.apps, 1)
    assert await standing(connection, OLD) == type(before)(before.apps, 0, 0, 0, 0)
    assert (await standing(connection, NEW)).older == before.apps
    assert (await standing(connection, Seals())).lost == before.apps
    assert await seal_again(connection, NEW, AT) == (before.apps, 0)
    assert await seal_again(connection, NEW, AT) == (0, 0)
    row = await rows.get()
    assert row.totp is None and NEW.opened(row.id, Kept(None, row.sealed)) == SECRET


async def test_doctor_tells_how_codes_are_kept(
    data_dir: Path, running: Starlette, signed_in: SignedIn
) -> None:
    await forget_all(running.state.live.database)
    who = await signed_in(("viewer", "E10000019"))
    rows = StaffAccount.filter(id=who.account).using_db(running.state.live.database)
    key, other = (base64.b64encode(letter * SIZE).decode() for letter in (b"k", b"l"))
    without = Settings(data_dir=data_dir)
    with_key, with_other = (Settings(data_dir=data_dir, seal_keys=SecretStr(each)) for each in (key, other))
    await rows.update(totp=new_secret())
    assert await told(without) == ("due", "Set SEAL_KEYS, then run: local-offer staff seal")
    assert await told(with_key) == ("due", "Run: local-offer staff seal")
    assert (await commands.seal(with_key))[0].endswith("kept anew")
    assert (await told(with_key))[0] == "ok"
    assert (await told(with_other))[0] == (await told(without))[0] == "broken"
    assert "No key is set" in (await commands.seal(without))[-1]


async def forget_all(connection: BaseDBAsyncClient) -> None:
    """What the tests before left."""
    await StaffAccount.all().using_db(connection).update(totp=None, sealed=None)
    await StaffRecoveryCode.all().using_db(connection).delete()


async def told(settings: Settings) -> tuple[str, str]:
    (part,) = [each for each in await of_database(settings) if each.part == "codes"]
    return part.state, part.mend
