from ec2_calls import *

v = vpc()
s = subnet(v)
t, u = table(v), table(v)
main = ec2.describe_route_tables(Filters=of(v) + [{'Name': 'association.main', 'Values': ['true']}])['RouteTables'][0]
made = ec2.associate_route_table(RouteTableId=t, SubnetId=s)
a = made['AssociationId']
expect(
    "{'State': 'associated'} True", made['AssociationState'], ec2.associate_route_table(RouteTableId=t, SubnetId=s)['AssociationId'] == a
)
expect(
    '400 Resource.AlreadyAssociated: the specified association for route table U conflicts with an existing association',
    refused('associate_route_table', RouteTableId=u, SubnetId=s).replace(u, 'U'),
)
read = ec2.describe_route_tables(Filters=[{'Name': 'association.subnet-id', 'Values': [s]}])['RouteTables'][0]['Associations'][0]
expect(
    'True',
    read == {'Main': False, 'RouteTableAssociationId': a, 'RouteTableId': t, 'SubnetId': s, 'AssociationState': {'State': 'associated'}},
)
expect(
    "400 DependencyViolation: The routeTable 'T' has dependencies and cannot be deleted.",
    refused('delete_route_table', RouteTableId=t).replace(t, 'T'),
)
b = ec2.replace_route_table_association(AssociationId=a, RouteTableId=u)['NewAssociationId']
expect(
    "True 400 InvalidAssociationID.NotFound: The association ID 'A' does not exist",
    b != a,
    refused('disassociate_route_table', AssociationId=a).replace(a, 'A'),
)
ec2.delete_route_table(RouteTableId=t)
ec2.disassociate_route_table(AssociationId=b)
m = main['Associations'][0]['RouteTableAssociationId']
expect(
    "400 InvalidParameterValue: cannot disassociate the main route table association M 400 DependencyViolation: The routeTable 'MAIN' has dependencies and cannot be deleted.",
    refused('disassociate_route_table', AssociationId=m).replace(m, 'M'),
    refused('delete_route_table', RouteTableId=main['RouteTableId']).replace(main['RouteTableId'], 'MAIN'),
)
ec2.replace_route_table_association(AssociationId=m, RouteTableId=u)
expect(
    '[True]',
    [
        r['RouteTableId'] == u
        for r in ec2.describe_route_tables(Filters=of(v) + [{'Name': 'association.main', 'Values': ['true']}])['RouteTables']
    ],
)
ec2.delete_route_table(RouteTableId=main['RouteTableId'])
c = ec2.create_route_table(VpcId=v, ClientToken='once')['RouteTable']['RouteTableId']
expect('True', ec2.create_route_table(VpcId=v, ClientToken='once')['RouteTable']['RouteTableId'] == c)
expect(
    '400 IdempotentParameterMismatch: The client token you have provided is associated with a resource whose attributes differ from this request.',
    refused('create_route_table', VpcId=vpc(), ClientToken='once'),
)
expect("400 DependencyViolation: The vpc 'VPC' has dependencies and cannot be deleted.", refused('delete_vpc', VpcId=v).replace(v, 'VPC'))
ec2.associate_route_table(RouteTableId=c, SubnetId=s)
ec2.delete_subnet(SubnetId=s)
ec2.delete_route_table(RouteTableId=c)
ec2.delete_vpc(VpcId=v)
