"""`local-offer` with little patience, so that a test need not wait: python -m tests.faults.hasty serve"""

from offer import cli, patience, serving

HEAD, BODY, AFTER, UNREAD = 2.0, 4.0, 1.0, 3_000

if __name__ == "__main__":
    patience.WITHIN = {"head": HEAD, "body": BODY}
    patience.AFTER_REPLY = AFTER
    serving.UNREAD = UNREAD
    cli.main()
