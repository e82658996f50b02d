using System.Text.Json;
using Daybreak.Cloud.Policy.Matching;

namespace Daybreak.Cloud.Policy.Syntax;

/// <summary>
/// Reads JSON into <see cref="PolicySyntax"/> in one pass, with time and memory proportional to the text. Keys must not repeat, and nesting
/// is limited.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html</remarks>
internal static class PolicyJson
{
    // A document needs seven levels.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 16 };

    /// <exception cref="JsonException">Not JSON.</exception>
    /// <exception cref="InvalidOperationException">A string is not Unicode text.</exception>
    /// <exception cref="PolicySyntaxException">An element has the wrong type, or a key repeats.</exception>
    public static PolicySyntax Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, Options);
        reader.Read();
        var policy = new PolicySyntax();
        var keys = new Keys();
        Expect(reader.TokenType == JsonTokenType.StartObject, "a policy is an object");
        while (NextKey(ref reader, keys) is { } key)
        {
            switch (key)
            {
                case "Version":
                    policy.Version = String(ref reader);
                    break;
                case "Id":
                    policy.Id = String(ref reader);
                    break;
                case "Statement":
                    policy.Statements = Statements(ref reader);
                    break;
                default:
                    policy.UnknownElement ??= key;
                    reader.Skip();
                    break;
            }
        }
        // Reads to the end of the text, where anything but white space is invalid JSON.
        reader.Read();
        return policy;
    }

    private static List<StatementSyntax> Statements(ref Utf8JsonReader reader)
    {
        var statements = new List<StatementSyntax>();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            statements.Add(Statement(ref reader));
            return statements;
        }
        Expect(reader.TokenType == JsonTokenType.StartArray, "Statement is an object or a list");
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            statements.Add(Statement(ref reader));
        return statements;
    }

    private static StatementSyntax Statement(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "a statement is an object");
        var statement = new StatementSyntax { Start = (int)reader.TokenStartIndex };
        var keys = new Keys();
        while (NextKey(ref reader, keys) is { } key)
        {
            switch (key)
            {
                case "Sid":
                    statement.Sid = String(ref reader);
                    break;
                case "Effect":
                    statement.Effect = String(ref reader);
                    break;
                case "Principal":
                    statement.Principal = Principals(ref reader);
                    break;
                case "NotPrincipal":
                    statement.NotPrincipal = Principals(ref reader);
                    break;
                case "Action":
                    statement.Action = Strings(ref reader);
                    break;
                case "NotAction":
                    statement.NotAction = Strings(ref reader);
                    break;
                case "Resource":
                    statement.Resource = Strings(ref reader);
                    break;
                case "NotResource":
                    statement.NotResource = Strings(ref reader);
                    break;
                case "Condition":
                    Conditions(ref reader, statement.Conditions);
                    break;
                default:
                    statement.UnknownElement ??= key;
                    reader.Skip();
                    break;
            }
        }
        statement.End = (int)reader.TokenStartIndex;
        return statement;
    }

    private static List<PrincipalEntry> Principals(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            // This is the only principal that is valid without its type.
            Expect(reader.ValueTextEquals("*"), "Principal is \"*\" or an object");
            return [new PrincipalEntry("AWS", "*")];
        }
        Expect(reader.TokenType == JsonTokenType.StartObject, "Principal is \"*\" or an object");
        var entries = new List<PrincipalEntry>();
        var keys = new Keys();
        while (NextKey(ref reader, keys) is { } type)
        {
            Expect(type is "AWS" or "Service" or "Federated" or "CanonicalUser", "a principal has a known type");
            foreach (var value in Strings(ref reader))
                entries.Add(new PrincipalEntry(type, value));
        }
        return entries;
    }

    private static void Conditions(ref Utf8JsonReader reader, List<ConditionSyntax> conditions)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject, "Condition is an object");
        var operators = new Keys();
        while (NextKey(ref reader, operators) is { } name)
        {
            Expect(reader.TokenType == JsonTokenType.StartObject, "a condition operator has an object");
            var keys = new Keys();
            while (NextKey(ref reader, keys) is { } key)
                conditions.Add(new ConditionSyntax(name, key, Scalars(ref reader)));
        }
    }

    private static string String(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.String, "a string is expected");
        return reader.GetString()!;
    }

    private static List<string> Strings(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return [String(ref reader)];
        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            values.Add(String(ref reader));
        return values;
    }

    /// <summary>Reads values of a condition: numbers and booleans may appear without quotes.</summary>
    private static List<string> Scalars(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return [Scalar(ref reader)];
        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            values.Add(Scalar(ref reader));
        return values;
    }

    private static string Scalar(ref Utf8JsonReader reader) =>
        reader.TokenType switch
        {
            JsonTokenType.True => "true",
            JsonTokenType.False => "false",
            JsonTokenType.Number => System.Text.Encoding.ASCII.GetString(reader.ValueSpan),
            _ => String(ref reader),
        };

    /// <summary>Moves to the value of the next key of an object; returns null at the object's end.</summary>
    private static string? NextKey(ref Utf8JsonReader reader, Keys seen)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
            return null;
        var key = reader.GetString()!;
        Expect(seen.Add(key), "a key occurs twice");
        reader.Read();
        return key;
    }

    private static void Expect(bool condition, string rule)
    {
        if (!condition)
            throw new PolicySyntaxException(rule);
    }

    private sealed class Keys() : HashSet<string>(StringComparer.Ordinal);
}
