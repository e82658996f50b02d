from ec2_calls import *

v = vpc()
igw = gateway(v)
t = table(v)


def routes():
    return [
        (r.get('DestinationCidrBlock') or r.get('DestinationIpv6CidrBlock'), r['GatewayId'].replace(igw, 'IGW'), r['State'], r['Origin'])
        for r in ec2.describe_route_tables(RouteTableIds=[t])['RouteTables'][0]['Routes']
    ]


expect('True', ec2.create_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', GatewayId=igw)['Return'])
ec2.create_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0', GatewayId=igw)
expect(
    "[('10.0.0.0/16', 'local', 'active', 'CreateRouteTable'), ('0.0.0.0/0', 'IGW', 'active', 'CreateRoute'), ('::/0', 'IGW', 'active', 'CreateRoute')]",
    routes(),
)
ec2.detach_internet_gateway(InternetGatewayId=igw, VpcId=v)
expect("('0.0.0.0/0', 'IGW', 'blackhole', 'CreateRoute')", routes()[1])
ec2.delete_internet_gateway(InternetGatewayId=igw)
expect("('0.0.0.0/0', 'IGW', 'blackhole', 'CreateRoute')", routes()[1])
igw = gateway(v)
ec2.replace_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0', GatewayId=igw)
expect("('0.0.0.0/0', 'IGW', 'active', 'CreateRoute')", routes()[1])
ec2.delete_route(RouteTableId=t, DestinationCidrBlock='0.0.0.0/0')
ec2.delete_route(RouteTableId=t, DestinationIpv6CidrBlock='::/0')
expect("[('10.0.0.0/16', 'local', 'active', 'CreateRouteTable')]", routes())
