from calls import *

# json 1.1, json 1.1 or 1.0, query, json 1.0, query, json 1.1, json 1.1, rest-json, rest-xml
for (service, call, arguments), expected in zip(
    [
        ('codebuild', 'list_projects', {}),
        ('sqs', 'list_queues', {}),
        ('sns', 'list_topics', {}),
        ('dynamodb', 'list_tables', {}),
        ('cloudformation', 'list_stacks', {}),
        ('glue', 'list_jobs', {}),
        ('kinesis', 'list_streams', {}),
        ('apigatewayv2', 'get_apis', {}),
        ('route53', 'list_hosted_zones', {}),
    ],
    [
        "An error occurred (NotImplemented) when calling the ListProjects operation: Daybreak does not implement the service 'codebuild'. --forward codebuild=URL passes its requests on.",
        "An error occurred (NotImplemented) when calling the ListQueues operation: Daybreak does not implement the service 'sqs'. --forward sqs=URL passes its requests on.",
        "An error occurred (NotImplemented) when calling the ListTopics operation: Daybreak does not implement the service 'sns'. --forward sns=URL passes its requests on.",
        "An error occurred (NotImplemented) when calling the ListTables operation: Daybreak does not implement the service 'dynamodb'. --forward dynamodb=URL passes its requests on.",
        "An error occurred (NotImplemented) when calling the ListStacks operation: Daybreak does not implement the service 'cloudformation'. --forward cloudformation=URL passes its requests on.",
        "An error occurred (NotImplemented) when calling the ListJobs operation: Daybreak does not implement the service 'glue'. --forward glue=URL passes its requests on.",
        "An error occurred (NotImplemented) when calling the ListStreams operation: Daybreak does not implement the service 'kinesis'. --forward kinesis=URL passes its requests on.",
        "An error occurred (NotImplemented) when calling the GetApis operation: Daybreak does not implement the service 'apigateway'. --forward apigateway=URL passes its requests on.",
        "An error occurred (NotImplemented) when calling the ListHostedZones operation: Daybreak does not implement the service 'route53'. --forward route53=URL passes its requests on.",
    ],
    strict=True,
):
    try:
        getattr(client(service), call)(**arguments)
    except ClientError as e:
        expect(expected, e)
    else:
        raise AssertionError(f'{service} answers')
