namespace Daybreak.Aws.Signing;

/// <summary>A header to be signed, as UTF-8.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Value">As sent; outer white space is dropped and inner runs of it become one space when it is signed.</param>
public readonly record struct Utf8Header(ReadOnlyMemory<byte> Name, ReadOnlyMemory<byte> Value);
