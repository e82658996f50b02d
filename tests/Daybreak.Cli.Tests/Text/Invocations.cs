namespace Daybreak.Cli.Tests.Text;

/// <summary>Answers to the question whether a call works, as the server gives them.</summary>
internal static class Invocations
{
    public const string Works = """
        {
            "works": true, "function": "simple", "database": "demo-1",
            "stages": [
                {"stage": "extension", "state": "ok", "text": "aws_lambda is there."},
                {"stage": "function", "state": "ok", "text": "simple is active."}
            ]
        }
        """;

    public const string Fails = """
        {
            "works": false, "function": "simple", "database": "demo-1",
            "stages": [
                {"stage": "extension", "state": "ok", "text": "aws_lambda is there."},
                {
                    "stage": "network", "state": "failed", "text": "The packets do not come back.",
                    "hops": [
                        {"kind": "subnet", "text": "subnet-1 sends to \"nat-1\"", "passes": true},
                        {"kind": "acl", "text": "acl-1 drops <1024 & more", "passes": false}
                    ],
                    "toMend": [
                        {"what": "Let them in.", "commands": ["aws ec2 create-network-acl-entry", "aws ec2 wait"]},
                        {"what": "Let them out.", "commands": []}
                    ]
                },
                {"stage": "role", "state": "failed", "text": "There is no role.", "toMend": [{"what": "Add one.", "commands": ["x"]}]},
                {"stage": "function", "state": "notReached", "text": "Not judged."}
            ]
        }
        """;

    public static string Of(string state, bool works) =>
        $$"""
            {
                "works": {{(works ? "true" : "false")}}, "function": "simple", "database": "demo-1",
                "stages": [{"stage": "policies", "state": "{{state}}", "text": "Who knows."}]
            }
            """;
}
