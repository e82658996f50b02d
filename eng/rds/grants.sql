
-- Appended by eng/pgsql-stage. When the superuser is rdsadmin (in a local Aurora cluster), this gives the extension to members of
-- rds_superuser: they may create it, use it, and grant that to others. Elsewhere it does nothing, whatever roles exist.
DO $rds$
BEGIN
    IF current_user OPERATOR(pg_catalog.=) 'rdsadmin'::pg_catalog.name THEN
        IF NOT pg_catalog.pg_has_role(session_user, 'rds_superuser', 'MEMBER') THEN
            RAISE EXCEPTION 'permission denied to create extension "@extension@"'
                USING ERRCODE = 'insufficient_privilege', HINT = 'Must be a member of rds_superuser to create this extension.';
        END IF;
        GRANT USAGE ON SCHEMA @extension@ TO rds_superuser WITH GRANT OPTION;
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA @extension@ TO rds_superuser WITH GRANT OPTION;
        -- The creator also gets a grant by name: further grants are then made as that user, and such a user can restore a dump of them.
        IF session_user OPERATOR(pg_catalog.<>) 'rdsadmin'::pg_catalog.name THEN
            EXECUTE pg_catalog.format('GRANT USAGE ON SCHEMA @extension@ TO %I WITH GRANT OPTION', session_user);
            EXECUTE pg_catalog.format('GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA @extension@ TO %I WITH GRANT OPTION', session_user);
        END IF;
    END IF;
END
$rds$;
