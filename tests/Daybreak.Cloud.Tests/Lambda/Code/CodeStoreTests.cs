using Daybreak.Cloud.Lambda;
using Daybreak.Cloud.Lambda.Code;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Tests.Lambda.Code;

/// <summary>A package lives as long as a row of any table names it.</summary>
public sealed class CodeStoreTests
{
    [Fact]
    public async Task A_package_is_kept_for_a_row_of_whichever_table()
    {
        var directory = Directory.CreateTempSubdirectory("daybreak-code-");
        try
        {
            await using var store = StateStore.Open(directory.FullName);
            var codes = new CodeStore(store);
            var (named, unnamed) = (await AddAsync(codes, "named"), await AddAsync(codes, "unnamed"));
            _ = store.Table("lambda_functions", LambdaState.Default.FunctionState);
            var other = store.Table("lambda_others", LambdaState.Default.FunctionState);
            await other.PutAsync(new ResourceKey("123456789012", "us-east-1", "one"), FunctionWith(named));

            codes.RemoveUnused();

            Assert.True(Directory.Exists(codes.DirectoryOf(named)) && File.Exists(codes.ZipOf(named.Sha256)));
            Assert.False(Directory.Exists(codes.DirectoryOf(unnamed)) || File.Exists(codes.ZipOf(unnamed.Sha256)));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Whatever_names_a_package_says_so()
    {
        var types = typeof(CodeStore)
            .Assembly.GetTypes()
            .Where(type => type.GetProperties().Any(property => property.PropertyType == typeof(FunctionCode)))
            .ToArray();
        Assert.Contains(typeof(FunctionState), types);
        Assert.All(types, type => Assert.True(type.IsAssignableTo(typeof(IHasCode)), type.Name));
    }

    private static async Task<FunctionCode> AddAsync(CodeStore codes, string text) =>
        await codes.AddAsync(Zip.Of("index.py", text), TestContext.Current.CancellationToken);

    private static FunctionState FunctionWith(FunctionCode code) =>
        new()
        {
            AccountId = "123456789012",
            Region = "us-east-1",
            FunctionName = "one",
            Role = "arn:aws:iam::123456789012:role/one",
            Runtime = "python3.13",
            Handler = "index.handler",
            LogGroup = "/aws/lambda/one",
            Code = code,
            LastModified = DateTimeOffset.UnixEpoch,
            RevisionId = "1",
            Phase = FunctionPhase.Ready,
        };
}
