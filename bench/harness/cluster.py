"""A cluster of the local AWS in a VPC of its own, with a path to Lambda that is open and a role that may use it."""

import json
import os
import time

from . import processes
from .lambda_api import element
from .libpq import Session

USER, PASSWORD, DATABASE = "bench", "measured-password", "postgres"
os.environ["PGPASSWORD"] = PASSWORD  # never in a command line

_TRUST = {"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"Service": "rds.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


class Cluster:
    """One way to a server, as load.pgbench wants it. `way`: `internet` (gateway and public address) or `endpoint` (no other way out)."""

    def __init__(self, build, cloud, api, name, way):
        self.bindir = build.pgsql
        self._cloud = cloud
        group, vpc_group = _vpc(api, name, way)
        api.iam("CreateRole", RoleName=name, AssumeRolePolicyDocument=json.dumps(_TRUST))
        api.iam("AttachRolePolicy", RoleName=name, PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaRole")
        self._rds = lambda action, **more: api.query("rds", "2014-10-31", action, **more)
        self._rds("CreateDBCluster", DBClusterIdentifier=name, Engine="aurora-postgresql", MasterUsername=USER, MasterUserPassword=PASSWORD,
                  DBSubnetGroupName=group, **{"VpcSecurityGroupIds.VpcSecurityGroupId.1": vpc_group})
        self._rds("CreateDBInstance", DBInstanceIdentifier=f"{name}-1", DBClusterIdentifier=name, DBInstanceClass="db.r6g.large", Engine="aurora-postgresql",
                  PubliclyAccessible="true" if way == "internet" else "false")
        began = time.perf_counter()
        while (status := element(self._rds("DescribeDBInstances", DBInstanceIdentifier=f"{name}-1"), "DBInstanceStatus")) != "available":
            if status == "failed" or time.perf_counter() - began > 120:
                raise RuntimeError(f"the instance of {name} is {status}")
            time.sleep(0.05)
        self._rds("AddRoleToDBCluster", DBClusterIdentifier=name, FeatureName="Lambda", RoleArn=f"arn:aws:iam::444455556666:role/{name}")
        self._host = element(self._rds("DescribeDBClusters", DBClusterIdentifier=name), "Endpoint")

    def conninfo(self):
        return f"host={self._host} port=5432 user={USER} dbname={DATABASE}"

    def session(self):
        return Session(self.conninfo())

    def kinds(self):
        """The processes of the local AWS by kind, including those of its other clusters, which are idle."""
        of = lambda *programs: [pid for pid in self._cloud.child_pids() if processes.program_of(pid) in programs]
        return {
            "PostgreSQL": lambda: of("postgres"), "bridge": lambda: of("daybreak-bridge"), "local AWS": self._cloud.pids,
            "functions": lambda: [pid for pid in self._cloud.child_pids() if processes.program_of(pid) not in ("postgres", "daybreak-bridge")]}


def _vpc(api, name, way):
    """Subnet group and security group, which lets out what the way needs and nothing else."""
    def ec2(action, wanted=None, **more):
        answer = api.query("ec2", "2016-11-15", action, **more)
        return element(answer, wanted) if wanted else answer

    def https(prefix, target):
        return {f"{prefix}.IpProtocol": "tcp", f"{prefix}.FromPort": 443, f"{prefix}.ToPort": 443, **{f"{prefix}.{what}": to for what, to in target.items()}}

    vpc = ec2("CreateVpc", "vpcId", CidrBlock="10.0.0.0/16")
    ec2("ModifyVpcAttribute", VpcId=vpc, **{"EnableDnsHostnames.Value": "true"})
    subnets = [ec2("CreateSubnet", "subnetId", VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=zone)
               for number, zone in ((1, "us-east-1a"), (2, "us-east-1b"))]
    group = ec2("CreateSecurityGroup", "groupId", GroupName=name, GroupDescription=name, VpcId=vpc)
    ec2("RevokeSecurityGroupEgress", GroupId=group, **{"IpPermissions.1.IpProtocol": "-1", "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0"})
    if way == "internet":
        gateway = ec2("CreateInternetGateway", "internetGatewayId")
        ec2("AttachInternetGateway", InternetGatewayId=gateway, VpcId=vpc)
        table = ec2("DescribeRouteTables", "routeTableId", **{"Filter.1.Name": "vpc-id", "Filter.1.Value.1": vpc})
        ec2("CreateRoute", RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
        ec2("AuthorizeSecurityGroupEgress", GroupId=group, **https("IpPermissions.1", {"IpRanges.1.CidrIp": "0.0.0.0/0"}))
    else:
        guard = ec2("CreateSecurityGroup", "groupId", GroupName=f"{name}-endpoint", GroupDescription=name, VpcId=vpc)
        ec2("AuthorizeSecurityGroupIngress", GroupId=guard, **https("IpPermissions.1", {"Groups.1.GroupId": group}))
        ec2("AuthorizeSecurityGroupEgress", GroupId=group, **https("IpPermissions.1", {"Groups.1.GroupId": guard}))
        ec2("CreateVpcEndpoint", VpcId=vpc, VpcEndpointType="Interface", ServiceName="com.amazonaws.us-east-1.lambda", PrivateDnsEnabled="true",
            **{"SecurityGroupId.1": guard, "SubnetId.1": subnets[1]})
    api.query("rds", "2014-10-31", "CreateDBSubnetGroup", DBSubnetGroupName=name, DBSubnetGroupDescription=name,
              **{f"SubnetIds.SubnetIdentifier.{number}": subnet for number, subnet in enumerate(subnets, 1)})
    return name, group
