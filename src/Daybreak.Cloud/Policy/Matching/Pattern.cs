using System.Buffers;
using System.Diagnostics;

namespace Daybreak.Cloud.Policy.Matching;

/// <summary>
/// A text of a policy with its wildcards and variables, compiled once. The value of a variable is compared literally: a <c>*</c> in
/// somebody's name is not a wildcard.
/// </summary>
internal sealed class Pattern
{
    private const int FirstVariable = -3;

    private readonly Shape _shape;
    private readonly string _literal;
    private readonly int[] _tokens;
    private readonly PolicyVariable[] _variables;

    private Pattern(int[] tokens, PolicyVariable[] variables)
    {
        this._tokens = tokens;
        this._variables = variables;
        var plain = Array.FindIndex(tokens, static token => token < 0);
        _shape =
            plain < 0 ? Shape.Literal
            : variables.Length == 0 && plain == tokens.Length - 1 && tokens[^1] == Wildcard.AnyRun ? Shape.Prefix
            : Shape.General;
        _literal =
            _shape == Shape.General
                ? ""
                : string.Create(
                    plain < 0 ? tokens.Length : plain,
                    tokens,
                    static (text, tokens) =>
                    {
                        for (var i = 0; i < text.Length; i++)
                            text[i] = (char)tokens[i];
                    }
                );
    }

    private enum Shape
    {
        Literal,
        Prefix,
        General,
    }

    public IEnumerable<string> ContextKeys => _variables.Select(static variable => variable.Key);

    /// <param name="wildcards">Whether <c>*</c> and <c>?</c> are wildcards.</param>
    /// <param name="variables">Whether <c>${…}</c> is a variable, which is only so in documents of version 2012-10-17.</param>
    public static Pattern Compile(string text, bool wildcards, bool variables)
    {
        var tokens = new List<int>(text.Length);
        var found = new List<PolicyVariable>();
        for (var i = 0; i < text.Length; i++)
        {
            if (variables && text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{' && text.IndexOf('}', i + 2) is > 0 and var end)
            {
                var inside = text.AsSpan((i + 2)..end);
                if (inside is "*" or "?" or "$")
                {
                    tokens.Add(inside[0]);
                    i = end;
                    continue;
                }
                if (PolicyVariable.Parse(inside) is { } variable)
                {
                    tokens.Add(FirstVariable - found.Count);
                    found.Add(variable);
                    i = end;
                    continue;
                }
            }
            if (wildcards && text[i] == '*')
            {
                // Adjacent runs are equal to one run.
                if (tokens.Count == 0 || tokens[^1] != Wildcard.AnyRun)
                    tokens.Add(Wildcard.AnyRun);
            }
            else if (wildcards && text[i] == '?')
                tokens.Add(Wildcard.AnyOne);
            else
                tokens.Add(text[i]);
        }
        return new Pattern([.. tokens], [.. found]);
    }

    /// <summary>Matches a pattern that was compiled without variables.</summary>
    public bool Matches(ReadOnlySpan<char> text)
    {
        Debug.Assert(_variables.Length == 0, "a pattern with variables needs a request");
        return MatchesFixed(text, ignoreCase: false);
    }

    /// <summary>Never matches when a variable has no value in <paramref name="request"/> and no default.</summary>
    public bool Matches(ReadOnlySpan<char> text, RequestContext request, bool ignoreCase = false) =>
        _variables.Length == 0 ? MatchesFixed(text, ignoreCase) : MatchesExpanded(text, request, ignoreCase);

    private bool MatchesFixed(ReadOnlySpan<char> text, bool ignoreCase)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return _shape switch
        {
            Shape.Literal => text.Equals(_literal, comparison),
            Shape.Prefix => text.StartsWith(_literal, comparison),
            _ => Wildcard.Matches(_tokens, text, ignoreCase, out _),
        };
    }

    private bool MatchesExpanded(ReadOnlySpan<char> text, RequestContext request, bool ignoreCase)
    {
        // A policy may repeat a variable often: stop as soon as the required characters are more than the text has.
        var capacity = _tokens.Length + text.Length + 1;
        var rented = capacity > 256 ? ArrayPool<int>.Shared.Rent(capacity) : null;
        var expanded = rented ?? stackalloc int[256];
        try
        {
            var length = Expand(expanded[..capacity], text.Length, request);
            return length >= 0 && Wildcard.Matches(expanded[..length], text, ignoreCase, out _);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<int>.Shared.Return(rented);
        }
    }

    /// <summary>Returns the number of tokens written; -1 when a variable has no value, or the result is too long to match.</summary>
    private int Expand(Span<int> into, int textLength, RequestContext request)
    {
        var length = 0;
        var fromVariables = 0;
        foreach (var token in _tokens)
        {
            if (token > FirstVariable)
            {
                into[length++] = token;
                continue;
            }
            if (_variables[FirstVariable - token].Resolve(request) is not { } value)
                return -1;
            fromVariables += value.Length;
            if (fromVariables > textLength)
                return -1;
            foreach (var character in value)
                into[length++] = character;
        }
        return length;
    }
}
