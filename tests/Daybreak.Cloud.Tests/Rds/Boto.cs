namespace Daybreak.Cloud.Tests.Rds;

/// <summary>Python programs against RDS, which begin with a client <c>rds</c> and a function <c>refused</c>.</summary>
internal static class Boto
{
    private const string Beginning = """
        import boto3, botocore, json, os, sys
        rds = boto3.client('rds', endpoint_url=os.environ['AWS_ENDPOINT_URL'])
        lambda_ = boto3.client('lambda', endpoint_url=os.environ['AWS_ENDPOINT_URL'])
        iam = boto3.client('iam', endpoint_url=os.environ['AWS_ENDPOINT_URL'])

        def refused(operation, **parameters):
            try:
                getattr(rds, operation)(**parameters)
            except botocore.exceptions.ClientError as error:
                return f"{error.response['ResponseMetadata']['HTTPStatusCode']} {error.response['Error']['Code']}: {error.response['Error']['Message']}"
            return 'not refused'

        SUBNETS = [s['SubnetIdentifier'] for s in rds.describe_db_subnet_groups(DBSubnetGroupName='default')['DBSubnetGroups'][0]['Subnets']]
        VERSION = rds.describe_db_engine_versions(DefaultOnly=True)['DBEngineVersions'][0]['EngineVersion']
        FAMILY = 'aurora-postgresql' + VERSION.split('.')[0]

        """;

    /// <returns>The lines that it printed.</returns>
    public static async Task<string[]> RunAsync(Uri endpoint, string program, params string[] arguments)
    {
        var result = await AwsClient.PythonAsync(endpoint, Beginning + program, arguments);
        return result.Ok().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
