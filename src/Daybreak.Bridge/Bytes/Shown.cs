namespace Daybreak.Bridge.Bytes;

/// <summary>Shortens callers' values for errors: never longer than a line or two.</summary>
public static class Shown
{
    private const int Longest = 256;

    public static string Briefly(string value) => value.Length <= Longest ? value : string.Concat(value.AsSpan(0, Longest), "…");
}
