namespace Daybreak.Cloud.Tests.Iam.Accounts;

/// <summary>Tools' requests about an account itself, sent by boto3.</summary>
[Trait("Pace", "slow")]
public sealed class AccountTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task An_account_has_one_alias() => Boto.RunAsync(cloud.Endpoint, "iam/accounts/an_account_has_one_alias.py");

    [Fact]
    public Task Passwords_follow_the_policy_of_the_account() =>
        Boto.RunAsync(cloud.Endpoint, "iam/accounts/passwords_follow_the_policy_of_the_account.py");

    [Fact]
    public Task Authorization_details_show_everybody_and_every_policy_page_by_page() =>
        Boto.RunAsync(cloud.Endpoint, "iam/accounts/authorization_details_show_everybody_and_every_policy_page_by_page.py");

    [Fact]
    public Task Lists_of_what_cannot_be_made_are_empty_and_the_rest_is_refused_by_name() =>
        Boto.RunAsync(cloud.Endpoint, "iam/accounts/lists_of_what_cannot_be_made_are_empty_and_the_rest_is_refused_by_name.py");

    [Fact]
    public Task The_service_linked_role_of_RDS_comes_with_the_first_cluster() =>
        Boto.RunAsync(cloud.Endpoint, "iam/accounts/the_service_linked_role_of_rds_comes_with_the_first_cluster.py");

    [Fact]
    public Task Who_may_not_make_the_service_linked_role_makes_no_first_cluster() =>
        Boto.RunAsync(cloud.Endpoint, "iam/accounts/who_may_not_make_the_service_linked_role_makes_no_first_cluster.py");

    [Fact]
    public Task The_service_linked_role_stays_while_there_are_clusters() =>
        Boto.RunAsync(cloud.Endpoint, "iam/accounts/the_service_linked_role_stays_while_there_are_clusters.py");
}
