namespace Daybreak.Cloud.Policy;

/// <summary>A stretch of a document's text; lines and columns count from 1, the end is the last character's.</summary>
public readonly record struct TextSpan(TextPosition Start, TextPosition End);

/// <summary>A place in a document's text, counted from 1.</summary>
public readonly record struct TextPosition(int Line, int Column);
