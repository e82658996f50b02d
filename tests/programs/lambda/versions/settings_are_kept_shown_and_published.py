from version_steps import *

arn = ARN + 'settings'
key = f'arn:aws:kms:us-east-1:{A}:key/0'
json_logs = {'LogFormat': 'JSON', 'ApplicationLogLevel': 'DEBUG', 'SystemLogLevel': 'INFO', 'LogGroup': '/aws/lambda/settings'}
knows_logging = 'LoggingConfig' in lam.meta.service_model.shape_for('FunctionConfiguration').members  # botocore since November 2023


def shown(**of):
    answer = lam.get_function_configuration(FunctionName='settings', **of)
    return {name: answer.get(name) for name in ('TracingConfig', 'SnapStart', 'KMSKeyArn', 'LoggingConfig') if name != 'LoggingConfig' or knows_logging}


def settings(tracing, snap, status, key, logging):
    all = {'TracingConfig': {'Mode': tracing}, 'SnapStart': {'ApplyOn': snap, 'OptimizationStatus': status}, 'KMSKeyArn': key}
    return {**all, 'LoggingConfig': logging} if knows_logging else all


# As they were asked for, in the function and in its version.
logging = {'LoggingConfig': {'LogFormat': 'JSON', 'ApplicationLogLevel': 'DEBUG'}} if knows_logging else {}
lam.create_function(
    FunctionName='settings',
    Runtime='python3.12',
    Handler='f.handler',
    Role=f'arn:aws:iam::{A}:role/r',
    Code={'ZipFile': package()},
    TracingConfig={'Mode': 'Active'},
    SnapStart={'ApplyOn': 'PublishedVersions'},
    KMSKeyArn=key,
    **logging,
)
equal(shown(), settings('Active', 'PublishedVersions', 'Off', key, json_logs))
equal(lam.publish_version(FunctionName='settings')['Version'], '1')
equal(shown(Qualifier='1'), settings('Active', 'PublishedVersions', 'On', key, json_logs))

# A change of one leaves the others, and makes the next version another one.
change = lambda **settings: lam.update_function_configuration(FunctionName='settings', **settings)
change(TracingConfig={'Mode': 'PassThrough'})
equal(shown(), settings('PassThrough', 'PublishedVersions', 'Off', key, json_logs))
equal(lam.publish_version(FunctionName='settings')['Version'], '2')
change(SnapStart={'ApplyOn': 'None'}, KMSKeyArn='')
text_logs = {'LogFormat': 'Text', 'LogGroup': '/aws/lambda/settings'}
equal(shown(), settings('PassThrough', 'None', 'Off', None, json_logs))
if knows_logging:
    equal(change(LoggingConfig={'SystemLogLevel': 'WARN'})['LoggingConfig'], {**json_logs, 'SystemLogLevel': 'WARN'})
    equal(change(LoggingConfig={'LogFormat': 'Text'})['LoggingConfig'], text_logs)
    equal(change(LoggingConfig={'LogFormat': 'JSON'})['LoggingConfig'], {**json_logs, 'ApplicationLogLevel': 'INFO'})
equal(lam.publish_version(FunctionName='settings')['Version'], '3')
equal(shown(Qualifier='1'), settings('Active', 'PublishedVersions', 'On', key, json_logs))

# The runtime's updates are a setting of each version, and make no new revision.
revision = lam.get_function_configuration(FunctionName='settings')['RevisionId']
if hasattr(lam, 'get_runtime_management_config'):  # botocore since January 2023
    management = lambda **of: configuration(lam.get_runtime_management_config(FunctionName='settings', **of))
    equal(management(), {'UpdateRuntimeOn': 'Auto', 'FunctionArn': arn})
    version = f'arn:aws:lambda:us-east-1::runtime:{"0" * 64}'
    put = lambda **more: configuration(lam.put_runtime_management_config(FunctionName='settings', **more))
    manual = {'UpdateRuntimeOn': 'Manual', 'RuntimeVersionArn': version}
    equal(put(Qualifier='1', **manual), {**manual, 'FunctionArn': arn + ':1'})
    equal(management(Qualifier='1'), {**manual, 'FunctionArn': arn + ':1'})
    equal(lam.get_function_configuration(FunctionName='settings', Qualifier='1')['RuntimeVersionConfig'], {'RuntimeVersionArn': version})
    equal(put(UpdateRuntimeOn='FunctionUpdate'), {'UpdateRuntimeOn': 'FunctionUpdate', 'FunctionArn': arn})
    equal(management(Qualifier='2'), {'UpdateRuntimeOn': 'Auto', 'FunctionArn': arn + ':2'})
    fails('ResourceNotFoundException', f'Function not found: {ARN}nothing', lam.get_runtime_management_config, FunctionName='nothing')

if hasattr(lam, 'get_function_recursion_config'):  # botocore since August 2024
    loop = lambda: lam.get_function_recursion_config(FunctionName='settings')['RecursiveLoop']
    equal(loop(), 'Terminate')
    equal(lam.put_function_recursion_config(FunctionName='settings', RecursiveLoop='Allow')['RecursiveLoop'], 'Allow')
    equal(loop(), 'Allow')
    fails('ResourceNotFoundException', f'Function not found: {ARN}nothing', lam.get_function_recursion_config, FunctionName='nothing')
equal(lam.get_function_configuration(FunctionName='settings')['RevisionId'], revision)
equal(lam.publish_version(FunctionName='settings')['Version'], '3')
