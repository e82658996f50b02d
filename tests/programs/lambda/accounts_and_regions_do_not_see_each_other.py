import boto3, sys, os

c = boto3.client('lambda', endpoint_url=os.environ['AWS_ENDPOINT_URL'], region_name=sys.argv[2])
print([f['FunctionArn'] for p in c.get_paginator('list_functions').paginate() for f in p['Functions'] if f['FunctionName'] == sys.argv[1]])
