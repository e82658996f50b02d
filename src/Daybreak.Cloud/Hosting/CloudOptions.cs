using System.Collections.Immutable;
using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Hosting;

/// <summary>How to start a local AWS.</summary>
public sealed record CloudOptions
{
    /// <summary>Loopback only: the credentials of this cloud are no secret.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 takes a free one.</summary>
    public int Port { get; init; } = 4566;

    /// <summary>Where state and code live; created when missing. Null: a fresh temporary directory, removed at the end.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The account of the access key <c>test</c> and of <see cref="RootCredentials"/>.</summary>
    public string AccountId { get; init; } = "444455556666";

    /// <summary>Access keys of the root of <see cref="AccountId"/>. It may not assume roles, as on AWS.</summary>
    public ImmutableArray<AwsCredentials> RootCredentials { get; init; } = [];

    /// <summary>Whether policies are enforced. Signatures are verified either way.</summary>
    public bool EnforcesIam { get; init; } = true;

    /// <summary>Whether database servers reach only what the rules of their VPC let them reach.</summary>
    public bool EnforcesNetwork { get; init; } = true;

    /// <summary>The region of requests that name none.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Runs functions instead of real processes: for tests.</summary>
    public IFunctionRuntime? FunctionRuntime { get; init; }

    /// <summary>PostgreSQL as database clusters run it; of each major the first counts. The system's unless said otherwise.</summary>
    public IReadOnlyList<PostgresInstallation> Postgres { get; init; } = PostgresInstallation.OfSystem();

    /// <summary>Whether versions of database engines can be asked for that this machine has not: the nearest major runs, and the version
    /// asked for is shown.</summary>
    public bool TakesAnyEngineVersion { get; init; }

    /// <summary>Waits before the second and third attempt of an Event invocation. AWS's are one and two minutes.</summary>
    public TimeSpan FirstRetryWait { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan SecondRetryWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Called for internal failures (a bug, a full disk); never sees payloads or secrets. What it throws itself is
    /// dropped.</summary>
    public Action<Exception> Failed
    {
        get;
        init => field = Guarded(value);
    } = Guarded(static error => Console.Error.WriteLine($"daybreak: {error}"));

    /// <summary>The log may lie on the very disk that is full: a report that cannot be written must not take the answer along.</summary>
    private static Action<Exception> Guarded(Action<Exception> report) =>
        failure =>
        {
            try
            {
                report(failure);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // There is nowhere to report it to.
            }
        };
}
