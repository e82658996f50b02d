using Daybreak.Cli.Text;

namespace Daybreak.Cli.Tests.Text;

public sealed class StatusTextTests
{
    [Fact]
    public void Status_has_a_line_a_subject_and_one_a_service() =>
        Assert.Equal(
            """
            Local AWS   http://127.0.0.1:4566, version 0.1.0, process 7, up 1d 02:03:04
            Account     444455556666, default region us-east-1
            IAM         enforced
            Network     off
            State       /tmp/state (kept)
            Functions   execution environments running: 2, isolated by bubblewrap
            Runtimes    as named
            Limits      memory
            AWS itself  not reached
            Databases   PostgreSQL 15.10
            Their TLS   sslmode=verify-full sslrootcert=/tmp/state/rds/ca.pem
            Engines     as installed
            Forward     sqs to https://sqs.eu-west-1.amazonaws.com/, signed by profile dev: 3 requests
            lambda      3 functions, 1 events
            sts         nothing

            """,
            Shown.By(
                StatusText.Write,
                """
                {
                    "endpoint": "http://127.0.0.1:4566", "version": "0.1.0", "pid": 7, "uptimeSeconds": 93784.9,
                    "accountId": "444455556666", "region": "us-east-1", "iam": "enforced", "network": "off",
                    "stateDirectory": "/tmp/state", "keepsState": true, "isolation": "bubblewrap", "environments": 2, "limits": "memory",
                    "runtimes": "as named",
                    "reach": "not reached", "databases": "PostgreSQL 15.10", "databaseAuthority": "/tmp/state/rds/ca.pem",
                    "engineVersions": "as installed",
                    "forwards": [
                        {"service": "sqs", "url": "https://sqs.eu-west-1.amazonaws.com/", "profile": "dev", "requests": 3}
                    ],
                    "services": {"lambda": {"functions": 3, "events": 1}, "sts": {}}
                }
                """
            )
        );

    [Fact]
    public void What_another_version_does_not_say_is_left_out() =>
        Assert.Equal(
            """
            Local AWS   http://127.0.0.1:4566, version 9, process 7, up 00:00:59
            Account     444455556666, default region us-east-1
            State       /tmp/x (temporary)

            """,
            Shown.By(
                StatusText.Write,
                """
                {
                    "endpoint": "http://127.0.0.1:4566", "version": "9", "pid": 7, "uptimeSeconds": 59, "accountId": "444455556666",
                    "region": "us-east-1", "stateDirectory": "/tmp/x", "keepsState": false, "services": 5, "novelty": {}
                }
                """
            )
        );

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"LM003": 2, "LM009": 1}""", ", failed: 2 LM003, 1 LM009")]
    public void A_bridge_is_one_line(string failures, string shown) =>
        Assert.Equal(
            $"Bridge      process 7, 2 connections, 10 calls: 6 succeeded, 0 in flight, 1 abandoned{shown}",
            StatusText.OfBridge(
                Shown.Json(
                    $$"""{"pid": 7, "connections": 2, "calls": 10, "succeeded": 6, "in_flight": 0, "abandoned": 1, "failures": {{failures}}}"""
                )
            )
        );
}
