
-- Appended by eng/pgsql-stage. When the superuser is rdsadmin (in a local Aurora cluster), members of rds_superuser are in charge of the rules,
-- and may restore a dump that has some. Elsewhere it does nothing, whatever roles exist.
DO $rds$
BEGIN
    IF current_user OPERATOR(pg_catalog.=) 'rdsadmin'::pg_catalog.name THEN
        GRANT EXECUTE ON FUNCTION daybreak.allow(pg_catalog.regrole, pg_catalog.text, pg_catalog.text[]),
            daybreak.allow(pg_catalog.text, pg_catalog.text, pg_catalog.text[]),
            daybreak.disallow(pg_catalog.int4, pg_catalog.text[]),
            daybreak.disallow(pg_catalog.regrole, pg_catalog.text, pg_catalog.text[]),
            daybreak.disallow(pg_catalog.text, pg_catalog.text, pg_catalog.text[]),
            daybreak.assume(pg_catalog.regrole, pg_catalog.text, pg_catalog.text),
            daybreak.assume(pg_catalog.text, pg_catalog.text, pg_catalog.text),
            daybreak.unassume(pg_catalog.regrole), daybreak.unassume(pg_catalog.text) TO rds_superuser WITH GRANT OPTION;
        GRANT INSERT, UPDATE, DELETE, TRUNCATE ON daybreak.allow_rules, daybreak.assume_rules, daybreak.guarded TO rds_superuser;
        GRANT USAGE, UPDATE ON SEQUENCE daybreak.rule_numbers TO rds_superuser;
    END IF;
END
$rds$;
