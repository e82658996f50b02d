namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>Converts offsets to lines and columns. For ascending offsets it reads the text once.</summary>
internal sealed class TextPositions(byte[] utf8)
{
    private int _offset;
    private int _line = 1;
    private int _column = 1;

    public TextPosition Of(int target)
    {
        for (; _offset < target; _offset++)
        {
            if (utf8[_offset] == '\n')
            {
                _line++;
                _column = 1;
            }
            else if ((utf8[_offset] & 0xC0) != 0x80)
            {
                // Continuation bytes belong to the preceding character.
                _column++;
            }
        }
        return new TextPosition(_line, _column);
    }
}
