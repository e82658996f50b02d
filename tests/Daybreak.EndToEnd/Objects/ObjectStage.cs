using Daybreak.EndToEnd.Stage;

namespace Daybreak.EndToEnd.Objects;

/// <summary>A database with aws_s3, and a bucket that the aws CLI fills and reads.</summary>
internal sealed class ObjectStage(LocalStage stage, string database, string bucket)
{
    public string Bucket => bucket;
    public string Database => database;

    public static async Task<ObjectStage> CreateAsync(LocalStage stage)
    {
        var database = await stage.Postgres.CreateDatabaseAsync(withExtensions: false);
        await stage.Postgres.PsqlAsync(database, "CREATE EXTENSION aws_s3 CASCADE;");
        var bucket = $"bucket-{Guid.NewGuid():N}";
        (await AwsClient.AwsAsync(stage.Cloud.Endpoint, "s3", "mb", $"s3://{bucket}")).Ok();
        return new(stage, database, bucket);
    }

    /// <summary>What a psql without decorations prints.</summary>
    public Task<string> PsqlAsync(string script, string user = "postgres") =>
        stage.Postgres.PsqlAsync(
            database,
            $"\\set QUIET on\n\\pset tuples_only on\n\\pset format unaligned\n\\set bucket {bucket}\n{script}",
            user
        );

    public async Task PutAsync(string key, byte[] bytes, params string[] options)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
            (
                await AwsClient.AwsAsync(stage.Cloud.Endpoint, ["s3", "cp", "--only-show-errors", file, $"s3://{bucket}/{key}", .. options])
            ).Ok();
        }
        finally
        {
            File.Delete(file);
        }
    }

    public async Task<string> GetAsync(string key) =>
        (await AwsClient.AwsAsync(stage.Cloud.Endpoint, "s3", "cp", "--only-show-errors", $"s3://{bucket}/{key}", "-")).Ok();

    /// <summary>The output of an operation of <c>aws s3api</c> on the bucket.</summary>
    public async Task<string> ApiAsync(string operation, params string[] options) =>
        (await AwsClient.AwsAsync(stage.Cloud.Endpoint, ["s3api", operation, "--bucket", bucket, "--output", "text", .. options])).Ok();
}
