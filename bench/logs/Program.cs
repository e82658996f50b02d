using System.Globalization;
using Daybreak.Bench.Logs;
using Daybreak.Cloud.Hosting;

// Figures for CloudWatch Logs, over HTTP with signatures: dotnet run -c Release --project bench/logs
const int Rounds = 5;
var directory = Directory.CreateTempSubdirectory("daybreak-bench-").FullName;
File.SetUnixFileMode(directory, (UnixFileMode)0b111_001_001); // database servers pass through it
try
{
    await using var host = await CloudHost.StartAsync(
        new CloudOptions
        {
            Port = 0,
            StateDirectory = Path.Combine(directory, "state"),
            EnforcesIam = true,
        }
    );
    using var client = new LogsClient(host.Endpoint);
    await client.CallAsync("CreateLogGroup", """{"logGroupName":"bench"}""");
    for (var i = 0; i < Writing.Writers; i++)
        await client.CallAsync("CreateLogStream", $$"""{"logGroupName":"bench","logStreamName":"{{i}}"}""");

    // Writing and its peer take turns.
    var ratios = new List<double>();
    var rates = new List<double>();
    for (var round = 0; round < Rounds; round++)
    {
        var ours = await Writing.RateAsync(client);
        var peer = Writing.RateOfPeer(Path.Combine(directory, "peer"));
        rates.Add(ours);
        ratios.Add(ours / peer);
    }
    Print($"PutLogEvents: {Median(rates):N0} events/s, {Median(ratios):0.00} of appending the same lines to a file with fsync per batch");

    await Writing.FillAsync(client, 1_000_000);
    var (seconds, shares) = await Searching.MeasureAsync(client, Path.Combine(directory, "peer"), Rounds);
    Print($"FilterLogEvents over 1,000,000 events: {Median(seconds) * 1000:N0} ms, {Median(shares):0.0} times grep -c on the same lines");

    var waits = await Tailing.MeasureAsync(client, 50);
    Print($"StartLiveTail: a line is there {Median(waits):0.0} ms after PutLogEvents began, at most {waits.Max():0.0} ms");
}
finally
{
    Directory.Delete(directory, recursive: true);
}

static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
