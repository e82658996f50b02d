from lambda_calls import *

LAYERS = f'arn:aws:lambda:us-east-1:{A}:layer:'
SUPPORTED = (
    '[nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x, nodejs22.x, java25, python3.10, python3.11, java21, '
    'ruby3.3, ruby3.4, ruby3.2, python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6, nodejs18.x, provided.al2, '
    'java8.al2]'
)
VERSION_ARN = (
    '(arn:(aws[a-zA-Z-]*)?:lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+)|'
    '(arn:[a-zA-Z0-9-]+:lambda:::awslayer:[a-zA-Z0-9-_]+)'
)


def content(text='x', name='data'):
    return zipped(name, text)


def publish(name, caller=lam, text='x', **more):
    return caller.publish_layer_version(LayerName=name, Content={'ZipFile': content(text)}, **more)


def status(answer):
    return answer['ResponseMetadata']['HTTPStatusCode']


def ready(name):
    lam.get_waiter('function_updated_v2').wait(FunctionName=name, WaiterConfig={'Delay': 0})


def validation(*violations):
    count = '1 validation error' if len(violations) == 1 else f'{len(violations)} validation errors'
    return f'{count} detected: ' + '; '.join(f'Value {value} failed to satisfy constraint: {text}' for value, text in violations)
