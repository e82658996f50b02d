using System.Text;

namespace Daybreak.Architecture.Tests;

/// <summary>The rooms of a project from the top floor down, and which others each may use.</summary>
/// <param name="Assembly">Its file beside the tests.</param>
internal sealed record Project(string Assembly, (string Room, string Uses)[] Rooms)
{
    public IEnumerable<(string From, string To)> Arrows =>
        Rooms.SelectMany(static row => row.Uses.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(used => (row.Room, used)));

    /// <summary>The same as a Mermaid flowchart, for docs/architecture.md.</summary>
    public string Picture()
    {
        var picture = new StringBuilder("```mermaid\nflowchart TD\n");
        foreach (var (room, uses) in Rooms.Where(static row => row.Uses.Length > 0))
            picture.Append("    ").Append(Node(room)).Append(" --> ").AppendJoin(" & ", uses.Split(' ')).Append('\n');
        return picture.Append("```\n").ToString();
    }

    private static string Node(string room) => room == Room.Root ? "Program" : room;
}

/// <summary>
/// The plan of dependencies. Before you add an arrow here and in docs/architecture.md, check whether the type that is
/// needed is in the right room.
/// </summary>
internal static class Plan
{
    public static readonly IReadOnlyDictionary<string, Project> Projects = new Dictionary<string, Project>
    {
        ["Daybreak.Cloud"] = new(
            "Daybreak.Cloud.dll",
            [
                (
                    "Hosting",
                    "Explain Access Sts Rds Lambda Ec2 Logs S3 Ssm Kms SecretsManager Iam Forwarding FrontDoor Policy Postgres State"
                ),
                ("Explain", "Access Rds Lambda Ec2 FrontDoor Policy"),
                ("Access", "Sts Iam FrontDoor Policy State"),
                ("Sts", "Iam FrontDoor Policy State"),
                ("Rds", "FrontDoor Policy Postgres State Processes"),
                ("Lambda", "Iam FrontDoor Policy State Processes"),
                ("Ec2", "Iam FrontDoor Policy State"),
                ("Logs", "FrontDoor Policy State"),
                ("S3", "FrontDoor Policy State"),
                ("Ssm", "FrontDoor Policy State"),
                ("Kms", "Iam FrontDoor Policy State"),
                ("SecretsManager", "Iam FrontDoor Policy State"),
                ("Iam", "FrontDoor Policy State"),
                ("Forwarding", "FrontDoor Policy"),
                ("FrontDoor", "Policy State"),
                ("Postgres", "State Processes"),
                ("State", "Processes"),
                ("Processes", ""),
                ("Policy", ""),
            ]
        ),
        ["Daybreak.Bridge"] = new(
            "daybreak-bridge.dll",
            [
                (Room.Root, "Backends Telemetry Explain Diagnostics Objects Invocation Credentials Http Frames Sockets Bytes"),
                ("Backends", "Telemetry Explain Diagnostics Objects Invocation Sockets Frames Bytes"),
                ("Telemetry", "Diagnostics Invocation Credentials Http Frames Sockets"),
                ("Explain", "Invocation Credentials Http Frames"),
                ("Diagnostics", "Credentials Http Frames"),
                ("Objects", "Invocation Credentials Http Frames Bytes"),
                ("Invocation", "Credentials Http Frames Bytes"),
                ("Credentials", "Bytes"),
                ("Http", "Sockets Bytes"),
                ("Frames", "Bytes"),
                ("Sockets", ""),
                ("Bytes", ""),
            ]
        ),
        ["Daybreak.Cli"] = new(
            "daybreak.dll",
            [
                (Room.Root, "Commands Demo LocalAws"),
                ("Demo", "Commands LocalAws"),
                ("Commands", "Debugging Functions LocalAws Text"),
                ("Debugging", "LocalAws"),
                ("Functions", "LocalAws Text"),
                ("LocalAws", "Text"),
                ("Text", ""),
            ]
        ),
    };
}
