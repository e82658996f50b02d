using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Daybreak.Aws;

namespace Daybreak.Bridge.Frames;

/// <summary>
/// The body of an <c>Invoke</c>, read in place: it points into the receive buffer, is valid only while the request is outstanding, and is
/// reused for the next one. <c>body = request-id(4) fields</c>
/// </summary>
public sealed class InvokeFrame
{
    private const int RequestIdBytes = 4;

    /// <summary>One more than the highest <see cref="InvokeTag"/>.</summary>
    public const int Tags = 25;

    // Fields of Explain only have the tags in between.
    private const byte FirstOfExplain = 14;
    private const byte LastOfExplain = 15;

    // Not in use.
    private const byte FirstFree = 20;
    private const byte LastFree = 21;

    private const int MostBreakerFailures = 1000;

    private ReadOnlyMemory<byte> _fields;
    private Slices _slices;

    public uint RequestId { get; private set; }
    public InvokeForm Form { get; private set; }
    public int ConnectTimeoutMs { get; private set; }
    public int RequestTimeoutMs { get; private set; }

    /// <summary>How many failures in a row open the breaker of the endpoint; 0: it is switched off.</summary>
    public int BreakerFailures { get; private set; }

    /// <summary>How long it then stays open; with <see cref="BreakerFailures"/> only.</summary>
    public int BreakerPauseMs { get; private set; }

    public bool Has(InvokeTag tag) => _slices[(int)tag].Length >= 0;

    /// <summary>The value; empty when the field is absent (SQL NULL), see <see cref="Has"/>.</summary>
    public ReadOnlyMemory<byte> this[InvokeTag tag]
    {
        get
        {
            var (offset, length) = _slices[(int)tag];
            return length < 0 ? default : _fields.Slice(offset, length);
        }
    }

    /// <summary>Reads a body; on false <paramref name="wrong"/> says what the client did wrong.</summary>
    public bool TryParse(ReadOnlyMemory<byte> body, out string wrong)
    {
        RequestId = 0;
        wrong = "";
        if (body.Length < RequestIdBytes)
            return Refuse("Invoke without a request id", out wrong);
        RequestId = BinaryPrimitives.ReadUInt32BigEndian(body.Span);
        _fields = body[RequestIdBytes..];
        for (var tag = 0; tag < Tags; tag++)
            _slices[tag] = (0, -1);

        var reader = new FieldReader(_fields.Span);
        while (!reader.AtEnd)
        {
            if (!reader.TryRead(out var tag, out var offset, out var length))
                return Refuse("field cut short", out wrong);
            if (tag is 0 or (>= FirstOfExplain and <= LastOfExplain) or (>= FirstFree and <= LastFree) or >= Tags)
                return Refuse($"unknown field {tag} in Invoke", out wrong);
            if (_slices[tag].Length >= 0)
                return Refuse($"field {tag} given twice in Invoke", out wrong);
            _slices[tag] = (offset, length);
        }
        return TryReadForm(out wrong)
            && TryReadTimeout(InvokeTag.ConnectTimeoutMs, out var connect, out wrong)
            && TryReadTimeout(InvokeTag.RequestTimeoutMs, out var request, out wrong)
            && TryReadBreaker(out wrong)
            && Keep(connect, request);
    }

    /// <summary>Releases the receive buffer; only <see cref="TryParse"/> may follow.</summary>
    public void Forget() => _fields = default;

    private bool Keep(int connect, int request)
    {
        (ConnectTimeoutMs, RequestTimeoutMs) = (connect, request);
        return true;
    }

    private bool TryReadForm(out string wrong)
    {
        wrong = "";
        var form = this[InvokeTag.Form].Span;
        if (form.Length != 1 || form[0] > (byte)InvokeForm.Composite)
            return Refuse("Invoke without a valid form", out wrong);
        Form = (InvokeForm)form[0];
        return true;
    }

    private bool TryReadBreaker(out string wrong)
    {
        wrong = "";
        (BreakerFailures, BreakerPauseMs) = (0, 0);
        if (!Has(InvokeTag.BreakerFailures) && !Has(InvokeTag.BreakerPauseMs))
            return true;
        if (
            !TryReadNumber(InvokeTag.BreakerFailures, MostBreakerFailures, out var failures, out wrong)
            || !TryReadTimeout(InvokeTag.BreakerPauseMs, out var pause, out wrong)
        )
            return false;
        (BreakerFailures, BreakerPauseMs) = (failures, pause);
        return true;
    }

    private bool TryReadTimeout(InvokeTag tag, out int milliseconds, out string wrong) =>
        TryReadNumber(tag, LambdaTimeouts.MostMs, out milliseconds, out wrong);

    private bool TryReadNumber(InvokeTag tag, int most, out int read, out string wrong)
    {
        wrong = "";
        read = 0;
        var value = this[tag].Span;
        if (value.Length != 4)
            return Refuse($"Invoke without a valid {tag}", out wrong);
        var number = BinaryPrimitives.ReadUInt32BigEndian(value);
        if (number == 0 || number > (uint)most)
            return Refuse($"{tag} out of range in Invoke", out wrong);
        read = (int)number;
        return true;
    }

    private static bool Refuse(string reason, out string wrong)
    {
        wrong = reason;
        return false;
    }

    [InlineArray(Tags)]
    private struct Slices
    {
        private (int Offset, int Length) _first;
    }
}
