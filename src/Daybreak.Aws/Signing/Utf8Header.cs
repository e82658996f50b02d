namespace Daybreak.Aws.Signing;

/// <summary>A header to sign, as UTF-8.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Value">As sent. Signing removes outer white space and reduces inner runs of it to one space.</param>
public readonly record struct Utf8Header(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value);
