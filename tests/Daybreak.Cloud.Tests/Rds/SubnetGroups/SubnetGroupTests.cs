namespace Daybreak.Cloud.Tests.Rds.SubnetGroups;

[Trait("Pace", "slow")]
public sealed class SubnetGroupTests(CloudFixture cloud) : IClassFixture<CloudFixture>
{
    [Fact]
    public async Task A_group_is_read_back_as_it_was_asked_for_then_changed_and_deleted()
    {
        var lines = await Boto.RunAsync(
            cloud.Endpoint,
            """
            made = rds.create_db_subnet_group(DBSubnetGroupName='Mine', DBSubnetGroupDescription='two zones', SubnetIds=SUBNETS[:2],
                Tags=[{'Key': 'team', 'Value': 'a'}])['DBSubnetGroup']
            read = rds.describe_db_subnet_groups(DBSubnetGroupName='mine')['DBSubnetGroups'][0]
            print(made == read, read['DBSubnetGroupName'], read['DBSubnetGroupDescription'], read['SubnetGroupStatus'], read['DBSubnetGroupArn'])
            print([s['SubnetIdentifier'] for s in read['Subnets']] == SUBNETS[:2], [s['SubnetAvailabilityZone']['Name'] for s in read['Subnets']])
            rds.add_tags_to_resource(ResourceName=read['DBSubnetGroupArn'], Tags=[{'Key': 'cost', 'Value': ''}])
            rds.remove_tags_from_resource(ResourceName=read['DBSubnetGroupArn'], TagKeys=['team'])
            print(rds.list_tags_for_resource(ResourceName=read['DBSubnetGroupArn'])['TagList'])
            rds.modify_db_subnet_group(DBSubnetGroupName='mine', SubnetIds=SUBNETS)
            print({'default', 'mine'} <= {g['DBSubnetGroupName'] for p in rds.get_paginator('describe_db_subnet_groups').paginate() for g in p['DBSubnetGroups']})
            print(len(rds.describe_db_subnet_groups(DBSubnetGroupName='mine')['DBSubnetGroups'][0]['Subnets']))
            rds.delete_db_subnet_group(DBSubnetGroupName='mine')
            print(refused('describe_db_subnet_groups', DBSubnetGroupName='mine'))
            """
        );

        Assert.Equal(
            [
                "True mine two zones Complete arn:aws:rds:us-east-1:444455556666:subgrp:mine",
                "True ['us-east-1a', 'us-east-1b']",
                "[{'Key': 'cost', 'Value': ''}]",
                "True",
                "6",
                "404 DBSubnetGroupNotFoundFault: DB subnet group 'mine' does not exist.",
            ],
            lines
        );
    }

    [Fact]
    public async Task Bad_groups_are_refused_with_the_codes_and_texts_of_RDS()
    {
        var lines = await Boto.RunAsync(
            cloud.Endpoint,
            """
            def create(name, subnets, description='d'):
                return refused('create_db_subnet_group', DBSubnetGroupName=name, DBSubnetGroupDescription=description, SubnetIds=subnets)
            print(create('one-zone', SUBNETS[:1]))
            print(create('unknown', [SUBNETS[0], 'subnet-12345678']))
            print(create('default', SUBNETS))
            print(create('none', []))
            print(create('', SUBNETS))
            rds.create_db_subnet_group(DBSubnetGroupName='twice', DBSubnetGroupDescription='d', SubnetIds=SUBNETS)
            print(create('TWICE', SUBNETS))
            print(refused('delete_db_subnet_group', DBSubnetGroupName='nobody'))
            print(refused('describe_db_subnet_groups', MaxRecords=19))
            print(refused('describe_db_subnet_groups', Marker='%%%'))
            """
        );

        Assert.Equal(
            "400 DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. "
                + "Current AZ coverage: us-east-1a. Add subnets to cover at least 2 AZs.",
            lines[0]
        );
        Assert.StartsWith("400 InvalidSubnet: ", lines[1], StringComparison.Ordinal);
        Assert.Contains("[subnet-12345678]", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("400 InvalidParameterValue: ", lines[2], StringComparison.Ordinal);
        Assert.Equal("400 MissingParameter: The request must contain the parameter SubnetIds.", lines[3]);
        Assert.Equal("400 InvalidParameterValue: The parameter DBSubnetGroupName must be provided and must not be blank.", lines[4]);
        Assert.Equal("400 DBSubnetGroupAlreadyExists: The DB subnet group 'twice' already exists.", lines[5]);
        Assert.Equal("404 DBSubnetGroupNotFoundFault: DB subnet group 'nobody' does not exist.", lines[6]);
        Assert.Equal("400 InvalidParameterValue: Invalid value 19 for MaxRecords. Must be between 20 and 100", lines[7]);
        Assert.Equal("400 InvalidParameterValue: Invalid Marker", lines[8]);
    }
}
