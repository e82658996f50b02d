using System.Runtime.CompilerServices;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Iam;

/// <summary>
/// Caches compiled documents as long as their texts live: the state contains texts, but decisions need compiled documents. Every text was
/// checked before it was stored.
/// </summary>
internal static class CompiledPolicies
{
    private static readonly ConditionalWeakTable<string, PolicyDocument> Documents = [];

    public static PolicyDocument Of(string text, PolicyDialect dialect) =>
        Documents.TryGetValue(text, out var document) ? document : Documents.GetValue(text, text => Compile(text, dialect));

    /// <exception cref="Aws.AwsException">MalformedPolicyDocument</exception>
    public static PolicyDocument Check(string text, PolicyDialect dialect)
    {
        if (!PolicyParser.TryParse(text, dialect, out var document, out var defect))
            throw IamErrors.MalformedPolicyDocument(defect);
        return document;
    }

    private static PolicyDocument Compile(string text, PolicyDialect dialect) =>
        PolicyParser.TryParse(text, dialect, out var document, out var defect)
            ? document
            : throw new InvalidOperationException($"A stored policy does not parse: {defect}");
}
