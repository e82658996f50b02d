namespace Daybreak.Cloud.Iam.Policy.Matching;

/// <summary>Where the six parts of an ARN begin and end. The sixth holds whatever follows, colons too.</summary>
internal readonly struct ArnParts
{
    public const int Count = 6;

    private readonly int colon1, colon2, colon3, colon4, colon5;

    private ArnParts(ReadOnlySpan<int> colons) =>
        (colon1, colon2, colon3, colon4, colon5) = (colons[0], colons[1], colons[2], colons[3], colons[4]);

    /// <summary>False for a text of fewer than six parts, such as <c>*</c>.</summary>
    public bool IsArn => colon5 > 0;

    public static ArnParts Of(ReadOnlySpan<char> text)
    {
        Span<int> colons = stackalloc int[Count - 1];
        var from = 0;
        for (var i = 0; i < colons.Length; i++)
        {
            var next = text[from..].IndexOf(':');
            if (next < 0) return default;
            colons[i] = from + next;
            from += next + 1;
        }
        return new ArnParts(colons);
    }

    public ReadOnlySpan<char> Part(ReadOnlySpan<char> text, int index) => index switch
    {
        0 => text[..colon1],
        1 => text[(colon1 + 1)..colon2],
        2 => text[(colon2 + 1)..colon3],
        3 => text[(colon3 + 1)..colon4],
        4 => text[(colon4 + 1)..colon5],
        _ => text[(colon5 + 1)..],
    };
}
