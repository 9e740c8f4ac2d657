"""What the code never does, by reading all of it: what the requirements ask and no request could show."""

import ast
import re
import tomllib
from collections.abc import Iterator

from offer.staff import codes as staff_codes
from offer.visits import keys
from tests.attack.patterns import files
from tests.conftest import ROOT

PROGRAMS = {"subprocess", "os.system", "os.popen", "os.exec", "pty", "commands"}
UNPACKS = {"pickle", "marshal", "shelve", "dill", "yaml.load", "yaml.unsafe_load", "yaml.full_load"}
RUNS = {"eval", "exec", "compile", "__import__", "execfile"}


def names() -> Iterator[tuple[str, str]]:
    """Each file and each name it imports or calls, as "yaml.load"."""
    for path, tree in files():
        where = str(path.relative_to(ROOT))
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from ((where, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((where, f"{node.module}.{alias.name}") for alias in node.names)
                yield where, node.module or ""
            elif isinstance(node, ast.Call):
                yield where, ast.unparse(node.func)


def test_nothing_starts_a_program_or_runs_text() -> None:
    found = {
        (where, name)
        for where, name in names()
        if name in PROGRAMS | UNPACKS | RUNS or name.startswith(("subprocess.", "pickle.", "os.exec"))
    }
    assert found == set()


def test_no_query_is_built_of_what_somebody_sent() -> None:
    """SQL made by putting texts together stands in few places, and holds names of ours alone."""
    words = re.compile(r"\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b")
    found = {
        str(path.relative_to(ROOT))
        for path, tree in files()
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr) and words.search(ast.unparse(node))
    }
    assert {each for each in found if not each.startswith("offer/db/")} <= {
        "offer/staff/audit.py", "offer/staff/tries.py", "offer/staff/turn.py", "offer/catalogue/watch.py",
        "offer/catalogue/revisions.py", "offer/catalogue/publishing.py", "offer/backup.py",
    }  # fmt: skip


def test_what_must_not_be_guessed_comes_from_the_secure_source() -> None:
    """`random` is used nowhere that a key, a code or a number of a visit is made."""
    uses = {where for where, name in names() if name == "random.random" or name.startswith("random.")}
    assert not {
        each for each in uses if each.startswith(("offer/staff/", "offer/visits/", "offer/feedback/"))
    }
    assert len(keys.new_key()) == 32 and len(staff_codes.new_key()) == 32
    assert len(staff_codes.new_secret()) == 32, "160 bits in base 32"


def test_no_weak_hash_is_used() -> None:
    weak = {"hashlib.md5", "hashlib.sha1", "md5", "sha1", "hashlib.new"}
    assert {(where, name) for where, name in names() if name in weak} == set()


def test_cryptography_comes_from_known_packages() -> None:
    """Nobody here wrote a cipher: libsodium seals, argon2 and hashlib hash, itsdangerous signs."""
    sealing = {where for where, name in names() if name.split(".")[0] in ("nacl", "cryptography", "Crypto")}
    assert sealing == {"offer/visits/keys.py", "offer/staff/sealing.py"}
    ciphers = {name for _, name in names() if name.startswith(("nacl.secret.", "nacl.public."))}
    assert ciphers <= {
        "nacl.secret.Aead", "nacl.public.SealedBox", "nacl.public.PrivateKey", "nacl.public.PublicKey",
    }, "XChaCha20 and XSalsa20 with Poly1305: approved in the standard's appendix C"  # fmt: skip
    assert {where for where, name in names() if name.split(".")[0] == "pwdlib"} == {
        "offer/staff/passwords.py"
    }


def test_what_is_installed_to_serve_holds_no_tests() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "tests" not in project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert "\ntests\n" in (ROOT / "offer/deploy/Containerfile.dockerignore").read_text()
    assert not re.search(
        r"^(pytest|hypothesis|playwright)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    )


def test_scripts_listen_to_no_messages_of_other_windows() -> None:
    """None listens on the window; only our own pages can send a message to the worker."""
    for path in sorted((ROOT / "templates" / "js").rglob("*.mjs")):
        text = path.read_text("utf-8")
        assert not re.search(r"(window|self|globalThis)\.(addEventListener\(\"message\"|onmessage)", text), (
            path.name
        )
        assert not re.search(r"\b(eval|Function)\(|document\.write\(|\.postMessage\([^)]*\*", text), path.name
