-- aws_commons: types and constructors that everybody may use.
CREATE EXTENSION aws_commons;
SELECT extname, extversion, extnamespace::regnamespace, obj_description(oid, 'pg_extension') FROM pg_extension
WHERE extname = 'aws_commons';
\df aws_commons.*
\d aws_commons._lambda_function_arn_1
\d aws_commons._s3_uri_1
\d aws_commons._aws_credentials_1

-- the three forms of AWS's walkthrough
SELECT aws_commons.create_lambda_function_arn('my-function', 'us-west-2') AS aws_lambda_arn_1;
SELECT aws_commons.create_lambda_function_arn('111122223333:function:my-function', 'us-west-2') AS lambda_partial_arn_1;
SELECT aws_commons.create_lambda_function_arn('arn:aws:lambda:us-west-2:111122223333:function:my-function') AS lambda_arn_1;
SELECT aws_commons.create_lambda_function_arn('a name'), aws_commons.create_lambda_function_arn(NULL, '');

SELECT aws_commons.create_s3_uri('bucket', 'path/to file', 'us-east-1');
SELECT aws_commons.create_s3_uri('bucket', 'path');
SELECT (c).* FROM aws_commons.create_aws_credentials('key', 'secret', '') AS c;

-- Anybody may build values.
CREATE ROLE commons_user;
SET ROLE commons_user;
SELECT aws_commons.create_lambda_function_arn(function_name => 'f', region => 'r');
CREATE TEMP TABLE functions (arn aws_commons._lambda_function_arn_1);
INSERT INTO functions SELECT aws_commons.create_lambda_function_arn('f', 'r');
RESET ROLE;

-- a column of the type keeps the extension
DROP EXTENSION aws_commons;
DROP TABLE functions;
DROP EXTENSION aws_commons;
DROP ROLE commons_user;
