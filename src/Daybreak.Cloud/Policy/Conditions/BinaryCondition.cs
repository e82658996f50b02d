namespace Daybreak.Cloud.Policy.Conditions;

/// <summary>BinaryEquals: values in base64, compared byte for byte.</summary>
internal sealed class BinaryCondition(ConditionSpec spec) : ConditionTest(spec)
{
    private readonly byte[][] _values = [.. spec.Values.Select(Decode).OfType<byte[]>()];

    protected override bool MatchesAny(string value, RequestContext request) =>
        Decode(value) is { } actual && _values.Any(expected => expected.AsSpan().SequenceEqual(actual));

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length * 3 / 4 + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
