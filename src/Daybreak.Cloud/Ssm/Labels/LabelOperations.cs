using System.Text.RegularExpressions;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Ssm.Parameters;

namespace Daybreak.Cloud.Ssm.Labels;

/// <summary>Labels of versions: each sits on one version of a parameter.</summary>
internal sealed partial class LabelOperations(ParameterStore parameters, ParameterAccess access)
{
    private const int MostLabels = 10;

    public IEnumerable<AwsOperation> Operations() =>
        [
            access.Row<LabelParameterVersionRequest, LabelParameterVersionResponse>(
                "LabelParameterVersion",
                LabelAsync,
                static (request, context) => [ParameterName.KeyOf(request.Name, context.AccountId, context.Region)]
            ),
            access.Row<UnlabelParameterVersionRequest, UnlabelParameterVersionResponse>(
                "UnlabelParameterVersion",
                UnlabelAsync,
                static (request, context) => [ParameterName.KeyOf(request.Name, context.AccountId, context.Region)]
            ),
        ];

    public ValueTask<LabelParameterVersionResponse> LabelAsync(LabelParameterVersionRequest request, OperationContext context) =>
        parameters.ChangeAsync<LabelParameterVersionResponse>(
            ParameterName.KeyOf(request.Name, context.AccountId, context.Region),
            found =>
            {
                var parameter = found ?? throw SsmErrors.NotFound();
                var target = Version(parameter, request.ParameterVersion ?? parameter.Newest.Version, request.Name);
                var valid = request.Labels.Where(IsValid).Distinct(StringComparer.Ordinal).ToList();
                if (target.Labels.Union(valid, StringComparer.Ordinal).Count() > MostLabels)
                    throw SsmErrors.TooManyLabels();
                var changed = parameter with
                {
                    Versions =
                    [
                        .. parameter.Versions.Select(version =>
                            version.Version == target.Version
                                ? version with
                                {
                                    Labels = [.. version.Labels.Union(valid, StringComparer.Ordinal)],
                                }
                                : version with
                                {
                                    Labels = version.Labels.RemoveRange(valid, StringComparer.Ordinal),
                                }
                        ),
                    ],
                };
                return (
                    changed,
                    new LabelParameterVersionResponse
                    {
                        InvalidLabels = [.. request.Labels.Where(static label => !IsValid(label))],
                        ParameterVersion = target.Version,
                    }
                );
            }
        );

    public ValueTask<UnlabelParameterVersionResponse> UnlabelAsync(UnlabelParameterVersionRequest request, OperationContext context) =>
        parameters.ChangeAsync<UnlabelParameterVersionResponse>(
            ParameterName.KeyOf(request.Name, context.AccountId, context.Region),
            found =>
            {
                var parameter = found ?? throw SsmErrors.NotFound();
                var version = Version(parameter, request.ParameterVersion!.Value, request.Name);
                var removed = request.Labels.Where(label => version.Labels.Contains(label)).ToList();
                return (
                    parameter.With(version with { Labels = version.Labels.RemoveRange(removed, StringComparer.Ordinal) }),
                    new UnlabelParameterVersionResponse { RemovedLabels = removed, InvalidLabels = [.. request.Labels.Except(removed)] }
                );
            }
        );

    private static ParameterVersion Version(Parameter parameter, long version, string name) =>
        parameter.Version(version) ?? throw SsmErrors.VersionNotFound(version, name);

    private static bool IsValid(string label) =>
        Form().IsMatch(label)
        && !label.StartsWith("aws", StringComparison.OrdinalIgnoreCase)
        && !label.StartsWith("ssm", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[a-zA-Z.\-_][a-zA-Z0-9.\-_]*\z")]
    private static partial Regex Form();
}
