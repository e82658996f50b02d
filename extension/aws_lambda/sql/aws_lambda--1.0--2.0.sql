\echo Use "ALTER EXTENSION aws_lambda UPDATE TO '2.0'" to load this file. \quit

-- Aurora's 2.0 differs from its 1.0 only internally. The objects are the same, so this script is empty. The version exists here so that
-- dumps, scripts and \dx agree with Aurora's.
