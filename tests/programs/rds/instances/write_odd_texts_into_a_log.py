from cluster_calls import *

host = cluster('odd')['Endpoint']
instance('odd', 'odd-1')
psql(host, f"CREATE ROLE joe LOGIN PASSWORD '{PASSWORD}'")
psql(host, 'CREATE DATABASE "d\x01\x1be"')
psql(host, "CREATE DATABASE raw ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0")


def say(text, database):
    told = psql(host, f"DO $$ BEGIN RAISE LOG '%', E'said {text}'; END $$", user='joe', database=database)
    equal(told, 'DO')


say(r'a\x01b\x1b[31m \x0b \uFFFE\uFFFF \u0085 é', 'postgres')
say('it', 'd\x01\x1be')
say(r'\xff\xfe \xc3(', 'raw')
data = rds.download_db_log_file_portion(DBInstanceIdentifier='odd-1', LogFileName='error/postgresql.log')['LogFileData']
for line in data.split('\n'):
    if 'said' in line and 'STATEMENT' not in line:
        print(json.dumps(line))
