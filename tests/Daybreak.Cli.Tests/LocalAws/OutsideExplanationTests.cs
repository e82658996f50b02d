using Daybreak.Cli.LocalAws;

namespace Daybreak.Cli.Tests.LocalAws;

public sealed class OutsideExplanationTests
{
    [Theory]
    [InlineData("postgresql://app@db.example.com/orders", true)]
    [InlineData("postgres://db", true)]
    [InlineData("my-cluster", false)]
    [InlineData("arn:aws:rds:us-east-1:444455556666:cluster:c", false)]
    public void A_server_is_told_from_the_name_of_a_database(string database, bool isServer) =>
        Assert.Equal(isServer, OutsideExplanation.IsServer(database));

    [Theory]
    [InlineData("postgresql://app:s%3Acret@db/orders", "postgresql://app@db/orders", "s:cret")]
    [InlineData("postgresql://app:a@b@db:5433/orders", "postgresql://app@db:5433/orders", "a@b")]
    [InlineData("postgresql://app:secret@db?sslmode=require", "postgresql://app@db?sslmode=require", "secret")]
    [InlineData("postgresql://app@db:5433/x:y@z", "postgresql://app@db:5433/x:y@z", null)]
    [InlineData("postgresql://db:5433/orders", "postgresql://db:5433/orders", null)]
    public void A_password_stays_out_of_the_arguments_of_programs(string server, string address, string? password) =>
        Assert.Equal((address, password), OutsideExplanation.WithoutPassword(server));
}
