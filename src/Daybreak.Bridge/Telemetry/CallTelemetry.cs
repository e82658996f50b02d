using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Telemetry;

/// <summary>
/// A span and a measurement for each call, named by the semantic conventions for RPC, AWS SDK and FaaS clients. Neither has anything of a
/// payload, a client context or credentials.
/// </summary>
public sealed class CallTelemetry : IDisposable
{
    /// <summary>Of the source and of the meter.</summary>
    public const string Name = "Daybreak.Bridge";

    /// <summary>What ends a call whose client has gone, in place of an SQLSTATE.</summary>
    private const string Cancelled = "cancelled";

    private const string Method = "Lambda/Invoke";

    // Seconds. A call takes a millisecond at least, a function fifteen minutes at most.
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];

    private readonly ActivitySource _source = new(Name, BridgeVersion.Text);
    private readonly Histogram<double> _duration;

    /// <param name="meter">Owned by whoever made it.</param>
    public CallTelemetry(Meter meter) =>
        _duration = meter.CreateHistogram(
            "rpc.client.call.duration",
            "s",
            "Duration of calls of AWS Lambda, from the backend's request to its answer.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = Bounds }
        );

    /// <summary>Starts the span of a call, below that of its caller if it names one; null when nothing records it.</summary>
    public Activity? Begin(InvokeFrame request, CallFacts facts)
    {
        facts.Clear();
        var activity = _source.StartActivity(ActivityKind.Client, ParentOf(request), name: "Lambda.Invoke");
        if (activity is null)
            return null;
        // Nothing else belongs to this span, neither on this thread nor in what continues later.
        Activity.Current = null;
        facts.TraceParent = Encoding.ASCII.GetBytes(activity.Id!);
        facts.WantsRequestId = activity.IsAllDataRequested;
        return activity;
    }

    public void Succeeded(Activity? activity, InvokeFrame request, CallFacts facts, TimeSpan duration) =>
        End(activity, request, facts, duration, null, null);

    public void Failed(Activity? activity, InvokeFrame request, CallFacts facts, TimeSpan duration, SqlError error) =>
        End(activity, request, facts, duration, error.SqlState, error.Message);

    public void Abandoned(Activity? activity, InvokeFrame request, CallFacts facts, TimeSpan duration) =>
        End(activity, request, facts, duration, Cancelled, "The session gave the call up.");

    public void Dispose() => _source.Dispose();

    private void End(Activity? activity, InvokeFrame request, CallFacts facts, TimeSpan duration, string? error, string? message)
    {
        if (_duration.Enabled)
            _duration.Record(duration.TotalSeconds, Labels(facts, error));
        if (activity is null)
            return;
        if (activity.IsAllDataRequested)
            Describe(activity, request, facts, error, message);
        activity.Stop();
    }

    private static TagList Labels(CallFacts facts, string? error)
    {
        var labels = new TagList { { "rpc.system.name", "aws-api" }, { "rpc.method", Method } };
        if (facts.Target is { } target)
        {
            labels.Add("server.address", target.Endpoint.Host);
            labels.Add("faas.invoked_name", target.Function.Name);
            labels.Add("faas.invoked_region", target.Region.Code);
        }
        if (error is not null)
            labels.Add("error.type", error);
        return labels;
    }

    private static void Describe(Activity activity, InvokeFrame request, CallFacts facts, string? error, string? message)
    {
        activity.SetTag("rpc.system.name", "aws-api");
        activity.SetTag("rpc.method", Method);
        activity.SetTag("faas.invoked_provider", "aws");
        if (facts.Target is { } target)
        {
            activity.SetTag("faas.invoked_name", target.Function.Name);
            activity.SetTag("faas.invoked_region", target.Region.Code);
            activity.SetTag("cloud.region", target.Region.Code);
            activity.SetTag("server.address", target.Endpoint.Host);
            activity.SetTag("server.port", target.Endpoint.Port);
            activity.SetTag("daybreak.invocation_type", target.Type.ToString());
            if (target.Qualifier is { } qualifier)
                activity.SetTag("daybreak.qualifier", qualifier);
        }
        if (facts.HttpStatus != 0)
            activity.SetTag("http.response.status_code", facts.HttpStatus);
        if (facts.RequestId is { Length: > 0 } id)
            activity.SetTag("aws.request_id", id);
        DescribeSession(activity, request[InvokeTag.LogContext].Span);
        if (request.Has(InvokeTag.ApplicationName))
            activity.SetTag("daybreak.application_name", Encoding.UTF8.GetString(request[InvokeTag.ApplicationName].Span));
        if (error is null)
            return;
        activity.SetTag("error.type", error);
        // The message is one of few fixed texts. The detail, which quotes AWS or the function, stays in the session.
        activity.SetStatus(ActivityStatusCode.Error, message);
    }

    // database/user/pid, of which the first two may have slashes as well.
    private static void DescribeSession(Activity activity, ReadOnlySpan<byte> session)
    {
        var pid = session.LastIndexOf((byte)'/');
        var user = pid > 0 ? session[..pid].LastIndexOf((byte)'/') : -1;
        if (user < 0)
            return;
        activity.SetTag("daybreak.database", Encoding.UTF8.GetString(session[..user]));
        activity.SetTag("daybreak.user", Encoding.UTF8.GetString(session[(user + 1)..pid]));
        if (Utf8Parser.TryParse(session[(pid + 1)..], out int number, out _))
            activity.SetTag("daybreak.backend_pid", number);
    }

    private static ActivityContext ParentOf(InvokeFrame request)
    {
        var text = request[InvokeTag.TraceParent].Span;
        return
            TraceParent.IsValid(text)
            && ActivityContext.TryParse(Encoding.ASCII.GetString(text[..TraceParent.Length]), null, isRemote: true, out var parent)
            ? parent
            : default;
    }
}
