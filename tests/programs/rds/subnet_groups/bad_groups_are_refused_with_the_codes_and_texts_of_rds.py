from rds_calls import *


def create(name, subnets, description='d'):
    return refused('create_db_subnet_group', DBSubnetGroupName=name, DBSubnetGroupDescription=description, SubnetIds=subnets)


expect(
    "400 DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: us-east-1a. Add subnets to cover at least 2 AZs.",
    create('one-zone', SUBNETS[:1]),
)
expect(begins('400 InvalidSubnet: ', '[subnet-12345678]'), create('unknown', [SUBNETS[0], 'subnet-12345678']))
expect(begins('400 InvalidParameterValue: '), create('default', SUBNETS))
expect('400 MissingParameter: The request must contain the parameter SubnetIds.', create('none', []))
expect('400 InvalidParameterValue: The parameter DBSubnetGroupName must be provided and must not be blank.', create('', SUBNETS))
rds.create_db_subnet_group(DBSubnetGroupName='twice', DBSubnetGroupDescription='d', SubnetIds=SUBNETS)
expect("400 DBSubnetGroupAlreadyExists: The DB subnet group 'twice' already exists.", create('TWICE', SUBNETS))
expect(
    "404 DBSubnetGroupNotFoundFault: DB subnet group 'nobody' does not exist.",
    refused('delete_db_subnet_group', DBSubnetGroupName='nobody'),
)
expect(
    '400 InvalidParameterValue: Invalid value 19 for MaxRecords. Must be between 20 and 100',
    refused('describe_db_subnet_groups', MaxRecords=19),
)
expect('400 InvalidParameterValue: Invalid Marker', refused('describe_db_subnet_groups', Marker='%%%'))
