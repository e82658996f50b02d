using System.Net;
using Daybreak.Cloud.Hosting;

namespace Daybreak.Cloud.Tests.State;

/// <summary>A disk without room below the state directory: every request says why it failed, changes nothing, and works when there is room
/// again.</summary>
[Trait("Pace", "slow")]
public sealed class FullDiskTests
{
    private const string Steps = """
        import base64, io, zipfile
        lam = client('lambda')
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, 'w') as package:
            package.writestr('app.py', 'def handler(event, context): return event')
            package.writestr('ballast', bytes(range(256)) * 1000)
        def create(name):
            return lam.create_function(FunctionName=name, Runtime='python3.11', Handler='app.handler', Code={'ZipFile': buffer.getvalue()},
                                       Role='arn:aws:iam::444455556666:role/' + iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust({'Service': 'lambda.amazonaws.com'}))['Role']['RoleName'])
        def told(call, **arguments):
            try: call(**arguments)
            except ClientError as e: return f"{e.response['ResponseMetadata']['HTTPStatusCode']} {e.response['Error']['Code']}: {e.response['Error']['Message']}"
            return 'done'

        """;

    [Fact]
    public async Task Every_change_says_that_the_disk_is_full_and_works_again_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync("16m");
        var state = Directory.CreateDirectory(Path.Combine(disk.Path, "state")).FullName;
        var log = Path.Combine(disk.Path, "log");
        await using var host = await CloudHost.StartAsync(
            new CloudOptions
            {
                Address = IPAddress.Loopback,
                Port = 0,
                StateDirectory = state,
                Postgres = [],
                Failed = failure => File.AppendAllText(log, failure.ToString()), // it lies on the same disk, as the log of `up -d` does
            },
            cancellation: TestContext.Current.CancellationToken
        );
        await Boto.RunAsync(host.Endpoint, Steps + "create('before'); lam.get_waiter('function_active_v2').wait(FunctionName='before')");

        var filling = disk.Fill();
        var told = await Boto.RunAsync(
            host.Endpoint,
            Steps
                + """
                role = 'arn:aws:iam::444455556666:role/before'
                print(told(lam.create_function, FunctionName='new', Runtime='python3.11', Handler='app.handler', Role=role, Code={'ZipFile': buffer.getvalue() + b' '}))
                print(told(lam.update_function_configuration, FunctionName='before', Description='x' * 200))
                print(told(lam.invoke, FunctionName='before', InvocationType='Event', Payload=json.dumps('x' * 100_000)))
                print(told(iam.create_user, UserName='new'))
                print(told(client('ec2').create_vpc, CidrBlock='10.0.0.0/16'))
                print(told(client('rds').create_db_subnet_group, DBSubnetGroupName='new', DBSubnetGroupDescription='d', SubnetIds=[s['SubnetId'] for s in client('ec2').describe_subnets()['Subnets']]))
                print(sorted(f['FunctionName'] for f in lam.list_functions()['Functions']), iam.list_users()['Users'], lam.get_function(FunctionName='before')['Configuration']['Description'])
                """
        );
        var full = "cannot be written: the disk is full.";
        Assert.Collection(
            told.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line =>
                Assert.StartsWith(
                    $"500 ServiceException: The local AWS cannot use its files: No space left on device : '{state}/code/",
                    line,
                    StringComparison.Ordinal
                ),
            line => Assert.Equal($"500 ServiceException: {state}/state.db {full}", line),
            line => Assert.Equal($"500 ServiceException: {state}/state.db {full}", line),
            line => Assert.Equal($"500 ServiceException: {state}/state.db {full}", line),
            line => Assert.Equal($"500 ServiceException: {state}/state.db {full}", line),
            line => Assert.Equal($"500 ServiceException: {state}/state.db {full}", line),
            line => Assert.Equal("['before'] [] ", line)
        );

        using var http = new HttpClient();
        using var reset = await http.PostAsync(new Uri(host.Endpoint, "/_daybreak/reset"), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, reset.StatusCode);
        Assert.Equal(
            $$"""{"message":"{{state}}/state.db {{full}}"}""",
            await reset.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );

        File.Delete(filling);
        Assert.Equal(
            "['before', 'new']",
            (
                await Boto.RunAsync(
                    host.Endpoint,
                    Steps
                        + "create('new'); iam.create_user(UserName='new'); print(sorted(f['FunctionName'] for f in "
                        + "lam.list_functions()['Functions']))"
                )
            ).Trim()
        );
    }
}
