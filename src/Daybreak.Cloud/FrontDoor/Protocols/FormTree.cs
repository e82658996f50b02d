using System.Globalization;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// Form parameters as the tree of their dotted names: <c>Tags.member.1.Key=a</c> is Tags → member → 1 → Key. Names are used exactly
/// as the client wrote them.
/// </summary>
internal sealed class FormTree
{
    private const int MaxDepth = 16;
    private const int MaxParameters = 20_000;

    private Dictionary<string, FormTree>? _children;

    /// <summary>The decoded value, if a parameter of exactly this name was sent.</summary>
    public string? Value { get; private set; }

    /// <summary>The parameter's full name: <c>Tags.member.1.Key</c>.</summary>
    public string Name { get; }

    public IEnumerable<KeyValuePair<string, FormTree>> Children => _children ?? Enumerable.Empty<KeyValuePair<string, FormTree>>();

    private FormTree(string name) => Name = name;

    public FormTree? Child(string name) => _children?.GetValueOrDefault(name);

    /// <summary>Returns the children called 1, 2, 3…, in that order. Gaps are ignored, as in AWS.</summary>
    public IEnumerable<FormTree> Items() =>
        Children
            .Select(child =>
                (Index: int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1, child.Value)
            )
            .Where(item => item.Index >= 0)
            .OrderBy(item => item.Index)
            .Select(item => item.Value);

    /// <param name="encoded"><c>application/x-www-form-urlencoded</c>.</param>
    /// <exception cref="AwsException">Too many or too deeply nested parameters.</exception>
    public static FormTree Parse(string encoded)
    {
        var root = new FormTree("");
        var count = 0;
        foreach (var range in encoded.AsSpan().Split('&'))
        {
            var pair = encoded.AsSpan(range);
            if (pair.IsEmpty)
                continue;
            if (++count > MaxParameters)
                throw AwsException.Sender("MalformedInput", $"More than {MaxParameters} parameters");
            var equals = pair.IndexOf('=');
            var name = Decode(equals < 0 ? pair : pair[..equals]);
            root.Add(name, equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }
        return root;
    }

    private static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text.ToString().Replace('+', ' '));

    private void Add(string name, string value)
    {
        var node = this;
        var start = 0;
        for (var depth = 0; start <= name.Length; depth++)
        {
            if (depth == MaxDepth)
                throw AwsException.Sender("MalformedInput", $"The parameter {name} is nested too deeply");
            var dot = name.IndexOf('.', start);
            var end = dot < 0 ? name.Length : dot;
            var part = name[start..end];
            node._children ??= new(StringComparer.Ordinal);
            if (!node._children.TryGetValue(part, out var child))
                node._children[part] = child = new FormTree(name[..end]);
            node = child;
            start = end + 1;
        }
        node.Value = value;
    }
}
