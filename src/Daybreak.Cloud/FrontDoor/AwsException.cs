using System.Collections.Immutable;

namespace Daybreak.Cloud.FrontDoor;

/// <summary>Who is to blame for an error: <c>Type</c> in JSON (User, Service) and in XML (Sender, Receiver).</summary>
public enum Fault
{
    Sender,
    Receiver,
}

/// <summary>An error as AWS answers it. The protocol of the service gives it its shape on the wire.</summary>
/// <param name="code">AWS's error code, such as <c>ResourceNotFoundException</c>.</param>
/// <param name="status">HTTP status.</param>
public sealed class AwsException(string code, string message, int status = 400, Fault fault = Fault.Sender) : Exception(message)
{
    public string Code { get; } = code;

    public int Status { get; } = status;

    public Fault Fault { get; } = fault;

    /// <summary>Further members of the error's body, such as <c>Reason</c> of a throttle.</summary>
    public ImmutableSortedDictionary<string, string> Members { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Whether the body leaves out its message: some of AWS's answers carry null.</summary>
    public bool WithoutMessage { get; init; }

    /// <summary>AWS has this, Daybreak does not: refused by name, with a status that SDKs do not retry.</summary>
    public static AwsException NotImplemented(string what) =>
        new("NotImplemented", $"Daybreak does not implement {what}.", 501, Fault.Receiver);
}
