// A cloud in a process of its own, for tests that kill it.
// Arguments: state directory, file to which the request id of each finished invocation is appended, "hang" or "run".
using Daybreak.Cloud;
using Daybreak.Cloud.TestHost;

await using var host = await CloudHost.StartAsync(new CloudOptions
{
    Port = 0,
    EnforcesIam = false,
    StateDirectory = args[0],
    FunctionRuntime = new RecordingRuntime(args[1], hangs: args[2] == "hang"),
});
Console.WriteLine(host.Endpoint);
await Console.In.ReadLineAsync(); // until the test closes standard input
