// A cloud in a process of its own, for tests that kill it.
// Arguments: state directory, file to which the request id of each finished invocation is appended, "hang" or "run".
// Or queues of events alone: a directory, how many they are, "queue" or "drain".
// Or a function alone: work directory, its code, "sandbox" or "process-group", value of its variable MARK, its event.
using System.Globalization;
using Daybreak.Aws;
using Daybreak.Cloud.Hosting;
using Daybreak.Cloud.TestHost;

if (args[2] is "queue" or "drain")
{
    await QueueProcess.RunAsync(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), drains: args[2] == "drain");
    return;
}

if (args[2] is "sandbox" or "process-group")
{
    await using var function = await RunningFunction.StartAsync(args[0], args[1], args[2] == "sandbox", args[3], args[4]);
    await Console.In.ReadLineAsync();
    return;
}

await using var host = await CloudHost.StartAsync(
    new CloudOptions
    {
        Port = 0,
        EnforcesIam = false,
        StateDirectory = args[0],
        FunctionRuntime = new RecordingRuntime(args[1], hangs: args[2] == "hang"),
    }
);
using var trim = new IdleTrim(() => host.Work, TimeProvider.System); // as up has it
Console.WriteLine(host.Endpoint);
await Console.In.ReadLineAsync(); // until the test closes standard input
