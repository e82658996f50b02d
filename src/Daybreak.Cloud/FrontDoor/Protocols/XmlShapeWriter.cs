using System.Collections;
using System.Globalization;
using System.Xml;
using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.FrontDoor.Protocols;

/// <summary>Writes records as XML elements, for query and ec2. Null members are omitted.</summary>
/// <param name="camelCase">ec2: <c>vpcId</c>; query: <c>VpcId</c>.</param>
/// <param name="itemName">The default name of a list's items: <c>member</c>, in ec2 <c>item</c>.</param>
internal sealed class XmlShapeWriter(XmlWriter xml, bool camelCase, string itemName)
{
    public void Write(StructureShape shape, object structure)
    {
        foreach (var member in shape.Members)
        {
            if (member.Get(structure) is not { } value)
                continue;
            var name = camelCase ? member.CamelName : member.Name;
            var item = member.ItemName == "member" ? itemName : member.ItemName;
            if (member is { IsFlattened: true, Shape: ListShape flattened })
            {
                foreach (var element in (IEnumerable)value)
                    WriteElement(item, flattened.Item, element, itemName);
            }
            else
                WriteElement(name, member.Shape, value, item);
        }
    }

    private void WriteElement(string name, Shape shape, object value, string item)
    {
        xml.WriteStartElement(name);
        switch (shape)
        {
            case StructureShape structure:
                Write(structure, value);
                break;
            case ListShape list:
                foreach (var element in (IEnumerable)value)
                    WriteElement(item, list.Item, element, itemName);
                break;
            case MapShape map:
                foreach (var (key, element) in JsonShapeWriter.Entries(value))
                {
                    xml.WriteStartElement("entry");
                    xml.WriteTextElement("key", key);
                    WriteElement("value", map.Value, element, itemName);
                    xml.WriteEndElement();
                }
                break;
            default:
                xml.WriteText(Text(value));
                break;
        }
        xml.WriteEndElement();
    }

    private string Text(object value) =>
        value switch
        {
            string text => text,
            bool flag => flag ? "true" : "false",
            // ec2 shows milliseconds, query does not.
            DateTimeOffset time => time.UtcDateTime.ToString(
                camelCase ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'",
                CultureInfo.InvariantCulture
            ),
            ReadOnlyMemory<byte> bytes => Convert.ToBase64String(bytes.Span),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
}
