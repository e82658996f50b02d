using System.Collections.Immutable;
using System.Globalization;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Lambda.Versions;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain;

/// <summary>Whether the version or alias of a call exists, and what it means.</summary>
internal sealed class QualifierStage
{
    private const string AliasName = "alias";
    private const string VersionName = "version";

    private readonly InvokedFunction _function;
    private readonly FunctionState[] _versions;
    private readonly FunctionAlias[] _aliases;
    private readonly FunctionAlias? _alias;

    /// <param name="versions">All versions of the function, <c>$LATEST</c> first.</param>
    /// <param name="aliases">All of its aliases.</param>
    public QualifierStage(InvokedFunction function, IEnumerable<FunctionState> versions, IEnumerable<FunctionAlias> aliases)
    {
        (_function, _versions, _aliases) = (function, [.. versions], [.. aliases]);
        Name =
            function.Qualifier is null or FunctionReference.Latest ? null
            : FunctionReference.NumberOf(function.Qualifier) is null ? AliasName
            : VersionName;
        _alias = Name == AliasName ? _aliases.FirstOrDefault(one => one.Name == function.Qualifier) : null;
        var version = Name == AliasName ? _alias?.FunctionVersion : function.Qualifier ?? FunctionReference.Latest;
        Version = _versions.FirstOrDefault(one => one.Version == version);
    }

    /// <summary>The name of the stage; null: the call names neither version nor alias.</summary>
    public string? Name { get; }

    /// <summary>The version that the call means, of an alias with weights the one that gets the rest; null: there is none.</summary>
    public FunctionState? Version { get; }

    /// <summary>Null where there is nothing to say.</summary>
    public Stage? Stage =>
        Name is null ? null
        : Version is null ? Missing(Name)
        : Stage.Ok(
            Name,
            _alias switch
            {
                null => $"{_function.Arn} is a published version.",
                { AdditionalVersion: null } => $"{_function.Arn} means version {_alias.FunctionVersion}.",
                _ => $"{_function.Arn} means version {_alias.FunctionVersion}, and for "
                    + string.Create(CultureInfo.InvariantCulture, $"{_alias.AdditionalWeight * 100:0.##}")
                    + $" % of the calls version {_alias.AdditionalVersion}.",
            },
            _function.Arn
        );

    private Stage Missing(string name)
    {
        var (has, fix) = name == AliasName ? (Aliases, WithAlias()) : (Versions, Stage.FixOf($"Call it without :{_function.Qualifier}."));
        return Stage.Failed(
            name,
            $"Function not found: {_function.Arn}. There is {_function.UnqualifiedArn}, which has {has}.",
            fix,
            _function.Arn,
            _function.UnqualifiedArn
        );
    }

    private string Aliases =>
        _aliases.Length == 0 ? "no aliases" : $"the aliases {string.Join(", ", _aliases.Select(static one => one.Name))} only";

    private string Versions =>
        _versions.Length == 1
            ? "no published versions"
            : $"the versions {string.Join(", ", _versions[1..].Select(static one => one.Version))} only";

    private ImmutableArray<FixStep> WithAlias()
    {
        (string, string?)[] function = [("function-name", _function.Name), ("region", _function.Region.Code)];
        // The last version, if there is one; otherwise the first publication makes the next number.
        var isPublished = _versions.Length > 1;
        var version = isPublished ? _versions[^1].Number : _versions[0].LastVersion + 1;
        string[] commands =
        [
            .. isPublished ? [] : (string[])[AwsCommand.Of("lambda publish-version", function)],
            AwsCommand.Of(
                "lambda create-alias",
                [.. function, ("name", _function.Qualifier), ("function-version", FunctionVersions.Text(version))]
            ),
        ];
        return Stage.FixOf(
            isPublished ? $"Make it for version {version}, the last one." : "Publish a version, and make the alias for it.",
            [.. commands]
        );
    }
}
