from reset_steps import *

s = boto3.client('iam', endpoint_url=os.environ['AWS_ENDPOINT_URL'])
ended, answers = threading.Event(), set()


def ask(session):
    number = 0
    while not ended.is_set():
        number += 1
        name = f'c{session}-{number}'
        try:
            make(name)
            s.create_user(UserName=name)
        except botocore.exceptions.ClientError as error:
            answers.add(f"{error.response['ResponseMetadata']['HTTPStatusCode']} {error.response['Error']['Code']}")


threads = [threading.Thread(target=ask, args=(session,)) for session in range(3)]
for thread in threads:
    thread.start()
expect('{204}', {reset() for _ in range(10)})
ended.set()
for thread in threads:
    thread.join()
# The reset came between a cluster and its instance, or not.
expect('[]', sorted(answers - {'404 DBClusterNotFoundFault'}))
# Everything that exists is complete.
for name in [i['DBInstanceIdentifier'] for i in rds.describe_db_instances()['DBInstances']]:
    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier=name, WaiterConfig=FAST)
expect('204 (0, 0, 0) []', reset(), left(), [u for u in s.list_users()['Users'] if u['UserName'].startswith('c')])
