using Daybreak.Cloud.FrontDoor.Shapes;

namespace Daybreak.Cloud.Iam;

/// <summary>Patterns of names, paths and documents in IAM's model.</summary>
internal static class IamName
{
    public const string Pattern = @"[\w+=,.@-]+";
    public const string PathPattern = @"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)";
    public const string PathPrefixPattern = @"\u002F[\u0021-\u007F]*";
    public const string PolicyPathPattern = @"((/[A-Za-z0-9\.,\+@=_-]+)*)/";
    public const string DocumentPattern = @"[\u0009\u000A\u000D\u0020-\u00FF]+";
    public const string TagKeyPattern = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+";
    public const string TagValuePattern = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*";
    public const string DescriptionPattern = @"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*";
    public const int DocumentLength = 131_072;
}

/// <summary>The name of a user, role, group, policy or instance profile.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NameAttribute() : PatternAttribute(IamName.Pattern)
{
    public override string Sentence(string member) =>
        $"The specified value for {member} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-";
}

/// <summary>The path of a user, role, group, policy or instance profile.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EntityPathAttribute(string pattern = IamName.PathPattern) : PatternAttribute(pattern)
{
    public override string Sentence(string member) =>
        $"The specified value for {member} is invalid. It must begin and end with / and contain only alphanumeric characters "
        + "and/or / characters.";
}
