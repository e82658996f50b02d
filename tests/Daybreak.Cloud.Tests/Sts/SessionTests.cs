namespace Daybreak.Cloud.Tests.Sts;

/// <summary>Temporary credentials, asked for and used by boto3.</summary>
[Trait("Pace", "slow")]
public sealed class SessionTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task Sessions_are_who_they_say_and_may_what_role_and_session_policy_both_allow() =>
        Boto.RunAsync(cloud.Endpoint, "sts/sessions_are_who_they_say_and_may_what_role_and_session_policy_both_allow.py");

    [Fact]
    public Task A_role_was_last_used_when_and_where_a_session_of_it_last_asked() =>
        Boto.RunAsync(cloud.Endpoint, "sts/a_role_was_last_used_when_and_where_a_session_of_it_last_asked.py");

    [Fact]
    public Task Users_get_session_tokens_and_federation_tokens() =>
        Boto.RunAsync(cloud.Endpoint, "sts/users_get_session_tokens_and_federation_tokens.py");

    [Fact]
    public Task Session_tags_pass_trust_and_become_principal_tags() =>
        Boto.RunAsync(cloud.Endpoint, "sts/session_tags_pass_trust_and_become_principal_tags.py");
}
