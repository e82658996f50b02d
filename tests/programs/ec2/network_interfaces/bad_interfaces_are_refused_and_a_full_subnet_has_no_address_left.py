from ec2_calls import *

v = vpc()
s = subnet(v, '10.0.1.0/28')
far = group(vpc())
a = ec2.allocate_address()['AllocationId']


def tell(expected, text):
    expect(expected, text.replace(s, 'SUBNET').replace(far, 'FAR').replace(v, 'VPC'))


for ip, expected in zip(
    ['10.0.1.3', '10.0.1.15', '10.0.2.4', '10.0.1', 'x'],
    [
        "400 InvalidParameterValue: Address is in subnet's reserved address range",
        "400 InvalidParameterValue: Address is in subnet's reserved address range",
        "400 InvalidParameterValue: Address does not fall within the subnet's address range",
        '400 InvalidParameterValue: Value (10.0.1) for parameter privateIpAddress is invalid.',
        '400 InvalidParameterValue: Value (x) for parameter privateIpAddress is invalid.',
    ],
    strict=True,
):
    tell(expected, refused('create_network_interface', SubnetId=s, PrivateIpAddress=ip))
tell(
    "400 InvalidGroup.NotFound: The security group 'FAR' does not exist in VPC 'VPC'",
    refused('create_network_interface', SubnetId=s, Groups=[far]),
)
tell(
    "400 InvalidGroup.NotFound: The security group 'sg-12345678' does not exist",
    refused('create_network_interface', SubnetId=s, Groups=['sg-12345678']),
)
made = [ec2.create_network_interface(SubnetId=s)['NetworkInterface']['NetworkInterfaceId'] for i in range(11)]
tell(
    "400 InsufficientFreeAddressesInSubnet: The specified subnet 'SUBNET' does not have enough free addresses to satisfy the request.",
    refused('create_network_interface', SubnetId=s),
)
tell(
    '400 Gateway.NotAttached: Network VPC is not attached to any internet gateway',
    refused('associate_address', AllocationId=a, NetworkInterfaceId=made[0]),
)
tell(
    "400 InvalidInstanceID.NotFound: The instance ID 'i-12345678' does not exist",
    refused('associate_address', AllocationId=a, InstanceId='i-12345678'),
)
tell(
    '400 InvalidParameterCombination: Exactly one attribute must be specified in a request',
    refused('modify_network_interface_attribute', NetworkInterfaceId=made[0]),
)
tell(
    '400 InvalidNetworkInterfaceId.Malformed: Invalid id: "eni-x" (expecting "eni-...")',
    refused('delete_network_interface', NetworkInterfaceId='eni-x'),
)
tell(
    "400 InvalidAttachmentID.NotFound: The interface attachment ID 'eni-attach-12345678' does not exist",
    refused('detach_network_interface', AttachmentId='eni-attach-12345678'),
)
