"""CreateFunction, UpdateFunctionCode and PublishLayerVersion with a package in a bucket, which the caller must be allowed to read."""
from lambda_calls import *
from calls import client

INVALID = 'InvalidParameterValueException'
s3 = client('s3')
s3.create_bucket(Bucket='code')
s3.put_bucket_versioning(Bucket='code', VersioningConfiguration={'Status': 'Enabled'})
iam.create_role(RoleName='r', AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))


def put(key, text, name='f.py'):
    return s3.put_object(Bucket='code', Key=key, Body=zipped(name, text))['VersionId']


def create(name, caller=lam, **code):
    return caller.create_function(
        FunctionName=name, Runtime='python3.12', Handler='f.handler', Role=f'arn:aws:iam::{A}:role/r', Code=code)


def result(name):
    lam.get_waiter('function_updated_v2').wait(FunctionName=name, WaiterConfig={'Delay': 0.05})
    return lam.invoke(FunctionName=name)['Payload'].read().decode()


# Code, and a version of it.
one = put('a function.zip', 'def handler(e, c): return 1')
put('a function.zip', 'def handler(e, c): return 2')
made = create('f', S3Bucket='code', S3Key='a function.zip')
equal(result('f'), '2')
updated = lam.update_function_code(FunctionName='f', S3Bucket='code', S3Key='a function.zip', S3ObjectVersion=one)
assert updated['CodeSha256'] != made['CodeSha256']
equal(result('f'), '1')

# A layer.
put('layer.zip', 'TEXT = "of a layer"', 'python/shared.py')
layer = lam.publish_layer_version(LayerName='l', Content={'S3Bucket': 'code', 'S3Key': 'layer.zip'})['LayerVersionArn']
put('uses.zip', 'import shared\ndef handler(e, c): return shared.TEXT')
lam.update_function_code(FunctionName='f', S3Bucket='code', S3Key='uses.zip')
lam.get_waiter('function_updated_v2').wait(FunctionName='f', WaiterConfig={'Delay': 0.05})
lam.update_function_configuration(FunctionName='f', Layers=[layer])
equal(result('f'), '"of a layer"')

# What is not there.
cannot = 'Error occurred while GetObject. S3 Error Code: '
for call in (lambda **named: create('g', **named), lambda **named: lam.update_function_code(FunctionName='f', **named),
             lambda **named: lam.publish_layer_version(LayerName='l', Content=named)):
    fails(INVALID, cannot + 'NoSuchBucket. S3 Error Message: The specified bucket does not exist', call, S3Bucket='none', S3Key='k')
    fails(INVALID, cannot + 'NoSuchKey. S3 Error Message: The specified key does not exist.', call, S3Bucket='code', S3Key='none')
    fails(INVALID, cannot + 'NoSuchVersion. S3 Error Message: The specified version does not exist.', call,
          S3Bucket='code', S3Key='layer.zip', S3ObjectVersion=one)
    fails(INVALID, 'Please provide a source for function code.', call, S3Bucket='code')
s3.put_object(Bucket='code', Key='no.zip', Body=b'no zip')
fails(INVALID, 'Could not unzip uploaded file. Please check your file, then try to upload again.', create, 'g', S3Bucket='code', S3Key='no.zip')
s3.create_bucket(Bucket='elsewhere', CreateBucketConfiguration={'LocationConstraint': 'eu-west-1'})
fails(INVALID, cannot + 'PermanentRedirect. S3 Error Message: The bucket is in this region: eu-west-1. Please use this region to retry the request',
      create, 'g', S3Bucket='elsewhere', S3Key='k')

# Who may not read it.
key = user('deployer', allow(['lambda:*', 'iam:PassRole']))
caller = client('lambda', key['AccessKeyId'], key['SecretAccessKey'])
who = f'User: arn:aws:iam::{A}:user/deployer is not authorized to perform: s3:'
refused = 'Your access has been denied by S3, please make sure your request credentials have permission to GetObject for code/'
equal(fails('AccessDeniedException', begins(f'{refused}uses.zip. S3 Error Code: AccessDenied. S3 Error Message: {who}GetObject on resource'),
            create, 'g', caller, S3Bucket='code', S3Key='uses.zip'), 403)
iam.put_user_policy(UserName='deployer', PolicyName='s3', PolicyDocument=document(allow('s3:GetObject', 'arn:aws:s3:::code/*')))
create('g', caller, S3Bucket='code', S3Key='uses.zip')
fails('AccessDeniedException', begins(f'{refused}none. S3 Error Code: AccessDenied. S3 Error Message: {who}ListBucket on resource'),
      create, 'h', caller, S3Bucket='code', S3Key='none')
fails('AccessDeniedException', begins(f'{refused}uses.zip. S3 Error Code: AccessDenied. S3 Error Message: {who}GetObjectVersion on resource'),
      create, 'h', caller, S3Bucket='code', S3Key='uses.zip', S3ObjectVersion=one)

# Nor anybody of another account.
other = client('s3', '111122223333')
other.create_bucket(Bucket='of-others')
other.put_object(Bucket='of-others', Key='k', Body=package())
fails('AccessDeniedException',
      'Your access has been denied by S3, please make sure your request credentials have permission to GetObject for of-others/k. '
      'S3 Error Code: AccessDenied. S3 Error Message: Access Denied', create, 'h', S3Bucket='of-others', S3Key='k')
