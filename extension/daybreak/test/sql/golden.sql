-- The golden explanation (tests/golden/explanation.json), which C# reads and writes as well: its rows, and the form of what C writes itself.
SET client_min_messages = warning;
CREATE EXTENSION daybreak CASCADE;
RESET client_min_messages;
\set golden `cat "$DAYBREAK_GOLDEN/explanation.json"`
\x
SELECT * FROM daybreak.stages_of(:'golden');
\x

-- C writes the stages "grants" and "bridge": with all members that the golden file has always, and with none that it has not.
CREATE ROLE explain_golden;
SET ROLE explain_golden;
SELECT daybreak.explain_invoke_json('f') AS shim \gset
RESET ROLE;
CREATE FUNCTION pg_temp.members(explanation json) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT 'explanation ' || json_object_keys(explanation)
    UNION SELECT 'stage ' || json_object_keys(stage) FROM json_array_elements(explanation->'stages') stage
    UNION SELECT 'step ' || json_object_keys(step)
    FROM json_array_elements(explanation->'stages') stage, json_array_elements(stage->'toMend') step
$$;
SELECT pg_temp.members(:'shim') EXCEPT SELECT pg_temp.members(:'golden');
SELECT member FROM pg_temp.members(:'golden') member EXCEPT SELECT pg_temp.members(:'shim') ORDER BY member;
DROP ROLE explain_golden;
DROP EXTENSION daybreak;
