from expect import equal
import boto3, sys, os, urllib.request, zipfile, io, hashlib, base64

c = boto3.client('lambda', endpoint_url=os.environ['AWS_ENDPOINT_URL'])
name = sys.argv[1]
f = c.get_function(FunctionName=name)
arn = f['Configuration']['FunctionArn']
zipped = urllib.request.urlopen(f['Code']['Location']).read()
equal(base64.b64encode(hashlib.sha256(zipped).digest()).decode(), f['Configuration']['CodeSha256'])
equal(zipfile.ZipFile(io.BytesIO(zipped)).namelist(), ['f.py'])
equal(f['Tags'], {'team': 'a b'})
for form in (name, arn, arn + ':$LATEST', '444455556666:function:' + name, 'function:' + name, name + ':$LATEST'):
    equal(c.get_function_configuration(FunctionName=form)['FunctionName'], name)
equal(c.get_function_configuration(FunctionName=name, Qualifier='$LATEST')['FunctionArn'], arn + ':$LATEST')
c.tag_resource(Resource=arn, Tags={'x': 'ü/+'})
c.untag_resource(Resource=arn, TagKeys=['team', 'nope'])
equal(c.list_tags(Resource=arn)['Tags'], {'x': 'ü/+'})
equal([v['FunctionArn'] for v in c.list_versions_by_function(FunctionName=name)['Versions']], [arn + ':$LATEST'])
equal(c.get_function_code_signing_config(FunctionName=name)['FunctionName'], name)
assert 'ReservedConcurrentExecutions' not in c.get_function_concurrency(FunctionName=name)
r = c.invoke(FunctionName=name, Payload=b'[1]', ClientContext=base64.b64encode(b'{"custom": {"k": "\xc3\xbc"}}').decode())
assert r['Payload'].read() == b'[1]' and r['StatusCode'] == 200
e = c.invoke(FunctionName=name, Payload=b'[1]', InvocationType='Event')
assert e['StatusCode'] == 202 and e['Payload'].read() == b'' and 'ExecutedVersion' not in e
try:
    c.create_code_signing_config(AllowedPublishers={"SigningProfileVersionArns": ["arn:aws:signer:us-east-1:444455556666:/signing-profiles/a/b"]})
    raise SystemExit('configured')
except c.exceptions.ClientError as error:
    assert error.response['Error'] == {
        'Code': 'NotImplemented',
        'Message': 'Daybreak does not implement the operation CreateCodeSigningConfig of lambda.',
    }, error.response
try:
    c.get_function(FunctionName='nope')
    raise SystemExit('found')
except c.exceptions.ResourceNotFoundException as error:
    assert error.response['ResponseMetadata']['RequestId'] and error.response['Type'] == 'User', error.response
