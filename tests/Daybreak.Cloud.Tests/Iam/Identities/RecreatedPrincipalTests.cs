using System.Collections.Immutable;
using Daybreak.Cloud.Policy;

namespace Daybreak.Cloud.Tests.Iam.Identities;

/// <summary>Resource policies treat a user or role that is deleted and created again with the same name as a different principal.</summary>
[Trait("Pace", "slow")]
public sealed class RecreatedPrincipalTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Permission_of_a_function_is_not_for_whoever_comes_to_bear_the_name() =>
        Boto.RunAsync(cloud.Endpoint, "iam/identities/permission_of_a_function_is_not_for_whoever_comes_to_bear_the_name.py");

    [Fact]
    public Task Trust_in_a_role_or_in_one_of_its_sessions_ends_with_the_role() =>
        Boto.RunAsync(cloud.Endpoint, "iam/identities/trust_in_a_role_or_in_one_of_its_sessions_ends_with_the_role.py");

    [Fact]
    public Task Path_with_quotes_and_backslashes_is_no_way_in() =>
        Boto.RunAsync(cloud.Endpoint, "iam/identities/path_with_quotes_and_backslashes_is_no_way_in.py");

    [Fact]
    public Task Session_of_a_role_that_is_gone_has_nothing_of_what_is_given_to_its_namesake() =>
        Boto.RunAsync(cloud.Endpoint, "iam/identities/session_of_a_role_that_is_gone_has_nothing_of_what_is_given_to_its_namesake.py");

    [Fact]
    public Task Session_keeps_its_limits_when_the_policy_that_limits_it_is_deleted() =>
        Boto.RunAsync(cloud.Endpoint, "iam/identities/session_keeps_its_limits_when_the_policy_that_limits_it_is_deleted.py");

    [Fact]
    public Task Policy_of_an_endpoint_shows_the_id_of_a_user_who_is_gone() =>
        Boto.RunAsync(cloud.Endpoint, "iam/identities/policy_of_an_endpoint_shows_the_id_of_a_user_who_is_gone.py");

    [Theory]
    [InlineData(
        """{"Statement":[{"Principal":{"AWS":"A"},"Condition":{"StringEquals":{"aws:PrincipalArn":"A"}}}]}""",
        """{"Statement":[{"Principal":{"AWS":"1"},"Condition":{"StringEquals":{"aws:PrincipalArn":"A"}}}]}"""
    )]
    [InlineData(
        """{"Statement":{"NotPrincipal":{"AWS":["A", "B",  "A"]},"Resource":"A"}}""",
        """{"Statement":{"NotPrincipal":{"AWS":["1", "B",  "1"]},"Resource":"A"}}"""
    )]
    [InlineData(
        """{"Id":"é A","Statement":[{"Principal":{"AWS":"\u0041"}},{"Sid":"A","Principal":"*"},{"Principal":{"AWS":"A"}}]}""",
        """{"Id":"é A","Statement":[{"Principal":{"AWS":"1"}},{"Sid":"A","Principal":"*"},{"Principal":{"AWS":"1"}}]}"""
    )]
    public void Ids_stand_in_the_place_of_principals_and_of_nothing_else(string text, string withIds) =>
        Assert.Equal(withIds, NamedPrincipals.ByIds(text, ImmutableDictionary<string, string>.Empty.Add("A", "1")));
}
