using System.Collections;
using System.Globalization;
using Daybreak.Aws;

namespace Daybreak.Cloud.FrontDoor.Shapes;

/// <summary>Checks a request against the constraints of its model, for every protocol.</summary>
public static class RequestValidator
{
    /// <exception cref="AwsException">
    /// A member that Daybreak does not implement; or <c>1 validation error detected: …</c>, all violations in one message.
    /// </exception>
    public static void Validate(AwsService service, AwsOperation operation, object request)
    {
        List<string>? violations = null;
        string? sentence = null;
        Check(service, operation, operation.Request, request, "", ref violations, ref sentence);
        if (violations is not null)
        {
            var count = violations.Count == 1 ? "1 validation error detected: " : $"{violations.Count} validation errors detected: ";
            throw AwsException.Sender(service.ValidationErrorCode, count + string.Join("; ", violations));
        }
        if (sentence is not null)
            throw AwsException.Sender(service.ValidationErrorCode, sentence);
    }

    private static void Check(
        AwsService service,
        AwsOperation operation,
        StructureShape shape,
        object structure,
        string path,
        ref List<string>? violations,
        ref string? sentence
    )
    {
        foreach (var member in shape.Members)
        {
            if (member.HidesAbsence)
                throw new NotSupportedException($"{structure.GetType()}.{member.Name} must be nullable");
            var value = member.Get(structure);
            var here = path + member.CamelName;
            if (value is null)
            {
                if (member.IsRequired)
                    (violations ??= []).Add($"Value null at '{here}' failed to satisfy constraint: Member must not be null");
                continue;
            }
            if (member.IsNotImplemented && !IsEmpty(member.Shape, value))
                throw NotImplemented.Of($"the parameter {member.Name} of {operation.Name}");
            foreach (var constraint in member.Constraints)
            {
                var violation =
                    constraint.OfItems ? OfEach(constraint, (IEnumerable)value, "Member")
                    : constraint.OfKeys ? OfEach(constraint, ((IDictionary)value).Keys, "Map keys")
                    : constraint.Violation(value);
                if (violation is null)
                    continue;
                if (constraint.Sentence(here) is { } own)
                {
                    sentence ??= own;
                    continue;
                }
                var shown = member.IsSensitive || service.HidesValuesInValidationErrors ? "" : $"'{Show(value)}' ";
                (violations ??= []).Add($"Value {shown}at '{here}' failed to satisfy constraint: {violation}");
            }
            CheckNested(service, operation, member.Shape, value, here, ref violations, ref sentence);
        }
    }

    private static void CheckNested(
        AwsService service,
        AwsOperation operation,
        Shape shape,
        object value,
        string path,
        ref List<string>? violations,
        ref string? sentence
    )
    {
        switch (shape)
        {
            case StructureShape structure:
                Check(service, operation, structure, value, path + ".", ref violations, ref sentence);
                break;
            case ListShape { Item: not ScalarShape } list:
                var index = 0;
                foreach (var item in (IEnumerable)value)
                    CheckNested(service, operation, list.Item, item, $"{path}.{++index}.member", ref violations, ref sentence);
                break;
            default:
                break;
        }
    }

    // AWS nests a violation of an item in the constraints of the list or map.
    private static string? OfEach(ConstraintAttribute constraint, IEnumerable items, string what)
    {
        foreach (var item in items)
        {
            if (constraint.Violation(item) is { } violation)
                return $"{what} must satisfy constraint: [{violation}, Member must not be null]";
        }
        return null;
    }

    /// <summary>Null, an empty string, list or map, or a structure of only such members requests nothing.</summary>
    private static bool IsEmpty(Shape shape, object? value) =>
        value switch
        {
            null => true,
            string text => text.Length == 0,
            ICollection items => items.Count == 0,
            bool flag => !flag,
            _ => shape is StructureShape structure && structure.Members.All(member => IsEmpty(member.Shape, member.Get(value))),
        };

    private static string Show(object value) =>
        value switch
        {
            string text => text,
            bool flag => flag ? "true" : "false",
            double number => number.ToString("0.0################", CultureInfo.InvariantCulture),
            IDictionary map => $"{{{string.Join(", ", map.Keys.Cast<object>().Select(key => $"{Show(key)}={Show(map[key]!)}"))}}}",
            IEnumerable items => $"[{string.Join(", ", items.Cast<object>().Select(Show))}]",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
}
