using System.Diagnostics;
using System.Globalization;
using Daybreak.Bench.Network;
using Daybreak.Cloud.Hosting;

// Figures for a large network over HTTP, signed as clients sign: dotnet run -c Release --project bench/network
const int Groups = 1000;
const int RulesOfAGroup = 10;
const int WarmUp = 10;
const int Rounds = 30;

await using var cloud = await CloudHost.StartAsync(new CloudOptions { Port = 0 });
using var client = new Ec2Client(cloud.Endpoint);

var vpc = await client.IdAsync("vpcId", "CreateVpc", ("CidrBlock", "10.0.0.0/16"));
var making = Stopwatch.StartNew();
for (var number = 0; number < Groups; number++)
{
    var group = await client.IdAsync(
        "groupId",
        "CreateSecurityGroup",
        ("GroupName", $"group-{number}"),
        ("GroupDescription", "bench"),
        ("VpcId", vpc)
    );
    var rules = Enumerable
        .Range(1, RulesOfAGroup)
        .SelectMany(rule =>
            new[]
            {
                ($"IpPermissions.{rule}.IpProtocol", "tcp"),
                ($"IpPermissions.{rule}.FromPort", $"{rule}"),
                ($"IpPermissions.{rule}.ToPort", $"{rule}"),
                ($"IpPermissions.{rule}.IpRanges.1.CidrIp", $"10.{number / 250}.{number % 250}.0/24"),
            }
        );
    await client.SendAsync("AuthorizeSecurityGroupIngress", [("GroupId", group), .. rules]);
}
Console.WriteLine(
    string.Create(
        CultureInfo.InvariantCulture,
        $"make {Groups} groups with {RulesOfAGroup} rules: {making.Elapsed.TotalMilliseconds / Groups:0.00} ms each"
    )
);

await MeasureAsync("describe all groups with all rules", "DescribeSecurityGroups");
await MeasureAsync("describe the groups of a VPC", "DescribeSecurityGroups", ("Filter.1.Name", "vpc-id"), ("Filter.1.Value.1", vpc));
await MeasureAsync(
    "find the group with a rule for one block",
    "DescribeSecurityGroups",
    ("Filter.1.Name", "ip-permission.cidr"),
    ("Filter.1.Value.1", "10.3.7.0/24")
);
await MeasureAsync("find groups by a wildcard", "DescribeSecurityGroups", ("Filter.1.Name", "group-name"), ("Filter.1.Value.1", "*-9?9"));
await MeasureAsync("describe all rules", "DescribeSecurityGroupRules");

async Task MeasureAsync(string name, string action, params (string Name, string Value)[] parameters)
{
    var times = new List<double>();
    var answered = 0;
    var before = TimeSpan.Zero;
    for (var round = 0; round < WarmUp + Rounds; round++)
    {
        // The first rounds include compilation.
        if (round == WarmUp)
            before = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        answered = await client.SendAsync(action, parameters);
        if (round >= WarmUp)
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }
    var used = (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Rounds;
    times.Sort();
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: median {times[Rounds / 2]:0.0} ms, most {times[^1]:0.0} ms, {used:0.0} ms of processor, client included, {answered / 1024} KiB"
        )
    );
}
