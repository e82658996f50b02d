using System.Globalization;
using System.Text.Json.Nodes;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Tests.Lambda.Versions;

/// <summary>A thousand functions with ten versions each, as an earlier process has left them.</summary>
[Trait("Pace", "slow")]
public sealed class VersionListTests : IAsyncLifetime
{
    private const int Functions = 1000;
    private const int Versions = 10;

    private readonly string _directory = Directory.CreateTempSubdirectory("daybreak-test-").FullName;
    private CloudHost? _host;
    private HttpClient _http = new();

    // A cloud that runs as root refuses a state directory that database servers could not enter.
    public VersionListTests() => File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherExecute);

    public async ValueTask InitializeAsync()
    {
        await using (var store = StateStore.Open(_directory))
        {
            var versions = new FunctionVersions(store);
            for (var number = 0; number < Functions; number++)
            {
                var latest = Function($"f{number:d4}");
                var changes = new List<RowChange>();
                for (var version = 1; version <= Versions; version++)
                {
                    var publication = Publication.Of(latest, null, null, FunctionPhase.Ready);
                    changes.AddRange(versions.Of(publication));
                    latest = publication.Latest;
                }
                Assert.True(await versions.TryChangeAsync([.. changes, versions.Add(latest)]));
            }
        }
        _host = await CloudHost.StartAsync(
            new CloudOptions
            {
                Port = 0,
                EnforcesIam = false,
                FunctionRuntime = new ScriptedRuntime(),
                StateDirectory = _directory,
            }
        );
        _http = new HttpClient(new SigningHandler()) { BaseAddress = _host.Endpoint };
        _http.DefaultRequestHeaders.Authorization = LambdaCloud.Signed();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Pages_of_all_versions_miss_and_repeat_nothing()
    {
        var pages = await PagesAsync($"{LambdaCloud.Functions}?FunctionVersion=ALL&MaxItems=10000", "Functions");

        Assert.Equal(Functions * (1 + Versions) / 50, pages.Count);
        Assert.Equal(
            Enumerable
                .Range(0, Functions)
                .SelectMany(static number => ((string[])["$LATEST", .. Numbers()]).Select(version => $"f{number:d4}:{version}")),
            pages
                .SelectMany(static page => page)
                .Select(static one => ((string)one!["FunctionArn"]!)["arn:aws:lambda:us-east-1:444455556666:function:".Length..])
        );
    }

    [Fact]
    public async Task Versions_of_one_function_come_in_the_order_of_their_numbers()
    {
        var pages = await PagesAsync($"{LambdaCloud.Functions}/f0500/versions?MaxItems=4", "Versions");

        Assert.Equal([4, 4, 3], pages.Select(static page => page.Count));
        Assert.Equal(["$LATEST", .. Numbers()], pages.SelectMany(static page => page).Select(static one => (string)one!["Version"]!));
    }

    [Fact]
    public void A_row_of_a_release_without_versions_is_LATEST()
    {
        var row = System.Text.Json.JsonSerializer.SerializeToNode(Function("old"), LambdaState.Default.FunctionState)!.AsObject();
        foreach (var name in (string[])["Version", "LastVersion"])
            Assert.True(row.Remove(name));

        var read = System.Text.Json.JsonSerializer.Deserialize(row, LambdaState.Default.FunctionState)!;

        Assert.Equal(("$LATEST", 0, 0), (read.Version, read.Number, read.LastVersion));
    }

    private static IEnumerable<string> Numbers() =>
        Enumerable.Range(1, Versions).Select(static version => version.ToString(CultureInfo.InvariantCulture));

    private async Task<List<JsonArray>> PagesAsync(string path, string list)
    {
        var pages = new List<JsonArray>();
        for (var marker = ""; marker is not null; )
        {
            var text = await _http.GetStringAsync($"{path}&Marker={Uri.EscapeDataString(marker)}", TestContext.Current.CancellationToken);
            var page = JsonNode.Parse(text)!;
            pages.Add(page[list]!.AsArray());
            marker = (string?)page["NextMarker"];
        }
        return pages;
    }

    private static FunctionState Function(string name) =>
        new()
        {
            AccountId = "444455556666",
            Region = "us-east-1",
            FunctionName = name,
            Role = LambdaCloud.Role,
            Runtime = "python3.12",
            Handler = "f.handler",
            LogGroup = $"/aws/lambda/{name}",
            Code = new FunctionCode(Convert.ToBase64String(new byte[32]), 100),
            LastModified = DateTimeOffset.UnixEpoch,
            RevisionId = Guid.NewGuid().ToString(),
            Phase = FunctionPhase.Ready,
        };
}
