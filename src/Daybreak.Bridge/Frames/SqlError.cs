namespace Daybreak.Bridge.Frames;

/// <summary>An error as SQL shows it: five-character SQLSTATE, message, optional DETAIL and HINT (<c>docs/errors.md</c>).</summary>
public sealed record SqlError(string SqlState, string Message, string? Detail = null, string? Hint = null);
