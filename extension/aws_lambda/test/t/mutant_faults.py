"""No reply, whatever its bytes, does more than raise an error: the numbered ones of ../mutant.py, in three encodings."""
import collections
import re
import subprocess

REPLIES = 1000
GREETINGS = 300

# One session reads them all, because damage done by one reply shows in another.
CALLS = """DO $$
DECLARE outcome text;
BEGIN
    FOR n IN {first}..{last} LOOP
        BEGIN
            PERFORM {call};
            outcome := 'none';
        EXCEPTION WHEN query_canceled OR OTHERS THEN
            outcome := SQLSTATE;
            -- what an error tells is text of the database, whatever the bridge sent
            PERFORM convert_to(SQLERRM, 'UTF8');
        END;
        RAISE NOTICE '%', outcome;
    END LOOP;
END $$"""


def _outcomes(server, database, call, first, last):
    session = CALLS.format(call=call, first=first, last=last)
    run = subprocess.run(server.command(database=database), input="SET client_encoding = 'UTF8';\n" + session + ";\n", capture_output=True,
                         encoding="utf-8", errors="replace")
    assert run.returncode == 0, run.stderr[-2000:]
    outcomes = re.findall(r"NOTICE:  00000: (\w{4,5})$", run.stderr, re.MULTILINE)
    assert len(outcomes) == last - first + 1, run.stderr[-2000:]
    return collections.Counter(outcomes)


def _nobody_crashed(server):
    log = server.log()
    assert "was terminated by signal" not in log and "PANIC" not in log, log[-2000:]


def _databases(server):
    for name, encoding in (("utf8", "UTF8"), ("latin1", "LATIN1"), ("ascii", "SQL_ASCII")):
        server.sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}' LC_COLLATE 'C' LC_CTYPE 'C'")
        server.sql("CREATE EXTENSION daybreak CASCADE", database=name)
        yield name


def mutated_replies_do_no_more_than_raise_an_error(server):
    seen = collections.Counter()
    for i, database in enumerate(_databases(server)):
        first = i * 2 * REPLIES
        seen += _outcomes(server, database, "aws_lambda.invoke('mutant:' || n, '1'::json)", first, first + REPLIES - 1)
        seen += _outcomes(server, database, "daybreak.explain_invoke_json('mutant:' || n)", first + REPLIES, first + 2 * REPLIES - 1)
    _nobody_crashed(server)
    server.works()
    # The mutants covered every kind of outcome: answers, errors with odd texts, broken rules, cut frames, bytes that are not text.
    missing = {"none", "LM000", "LM900", "LM903", "22021"} - set(seen)
    assert not missing, (missing, seen)
    return ", ".join(f"{count} {state}" for state, count in seen.most_common(5))


def mutated_greetings_do_no_more_than_raise_an_error(server):
    server.works()
    server.greeting("mutant:0")
    seen = _outcomes(server, "postgres", "aws_lambda.invoke('mutant:' || n, '1'::json)", 1, GREETINGS)
    server.greeting(None)
    _nobody_crashed(server)
    server.works()
    assert {"LM900", "LM901", "LM903", "LM000"} <= set(seen), seen
    return ", ".join(f"{count} {state}" for state, count in seen.most_common(5))


def a_nul_in_the_text_of_an_error_is_shown_as_a_question_mark(server):
    """The reply that once wrote behind the copy of the message."""
    for text, shown in (("\\x6100" + "ff" * 4, "a?????"), ("\\x00", "?"), ("\\x00c3bc", "?ü")):
        state, message = server.error(f"SELECT * FROM aws_lambda.invoke('error-text:' || substr('{text}', 3), '1'::json)")
        assert state == "LM000" and f"LM000: {shown}\n" in message and f"DETAIL:  {shown}\n" in message and f"HINT:  {shown}\n" in message, message
    server.works()
