using System.Collections.Immutable;
using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Rds.Instances;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Explain;

/// <summary>Lambda's part of an explanation: whether the function exists, is ready, and ends within the time that a call waits.</summary>
internal sealed class FunctionStages(Explainer explainer)
{
    private const string Name = "function";
    private const string Service = "lambda.amazonaws.com";
    private const string Trust =
        """{"Version":"2012-10-17","Statement":["""
        + """{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}""";
    private const string NewRole = "lambda-execution-role";
    private const string WritesLogs = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

    private static readonly ServiceAction Assume = new("sts:AssumeRole");

    /// <param name="home">The database's account.</param>
    /// <param name="present">All functions of the function's account.</param>
    /// <param name="user">The database user who invokes.</param>
    public IEnumerable<Stage> Of(InvokedFunction function, string home, DeployedFunctions present, LambdaSettings settings, string user)
    {
        var versions = present.VersionsOf(function.Region.Code, function.Name).ToArray();
        var means = new QualifierStage(function, versions, present.AliasesOf(function.Region.Code, function.Name));
        if (versions.Length == 0)
        {
            yield return Missing(function, home, present);
            if (means.Name is { } name)
                yield return Stage.NotReached(name, "There is no function yet.");
            yield return Stage.NotReached("timeouts", "There is no function that could take long.");
            yield break;
        }
        var found = means.Version;
        yield return StateOf(function, found ?? versions.First(static one => one.Number == 0));
        if (means.Stage is { } qualifier)
            yield return qualifier;
        yield return found is null
            ? Stage.NotReached("timeouts", $"There is no {function.Arn} that could take long.")
            : Stage.Ok("timeouts", Timeouts.Text(found.Timeout, settings.RequestTimeoutMs, user));
    }

    private static Stage StateOf(InvokedFunction function, FunctionState version)
    {
        var shown = FunctionConfiguration.Of(version);
        return shown.State == "Active"
            ? Stage.Ok(Name, $"{function.UnqualifiedArn} is Active.", function.UnqualifiedArn)
            : Stage.Failed(
                Name,
                $"{function.UnqualifiedArn} is {shown.State}: {shown.StateReason}",
                Stage.FixOf("Wait for it.", Wait(function)),
                function.UnqualifiedArn
            );
    }

    private Stage Missing(InvokedFunction function, string home, DeployedFunctions present)
    {
        var near = NearFunctions.Of(function.Region.Code, function.Name, present.Names);
        var arns = near.Select(one => $"arn:{function.Region.Partition.Name}:lambda:{one.Region}:{function.AccountId}:function:{one.Name}")
            .ToImmutableArray();
        var text = $"Function not found: {function.Arn}";
        var make = new FixStep(
            $"Make it{(function.AccountId == home ? "" : $", as the account {function.AccountId}")}: a minimal one in Python, "
                + $"unless ./{function.Name}/lambda_function.py is there.",
            null,
            [.. CommandsToMake(function)]
        );
        return near.IsEmpty
            ? Stage.Failed(Name, text, [make], function.Arn)
            : Stage.Failed(
                Name,
                $"{text}. There is {string.Join(" and ", arns)}.",
                [new FixStep($"If {arns[0]} is meant: {Call(function, near[0])}", null, []), make],
                [function.Arn, .. arns]
            );
    }

    private static string Call(InvokedFunction function, (string Region, string Name) near) =>
        near.Region == function.Region.Code
            ? $"SELECT * FROM aws_lambda.invoke('{near.Name}', '{{}}'::json);"
            : $"SELECT * FROM aws_lambda.invoke(aws_commons.create_lambda_function_arn('{near.Name}', '{near.Region}'), '{{}}'::json);";

    private IEnumerable<string> CommandsToMake(InvokedFunction function)
    {
        var (directory, region) = ($"./{function.Name}", function.Region.Code);
        if (RoleFor(function.AccountId) is not { } role)
        {
            var name = FreeRoleName(function.AccountId);
            role = $"arn:aws:iam::{function.AccountId}:role/{name}";
            yield return AwsCommand.Of("iam create-role", ("role-name", name), ("assume-role-policy-document", Trust));
            yield return AwsCommand.Of("iam attach-role-policy", ("role-name", name), ("policy-arn", WritesLogs));
        }
        yield return $"mkdir -p {directory}";
        yield return $"[ -e {directory}/lambda_function.py ] || printf '%s\\n' 'def lambda_handler(event, context):' '    return event' "
            + $"> {directory}/lambda_function.py";
        yield return $"python3 -m zipfile -c {directory}/function.zip {directory}/lambda_function.py";
        yield return AwsCommand.Of(
            "lambda create-function",
            ("function-name", function.Name),
            ("runtime", "python3.13"),
            ("handler", "lambda_function.lambda_handler"),
            ("role", role),
            ("zip-file", $"fileb://{directory}/function.zip"),
            ("region", region)
        );
        yield return Wait(function);
    }

    /// <summary>
    /// Returns a role that Lambda may assume and that lets a function do no more than write its log; null: there is none.
    /// </summary>
    private string? RoleFor(string accountId) =>
        explainer
            .RolesOf(accountId)
            .FirstOrDefault(role =>
                explainer.PoliciesOf(role).All(static policy => policy == WritesLogs)
                && explainer.Explain(new Question(Service, Assume, role, [])).Decision.IsAllowed
            );

    private string FreeRoleName(string accountId)
    {
        var taken = explainer
            .RolesOf(accountId)
            .Select(static role => role[(role.LastIndexOf('/') + 1)..])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable
            .Range(1, taken.Count + 1)
            .Select(static number => number == 1 ? NewRole : $"{NewRole}-{number}")
            .First(name => !taken.Contains(name));
    }

    private static string Wait(InvokedFunction function) =>
        AwsCommand.Of("lambda wait function-active-v2", ("function-name", function.Name), ("region", function.Region.Code));
}
