from rds_calls import *

made = rds.create_db_subnet_group(
    DBSubnetGroupName='Mine', DBSubnetGroupDescription='two zones', SubnetIds=SUBNETS[:2], Tags=[{'Key': 'team', 'Value': 'a'}]
)['DBSubnetGroup']
read = rds.describe_db_subnet_groups(DBSubnetGroupName='mine')['DBSubnetGroups'][0]
expect(
    'True mine two zones Complete arn:aws:rds:us-east-1:444455556666:subgrp:mine',
    made == read,
    read['DBSubnetGroupName'],
    read['DBSubnetGroupDescription'],
    read['SubnetGroupStatus'],
    read['DBSubnetGroupArn'],
)
expect(
    "True ['us-east-1a', 'us-east-1b']",
    [s['SubnetIdentifier'] for s in read['Subnets']] == SUBNETS[:2],
    [s['SubnetAvailabilityZone']['Name'] for s in read['Subnets']],
)
rds.add_tags_to_resource(ResourceName=read['DBSubnetGroupArn'], Tags=[{'Key': 'cost', 'Value': ''}])
rds.remove_tags_from_resource(ResourceName=read['DBSubnetGroupArn'], TagKeys=['team'])
expect("[{'Key': 'cost', 'Value': ''}]", rds.list_tags_for_resource(ResourceName=read['DBSubnetGroupArn'])['TagList'])
rds.modify_db_subnet_group(DBSubnetGroupName='mine', SubnetIds=SUBNETS)
expect(
    'True',
    {'default', 'mine'}
    <= {g['DBSubnetGroupName'] for p in rds.get_paginator('describe_db_subnet_groups').paginate() for g in p['DBSubnetGroups']},
)
expect('6', len(rds.describe_db_subnet_groups(DBSubnetGroupName='mine')['DBSubnetGroups'][0]['Subnets']))
rds.delete_db_subnet_group(DBSubnetGroupName='mine')
expect(
    "404 DBSubnetGroupNotFoundFault: DB subnet group 'mine' does not exist.", refused('describe_db_subnet_groups', DBSubnetGroupName='mine')
)
