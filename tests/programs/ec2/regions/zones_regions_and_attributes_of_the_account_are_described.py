from ec2_calls import *

zones = ec2.describe_availability_zones()['AvailabilityZones']
expect(
    "[('us-east-1a', 'use1-az6'), ('us-east-1b', 'use1-az1'), ('us-east-1c', 'use1-az2')] 6",
    [(z['ZoneName'], z['ZoneId']) for z in zones][:3],
    len(zones),
)
expect(
    "['euc1-az1', 'apse2-az1', 'usgw1-az1']",
    [
        z['ZoneId']
        for r in ('eu-central-1', 'ap-southeast-2', 'us-gov-west-1')
        for z in client('ec2', r).describe_availability_zones()['AvailabilityZones'][:1]
    ],
)
expect(
    "['us-east-1d'] 400 InvalidParameterValue: Invalid availability zone: [us-east-1z]",
    [z['ZoneName'] for z in ec2.describe_availability_zones(ZoneIds=['use1-az4'])['AvailabilityZones']],
    refused('describe_availability_zones', ZoneNames=['us-east-1z']),
)
r = ec2.describe_regions()['Regions']
expect(
    "17 {'opt-in-not-required'} [{'Endpoint': 'ec2.eu-west-1.amazonaws.com', 'OptInStatus': 'opt-in-not-required', 'RegionName': 'eu-west-1'}] True 400 InvalidParameterValue: Invalid region name 'mars-1'",
    len(r),
    {x['OptInStatus'] for x in r},
    plain(ec2.describe_regions(RegionNames=['eu-west-1'])['Regions']),
    len(ec2.describe_regions(AllRegions=True)['Regions']) > len(r),
    refused('describe_regions', RegionNames=['mars-1']),
)
attributes = {
    a['AttributeName']: [v['AttributeValue'] for v in a['AttributeValues']] for a in ec2.describe_account_attributes()['AccountAttributes']
}
expect(
    "['VPC'] True True 400 InvalidParameterValue: Value (x) for parameter attributeName is invalid.",
    attributes['supported-platforms'],
    attributes['default-vpc'] == [ec2.describe_vpcs(Filters=[{'Name': 'is-default', 'Values': ['true']}])['Vpcs'][0]['VpcId']],
    list(attributes) != [],
    refused('describe_account_attributes', AttributeNames=['x']),
)
