# The least and the most that the client's own model has for each operation.
from ec2_calls import *

for name in sorted(ec2.meta.service_model.operation_names):
    shape = ec2.meta.service_model.operation_model(name).input_shape
    limits = shape.members['MaxResults'].metadata if shape and 'MaxResults' in shape.members else {}
    if 'max' not in limits or not name.startswith(('Describe', 'Get')):
        continue
    method = next(m for m, o in ec2.meta.method_to_api_mapping.items() if o == name)
    below, above = limits['min'] - 1, limits['max'] + 1
    if refused(method, MaxResults=below).startswith('501'):
        continue
    for size in (limits['min'], limits['max']):
        answer = refused(method, MaxResults=size)
        assert answer == 'not refused' or 'MissingParameter' in answer, (name, size, answer)
    for size in (below, above):
        answer = refused(method, MaxResults=size)
        assert 'MissingParameter' in answer or f'Value ( {size} ) for parameter maxResults is invalid' in answer, (name, size, answer)
