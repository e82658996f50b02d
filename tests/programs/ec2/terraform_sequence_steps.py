from ec2_calls import *

import xml.etree.ElementTree as ET
from botocore.exceptions import ClientError

strange, answers = set(), []


def check(element, shape, path):
    if shape.type_name == 'list':
        for item in element:
            check(item, shape.member, path)
    elif shape.type_name == 'structure':
        members = {m.serialization.get('name', n): m for n, m in shape.members.items()}
        for child in element:
            name = child.tag.split('}')[-1]
            if name in members:
                check(child, members[name], f'{path}.{name}')
            else:
                strange.add(f'{path}.{name}')


def answered(http_response, model, **_):
    if http_response.status_code != 200:
        return
    answers.append(model.name)
    for child in ET.fromstring(http_response.content):
        name = child.tag.split('}')[-1]
        members = {m.serialization.get('name', n): m for n, m in model.output_shape.members.items()} if model.output_shape else {}
        # EC2 acknowledges in this way also where its model has no answer.
        if name in members:
            check(child, members[name], f'{model.name}.{name}')
        elif name not in ('requestId', 'return'):
            strange.add(f'{model.name}.{name}')


ec2.meta.events.register('after-call.ec2', answered)

drift = []


def compare(resource, asked, shown):
    for name, value in asked.items():
        if shown.get(name) != value:
            drift.append(f'{resource}.{name}: asked {value!r}, described {shown.get(name)!r}')


def the_one(found):
    equal(len(found), 1)
    return found[0]


def named(kind, name):
    return [{'ResourceType': kind, 'Tags': [{'Key': 'Name', 'Value': name}]}]


def where(**filters):
    return [{'Name': k.replace('_', '-').replace('--', '.'), 'Values': [v]} for k, v in filters.items()]


TAGS = [{'Key': 'Name', 'Value': 'tf'}]
undo = []
