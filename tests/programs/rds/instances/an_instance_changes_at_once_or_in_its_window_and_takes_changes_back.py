from modification_steps import *

c = cluster('waits')
instance('waits', 'waits-1', PreferredMaintenanceWindow=LATER)


def modify(**parameters):
    return show(rds.modify_db_instance(DBInstanceIdentifier='waits-1', **parameters)['DBInstance'])


def show(i):
    return i['DBInstanceStatus'], i['DBInstanceClass'], i['CACertificateIdentifier'][7:], i['PromotionTier'], i['PendingModifiedValues']


def settled():
    rds.get_waiter('db_instance_available').wait(DBInstanceIdentifier='waits-1', WaiterConfig=FAST)
    return show(rds.describe_db_instances(DBInstanceIdentifier='waits-1')['DBInstances'][0])


started = lambda: psql(c['Endpoint'], 'SELECT pg_postmaster_start_time()')
first = started()
expect(
    "('available', 'db.r6g.large', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.xlarge', 'CACertificateIdentifier': 'rds-ca-rsa4096-g1'})",
    modify(DBInstanceClass='db.r6g.xlarge', CACertificateIdentifier='rds-ca-rsa4096-g1', PromotionTier=3),
)
expect(
    "('available', 'db.r6g.large', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.xlarge'})",
    modify(CACertificateIdentifier='rds-ca-rsa2048-g1'),
)
expect("True ('available', 'db.r6g.large', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.xlarge'})", started() == first, settled())
expect("('modifying', 'db.r6g.large', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.xlarge'})", modify(ApplyImmediately=True))
expect("('available', 'db.r6g.xlarge', 'rsa2048-g1', 3, {}) True", settled(), started() != first)
second = started()
expect("('available', 'db.r6g.xlarge', 'rsa2048-g1', 3, {'DBInstanceClass': 'db.r6g.2xlarge'})", modify(DBInstanceClass='db.r6g.2xlarge'))
modify(PreferredMaintenanceWindow=NOW)
expect("('available', 'db.r6g.2xlarge', 'rsa2048-g1', 3, {}) True", settled(), started() != second)
expect(
    "{'CACertificateIdentifier': 'rds-ca-ecc384-g1'}",
    modify(CACertificateIdentifier='rds-ca-ecc384-g1', PreferredMaintenanceWindow=LATER, ApplyImmediately=True)[-1],
)
expect("('available', 'db.r6g.2xlarge', 'ecc384-g1', 3, {})", settled())
expect(
    '404 CertificateNotFound: Certificate rds-ca-2015 not found.',
    refused('modify_db_instance', DBInstanceIdentifier='waits-1', CACertificateIdentifier='rds-ca-2015'),
)
expect(
    '400 InvalidParameterValue: Invalid maintenance window: sun:05:00-sun:05:29. It must be at least 30 minutes and less than 24 hours long.',
    refused('modify_db_instance', DBInstanceIdentifier='waits-1', PreferredMaintenanceWindow='sun:05:00-sun:05:29'),
)
expect(
    "['Applying modification to database instance class', 'Finished applying modification to DB instance class', 'Applying modification to database instance class', 'Finished applying modification to DB instance class']",
    [e['Message'] for e in rds.describe_events(SourceType='db-instance', EventCategories=['configuration change'])['Events']],
)
