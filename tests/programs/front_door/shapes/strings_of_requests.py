# Prints every string of the requests of the operations that are named: path, pattern, least and greatest length.
import botocore.session, json, sys

session = botocore.session.get_session()


def strings(shape, path, above):
    if shape.name in above:
        return
    if shape.type_name == 'string':
        yield [path, shape.metadata.get('pattern'), shape.metadata.get('min', 0), shape.metadata.get('max')]
    elif shape.type_name == 'structure':
        for name, member in shape.members.items():
            for wire in {name, member.serialization.get('name', name), member.serialization.get('queryName', name)}:
                yield from strings(member, f'{path}.{wire}' if path else wire, above + [shape.name])
    elif shape.type_name == 'list':
        yield from strings(shape.member, path + '[]', above + [shape.name])
    elif shape.type_name == 'map':
        yield from strings(shape.key, path + '{}', above + [shape.name])
        yield from strings(shape.value, path + '[]', above + [shape.name])


known = {}
for service, operations in json.loads(sys.argv[1]).items():
    model = session.get_service_model(service)
    for operation in operations:
        if operation in model.operation_names and (shape := model.operation_model(operation).input_shape):
            known[f'{service}.{operation}'] = list(strings(shape, '', []))
print(json.dumps(known))
