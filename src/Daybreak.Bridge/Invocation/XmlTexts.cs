using System.Xml;

namespace Daybreak.Bridge.Invocation;

/// <summary>Answers of AWS's XML protocols. Pure.</summary>
internal static class XmlTexts
{
    /// <summary>The texts of elements that have no elements, the first of each name; empty when the answer is not XML.</summary>
    public static Dictionary<string, string> Read(ReadOnlyMemory<byte> answer)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var name = "";
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(answer.ToArray()), new() { DtdProcessing = DtdProcessing.Prohibit });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                    name = reader.LocalName;
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
                    texts.TryAdd(name, reader.Value);
            }
        }
        catch (XmlException)
        {
            texts.Clear();
        }
        return texts;
    }
}
