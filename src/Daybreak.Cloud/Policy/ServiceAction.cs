namespace Daybreak.Cloud.Policy;

/// <summary>
/// An action as policies name it, such as <c>lambda:InvokeFunction</c>. It is made once for each operation, so that matching, which ignores
/// case, need not convert it for each request.
/// </summary>
public sealed class ServiceAction
{
    /// <exception cref="FormatException">There is not exactly one colon, or a part is empty.</exception>
    public ServiceAction(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || colon == text.Length - 1 || text.IndexOf(':', colon + 1) >= 0)
            throw new FormatException($"'{text}' is not an action such as lambda:InvokeFunction.");
        Text = text;
        var folded = text.ToLowerInvariant();
        Service = folded[..colon];
        Name = folded[(colon + 1)..];
    }

    /// <summary>As written, for messages.</summary>
    public string Text { get; }

    /// <summary>In lower case.</summary>
    internal string Service { get; }

    /// <summary>In lower case.</summary>
    internal string Name { get; }

    public override string ToString() => Text;
}
