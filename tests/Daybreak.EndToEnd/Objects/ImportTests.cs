using System.IO.Compression;
using System.Text;
using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Objects;

/// <summary>aws_s3.table_import_from_s3 against the local Amazon S3.</summary>
public sealed class ImportTests(LocalStage stage)
{
    private static readonly byte[] Csv = "id,name\n1,one\n2,\"two, too\"\n"u8.ToArray();

    [Fact]
    public async Task Every_overload_imports_and_says_what()
    {
        var objects = await ObjectStage.CreateAsync(stage);
        await objects.PutAsync("in/may.csv", Csv);

        Assert.Equal(
            """
            2 rows imported into relation "t" from file in/may.csv of 27 bytes
            2 rows imported into relation "public.t" from file in/may.csv of 27 bytes
            2 rows imported into relation "t" from file in/may.csv of 27 bytes
            2 rows imported into relation "t" from file in/may.csv of 27 bytes
            2 rows imported into relation "t" from file in/may.csv of 27 bytes
            1|one|5
            2|two, too|5

            """,
            await objects.PsqlAsync(
                """
                CREATE TABLE t (id int, name text, made int GENERATED ALWAYS AS (1) STORED);
                SELECT aws_commons.create_s3_uri(:'bucket', 'in/may.csv', 'us-east-1') AS uri \gset
                SELECT aws_s3.table_import_from_s3('t', '', '(format csv, header true)', :'uri');
                SELECT aws_s3.table_import_from_s3('public.t', 'id,name', '(FORMAT csv, HEADER true)', s3_info => aws_commons.create_s3_uri(:'bucket', 'in/may.csv', NULL));
                SELECT aws_s3.table_import_from_s3('t', NULL, 'CSV HEADER', :'uri', aws_commons.create_aws_credentials('test', 'test', ''));
                SELECT aws_s3.table_import_from_s3('t', '', '(format csv, header true)', :'bucket', 'in/may.csv', 'us-east-1');
                SELECT aws_s3.table_import_from_s3('t', '', '(format csv, header true)', :'bucket', 'in/may.csv', 'us-east-1', 'test', 'test', NULL);
                SELECT id, name, count(*) FROM t GROUP BY 1, 2 ORDER BY 1;
                """
            )
        );
    }

    [Fact]
    public async Task Packed_objects_and_objects_of_many_pieces_arrive_whole()
    {
        var objects = await ObjectStage.CreateAsync(stage);
        var text = new StringBuilder();
        for (var row = 0; row < 400_000; row++)
            text.Append(row).Append("\tsome text that fills the row ").Append(row * 7919L % 100_003).Append('\n');
        var plain = Encoding.ASCII.GetBytes(text.ToString());
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(plain, TestContext.Current.CancellationToken);
        await objects.PutAsync("plain", plain);
        await objects.PutAsync("packed", packed.ToArray(), "--content-encoding", "gzip");

        Assert.Equal(
            $"""
            400000 rows imported into relation "a" from file plain of {plain.Length} bytes
            400000 rows imported into relation "b" from file packed of {packed.Length} bytes
            400000|0

            """,
            await objects.PsqlAsync(
                """
                CREATE TABLE a (id int, words text);
                CREATE TABLE b (id int, words text);
                SELECT aws_s3.table_import_from_s3('a', '', '', :'bucket', 'plain', 'us-east-1');
                SELECT aws_s3.table_import_from_s3('b', '', '', :'bucket', 'packed', 'us-east-1');
                SELECT (SELECT count(*) FROM a), count(*) FROM (TABLE a EXCEPT TABLE b) AS difference;
                """
            )
        );
    }

    [Fact]
    public async Task What_goes_wrong_is_said_and_nothing_is_kept()
    {
        var objects = await ObjectStage.CreateAsync(stage);
        await objects.PutAsync("may.csv", Csv);
        await objects.PutAsync("empty", []);
        await objects.PutAsync("not-packed", Csv, "--content-encoding", "gzip");

        Assert.Equal(
            $"""
            ERROR:  22P02: invalid input syntax for type integer: "id"
            ERROR:  22023: the file has 0 bytes
            ERROR:  58000: could not download from Amazon S3
            ERROR:  58000: could not download from Amazon S3
            ERROR:  XX001: the object is not a valid gzip stream
            ERROR:  42P01: relation "nowhere" does not exist
            ERROR:  42703: column "nothing" of relation "t" does not exist
            ERROR:  42601: the arguments do not make one statement COPY
            ERROR:  42601: the arguments do not make one statement COPY
            ERROR:  22023: no bucket or file path is given
            2 rows imported into relation "t" from file may.csv of 27 bytes
            0

            """,
            string.Join('\n', (
                    await objects.PsqlAsync(
                        """
                        \set VERBOSITY verbose
                        CREATE TABLE t (id int, name text);
                        SELECT aws_s3.table_import_from_s3('t', '', '(format csv)', :'bucket', 'may.csv', 'us-east-1');
                        SELECT aws_s3.table_import_from_s3('t', '', '(format csv)', :'bucket', 'empty', 'us-east-1');
                        SELECT aws_s3.table_import_from_s3('t', '', '(format csv)', :'bucket', 'missing', 'us-east-1');
                        SELECT aws_s3.table_import_from_s3('t', '', '(format csv)', 'no-such-bucket-here', 'may.csv', 'us-east-1');
                        SELECT aws_s3.table_import_from_s3('t', '', '(format csv)', :'bucket', 'not-packed', 'us-east-1');
                        SELECT aws_s3.table_import_from_s3('nowhere', '', '(format csv)', :'bucket', 'may.csv', 'us-east-1');
                        SELECT aws_s3.table_import_from_s3('t', 'nothing', '(format csv)', :'bucket', 'may.csv', 'us-east-1');
                        SELECT aws_s3.table_import_from_s3('t', '', '(format csv); DROP TABLE t', :'bucket', 'may.csv', 'us-east-1');
                        SELECT aws_s3.table_import_from_s3('t FROM ''/etc/passwd'' --', '', '', :'bucket', 'may.csv', 'us-east-1');
                        SELECT aws_s3.table_import_from_s3('t', '', '', '', '', 'us-east-1');
                        BEGIN;
                        SELECT aws_s3.table_import_from_s3('t', '', '(format csv, header true)', :'bucket', 'may.csv', 'us-east-1');
                        ROLLBACK;
                        SELECT count(*) FROM t;
                        """
                    )
                ).Split('\n').Where(static line => line.Length == 0 || line.StartsWith("ERROR", StringComparison.Ordinal) || char.IsDigit(line[0])))
        );
    }

    [Fact]
    public async Task Users_need_the_functions_and_the_rights_of_COPY()
    {
        var objects = await ObjectStage.CreateAsync(stage);
        await objects.PutAsync("may.csv", Csv);
        var user = "importer_" + objects.Database;
        var import = "SELECT aws_s3.table_import_from_s3('t', '', '(format csv, header true)', :'bucket', 'may.csv', 'us-east-1');";

        Assert.Equal(
            """
            ERROR:  permission denied for schema aws_s3
            ERROR:  permission denied for table t
            2 rows imported into relation "t" from file may.csv of 27 bytes
            ERROR:  COPY FROM not supported with row-level security
            ERROR:  cannot execute COPY FROM in a read-only transaction

            """,
            string.Join('\n', (
                    await objects.PsqlAsync(
                        $"""
                        CREATE TABLE t (id int, name text);
                        CREATE ROLE {user};
                        SET ROLE {user};
                        {import}
                        RESET ROLE;
                        GRANT USAGE ON SCHEMA aws_s3, aws_commons TO {user};
                        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA aws_s3 TO {user};
                        SET ROLE {user};
                        {import}
                        RESET ROLE;
                        GRANT INSERT ON t TO {user};
                        SET ROLE {user};
                        {import}
                        RESET ROLE;
                        ALTER TABLE t ENABLE ROW LEVEL SECURITY;
                        SET ROLE {user};
                        {import}
                        RESET ROLE;
                        ALTER TABLE t DISABLE ROW LEVEL SECURITY;
                        BEGIN READ ONLY;
                        {import}
                        ROLLBACK;
                        """
                    )
                ).Split('\n').Where(static line => line.Length == 0 || line.StartsWith("ERROR", StringComparison.Ordinal) || char.IsDigit(line[0])))
        );
    }

    [Fact]
    public async Task Triggers_may_invoke_functions_and_import_themselves()
    {
        var objects = await ObjectStage.CreateAsync(stage);
        await objects.PutAsync(
            "outer.csv",
            Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 3000).Select(static row => $"{row}\n")))
        );
        await objects.PutAsync("inner.csv", "7\n8\n"u8.ToArray());

        Assert.Equal(
            """
            3000 rows imported into relation "o" from file outer.csv of 13893 bytes
            3000|6

            """,
            await objects.PsqlAsync(
                """
                CREATE EXTENSION aws_lambda;
                CREATE TABLE o (id int);
                CREATE TABLE i (id int);
                CREATE TABLE names (bucket text);
                INSERT INTO names VALUES (:'bucket');
                CREATE FUNCTION react() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF NEW.id % 1000 = 0 THEN
                        PERFORM aws_lambda.invoke('simple', '{}'::json);
                        PERFORM aws_s3.table_import_from_s3('i', '', '', bucket, 'inner.csv', 'us-east-1') FROM names;
                    END IF;
                    RETURN NEW;
                END $$;
                CREATE TRIGGER react BEFORE INSERT ON o FOR EACH ROW EXECUTE FUNCTION react();
                SELECT aws_s3.table_import_from_s3('o', '', '', :'bucket', 'outer.csv', 'us-east-1');
                SELECT (SELECT count(*) FROM o), (SELECT count(*) FROM i);
                """
            )
        );
    }
}
