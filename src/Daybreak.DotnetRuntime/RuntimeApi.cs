using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Daybreak.DotnetRuntime;

/// <summary>The Runtime API over one kept connection. An HTTP client would take longer to load than most functions.</summary>
internal sealed class RuntimeApi : IDisposable
{
    private readonly string _host;
    private readonly NetworkStream _stream;
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <param name="address">Value of AWS_LAMBDA_RUNTIME_API.</param>
    public RuntimeApi(string address)
    {
        _host = address;
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPEndPoint.Parse(address));
        _stream = new NetworkStream(socket, ownsSocket: true);
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>Waits for the next event.</summary>
    /// <returns>Headers by their names in lower case, and the event.</returns>
    public (Dictionary<string, string> Headers, byte[] Body) Next()
    {
        _stream.Write(Encoding.ASCII.GetBytes($"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: {_host}\r\n\r\n"));
        return Read();
    }

    /// <param name="errorType">Null for a result.</param>
    public void Post(string path, ReadOnlySpan<byte> body, string? errorType = null)
    {
        var error = errorType is null ? "" : $"Lambda-Runtime-Function-Error-Type: {errorType}\r\n";
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /2018-06-01/runtime/{path} HTTP/1.1\r\nHost: {_host}\r\nContent-Type: application/json\r\n{error}"
                + $"Content-Length: {body.Length}\r\n\r\n"
        );
        _stream.Write([.. Encoding.UTF8.GetBytes(head), .. body]);
        Read();
    }

    private (Dictionary<string, string> Headers, byte[] Body) Read()
    {
        int length;
        while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n\r\n"u8)) < 0)
            Receive();
        var headers = Encoding
            .UTF8.GetString(_buffer, _start, length)
            .Split("\r\n")
            .Skip(1)
            .Select(static line => line.Split(':', 2))
            .ToDictionary(static parts => parts[0].ToLowerInvariant(), static parts => parts[1].Trim());
        _start += length + 4;
        var body = new byte[int.Parse(headers["content-length"], CultureInfo.InvariantCulture)];
        var ahead = Math.Min(body.Length, _end - _start);
        _buffer.AsSpan(_start, ahead).CopyTo(body);
        _start += ahead;
        try
        {
            _stream.ReadExactly(body.AsSpan(ahead));
        }
        catch (EndOfStreamException)
        {
            Environment.Exit(0); // the environment ends
        }
        return (headers, body);
    }

    private void Receive()
    {
        if (_start == _end)
            _start = _end = 0;
        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var count = _stream.Read(_buffer, _end, _buffer.Length - _end);
        if (count == 0)
            Environment.Exit(0); // the environment ends
        _end += count;
    }
}
