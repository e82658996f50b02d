from ec2_calls import *

v = vpc()
first = ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['DhcpOptionsId']
expect(
    "[{'Key': 'domain-name', 'Values': [{'Value': 'ec2.internal'}]}, {'Key': 'domain-name-servers', 'Values': [{'Value': 'AmazonProvidedDNS'}]}]",
    ec2.describe_dhcp_options(DhcpOptionsIds=[first])['DhcpOptions'][0]['DhcpConfigurations'],
)
d = ec2.create_dhcp_options(
    DhcpConfigurations=[{'Key': 'domain-name-servers', 'Values': ['10.0.0.2', '8.8.8.8']}, {'Key': 'domain-name', 'Values': ['x.test']}]
)['DhcpOptions']['DhcpOptionsId']
ec2.associate_dhcp_options(DhcpOptionsId=d, VpcId=v)
expect(
    "[True] 400 DependencyViolation: The dhcpOptions 'D' has dependencies and cannot be deleted.",
    [x['VpcId'] == v for x in ec2.describe_vpcs(Filters=[{'Name': 'dhcp-options-id', 'Values': [d]}])['Vpcs']],
    refused('delete_dhcp_options', DhcpOptionsId=d).replace(d, 'D'),
)
ec2.associate_dhcp_options(DhcpOptionsId='default', VpcId=v)
expect('default', ec2.describe_vpcs(VpcIds=[v])['Vpcs'][0]['DhcpOptionsId'])
ec2.delete_dhcp_options(DhcpOptionsId=d)
expect(
    "400 InvalidDhcpOptionID.NotFound: The dhcpOption ID 'D' does not exist 400 InvalidParameterValue: Value (x) for parameter name is invalid. Unknown DHCP option 400 MissingParameter: The request must contain the parameter value",
    refused('associate_dhcp_options', DhcpOptionsId=d, VpcId=v).replace(d, 'D'),
    refused('create_dhcp_options', DhcpConfigurations=[{'Key': 'x', 'Values': ['y']}]),
    refused('create_dhcp_options', DhcpConfigurations=[{'Key': 'domain-name', 'Values': []}]),
)
