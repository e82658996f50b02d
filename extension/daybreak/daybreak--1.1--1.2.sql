\echo Use "ALTER EXTENSION daybreak UPDATE TO '1.2'" to load this file. \quit

-- Every name is qualified with its schema, and functions set their own search_path, so that no search_path of the installing or calling user
-- can substitute another object.

-- ---- Watching: statistics of invocations ----

-- Members of pg_read_all_stats see these. Who is granted the view and its function sees the calls of the current database.

CREATE FUNCTION daybreak.stat_invocations()
RETURNS TABLE (
    datid pg_catalog.oid,
    function_name pg_catalog.text,
    region pg_catalog.text,
    qualifier pg_catalog.text,
    calls pg_catalog.int8,
    in_flight pg_catalog.int8,
    function_errors pg_catalog.int8,
    service_errors pg_catalog.int8,
    bridge_errors pg_catalog.int8,
    throttles pg_catalog.int8,
    timeouts pg_catalog.int8,
    limited pg_catalog.int8,
    cancels pg_catalog.int8,
    other_errors pg_catalog.int8,
    bytes_sent pg_catalog.int8,
    bytes_received pg_catalog.int8,
    total_ms pg_catalog.float8,
    mean_ms pg_catalog.float8,
    min_ms pg_catalog.float8,
    max_ms pg_catalog.float8,
    p50_ms pg_catalog.float8,
    p90_ms pg_catalog.float8,
    p99_ms pg_catalog.float8,
    stats_since pg_catalog.timestamptz
)
LANGUAGE c VOLATILE PARALLEL SAFE COST 100
AS '$libdir/aws_lambda', 'daybreak_stat_invocations';

CREATE VIEW daybreak.stat_invocations AS
SELECT s.datid, d.datname, s.function_name, s.region, s.qualifier, s.calls, s.in_flight, s.function_errors, s.service_errors, s.bridge_errors,
       s.throttles, s.timeouts, s.limited, s.cancels, s.other_errors, s.bytes_sent, s.bytes_received, s.total_ms, s.mean_ms, s.min_ms, s.max_ms,
       s.p50_ms, s.p90_ms, s.p99_ms, s.stats_since
FROM daybreak.stat_invocations() s
LEFT JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) s.datid;

CREATE FUNCTION daybreak.stat_invocations_info()
RETURNS TABLE (
    in_flight pg_catalog.int4,
    waiting pg_catalog.int4,
    entries pg_catalog.int4,
    capacity pg_catalog.int4,
    evictions pg_catalog.int8,
    untracked pg_catalog.int8,
    stats_since pg_catalog.timestamptz
)
LANGUAGE c VOLATILE PARALLEL SAFE ROWS 1
AS '$libdir/aws_lambda', 'daybreak_stat_invocations_info';

CREATE VIEW daybreak.stat_invocations_info AS
SELECT i.in_flight, i.waiting, i.entries, i.capacity, i.evictions, i.untracked, i.stats_since FROM daybreak.stat_invocations_info() i;

CREATE FUNCTION daybreak.stat_invocations_reset() RETURNS pg_catalog.int8
LANGUAGE c VOLATILE
AS '$libdir/aws_lambda', 'daybreak_stat_invocations_reset';

CREATE FUNCTION daybreak.stat_invocations_reset(function_name pg_catalog.text) RETURNS pg_catalog.int8
LANGUAGE c VOLATILE STRICT
AS '$libdir/aws_lambda', 'daybreak_stat_invocations_reset_function';

REVOKE ALL ON FUNCTION
    daybreak.stat_invocations(), daybreak.stat_invocations_info(),
    daybreak.stat_invocations_reset(), daybreak.stat_invocations_reset(pg_catalog.text)
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION daybreak.stat_invocations(), daybreak.stat_invocations_info() TO pg_read_all_stats;
GRANT SELECT ON daybreak.stat_invocations, daybreak.stat_invocations_info TO pg_read_all_stats;

-- ---- Watching: the bridge ----

-- One row. A bridge that does not answer within a second is told by the reason; none is started.

CREATE FUNCTION daybreak.bridge_status()
RETURNS TABLE (
    supervisor_pid pg_catalog.int4,
    bridge_pid pg_catalog.int4,
    started pg_catalog.timestamptz,
    restarts pg_catalog.int8,
    told pg_catalog.json,
    reason pg_catalog.text
)
LANGUAGE c VOLATILE ROWS 1 COST 1000
AS '$libdir/aws_lambda', 'daybreak_bridge_status';

CREATE VIEW daybreak.stat_bridge AS
SELECT COALESCE(t.pid, b.bridge_pid) AS pid,
       t.version,
       COALESCE(b.started, pg_catalog.clock_timestamp() OPERATOR(pg_catalog.-) pg_catalog.make_interval(secs => t.uptime_seconds)) AS started,
       b.supervisor_pid,
       b.restarts,
       t.connections,
       t.in_flight,
       e.waiting,
       e.open AS endpoint_connections,
       t.resident_bytes,
       t.region,
       c.source AS credentials_source,
       c.fetched AS credentials_fetched,
       c.expires AS credentials_expire,
       c.failure AS credentials_failure,
       b.reason
FROM daybreak.bridge_status() b
LEFT JOIN LATERAL pg_catalog.json_to_record(b.told) t(
    pid pg_catalog.int4, version pg_catalog.text, uptime_seconds pg_catalog.float8, resident_bytes pg_catalog.int8, connections pg_catalog.int4,
    in_flight pg_catalog.int4, region pg_catalog.text, endpoints pg_catalog.json, credentials pg_catalog.json) ON true
LEFT JOIN LATERAL pg_catalog.json_to_record(t.credentials) c(
    source pg_catalog.text, fetched pg_catalog.timestamptz, expires pg_catalog.timestamptz, failure pg_catalog.text) ON true
LEFT JOIN LATERAL (
    SELECT pg_catalog.sum(p.waiting) AS waiting, pg_catalog.sum(p.open) AS open
    FROM pg_catalog.json_to_recordset(t.endpoints) p(open pg_catalog.int4, waiting pg_catalog.int4)) e ON true;

REVOKE ALL ON FUNCTION daybreak.bridge_status() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION daybreak.bridge_status() TO pg_read_all_stats;
GRANT SELECT ON daybreak.stat_bridge TO pg_read_all_stats;

-- ---- guarding: who may call what (docs/guarding.md) ----

-- The library reads these two tables itself, without SQL. Everybody may read them, so that pg_dump works for who is no superuser: rules are
-- no more secret than privileges are. The triggers tell all sessions of changes, and refuse those of roles that may not execute
-- daybreak.allow (members of pg_write_all_data could write otherwise).

CREATE FUNCTION daybreak.rule_changes() RETURNS pg_catalog.trigger
LANGUAGE c
AS '$libdir/aws_lambda', 'daybreak_rule_changes';

CREATE SEQUENCE daybreak.rule_numbers AS pg_catalog.int4;

CREATE TABLE daybreak.allow_rules (
    rule pg_catalog.int4 DEFAULT pg_catalog.nextval('daybreak.rule_numbers') PRIMARY KEY,
    role pg_catalog.regrole NOT NULL, -- 0 is PUBLIC
    pattern pg_catalog.text NOT NULL,
    types pg_catalog.text[] NOT NULL,
    UNIQUE (role, pattern)
);
ALTER SEQUENCE daybreak.rule_numbers OWNED BY daybreak.allow_rules.rule;

-- Has a row as soon as there has been a rule of that kind, until the last one is taken back. So a database stays guarded when its rules are
-- lost, as in a restore where one of their roles does not exist.
CREATE TABLE daybreak.guarded (
    kind pg_catalog.text PRIMARY KEY
);

CREATE TRIGGER announce BEFORE INSERT OR UPDATE OR DELETE ON daybreak.allow_rules
FOR EACH ROW EXECUTE FUNCTION daybreak.rule_changes('allow', 'role', 'pattern', 'types');
CREATE TRIGGER announce_truncate BEFORE TRUNCATE ON daybreak.allow_rules
FOR EACH STATEMENT EXECUTE FUNCTION daybreak.rule_changes('allow');
CREATE TRIGGER announce BEFORE INSERT OR UPDATE OR DELETE ON daybreak.guarded
FOR EACH ROW EXECUTE FUNCTION daybreak.rule_changes('allow');
CREATE TRIGGER announce_truncate BEFORE TRUNCATE ON daybreak.guarded
FOR EACH STATEMENT EXECUTE FUNCTION daybreak.rule_changes('allow');
-- Also where logical replication or a restore applies the change.
ALTER TABLE daybreak.allow_rules ENABLE ALWAYS TRIGGER announce, ENABLE ALWAYS TRIGGER announce_truncate;
ALTER TABLE daybreak.guarded ENABLE ALWAYS TRIGGER announce, ENABLE ALWAYS TRIGGER announce_truncate;

-- Rules of roles that have been dropped would be dumped as numbers, which may be other roles elsewhere.
SELECT pg_catalog.pg_extension_config_dump('daybreak.allow_rules',
    'WHERE role OPERATOR(pg_catalog.=) 0::pg_catalog.oid OR role::pg_catalog.oid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT oid FROM pg_catalog.pg_roles))');
SELECT pg_catalog.pg_extension_config_dump('daybreak.rule_numbers', '');
SELECT pg_catalog.pg_extension_config_dump('daybreak.guarded', '');

CREATE FUNCTION daybreak.role_or_public(role pg_catalog.text) RETURNS pg_catalog.regrole
LANGUAGE sql STABLE STRICT
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT CASE
        -- The rules of lower() in the database's language may not make an i of I.
        WHEN pg_catalog.lower($1 COLLATE pg_catalog."C") OPERATOR(pg_catalog.=) 'public' THEN 0::pg_catalog.oid::pg_catalog.regrole
        -- regrole reads these as no role, which here would be everybody.
        WHEN $1 OPERATOR(pg_catalog.~) '^(-|0+)$' THEN pg_catalog.quote_ident($1)::pg_catalog.regrole
        ELSE $1::pg_catalog.regrole
    END
$$;

-- Returns the rule's number. Types are added to those that the role already has for that pattern.
CREATE FUNCTION daybreak.allow(
    role pg_catalog.regrole,
    pattern pg_catalog.text,
    types pg_catalog.text[] DEFAULT '{RequestResponse,Event,DryRun}'
) RETURNS pg_catalog.int4
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    LOCK TABLE daybreak.guarded IN SHARE ROW EXCLUSIVE MODE;
    -- The update makes a transaction fail that takes the last rule and does not see this one.
    INSERT INTO daybreak.guarded VALUES ('allow') ON CONFLICT (kind) DO UPDATE SET kind = excluded.kind;
    INSERT INTO daybreak.allow_rules AS r (role, pattern, types) VALUES ($1, $2, $3)
    ON CONFLICT (role, pattern) DO UPDATE SET types = ARRAY(
        SELECT known.type FROM pg_catalog.unnest('{RequestResponse,Event,DryRun}'::pg_catalog.text[]) WITH ORDINALITY known(type, number)
        WHERE known.type OPERATOR(pg_catalog.=) ANY (r.types OPERATOR(pg_catalog.||) excluded.types) ORDER BY known.number)
    RETURNING r.rule;
$$;

CREATE FUNCTION daybreak.allow(
    role pg_catalog.text,
    pattern pg_catalog.text,
    types pg_catalog.text[] DEFAULT '{RequestResponse,Event,DryRun}'
) RETURNS pg_catalog.int4
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS 'SELECT daybreak.allow(daybreak.role_or_public($1), $2, $3)';

-- Takes types from the rule, or all of it. False: there was no such rule.
CREATE FUNCTION daybreak.disallow(rule pg_catalog.int4, types pg_catalog.text[] DEFAULT '{RequestResponse,Event,DryRun}') RETURNS pg_catalog.bool
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    LOCK TABLE daybreak.guarded IN SHARE ROW EXCLUSIVE MODE;
    WITH taken AS (
        DELETE FROM daybreak.allow_rules r WHERE r.rule OPERATOR(pg_catalog.=) $1 AND r.types OPERATOR(pg_catalog.<@) $2 RETURNING r.rule
    ), reduced AS (
        UPDATE daybreak.allow_rules r
        SET types = ARRAY(SELECT t.type FROM pg_catalog.unnest(r.types) WITH ORDINALITY t(type, number)
                          WHERE t.type OPERATOR(pg_catalog.<>) ALL ($2) ORDER BY t.number)
        WHERE r.rule OPERATOR(pg_catalog.=) $1 AND NOT r.types OPERATOR(pg_catalog.<@) $2 AND r.types OPERATOR(pg_catalog.&&) $2
        RETURNING r.rule
    ), opened AS (
        DELETE FROM daybreak.guarded g
        WHERE g.kind OPERATOR(pg_catalog.=) 'allow' AND EXISTS (SELECT FROM taken) AND NOT EXISTS (SELECT FROM daybreak.allow_rules r WHERE r.rule OPERATOR(pg_catalog.<>) $1)
    )
    SELECT EXISTS (SELECT FROM taken) OR EXISTS (SELECT FROM reduced);
$$;

CREATE FUNCTION daybreak.disallow(
    role pg_catalog.regrole,
    pattern pg_catalog.text,
    types pg_catalog.text[] DEFAULT '{RequestResponse,Event,DryRun}'
) RETURNS pg_catalog.bool
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT coalesce(pg_catalog.bool_or(daybreak.disallow(r.rule, $3)), false) FROM daybreak.allow_rules r
    WHERE r.role OPERATOR(pg_catalog.=) $1 AND r.pattern OPERATOR(pg_catalog.=) $2
$$;

CREATE FUNCTION daybreak.disallow(
    role pg_catalog.text,
    pattern pg_catalog.text,
    types pg_catalog.text[] DEFAULT '{RequestResponse,Event,DryRun}'
) RETURNS pg_catalog.bool
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS 'SELECT daybreak.disallow(daybreak.role_or_public($1), $2, $3)';

CREATE VIEW daybreak.allowed AS
SELECT r.rule,
       CASE WHEN r.role OPERATOR(pg_catalog.=) 0::pg_catalog.oid THEN 'PUBLIC' ELSE r.role::pg_catalog.text END AS role,
       r.pattern,
       r.types
FROM daybreak.allow_rules r;

REVOKE EXECUTE ON FUNCTION daybreak.rule_changes(), daybreak.role_or_public(pg_catalog.text),
    daybreak.allow(pg_catalog.regrole, pg_catalog.text, pg_catalog.text[]),
    daybreak.allow(pg_catalog.text, pg_catalog.text, pg_catalog.text[]),
    daybreak.disallow(pg_catalog.int4, pg_catalog.text[]),
    daybreak.disallow(pg_catalog.regrole, pg_catalog.text, pg_catalog.text[]),
    daybreak.disallow(pg_catalog.text, pg_catalog.text, pg_catalog.text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION daybreak.role_or_public(pg_catalog.text) TO PUBLIC;
GRANT SELECT ON daybreak.allow_rules, daybreak.guarded, daybreak.rule_numbers, daybreak.allowed TO PUBLIC;

-- ---- guarding: an IAM role for a database role ----

CREATE TABLE daybreak.assume_rules (
    role pg_catalog.regrole PRIMARY KEY, -- 0 is PUBLIC
    iam_role pg_catalog.text NOT NULL,
    external_id pg_catalog.text
);
CREATE TRIGGER announce BEFORE INSERT OR UPDATE OR DELETE ON daybreak.assume_rules
FOR EACH ROW EXECUTE FUNCTION daybreak.rule_changes('assume', 'role', 'iam_role', 'external_id');
CREATE TRIGGER announce_truncate BEFORE TRUNCATE ON daybreak.assume_rules
FOR EACH STATEMENT EXECUTE FUNCTION daybreak.rule_changes('assume');
ALTER TABLE daybreak.assume_rules ENABLE ALWAYS TRIGGER announce, ENABLE ALWAYS TRIGGER announce_truncate;
SELECT pg_catalog.pg_extension_config_dump('daybreak.assume_rules',
    'WHERE role OPERATOR(pg_catalog.=) 0::pg_catalog.oid OR role::pg_catalog.oid OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT oid FROM pg_catalog.pg_roles))');

CREATE FUNCTION daybreak.assume(
    role pg_catalog.regrole,
    iam_role pg_catalog.text,
    external_id pg_catalog.text DEFAULT NULL::pg_catalog.text
) RETURNS pg_catalog.void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    LOCK TABLE daybreak.guarded IN SHARE ROW EXCLUSIVE MODE;
    INSERT INTO daybreak.guarded VALUES ('assume') ON CONFLICT (kind) DO UPDATE SET kind = excluded.kind;
    INSERT INTO daybreak.assume_rules AS r (role, iam_role, external_id) VALUES ($1, $2, $3)
    ON CONFLICT (role) DO UPDATE SET iam_role = excluded.iam_role, external_id = excluded.external_id;
$$;

CREATE FUNCTION daybreak.assume(
    role pg_catalog.text,
    iam_role pg_catalog.text,
    external_id pg_catalog.text DEFAULT NULL::pg_catalog.text
) RETURNS pg_catalog.void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS 'SELECT daybreak.assume(daybreak.role_or_public($1), $2, $3)';

-- False: the role had none.
CREATE FUNCTION daybreak.unassume(role pg_catalog.regrole) RETURNS pg_catalog.bool
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
    LOCK TABLE daybreak.guarded IN SHARE ROW EXCLUSIVE MODE;
    WITH taken AS (
        DELETE FROM daybreak.assume_rules r WHERE r.role OPERATOR(pg_catalog.=) $1 RETURNING r.role
    ), opened AS (
        DELETE FROM daybreak.guarded g
        WHERE g.kind OPERATOR(pg_catalog.=) 'assume' AND EXISTS (SELECT FROM taken) AND NOT EXISTS (SELECT FROM daybreak.assume_rules r WHERE r.role OPERATOR(pg_catalog.<>) $1)
    )
    SELECT EXISTS (SELECT FROM taken);
$$;

CREATE FUNCTION daybreak.unassume(role pg_catalog.text) RETURNS pg_catalog.bool
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS 'SELECT daybreak.unassume(daybreak.role_or_public($1))';

CREATE VIEW daybreak.assumed AS
SELECT CASE WHEN r.role OPERATOR(pg_catalog.=) 0::pg_catalog.oid THEN 'PUBLIC' ELSE r.role::pg_catalog.text END AS role,
       r.iam_role,
       r.external_id
FROM daybreak.assume_rules r;

REVOKE EXECUTE ON FUNCTION daybreak.assume(pg_catalog.regrole, pg_catalog.text, pg_catalog.text),
    daybreak.assume(pg_catalog.text, pg_catalog.text, pg_catalog.text),
    daybreak.unassume(pg_catalog.regrole), daybreak.unassume(pg_catalog.text) FROM PUBLIC;
GRANT SELECT ON daybreak.assume_rules, daybreak.assumed TO PUBLIC;

-- ---- end of guarding ----
