namespace Daybreak.Cloud.Policy.Matching;

/// <summary>The boundaries of the six parts of an ARN. The sixth part contains the rest of the text, including colons.</summary>
internal readonly struct ArnParts
{
    public const int Count = 6;

    private readonly int _colon1,
        _colon2,
        _colon3,
        _colon4,
        _colon5;

    private ArnParts(ReadOnlySpan<int> colons) =>
        (_colon1, _colon2, _colon3, _colon4, _colon5) = (colons[0], colons[1], colons[2], colons[3], colons[4]);

    /// <summary>False for a text with fewer than six parts, such as <c>*</c>.</summary>
    public bool IsArn => _colon5 > 0;

    public static ArnParts Of(ReadOnlySpan<char> text)
    {
        Span<int> colons = stackalloc int[Count - 1];
        var from = 0;
        for (var i = 0; i < colons.Length; i++)
        {
            var next = text[from..].IndexOf(':');
            if (next < 0)
                return default;
            colons[i] = from + next;
            from += next + 1;
        }
        return new ArnParts(colons);
    }

    public ReadOnlySpan<char> Part(ReadOnlySpan<char> text, int index) =>
        index switch
        {
            0 => text[.._colon1],
            1 => text[(_colon1 + 1).._colon2],
            2 => text[(_colon2 + 1).._colon3],
            3 => text[(_colon3 + 1).._colon4],
            4 => text[(_colon4 + 1).._colon5],
            _ => text[(_colon5 + 1)..],
        };
}
