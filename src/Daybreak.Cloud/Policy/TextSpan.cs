namespace Daybreak.Cloud.Policy;

/// <summary>A range of a document's text. Lines and columns count from 1; the end is the position of the last character.</summary>
public readonly record struct TextSpan(TextPosition Start, TextPosition End);

/// <summary>A position in a document's text, counted from 1.</summary>
public readonly record struct TextPosition(int Line, int Column);
