namespace Daybreak.Cloud.Tests.Ec2.Vpcs;

[Trait("Pace", "slow")]
public sealed class VpcTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public Task A_VPC_comes_with_a_main_table_an_open_ACL_and_a_group_and_goes_with_them() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/vpcs/a_vpc_comes_with_a_main_table_an_open_acl_and_a_group_and_goes_with_them.py");

    [Fact]
    public Task Bad_VPCs_are_refused_with_the_codes_and_texts_of_EC2() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/vpcs/bad_vpcs_are_refused_with_the_codes_and_texts_of_ec2.py");

    [Fact]
    public Task Lists_are_filtered_by_wildcards_and_come_in_pages() =>
        Boto.RunAsync(cloud.Endpoint, "ec2/vpcs/lists_are_filtered_by_wildcards_and_come_in_pages.py");
}
