using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Walkthrough;

/// <summary>The examples of the repository run as their users run them.</summary>
public sealed class ExamplesTests(LocalStage stage)
{
    [Fact]
    public async Task Order_trigger()
    {
        var run = await Program.RunAsync(
            new Program.Start(Path.Combine(Checkout.Root, "examples", "order-trigger", "run"))
            {
                Environment = new Dictionary<string, string>
                {
                    ["AWS_ENDPOINT_URL"] = stage.Cloud.Endpoint.GetLeftPart(UriPartial.Authority),
                    ["AWS_DEFAULT_REGION"] = FunctionDeployment.Region,
                    ["AWS_ACCESS_KEY_ID"] = "test",
                    ["AWS_SECRET_ACCESS_KEY"] = "test",
                    ["PGHOST"] = stage.Postgres.Server.Options.SocketDirectory,
                    ["PGPORT"] = $"{stage.Postgres.Server.Options.Port}",
                    ["PGDATABASE"] = await stage.Postgres.CreateDatabaseAsync(withExtensions: false),
                },
            }
        );

        Assert.Equal(
            """
             id | net  | gross 
            ----+------+-------
              1 | 2500 |  2975
              2 | 1290 |  1535
            (2 rows)


            """,
            run.Expect(0).Output
        );
    }

    [Fact]
    public async Task Testing()
    {
        var run = await Program.RunAsync(
            new Program.Start("python3")
            {
                Arguments = ["-B", "-m", "unittest", "-v"],
                Directory = Path.Combine(Checkout.Root, "examples", "testing"),
                Environment = new Dictionary<string, string>
                {
                    ["AWS_ENDPOINT_URL"] = stage.Cloud.Endpoint.GetLeftPart(UriPartial.Authority),
                    ["PGHOST"] = stage.Postgres.Server.Options.SocketDirectory,
                    ["PGPORT"] = $"{stage.Postgres.Server.Options.Port}",
                    ["PGUSER"] = "postgres",
                    ["PGDATABASE"] = await stage.Postgres.CreateDatabaseAsync(withExtensions: false),
                },
            }
        );

        Assert.Contains("Ran 7 tests", run.Expect(0).Error, StringComparison.Ordinal);
    }
}
