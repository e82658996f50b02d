using System.Collections.Immutable;
using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.Lambda.Runtime;
using Daybreak.Cloud.Postgres;

namespace Daybreak.Cloud.Hosting;

/// <summary>The options of a local AWS.</summary>
public sealed record CloudOptions
{
    /// <summary>Only a loopback address, because the credentials of the local AWS are no secret.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>0 means any free port.</summary>
    public int Port { get; init; } = 4566;

    /// <summary>The directory for state and code, created when missing. Null: a new temporary directory, removed at the end.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>The account of the access key <c>test</c> and of <see cref="RootCredentials"/>.</summary>
    public string AccountId { get; init; } = "444455556666";

    /// <summary>Access keys of the root of <see cref="AccountId"/>. As on AWS, it may not assume roles.</summary>
    public ImmutableArray<AwsCredentials> RootCredentials { get; init; } = [];

    /// <summary>Whether policies are enforced. Signatures are verified either way.</summary>
    public bool EnforcesIam { get; init; } = true;

    /// <summary>Whether the rules of VPCs limit what database servers reach.</summary>
    public bool EnforcesNetwork { get; init; } = true;

    /// <summary>Where requests for services that are not here are sent on to.</summary>
    public ImmutableArray<ForwardRule> Forwards { get; init; } = [];

    /// <summary>How long nothing may move until a request that was sent on is given up. SQS holds requests for 20 seconds.</summary>
    public TimeSpan ForwardIdleLimit { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The Region of requests that name none.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Replaces real function processes in tests.</summary>
    public IFunctionRuntime? FunctionRuntime { get; init; }

    /// <summary>Whether functions run in bubblewrap where it works; otherwise as where it does not.</summary>
    public bool IsolatesFunctions { get; init; } = true;

    /// <summary>
    /// The PostgreSQL installations for database clusters; of several with one major version, the first is used. By default the system's.
    /// </summary>
    public IReadOnlyList<PostgresInstallation> Postgres { get; init; } = PostgresInstallation.OfSystem();

    /// <summary>
    /// Whether requests may name versions of database engines that this machine lacks: the nearest major runs, and the requested version is
    /// shown.
    /// </summary>
    public bool TakesAnyEngineVersion { get; init; }

    /// <summary>Refuses functions whose version of the language this machine lacks. Otherwise the nearest one runs them.</summary>
    public bool StrictRuntimes { get; init; }

    /// <summary>Waits before the second and third attempt of an Event invocation. AWS's are one and two minutes.</summary>
    public TimeSpan FirstRetryWait { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan SecondRetryWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Most bytes of all log events together. The oldest are removed when there are more.</summary>
    public long LogLimit { get; init; } = 512 * 1024 * 1024;

    /// <summary>
    /// Called for internal failures (a bug, a full disk); never sees payloads or secrets. Exceptions that it throws are ignored.
    /// </summary>
    public Action<Exception> Failed
    {
        get;
        init => field = Guarded(value);
    } = Guarded(static error => Console.Error.WriteLine($"daybreak: {error}"));

    /// <summary>The log may be on the same full disk: a report that cannot be written must not prevent the answer.</summary>
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
