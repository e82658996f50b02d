\echo Use "ALTER EXTENSION daybreak UPDATE TO '1.2'" to load this file. \quit

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
       s.throttles, s.timeouts, s.cancels, s.other_errors, s.bytes_sent, s.bytes_received, s.total_ms, s.mean_ms, s.min_ms, s.max_ms,
       s.p50_ms, s.p90_ms, s.p99_ms, s.stats_since
FROM daybreak.stat_invocations() s
LEFT JOIN pg_catalog.pg_database d ON d.oid OPERATOR(pg_catalog.=) s.datid;

CREATE FUNCTION daybreak.stat_invocations_info()
RETURNS TABLE (
    entries pg_catalog.int4,
    capacity pg_catalog.int4,
    evictions pg_catalog.int8,
    untracked pg_catalog.int8,
    stats_since pg_catalog.timestamptz
)
LANGUAGE c VOLATILE PARALLEL SAFE ROWS 1
AS '$libdir/aws_lambda', 'daybreak_stat_invocations_info';

CREATE VIEW daybreak.stat_invocations_info AS
SELECT i.entries, i.capacity, i.evictions, i.untracked, i.stats_since FROM daybreak.stat_invocations_info() i;

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
