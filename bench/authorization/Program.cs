using System.Globalization;
using System.Text.Json;
using Daybreak.Bench.Authorization;

// The program behind bench/authorization/run: it writes its figures as JSON.
var window = TimeSpan.FromSeconds(args is [var seconds] ? double.Parse(seconds, CultureInfo.InvariantCulture) : 3);
var signing = new Daybreak.Bench.Signing.Workload(payloadBytes: 64);
var policy = Daybreak.Bench.Policy.Workload.TenAttachedPolicies();

(string What, Func<bool> Step)[] steps =
[
    ("verify the signature", signing.Verify),
    ("decide by 10 attached policies", policy.AllowedAnew),
    (Requests.Both, () => signing.Verify() && policy.AllowedAnew()),
];
foreach (var (what, step) in steps)
    if (!step())
        throw new InvalidOperationException($"it does not {what}");

Console.WriteLine(
    JsonSerializer.Serialize(
        new
        {
            requests = steps
                .SelectMany(step => Enumerable.Range(1, 2).Select(threads => Requests.Measure(step.What, threads, window, step.Step)))
                .ToList(),
            wildcards = Wildcards.Series().ToList(),
        }
    )
);
