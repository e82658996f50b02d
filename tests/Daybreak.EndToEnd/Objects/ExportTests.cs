using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Objects;

/// <summary>aws_s3.query_export_to_s3 against the local Amazon S3.</summary>
public sealed class ExportTests(LocalStage stage)
{
    [Fact]
    public async Task Every_overload_exports_and_counts()
    {
        var objects = await ObjectStage.CreateAsync(stage);

        Assert.Equal(
            """
            2|1|19
            2|1|14
            2|1|14
            0|1|0
            1|1|31

            """,
            await objects.PsqlAsync(
                """
                SELECT aws_commons.create_s3_uri(:'bucket', 'out/1', 'us-east-1') AS uri \gset
                SELECT * FROM aws_s3.query_export_to_s3('SELECT n AS id, ''x,'' AS w FROM generate_series(1, 2) AS n', :'uri', options := 'format csv, header true');
                SELECT * FROM aws_s3.query_export_to_s3('SELECT n, ''w'' || n FROM generate_series(11, 12) AS n', :'bucket', 'out/2', 'us-east-1');
                SELECT * FROM aws_s3.query_export_to_s3('VALUES (11, ''w11''), (12, ''w12'') -- all', :'bucket', 'out/3', options => '(format csv, delimiter $$:$$)');
                SELECT * FROM aws_s3.query_export_to_s3('SELECT 1 WHERE false', :'bucket', 'out/4');
                SELECT * FROM aws_s3.query_export_to_s3('SELECT 1', :'bucket', 'out/5', options => 'format binary');
                """
            )
        );
        Assert.Equal("id,w\n1,\"x,\"\n2,\"x,\"\n", await objects.GetAsync("out/1"));
        Assert.Equal("11\tw11\n12\tw12\n", await objects.GetAsync("out/2"));
        Assert.Equal("11:w11\n12:w12\n", await objects.GetAsync("out/3"));
        Assert.Equal("", await objects.GetAsync("out/4"));
    }

    [Fact]
    public async Task Large_results_go_in_parts_and_in_files_without_splitting_rows()
    {
        var objects = await ObjectStage.CreateAsync(stage);

        Assert.Equal(
            """
            300000|1|30000000
            300000|3|30000000

            """,
            await objects.PsqlAsync(
                """
                CREATE TABLE r AS SELECT lpad(n::text, 99, '.') AS line FROM generate_series(1, 300000) AS n;
                SELECT * FROM aws_s3.query_export_to_s3('SELECT * FROM r', :'bucket', 'one');
                SET aws_s3.max_file_size = '12MB';
                SELECT * FROM aws_s3.query_export_to_s3('SELECT * FROM r', :'bucket', 'many');
                CREATE TABLE back (line text);
                """
            )
        );
        Assert.Equal("many\t12583000\nmany_part2\t12583000\nmany_part3\t4834000\none\t30000000\n", await SizesAsync(objects));
        Assert.Equal(
            """
            300000|0

            """,
            await objects.PsqlAsync(
                """
                SELECT FROM aws_s3.table_import_from_s3('back', '', '', :'bucket', 'many', 'us-east-1');
                SELECT FROM aws_s3.table_import_from_s3('back', '', '', :'bucket', 'many_part2', 'us-east-1');
                SELECT FROM aws_s3.table_import_from_s3('back', '', '', :'bucket', 'many_part3', 'us-east-1');
                SELECT (SELECT count(*) FROM back), count(*) FROM (TABLE r EXCEPT TABLE back) AS difference;
                """
            )
        );
    }

    [Fact]
    public async Task An_export_that_fails_leaves_neither_object_nor_upload_and_the_client_whole()
    {
        var objects = await ObjectStage.CreateAsync(stage);

        Assert.Equal(
            """
            ERROR:  division by zero
            ERROR:  58000: could not upload to Amazon S3
            ERROR:  42601: the arguments do not make one statement COPY
            ERROR:  42601: syntax error at or near ")"
            NOTICE:  00000: spoken
            1|1|4
            5

            """,
            string.Join('\n', (
                    await objects.PsqlAsync(
                        """
                        SELECT * FROM aws_s3.query_export_to_s3('SELECT repeat(''x'', 1000) || 1 / (20000 - n) FROM generate_series(1, 30000) AS n', :'bucket', 'out');
                        \set VERBOSITY verbose
                        SELECT * FROM aws_s3.query_export_to_s3('SELECT 1', 'no-such-bucket-here', 'out');
                        SELECT * FROM aws_s3.query_export_to_s3('SELECT 1) TO STDOUT; DROP TABLE x; COPY (SELECT 2', :'bucket', 'out');
                        SELECT * FROM aws_s3.query_export_to_s3('SELECT 1) TO PROGRAM ''id'' --', :'bucket', 'out');
                        CREATE FUNCTION speak() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE NOTICE 'spoken'; RETURN 'abc'; END $$;
                        SELECT * FROM aws_s3.query_export_to_s3('SELECT speak()', :'bucket', 'spoken');
                        SELECT 5;
                        """
                    )
                ).Split('\n').Where(static line => line.Length == 0 || line.StartsWith("ERROR", StringComparison.Ordinal) || line.StartsWith("NOTICE", StringComparison.Ordinal) || (line.Length < 8 && char.IsDigit(line[0]))))
        );
        Assert.Equal("spoken\t4\n", await SizesAsync(objects));
        // The bridge aborts the upload after the backend has gone on.
        while ((await objects.ApiAsync("list-multipart-uploads", "--query", "length(Uploads || `[]`)")).Trim() is not "0")
            await Task.Delay(50, TestContext.Current.CancellationToken);
    }

    private static async Task<string> SizesAsync(ObjectStage objects) =>
        await objects.ApiAsync("list-objects-v2", "--query", "Contents[].[Key,Size]");
}
