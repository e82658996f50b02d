using System.Net;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Tests.Lambda;
using ClusterPrograms = Daybreak.Cloud.Tests.Rds.ClusterPrograms;

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

    [Fact]
    public async Task A_reset_that_cannot_be_written_leaves_everything_and_starts_again_what_it_ended()
    {
        await using var disk = await SmallDisk.MountAsync("16m");
        var state = Directory.CreateDirectory(Path.Combine(disk.Path, "state")).FullName;
        // Servers have room: what they are started again with is written, too.
        var elsewhere = Directory.CreateTempSubdirectory("daybreak-room-").FullName;
        File.CreateSymbolicLink(Path.Combine(state, "rds"), elsewhere);
        var started = new SemaphoreSlim(0);
        var runtime = new ScriptedRuntime
        {
            Run = async (_, _, cancellation) =>
            {
                started.Release();
                await Task.Delay(Timeout.Infinite, cancellation);
                return ScriptedRuntime.Result(default);
            },
        };
        try
        {
            await using var host = await CloudHost.StartAsync(
                new CloudOptions
                {
                    Port = 0,
                    StateDirectory = state,
                    FunctionRuntime = runtime,
                    Failed = static _ => { },
                },
                cancellation: TestContext.Current.CancellationToken
            );
            await ClusterPrograms.RunAsync(
                host.Endpoint,
                """
                cluster('kept')
                instance('kept', 'kept-1')
                psql(describe('kept')['Endpoint'], "CREATE TABLE notes AS SELECT 'kept' AS note")
                """
            );
            await Boto.RunAsync(
                host.Endpoint,
                Steps
                    + "create('f'); lam.get_waiter('function_active_v2').wait(FunctionName='f'); lam.invoke(FunctionName='f', InvocationType='Event')"
            );
            await started.WaitAsync(TestContext.Current.CancellationToken);

            var filling = disk.Fill();
            using (var http = new HttpClient())
            using (
                var reset = await http.PostAsync(new Uri(host.Endpoint, "/_daybreak/reset"), null, TestContext.Current.CancellationToken)
            )
                Assert.Equal(HttpStatusCode.InternalServerError, reset.StatusCode);
            File.Delete(filling);

            Assert.True(
                await started.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken),
                "the event that it ended is lost"
            );
            var lines = await ClusterPrograms.RunAsync(
                host.Endpoint,
                """
                began = time.monotonic()
                while (shown := psql(describe('kept')['Endpoint'], 'SELECT note FROM notes')) != 'kept' and time.monotonic() < began + 30:
                    pass
                print(shown)
                """
            );
            Assert.Equal(["kept"], lines);
        }
        finally
        {
            Directory.Delete(elsewhere, recursive: true);
        }
    }
}
