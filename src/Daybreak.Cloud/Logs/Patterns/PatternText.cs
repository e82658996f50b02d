using System.Text;

namespace Daybreak.Cloud.Logs.Patterns;

/// <summary>The text of a pattern while it is read from left to right.</summary>
internal sealed class PatternText(string text)
{
    private int _at;

    public bool IsAtEnd
    {
        get
        {
            SkipSpace();
            return _at == text.Length;
        }
    }

    /// <summary>The next character that is no white space; NUL at the end.</summary>
    public char Next
    {
        get
        {
            SkipSpace();
            return Here;
        }
    }

    /// <summary>The next character, even white space.</summary>
    public char Here => _at < text.Length ? text[_at] : '\0';

    public bool TryTake(string token)
    {
        SkipSpace();
        if (string.CompareOrdinal(text, _at, token, 0, token.Length) != 0)
            return false;
        _at += token.Length;
        return true;
    }

    /// <summary>Takes words in any case: <c>IS NULL</c>.</summary>
    public bool TryTakeWords(params ReadOnlySpan<string> words)
    {
        var start = _at;
        foreach (var word in words)
        {
            SkipSpace();
            if (
                string.Compare(text, _at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (_at + word.Length == text.Length || !char.IsLetterOrDigit(text[_at + word.Length]))
            )
            {
                _at += word.Length;
                continue;
            }
            _at = start;
            return false;
        }
        return true;
    }

    public void Take(string token)
    {
        if (!TryTake(token))
            throw Wrong($"'{token}' is missing");
    }

    /// <summary>Takes characters as long as they are wanted.</summary>
    public string TakeWhile(Func<char, bool> wanted)
    {
        var start = _at;
        while (_at < text.Length && wanted(text[_at]))
            _at++;
        return text[start.._at];
    }

    /// <summary>Takes a text between two of the same mark, in which a backslash makes the mark and itself ordinary.</summary>
    public string TakeBetween(char mark)
    {
        Take(mark.ToString());
        var taken = new StringBuilder();
        for (; _at < text.Length; _at++)
        {
            if (text[_at] == mark)
            {
                _at++;
                return taken.ToString();
            }
            // Regular expressions keep their other escapes.
            if (text[_at] == '\\' && _at + 1 < text.Length && (text[_at + 1] == mark || (text[_at + 1] == '\\' && mark != '%')))
                _at++;
            taken.Append(text[_at]);
        }
        throw Wrong($"a closing {mark} is missing");
    }

    public Daybreak.Aws.AwsException Wrong(string reason) => LogsErrors.InvalidPattern($"{reason} at character {_at + 1}");

    private void SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            _at++;
    }
}
