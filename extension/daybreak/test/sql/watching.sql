-- Who may see and reset statistics. This server does not preload, so that there are none; test/t of aws_lambda has what they count.
SET client_min_messages = warning;
CREATE EXTENSION daybreak CASCADE;
RESET client_min_messages;
SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'daybreak.stat_invocations'::regclass ORDER BY attnum;
SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'daybreak.stat_invocations_info'::regclass ORDER BY attnum;
SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'daybreak.stat_bridge'::regclass ORDER BY attnum;
SELECT * FROM daybreak.stat_invocations;
SELECT * FROM daybreak.stat_invocations_info;
SELECT daybreak.stat_invocations_reset();
SELECT daybreak.stat_invocations_reset('f');
SELECT count(*) FROM daybreak.stat_bridge;

-- nobody sees them without a grant
\set VERBOSITY terse
CREATE ROLE watcher;
SET ROLE watcher;
SELECT * FROM daybreak.stat_invocations;
SELECT * FROM daybreak.stat_invocations();
SELECT * FROM daybreak.stat_invocations_info;
SELECT * FROM daybreak.stat_bridge;
SELECT * FROM daybreak.bridge_status();
SELECT daybreak.stat_invocations_reset();
SELECT daybreak.stat_invocations_reset('f');
RESET ROLE;
-- those who see PostgreSQL's own statistics do, but may not reset
GRANT pg_read_all_stats TO watcher;
SET ROLE watcher;
SELECT * FROM daybreak.stat_invocations;
SELECT * FROM daybreak.stat_invocations_info;
SELECT count(*) FROM daybreak.stat_bridge;
SELECT daybreak.stat_invocations_reset();
SELECT daybreak.stat_invocations_reset('f');
RESET ROLE;
REVOKE pg_read_all_stats FROM watcher;
-- others may be granted both
GRANT SELECT ON daybreak.stat_invocations TO watcher;
GRANT EXECUTE ON FUNCTION daybreak.stat_invocations, daybreak.stat_invocations_reset(), daybreak.stat_invocations_reset(text) TO watcher;
SET ROLE watcher;
SELECT * FROM daybreak.stat_invocations;
SELECT daybreak.stat_invocations_reset();
SELECT daybreak.stat_invocations_reset('f');
RESET ROLE;
DROP OWNED BY watcher;
DROP ROLE watcher;
\set VERBOSITY default

-- calls are made all the same
SELECT payload FROM aws_lambda.invoke('payload', '"not counted"'::json);
DROP EXTENSION daybreak;
