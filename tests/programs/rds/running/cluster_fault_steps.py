from cluster_calls import *

import signal, threading


def postmaster(instance):
    address = rds.describe_db_instances(DBInstanceIdentifier=instance)['DBInstances'][0]['Endpoint']['Address']
    for process in filter(str.isdigit, os.listdir('/proc')):
        try:
            command = open(f'/proc/{process}/cmdline').read().split('\0')
            if len(command) > 2 and command[1] == '-D' and address in open(command[2] + '/../postgresql.conf').read().split('port =')[0]:
                return int(process)
        except OSError:
            pass  # it has just ended
    raise AssertionError(f'{instance} does not run')


def until(what, seconds=240):
    began = time.monotonic()
    while not what():
        if time.monotonic() > began + seconds:
            told = [f"{e['Date']:%H:%M:%S} {e['SourceIdentifier']}: {e['Message']}" for e in rds.describe_events()['Events']]
            raise AssertionError('\n'.join([f'not within {seconds} s; the events:', *told]))


def loads(host, count):
    'Sessions that insert numbers; each number that was committed is remembered.'
    committed, stop = [], threading.Event()

    def run(session):
        number = 0
        while not stop.is_set():
            number += 1
            row = session * 1000000 + number
            if psql(host, f'INSERT INTO written VALUES ({row}) RETURNING n').split('\n')[0] == str(row):
                committed.append(row)

    threads = [threading.Thread(target=run, args=(session,)) for session in range(count)]
    for thread in threads:
        thread.start()

    def end():
        stop.set()
        for thread in threads:
            thread.join()
        return committed

    return committed, end


def messages(kind, name, *categories):
    return [e['Message'] for e in rds.describe_events(SourceType=kind, SourceIdentifier=name, EventCategories=list(categories))['Events']]
