\echo Use "CREATE EXTENSION daybreak" to load this file. \quit

-- Every name is qualified with its schema, and the LANGUAGE sql functions set their own search_path, so that no search_path of the
-- installing or calling user can substitute another object.

CREATE SCHEMA daybreak;

-- Returns one JSON object. This is C, because it checks the permission itself: it explains to those who may execute aws_lambda.invoke, and
-- shows everybody else the two grants that they lack. User, database and settings are those of the session, not arguments.

CREATE FUNCTION daybreak.explain_invoke_json(
    function_name pg_catalog.text,
    region pg_catalog.text DEFAULT NULL::pg_catalog.text
) RETURNS pg_catalog.json
LANGUAGE c VOLATILE COST 100
AS '$libdir/aws_lambda', 'daybreak_explain_invoke';

CREATE FUNCTION daybreak.explain_invoke_json(function_name aws_commons._lambda_function_arn_1) RETURNS pg_catalog.json
LANGUAGE c VOLATILE COST 100
AS '$libdir/aws_lambda', 'daybreak_explain_invoke_composite';

-- Returns the same as rows. The fix stands beside the first stage that failed: its commands if there are any, otherwise a sentence.

CREATE FUNCTION daybreak.stages_of(explanation pg_catalog.json)
RETURNS TABLE (
    step pg_catalog.int4,
    stage pg_catalog.text,
    state pg_catalog.text,
    evidence pg_catalog.text,
    mend pg_catalog.text
)
LANGUAGE sql IMMUTABLE STRICT
SET search_path = pg_catalog, pg_temp
AS $$
    WITH stages AS (
        SELECT s.number, s.stage, pg_catalog.min(s.number) FILTER (WHERE s.stage->>'state' = 'failed') OVER () AS first_failed
        FROM pg_catalog.json_array_elements(explanation->'stages') WITH ORDINALITY s(stage, number)
    )
    SELECT s.number::pg_catalog.int4,
           s.stage->>'stage',
           s.stage->>'state',
           pg_catalog.concat_ws(E'\n', s.stage->>'text', (
               SELECT pg_catalog.string_agg(
                   pg_catalog.concat(CASE WHEN h.hop->>'passes' = 'true' THEN 'ok     ' ELSE 'FAILED ' END, h.hop->>'text'), E'\n' ORDER BY h.number)
               FROM pg_catalog.json_array_elements(s.stage->'hops') WITH ORDINALITY h(hop, number))),
           CASE WHEN s.number = s.first_failed THEN COALESCE(
               (SELECT pg_catalog.string_agg(c.command, E'\n' ORDER BY m.number, c.number)
                FROM pg_catalog.json_array_elements(s.stage->'toMend') WITH ORDINALITY m(step, number),
                     pg_catalog.json_array_elements_text(m.step->'commands') WITH ORDINALITY c(command, number)),
               (SELECT pg_catalog.string_agg(m.step->>'what', E'\n' ORDER BY m.number)
                FROM pg_catalog.json_array_elements(s.stage->'toMend') WITH ORDINALITY m(step, number))) END
    FROM stages s
    ORDER BY s.number
$$;

CREATE FUNCTION daybreak.explain_invoke(
    function_name pg_catalog.text,
    region pg_catalog.text DEFAULT NULL::pg_catalog.text
)
RETURNS TABLE (
    step pg_catalog.int4,
    stage pg_catalog.text,
    state pg_catalog.text,
    evidence pg_catalog.text,
    mend pg_catalog.text
)
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS 'SELECT * FROM daybreak.stages_of(daybreak.explain_invoke_json($1, $2))';

CREATE FUNCTION daybreak.explain_invoke(function_name aws_commons._lambda_function_arn_1)
RETURNS TABLE (
    step pg_catalog.int4,
    stage pg_catalog.text,
    state pg_catalog.text,
    evidence pg_catalog.text,
    mend pg_catalog.text
)
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS 'SELECT * FROM daybreak.stages_of(daybreak.explain_invoke_json($1))';

-- Everybody may call these; the answer depends on the caller's privileges.
GRANT USAGE ON SCHEMA daybreak TO PUBLIC;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA daybreak TO PUBLIC;
