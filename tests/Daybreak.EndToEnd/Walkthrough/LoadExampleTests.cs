using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Walkthrough;

/// <summary>The example <c>s3-load</c> runs as its users run it.</summary>
public sealed class LoadExampleTests(ClusterStage stage) : IClassFixture<ClusterStage>
{
    [Fact]
    public async Task File_that_lands_is_loaded_by_a_function_and_by_aws_s3()
    {
        var run = await Program.RunAsync(
            new Program.Start(Path.Combine(Checkout.Root, "examples", "s3-load", "run"))
            {
                Environment = new Dictionary<string, string>(AwsCli.Environment)
                {
                    ["AWS_ENDPOINT_URL"] = stage.Endpoint.GetLeftPart(UriPartial.Authority),
                },
            }
        );

        Assert.EndsWith(
            """
             sensor |         at          | value 
            --------+---------------------+-------
                  1 | 2026-05-01 08:00:00 |  20.5
                  1 | 2026-05-01 20:00:00 |  18.5
                  1 | 2026-05-02 08:00:00 |    19
                  2 | 2026-05-01 08:00:00 |    21
            (4 rows)

                                        table_import_from_s3                            
            ----------------------------------------------------------------------------
             4 rows imported into relation "imported" from file in/may.csv of 132 bytes
            (1 row)

             rows_uploaded | files_uploaded | bytes_uploaded 
            ---------------+----------------+----------------
                         2 |              1 |             43
            (1 row)

            day,mean
            2026-05-01,20.00
            2026-05-02,19.00

            """,
            run.Expect(0).Output.ReplaceLineEndings("\n"),
            StringComparison.Ordinal
        );
    }
}
