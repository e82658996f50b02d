namespace Daybreak.Cloud.Iam.Policy.Syntax;

/// <summary>Turns offsets into lines and columns. Asked in ascending order, it reads the text once.</summary>
internal sealed class TextPositions(byte[] utf8)
{
    private int offset;
    private int line = 1;
    private int column = 1;

    public TextPosition Of(int target)
    {
        for (; offset < target; offset++)
        {
            if (utf8[offset] == '\n')
            {
                line++;
                column = 1;
            }
            else if ((utf8[offset] & 0xC0) != 0x80)
            {
                // Continuation bytes belong to the character before.
                column++;
            }
        }
        return new TextPosition(line, column);
    }
}
