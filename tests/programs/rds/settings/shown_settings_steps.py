from cluster_calls import *

KEY = 'arn:aws:kms:us-east-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'


def role(name, service):
    trust = {'Version': '2012-10-17', 'Statement': [{'Effect': 'Allow', 'Principal': {'Service': service}, 'Action': 'sts:AssumeRole'}]}
    return iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))['Role']['Arn']


def shown(what, *names):
    return [what.get(name) for name in names]


INSIGHTS = ('PerformanceInsightsEnabled', 'PerformanceInsightsKMSKeyId', 'PerformanceInsightsRetentionPeriod', 'DatabaseInsightsMode')
MONITORING = ('MonitoringInterval', 'MonitoringRoleArn', 'EnhancedMonitoringResourceArn')
