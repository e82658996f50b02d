from calls import *

# A Region of its own: lists show no parameter of another program.
ssm = boto3.client('ssm', endpoint_url=os.environ['AWS_ENDPOINT_URL'], region_name='eu-west-1', config=quiet)
names = ['/app', '/app/a', '/app/a-b', '/app/a/x', '/app/a/y/z', '/app/b', '/app.c/d', '/apple', 'first']
for name in names:
    ssm.put_parameter(Name=name, Value='v', Type='StringList' if name == '/app/b' else 'String', Tags=[dict(Key='n', Value=name)])


def of(answer):
    return [p['Name'] for p in answer['Parameters']]


def path(path, **more):
    return of(ssm.get_parameters_by_path(Path=path, **more))


def found(key, *values, **more):
    return of(ssm.describe_parameters(ParameterFilters=[dict(Key=key, Values=list(values), **more)]))


equal(path('/app'), ['/app/a', '/app/a-b', '/app/b'])
equal(path('/app/', Recursive=True), ['/app/a', '/app/a-b', '/app/a/x', '/app/a/y/z', '/app/b'])
equal(path('/'), ['/app', '/apple', 'first'])
equal(path('/none'), [])
equal(path('/app', ParameterFilters=[dict(Key='Type', Values=['StringList'])]), ['/app/b'])
listed, token = [], {}
while True:
    page = ssm.get_parameters_by_path(Path='/', Recursive=True, MaxResults=2, **token)
    assert len(page['Parameters']) <= 2
    listed += of(page)
    if 'NextToken' not in page:
        break
    token = dict(NextToken=page['NextToken'])
equal(listed, ['/app', '/app.c/d', '/app/a', '/app/a-b', '/app/a/x', '/app/a/y/z', '/app/b', '/apple', 'first'])
equal(sorted(of(ssm.describe_parameters())), sorted(names))
equal(found('Name', '/first', 'none', '/app'), ['/app', 'first'])
equal(found('Name', '/app/', Option='BeginsWith'), ['/app/a', '/app/a-b', '/app/a/x', '/app/a/y/z', '/app/b'])
equal(found('Name', 'pl', Option='Contains'), ['/apple'])
equal(found('Path', '/app/a', '/app', Option='Recursive'), ['/app/a', '/app/a-b', '/app/a/x', '/app/a/y/z', '/app/b'])
equal(found('Path', '/app/a'), ['/app/a/x'])
equal(found('tag:n', '/app/b', 'first'), ['/app/b', 'first'])
equal(of(ssm.describe_parameters(Filters=[dict(Key='Name', Values=['/app/a'])])), ['/app/a', '/app/a-b', '/app/a/x', '/app/a/y/z'])
both = 'You can use either Filters or ParameterFilters in a single request.'
old = [dict(Key='Name', Values=['x'])]
fails('ValidationException', both, ssm.describe_parameters, Filters=old, ParameterFilters=old)
key = 'The following filter key is not valid: Name. Valid filter keys include: [Type, KeyId].'
fails('InvalidFilterKey', key, ssm.get_parameters_by_path, Path='/', ParameterFilters=old)
equal(outcome(ssm.get_parameters_by_path, Path='app')['Error']['Code'], 'ValidationException')
equal(outcome(ssm.describe_parameters, NextToken='app')['Error']['Code'], 'InvalidNextToken')
description = ssm.describe_parameters(ParameterFilters=[dict(Key='Name', Values=['/app/b'])])['Parameters'][0]
assert description.pop('LastModifiedDate')
equal(
    description,
    dict(
        Name='/app/b',
        ARN='arn:aws:ssm:eu-west-1:444455556666:parameter/app/b',
        Type='StringList',
        LastModifiedUser='arn:aws:iam::444455556666:user/local-administrator',
        Version=1,
        Tier='Standard',
        Policies=[],
        DataType='text',
    ),
)
ssm.delete_parameter(Name='/app/a/x')
equal(path('/app/a'), [])
equal(path('/app/a', Recursive=True), ['/app/a/y/z'])
