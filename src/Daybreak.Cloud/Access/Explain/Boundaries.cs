using Daybreak.Cloud.Policy;
using Daybreak.Explaining;

namespace Daybreak.Cloud.Access.Explain;

/// <summary>Commands that change a permissions boundary. AWS's own policies cannot be changed, so another one replaces them.</summary>
internal static class Boundaries
{
    public static FixStep Replace(Situation situation, AttachedPolicy boundary, string text, string purpose)
    {
        if (!ManagedCommands.IsAwsManaged(boundary.Id))
            return new FixStep(
                $"Let the permissions boundary {boundary.Id} {purpose}.",
                text,
                [ManagedCommands.NewVersion(boundary.Id, text)]
            );
        var holder = PolicyHolder.Of(situation.Request.Principal);
        if (holder is null)
            return new FixStep("Give the user who started the session a permissions boundary that allows it.", text, []);
        var name = $"{holder.Name}-boundary";
        return new FixStep(
            $"The permissions boundary {boundary.Id} is AWS's and cannot be changed: give the {holder} one that is yours.",
            text,
            [
                AwsCommand.Of("iam create-policy", ("policy-name", name), ("policy-document", text)),
                AwsCommand.Of(
                    $"iam put-{holder.Kind}-permissions-boundary",
                    holder.Option,
                    ("permissions-boundary", $"arn:aws:iam::{holder.AccountId}:policy/{name}")
                ),
            ]
        );
    }
}
