"""The triggers that let the audit log only grow, for both engines; whether they are still there."""

from tortoise.backends.base.client import BaseDBAsyncClient

REFUSAL = "the audit log is only added to"
NAMES = frozenset({"audit_log_no_update", "audit_log_no_delete"})
TRUNCATE = "audit_log_no_truncate"

_SQLITE = tuple(
    f"CREATE TRIGGER IF NOT EXISTS audit_log_no_{act} BEFORE {act} ON audit_log "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for act in ("update", "delete")
)
_POSTGRES = (
    "CREATE OR REPLACE FUNCTION audit_log_refuse() RETURNS trigger AS "
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$ LANGUAGE plpgsql",
    *(
        f"CREATE OR REPLACE TRIGGER audit_log_no_{act} BEFORE {act} ON audit_log "
        f"FOR EACH {each} EXECUTE FUNCTION audit_log_refuse()"
        for act, each in (("update", "ROW"), ("delete", "ROW"), ("truncate", "STATEMENT"))
    ),
)


async def guard(connection: BaseDBAsyncClient) -> None:
    """Makes the triggers that are not there. A step that rebuilds the table on SQLite must call it again."""
    for statement in _SQLITE if connection.capabilities.dialect == "sqlite" else _POSTGRES:
        await connection.execute_query(statement)


async def is_guarded(connection: BaseDBAsyncClient) -> bool:
    """Whether every trigger of this engine stands."""
    if connection.capabilities.dialect == "sqlite":
        query, wanted = "SELECT name FROM sqlite_master WHERE type = 'trigger'", NAMES
    else:
        query, wanted = (
            "SELECT tgname::text AS name FROM pg_trigger WHERE tgenabled <> 'D'",
            NAMES | {TRUNCATE},
        )
    return wanted <= {row["name"] for row in await connection.execute_query_dict(query)}
