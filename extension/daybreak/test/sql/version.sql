-- Update from every version to the current one. The version is Daybreak's, and everybody may see it.
CREATE EXTENSION daybreak VERSION '1.0';
SELECT to_regprocedure('daybreak.version()') IS NULL AS "not before 1.1";
ALTER EXTENSION daybreak UPDATE;
SELECT extversion FROM pg_extension WHERE extname = 'daybreak';
CREATE ROLE version_reader;
SET ROLE version_reader;
SELECT daybreak.version() ~ '^\d+\.\d+\.\d+$' AS "a version";
RESET ROLE;
DROP ROLE version_reader;
DROP EXTENSION daybreak;
