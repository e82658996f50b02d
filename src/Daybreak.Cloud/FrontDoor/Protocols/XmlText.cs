using System.Xml;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>
/// Text for XML 1.0, which cannot represent some characters: control characters, half a surrogate pair, U+FFFE and U+FFFF. The replacement
/// character is written for each, so that clients can parse every answer.
/// </summary>
internal static class XmlText
{
    private const char Replacement = '\uFFFD';

    public static void WriteText(this XmlWriter xml, string text) => xml.WriteString(Of(text));

    public static void WriteTextElement(this XmlWriter xml, string name, string text) => xml.WriteElementString(name, Of(text));

    /// <summary>Returns the same string when all its characters can be written.</summary>
    public static string Of(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsWritable(text, ref i))
                return Replaced(text);
        }
        return text;
    }

    private static string Replaced(string text)
    {
        var characters = text.ToCharArray();
        for (var i = 0; i < characters.Length; i++)
        {
            if (!IsWritable(text, ref i))
                characters[i] = Replacement;
        }
        return new string(characters);
    }

    /// <summary>Whether XML can represent the character at <paramref name="i"/>, which is left at the second half of a pair.</summary>
    private static bool IsWritable(string text, ref int i)
    {
        if (XmlConvert.IsXmlChar(text[i]))
            return true;
        if (i + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            return false;
        i++;
        return true;
    }
}
