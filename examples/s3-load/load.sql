-- The same without a function: the file into a table, and what a query finds into another file.
CREATE EXTENSION IF NOT EXISTS aws_s3 CASCADE;

CREATE TABLE imported (LIKE reading);
SELECT aws_s3.table_import_from_s3('imported', '', '(format csv, header true)', 's3-load', 'in/may.csv', 'us-east-1');

SELECT * FROM aws_s3.query_export_to_s3(
    'SELECT at::date AS day, round(avg(value), 2) AS mean FROM imported GROUP BY 1 ORDER BY 1', 's3-load', 'out/days.csv',
    options := 'format csv, header true');
