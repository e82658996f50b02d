-- A row that is priced by a Lambda function as it is inserted.
CREATE EXTENSION IF NOT EXISTS aws_lambda CASCADE;

CREATE TABLE purchase (id int PRIMARY KEY, items jsonb NOT NULL, net int, gross int);

CREATE FUNCTION price_purchase() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    price jsonb;
BEGIN
    SELECT payload INTO price FROM aws_lambda.invoke('price-order', jsonb_build_object('items', NEW.items));
    NEW.net := price->>'net';
    NEW.gross := price->>'gross';
    RETURN NEW;
END
$$;

CREATE TRIGGER price BEFORE INSERT ON purchase FOR EACH ROW EXECUTE FUNCTION price_purchase();

INSERT INTO purchase (id, items) VALUES
    (1, '[{"quantity": 2, "cents": 1250}]'),
    (2, '[{"quantity": 1, "cents": 990}, {"quantity": 3, "cents": 100}]');

SELECT id, net, gross FROM purchase ORDER BY id;
