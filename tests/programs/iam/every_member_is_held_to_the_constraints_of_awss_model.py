from calls import *

import re

ARN = 'arn:aws:iam::444455556666:policy/there'


def satisfies(text, shape):
    try:
        return re.fullmatch(shape.metadata['pattern'], text, re.ASCII) is not None
    except re.error:
        return False  # \p{…} is not Python's


def long_as(text, shape):
    least = max(shape.metadata.get('min', 1), 1)
    return (text * least)[: max(least, len(text))]


def valid(shape):
    if shape.type_name == 'string':
        if shape.enum:
            return shape.enum[0]
        tried = [ARN] if shape.metadata.get('min') == 20 else [long_as(text, shape) for text in ('a', '/', 'v1', '123456')]
        return next((text for text in tried if 'pattern' not in shape.metadata or satisfies(text, shape)), tried[0])
    if shape.type_name == 'list':
        return [valid(shape.member)] * max(shape.metadata.get('min', 1), 1)
    if shape.type_name == 'structure':
        return {k: valid(m) for k, m in shape.members.items()}
    return {'integer': shape.metadata.get('min', 1), 'boolean': True}.get(shape.type_name, '2020-01-01T00:00:00Z')


def breaks(shape, how):
    '''A value that breaks a constraint, and the path behind the member with what AWS says of it; None where there is no such constraint.'''
    rule = shape.metadata
    if shape.type_name == 'string':
        if how == 'enum' and shape.enum:
            return 'no-such-value', '', 'Member must satisfy enum value set: '
        if how == 'long' and 'max' in rule and not shape.enum:
            return valid(shape)[0] * (rule['max'] + 1), '', f"Member must have length less than or equal to {rule['max']}"
        if how == 'short' and rule.get('min', 0) > 0 and not shape.enum:
            return 'a' * (rule['min'] - 1), '', f"Member must have length greater than or equal to {rule['min']}"
        if how == 'pattern' and 'pattern' in rule:
            odd = next(text for text in (long_as(odd, shape) for odd in ('<', '\u4e2d', '\u0001')) if not satisfies(text, shape))
            return odd, '', 'Member must satisfy regular expression pattern: ' + rule['pattern']
    if shape.type_name == 'integer':
        if how == 'long' and 'max' in rule:
            return rule['max'] + 1, '', f"Member must have value less than or equal to {rule['max']}"
        if how == 'short' and 'min' in rule:
            return rule['min'] - 1, '', f"Member must have value greater than or equal to {rule['min']}"
    if shape.type_name == 'list':
        if how == 'many' and 'max' in rule:
            return [valid(shape.member)] * (rule['max'] + 1), '', f"Member must have length less than or equal to {rule['max']}"
        inner = breaks(shape.member, how)
        if inner:
            return [inner[0]], f'.1.member{inner[1]}' if shape.member.type_name == 'structure' else '', inner[2]
    if shape.type_name == 'structure':
        for name, member in shape.members.items():
            inner = breaks(member, how)
            if inner:
                return {**valid(shape), name: inner[0]}, f'.{name[0].lower()}{name[1:]}{inner[1]}', inner[2]


# Models of some years ago have one character more in paths.
same = lambda text: text.replace(r'\u007F', r'\u007E')
# Two patterns of those models, which newer ones have changed.
obsolete = (r'^[a-z0-9](([a-z0-9]|-(?!-))*[a-z0-9])?$', r'[\p{L}\p{M}\p{Z}\p{S}\p{N}\p{P}]*')
asked, differing = 0, []
for operation in iam.meta.service_model.operation_names:
    shape = iam.meta.service_model.operation_model(operation).input_shape
    for name, member in (shape.members if shape else {}).items():
        for how in ('long', 'short', 'pattern', 'enum', 'many'):
            broken = breaks(member, how)
            if not broken or (member.metadata.get('max') or 0) > 1_000_000:
                continue  # certificates and the like, which are refused
            if how == 'pattern' and member.metadata.get('pattern') in obsolete:
                continue
            value, below, text = broken
            others = {k: valid(shape.members[k]) for k in shape.required_members}
            answer = outcome(iam._make_api_call, operation, {**others, name: value})
            error = answer.get('Error', {'Code': 'none', 'Message': ''})
            if answer['ResponseMetadata']['HTTPStatusCode'] == 501:
                continue  # refused by name, the operation or the parameter
            asked += 1
            path = name[0].lower() + name[1:] + below
            listed = (
                error['Code'] == 'ValidationError'
                and f"at '{path}' failed to satisfy constraint: " in error['Message']
                and same(text) in same(error['Message'])
            )
            sentence = how == 'pattern' and error['Message'].startswith(f'The specified value for {path} is invalid. ')
            if not (listed or sentence):
                differing.append(f"{operation}.{name} {how}: not {path} {text}, but {error['Code']}: {error['Message'][:300]}")
assert asked > 300, asked
assert not differing, '\n'.join(differing)
