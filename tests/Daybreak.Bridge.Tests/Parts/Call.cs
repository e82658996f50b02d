using System.Text;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;

namespace Daybreak.Bridge.Tests.Parts;

/// <summary>An Invoke as a backend would send it; null fields are SQL NULL.</summary>
public sealed record Call
{
    public uint RequestId { get; init; } = 1;
    public string? FunctionName { get; init; } = "my-function";
    public byte[]? Payload { get; init; } = "{}"u8.ToArray();
    public string? Region { get; init; }
    public string? InvocationType { get; init; }
    public string? LogType { get; init; }
    public string? Context { get; init; }
    public string? Qualifier { get; init; }
    public InvokeForm Form { get; init; } = InvokeForm.Text;
    public uint ConnectTimeoutMs { get; init; } = 5_000;
    public uint RequestTimeoutMs { get; init; } = 20_000;
    public string? Endpoint { get; init; }
    public string? DefaultRegion { get; init; } = "us-west-2";
    public string? LogContext { get; init; } = "postgres/app/1";
    public string? IamRole { get; init; }
    public string? ExternalId { get; init; }
    public string? SessionName { get; init; }
    public string? TraceParent { get; init; }
    public string? ApplicationName { get; init; }

    /// <summary>0: no breaker.</summary>
    public uint BreakerFailures { get; init; }

    public uint BreakerPauseMs { get; init; } = 10_000;

    public byte[] ToFrame()
    {
        var to = new ByteBuffer();
        var start = FrameWriter.Begin(to, FrameType.Invoke);
        to.WriteUInt32(RequestId);
        Text(InvokeTag.FunctionName, FunctionName);
        if (Payload is not null)
            FrameWriter.Field(to, (byte)InvokeTag.Payload, Payload);
        Text(InvokeTag.Region, Region);
        Text(InvokeTag.InvocationType, InvocationType);
        Text(InvokeTag.LogType, LogType);
        Text(InvokeTag.Context, Context);
        Text(InvokeTag.Qualifier, Qualifier);
        FrameWriter.Field(to, (byte)InvokeTag.Form, [(byte)Form]);
        FrameWriter.NumberField(to, (byte)InvokeTag.ConnectTimeoutMs, ConnectTimeoutMs);
        FrameWriter.NumberField(to, (byte)InvokeTag.RequestTimeoutMs, RequestTimeoutMs);
        Text(InvokeTag.EndpointOverride, Endpoint);
        Text(InvokeTag.DefaultRegion, DefaultRegion);
        Text(InvokeTag.LogContext, LogContext);
        Text(InvokeTag.IamRole, IamRole);
        Text(InvokeTag.ExternalId, ExternalId);
        Text(InvokeTag.SessionName, SessionName);
        Text(InvokeTag.TraceParent, TraceParent);
        if (BreakerFailures > 0)
        {
            FrameWriter.NumberField(to, (byte)InvokeTag.BreakerFailures, BreakerFailures);
            FrameWriter.NumberField(to, (byte)InvokeTag.BreakerPauseMs, BreakerPauseMs);
        }
        Text(InvokeTag.ApplicationName, ApplicationName);
        FrameWriter.End(to, start);
        return to.Written.ToArray();

        void Text(InvokeTag tag, string? value)
        {
            if (value is not null)
                FrameWriter.Field(to, (byte)tag, Encoding.UTF8.GetBytes(value));
        }
    }
}
