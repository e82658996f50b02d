\echo Use "ALTER EXTENSION daybreak UPDATE TO '1.1'" to load this file. \quit

-- Not IMMUTABLE, since the next installation replaces the library and so the version.

CREATE FUNCTION daybreak.version() RETURNS pg_catalog.text
LANGUAGE c STABLE
AS '$libdir/aws_lambda', 'daybreak_version';

GRANT EXECUTE ON FUNCTION daybreak.version() TO PUBLIC;
