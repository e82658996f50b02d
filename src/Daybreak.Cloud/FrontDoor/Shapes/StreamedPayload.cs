using System.IO.Pipelines;

namespace Daybreak.Cloud.FrontDoor.Shapes;

/// <summary>The payload of a response that is written piece by piece, when the headers have been.</summary>
/// <param name="contentType">Value of <c>Content-Type</c>.</param>
/// <param name="write">Writes all of it. Its errors break the connection, as the status has been sent.</param>
public sealed class StreamedPayload(string contentType, Func<PipeWriter, CancellationToken, Task> write)
{
    public string ContentType { get; } = contentType;

    public Task WriteAsync(PipeWriter target, CancellationToken cancellation) => write(target, cancellation);
}
