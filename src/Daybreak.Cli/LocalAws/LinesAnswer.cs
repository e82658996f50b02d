namespace Daybreak.Cli.LocalAws;

/// <summary>An answer that comes line by line for as long as it is read.</summary>
internal sealed class LinesAnswer(HttpResponseMessage response, LambdaAnswer? refusal, CancellationToken cancellation) : IDisposable
{
    private StreamReader? _reader;

    /// <summary>Null: it was not refused.</summary>
    public LambdaAnswer? Refusal => refusal;

    /// <returns>Null: the other side has ended it.</returns>
    public async Task<string?> ReadLineAsync()
    {
        try
        {
            _reader ??= new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
            return await _reader.ReadLineAsync(cancellation);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return null; // the local AWS has ended
        }
    }

    public void Dispose()
    {
        _reader?.Dispose();
        response.Dispose();
    }
}
