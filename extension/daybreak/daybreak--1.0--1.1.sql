\echo Use "ALTER EXTENSION daybreak UPDATE TO '1.1'" to load this file. \quit

-- The version of the library that answers, which the next installation replaces: not IMMUTABLE.

CREATE FUNCTION daybreak.version() RETURNS pg_catalog.text
LANGUAGE c STABLE
AS '$libdir/aws_lambda', 'daybreak_version';

GRANT EXECUTE ON FUNCTION daybreak.version() TO PUBLIC;
