-- Rows that a Lambda function answers after they are inserted. It logs in as the user of the secret, or as way_back by a token.
CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE;

CREATE TABLE work (id int PRIMARY KEY, function text NOT NULL, login text NOT NULL, question text NOT NULL, answer text, done_by text);

CREATE ROLE way_back LOGIN;
GRANT rds_iam TO way_back;
GRANT SELECT, UPDATE ON work TO way_back;

CREATE FUNCTION call_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM aws_lambda.invoke(NEW.function, jsonb_build_object('id', NEW.id, 'login', NEW.login), invocation_type => 'Event');
    RETURN NULL;
END
$$;

-- After INSERT only: the function's own UPDATE must not call it again.
CREATE TRIGGER call_back AFTER INSERT ON work FOR EACH ROW EXECUTE FUNCTION call_back();

INSERT INTO work (id, function, login, question) VALUES
    (1, 'way-back-python', 'secret', 'who?'),
    (2, 'way-back-python', 'token', 'how?'),
    (3, 'way-back-node', 'secret', 'when?'),
    (4, 'way-back-node', 'token', 'why?');
