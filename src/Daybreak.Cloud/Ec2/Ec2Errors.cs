using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;

namespace Daybreak.Cloud.Ec2;

/// <summary>Every error of EC2's networking: its code, status and text. Errors for unknown ids are in <see cref="ResourceKind"/>.</summary>
internal static class Ec2Errors
{
    public static AwsException DryRun() =>
        AwsException.Sender("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", HttpStatusCode.PreconditionFailed);

    // Parameters
    public static AwsException Missing(string parameter) =>
        AwsException.Sender("MissingParameter", $"The request must contain the parameter {parameter}");

    /// <summary>The text of CreateNatGateway.</summary>
    public static AwsException MissingAllocation() =>
        AwsException.Sender(
            "MissingParameter",
            "The request must include the AllocationId parameter. Add the required parameter and retry the request."
        );

    public static AwsException InvalidValue(string message) => AwsException.Sender("InvalidParameterValue", message);

    public static AwsException InvalidValue(string parameter, object? value, string why = "") =>
        InvalidValue($"Value ({value}) for parameter {parameter} is invalid.{(why.Length == 0 ? "" : " " + why)}");

    public static AwsException InvalidCombination(string message) => AwsException.Sender("InvalidParameterCombination", message);

    public static AwsException Invalid(string message) => AwsException.Sender("InvalidParameter", message);

    public static AwsException NotACidr(string parameter, string? value) =>
        InvalidValue(parameter, value, "This is not a valid CIDR block.");

    public static AwsException UnknownFilter(string? name) => InvalidValue($"The filter '{name ?? "null"}' is invalid");

    public static AwsException TooManyFilterValues() =>
        AwsException.Sender("FilterLimitExceeded", "The maximum number of filter values specified on a single call is 200");

    public static AwsException InvalidToken() =>
        AwsException.Sender("InvalidPaginationToken", "The specified pagination token is not valid or is expired.");

    public static AwsException TokenReused() =>
        AwsException.Sender(
            "IdempotentParameterMismatch",
            "The client token you have provided is associated with a resource whose attributes differ from this request."
        );

    // Tags
    public static AwsException InvalidId(string id) => AwsException.Sender("InvalidID", $"The ID '{id}' is not valid");

    public static AwsException TooManyTags(int limit) =>
        AwsException.Sender("TagLimitExceeded", $"The number of tags for the resource exceeds the limit of {limit}.");

    // Deletion in the wrong order, and of what nobody may delete
    public static AwsException HasDependencies(string kind, string id) =>
        Dependency($"The {kind} '{id}' has dependencies and cannot be deleted.");

    public static AwsException Dependency(string message) => AwsException.Sender("DependencyViolation", message);

    public static AwsException CannotDeleteGroup(string id, string name) =>
        AwsException.Sender("CannotDelete", $"the specified group: \"{id}\" name: \"{name}\" cannot be deleted by a user");

    public static AwsException NotPermitted(string message) => AwsException.Sender("OperationNotPermitted", message);

    /// <summary>The error for resources that a service of AWS made.</summary>
    public static AwsException NotYours() =>
        AwsException.Sender("AuthFailure", "You do not have permission to access the specified resource.");

    // VPCs and subnets
    public static AwsException VpcRange(Cidr cidr) => AwsException.Sender("InvalidVpc.Range", $"The CIDR '{cidr}' is invalid.");

    public static AwsException TooManyCidrs(string id, int limit) =>
        AwsException.Sender("CidrLimitExceeded", $"This network '{id}' has met its maximum number of allowed CIDRs: {limit}");

    public static AwsException DefaultVpcExists() =>
        AwsException.Sender("DefaultVpcAlreadyExists", "A Default VPC already exists for this account in this region.");

    public static AwsException NoDefaultVpc() => AwsException.Sender("VPCIdNotSpecified", "No default VPC for this user");

    public static AwsException DefaultVpcMissing() => AwsException.Sender("DefaultVpcDoesNotExist", "No default VPC found");

    public static AwsException DefaultSubnetExists(string subnetId, string zone) =>
        AwsException.Sender("DefaultSubnetAlreadyExistsInAvailabilityZone", $"'{subnetId}' is already the default subnet in {zone}.");

    public static AwsException SubnetRange(Cidr cidr) => AwsException.Sender("InvalidSubnet.Range", $"The CIDR '{cidr}' is invalid.");

    public static AwsException SubnetConflict(Cidr cidr) =>
        AwsException.Sender("InvalidSubnet.Conflict", $"The CIDR '{cidr}' conflicts with another subnet");

    public static AwsException NoFreeAddress(string subnetId) =>
        AwsException.Sender(
            "InsufficientFreeAddressesInSubnet",
            $"The specified subnet '{subnetId}' does not have enough free addresses to satisfy the request."
        );

    // Gateways and addresses
    public static AwsException AlreadyAttached(string resource, string network) =>
        AwsException.Sender("Resource.AlreadyAssociated", $"resource {resource} is already attached to network {network}");

    public static AwsException VpcHasGateway(string vpcId) =>
        AwsException.Sender("InvalidParameterValue", $"Network {vpcId} already has an internet gateway attached");

    public static AwsException NotAttached(string resource, string network) =>
        AwsException.Sender("Gateway.NotAttached", $"resource {resource} is not attached to network {network}");

    public static AwsException MappedAddresses(string vpcId) =>
        Dependency(
            $"Network {vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway."
        );

    public static AwsException AddressNotFound(string address) =>
        AwsException.Sender("InvalidAddress.NotFound", $"Address '{address}' not found.");

    public static AwsException AddressInUse(string address) =>
        AwsException.Sender("InvalidIPAddress.InUse", $"Address {address} is in use.");

    public static AwsException AssociationNotFound(string id) =>
        AwsException.Sender("InvalidAssociationID.NotFound", $"The association ID '{id}' does not exist");

    public static AwsException AlreadyAssociated(string resource, string association) =>
        AwsException.Sender("Resource.AlreadyAssociated", $"resource {resource} is already associated with associate-id {association}");

    // Routes
    public static AwsException RouteExists(string destination) =>
        AwsException.Sender("RouteAlreadyExists", $"The route identified by {destination} already exists.");

    public static AwsException RouteNotFound(string kind, string destination, string table) =>
        AwsException.Sender("InvalidRoute.NotFound", $"no route with {kind} {destination} in route table {table}");

    public static AwsException TooManyRoutes(string table) =>
        AwsException.Sender("RouteLimitExceeded", $"The maximum number of routes has been reached in route table {table}.");

    // Security groups
    public static AwsException GroupExists(string name, string vpcId) =>
        AwsException.Sender("InvalidGroup.Duplicate", $"The security group '{name}' already exists for VPC '{vpcId}'");

    public static AwsException GroupNameNotFound(string name, string vpcId) =>
        AwsException.Sender("InvalidGroup.NotFound", $"The security group '{name}' does not exist in default VPC '{vpcId}'");

    public static AwsException DuplicateRule(string rule) =>
        AwsException.Sender("InvalidPermission.Duplicate", $"the specified rule \"{rule}\" already exists");

    public static AwsException RuleNotFound() =>
        AwsException.Sender("InvalidPermission.NotFound", "The specified rule does not exist in this security group.");

    public static AwsException MalformedRule(string message) => AwsException.Sender("InvalidPermission.Malformed", message);

    public static AwsException TooManyRules() =>
        AwsException.Sender("RulesPerSecurityGroupLimitExceeded", "The maximum number of rules per security group has been reached.");

    // Network ACLs
    public static AwsException EntryExists(int number) =>
        AwsException.Sender("NetworkAclEntryAlreadyExists", $"The network acl entry identified by {number} already exists.");

    public static AwsException EntryNotFound(int number) =>
        AwsException.Sender("InvalidNetworkAclEntry.NotFound", $"The network acl entry identified by {number} does not exist.");

    public static AwsException TooManyEntries() =>
        AwsException.Sender("NetworkAclEntryLimitExceeded", "The maximum number of network ACL entries has been reached.");

    // Endpoints
    public static AwsException NoSuchService(string name) =>
        AwsException.Sender("InvalidServiceName", $"The Vpc Endpoint Service '{name}' does not exist");

    public static AwsException SecondSubnetInZone(string subnetId) =>
        AwsException.Sender("DuplicateSubnetsInSameZone", $"Found another VPC endpoint subnet in the availability zone of {subnetId}");
}
