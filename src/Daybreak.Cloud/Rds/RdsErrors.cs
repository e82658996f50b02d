using System.Net;
using Daybreak.Aws;
using Daybreak.Cloud.Rds.ParameterGroups;

namespace Daybreak.Cloud.Rds;

/// <summary>All errors of RDS: code, status, message. The codes are those on the wire, of which some end in Fault.</summary>
internal static class RdsErrors
{
    // Parameters
    public static AwsException Missing(string parameter) =>
        AwsException.Sender("MissingParameter", $"The request must contain the parameter {parameter}.");

    public static AwsException Blank(string parameter) =>
        InvalidValue($"The parameter {parameter} must be provided and must not be blank.");

    public static AwsException NoServiceLinkedRole() =>
        InvalidValue(
            "Unable to create the resource. Verify that you have permission to create service linked role. Otherwise wait and try "
                + "again later."
        );

    public static AwsException InvalidValue(string message) => AwsException.Sender("InvalidParameterValue", message);

    public static AwsException InvalidCombination(string message) => AwsException.Sender("InvalidParameterCombination", message);

    public static AwsException NotAnIdentifier(string parameter) =>
        InvalidValue(
            $"The parameter {parameter} is not a valid identifier. Identifiers must begin with a letter; must contain only ASCII "
                + "letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens."
        );

    /// <param name="what">The word for the value, in the plural: <c>values</c>, which people report, or <c>keys</c>.</param>
    public static AwsException TagCharacters(string what) =>
        InvalidValue($"Tag {what} may only contain unicode letters, digits, whitespace, or one of these symbols: _ . : / = + - @");

    // Subnet groups
    public static AwsException SubnetGroupNotFound(string name) =>
        AwsException.Sender("DBSubnetGroupNotFoundFault", $"DB subnet group '{name}' does not exist.", HttpStatusCode.NotFound);

    public static AwsException SubnetGroupExists(string name) =>
        AwsException.Sender("DBSubnetGroupAlreadyExists", $"The DB subnet group '{name}' already exists.");

    public static AwsException TooFewZones(IEnumerable<string> zones) =>
        AwsException.Sender(
            "DBSubnetGroupDoesNotCoverEnoughAZs",
            "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. "
                + $"Current AZ coverage: {string.Join(", ", zones)}. Add subnets to cover at least 2 AZs."
        );

    public static AwsException InvalidSubnet(IEnumerable<string> ids) =>
        AwsException.Sender("InvalidSubnet", $"The request includes subnets that do not exist: [{string.Join(", ", ids)}]");

    public static AwsException SubnetsOfSeveralVpcs() =>
        AwsException.Sender("InvalidSubnet", "Subnets in multiple VPCs are not supported.");

    /// <summary>The network was changed since the group was created, or does not permit the request.</summary>
    public static AwsException InvalidNetworkState(string message) => AwsException.Sender("InvalidVPCNetworkStateFault", message);

    public static AwsException SubnetGroupInUse(string name, string user) =>
        AwsException.Sender(
            "InvalidDBSubnetGroupStateFault",
            $"Cannot delete the subnet group '{name}' because at least one database {user} is still using it."
        );

    // Parameter groups
    public static AwsException ParameterGroupNotFound(string kind, string name) =>
        AwsException.Sender("DBParameterGroupNotFound", $"{kind} not found: {name}", HttpStatusCode.NotFound);

    /// <summary>CreateDBCluster and ModifyDBCluster have a separate code for it.</summary>
    public static AwsException ClusterParameterGroupNotFound(string name) =>
        AwsException.Sender("DBClusterParameterGroupNotFound", $"DBClusterParameterGroup not found: {name}", HttpStatusCode.NotFound);

    public static AwsException ParameterGroupExists(string name) =>
        AwsException.Sender("DBParameterGroupAlreadyExists", $"Parameter group {name} already exists");

    public static AwsException ParameterGroupInUse(string name) =>
        AwsException.Sender(
            "InvalidDBParameterGroupState",
            $"One or more database instances are still members of this parameter group {name}, so the group cannot be deleted"
        );

    public static AwsException InvalidParameter(ParameterDefinition definition, string value) =>
        InvalidValue($"Invalid parameter value: {value} for: {definition.Name} allowed values are: {definition.AllowedValues}");

    public static AwsException DefaultParameterGroupIsFixed() => InvalidValue("Modifications to default parameter groups are not allowed");

    public static AwsException KeyNotAccessible(string key) =>
        AwsException.Sender(
            "KMSKeyNotAccessibleFault",
            $"The specified KMS key [{key}] either does not exist, is not enabled, or you do not have permissions to access it."
        );

    // Engines
    public static AwsException NoSuchVersion(string version, string engine, string offered) =>
        AwsException.Sender("InvalidParameterCombination", $"Cannot find version {version} for {engine}. {offered}");

    // Clusters
    public static AwsException ClusterNotFound(string name) =>
        AwsException.Sender("DBClusterNotFoundFault", $"DBCluster {name} not found.", HttpStatusCode.NotFound);

    public static AwsException ClusterExists() => AwsException.Sender("DBClusterAlreadyExistsFault", "DB Cluster already exists");

    public static AwsException InvalidClusterState(string message) => AwsException.Sender("InvalidDBClusterStateFault", message);

    public static AwsException GlobalClusterNotFound(string name) =>
        AwsException.Sender("GlobalClusterNotFoundFault", $"Global cluster {name} not found", HttpStatusCode.NotFound);

    // Endpoints
    /// <summary>Its status is 400, unlike that of other missing resources.</summary>
    public static AwsException EndpointNotFound(string name) =>
        AwsException.Sender("DBClusterEndpointNotFoundFault", $"DBClusterEndpoint {name} not found.");

    public static AwsException EndpointExists() =>
        AwsException.Sender("DBClusterEndpointAlreadyExistsFault", "DB Cluster Endpoint already exists");

    public static AwsException EndpointQuotaExceeded() =>
        AwsException.Sender(
            "DBClusterEndpointQuotaExceededFault",
            "The cluster already has the maximum number of custom endpoints.",
            HttpStatusCode.Forbidden
        );

    public static AwsException InvalidEndpointState(string message) => AwsException.Sender("InvalidDBClusterEndpointStateFault", message);

    // Snapshots
    public static AwsException SnapshotNotFound(string name) =>
        AwsException.Sender("DBClusterSnapshotNotFoundFault", $"DBClusterSnapshot not found: {name}", HttpStatusCode.NotFound);

    public static AwsException SnapshotExists(string name) =>
        AwsException.Sender(
            "DBClusterSnapshotAlreadyExistsFault",
            $"Cannot create the cluster snapshot because one with the identifier {name} already exists."
        );

    public static AwsException InvalidSnapshotState(string message) => AwsException.Sender("InvalidDBClusterSnapshotStateFault", message);

    public static AwsException ClusterNotAvailableForSnapshot(string cluster) =>
        InvalidClusterState($"Can't create a snapshot because the database cluster {cluster} isn't currently in the available state.");

    // Instances
    public static AwsException InstanceNotFound(string name) =>
        AwsException.Sender("DBInstanceNotFound", $"DBInstance {name} not found.", HttpStatusCode.NotFound);

    public static AwsException InstanceExists() => AwsException.Sender("DBInstanceAlreadyExists", "DB instance already exists");

    public static AwsException InvalidInstanceState(string message) => AwsException.Sender("InvalidDBInstanceState", message);

    public static AwsException StorageTypeNotSupported(string type) =>
        AwsException.Sender("StorageTypeNotSupported", $"Invalid storage type: {type}");

    public static AwsException CertificateNotFound(string identifier) =>
        AwsException.Sender("CertificateNotFound", $"Certificate {identifier} not found.", HttpStatusCode.NotFound);

    public static AwsException LogFileNotFound(string name) =>
        AwsException.Sender("DBLogFileNotFoundFault", $"DBLog File: {name}, is not found on the DB instance", HttpStatusCode.NotFound);

    /// <param name="what">How messages about modifications call it: <c>deletion protection</c>.</param>
    public static AwsException BelongsToTheCluster(string what) =>
        InvalidCombination(
            $"The specified DB Instance is a member of a cluster. Modify {what} for the DB Cluster using the ModifyDbCluster API"
        );

    // Roles; the argument is "cluster" or "instance".
    public static AwsException RoleExists(string owner, string feature) =>
        AwsException.Sender(
            $"{Code(owner)}RoleAlreadyExists",
            $"The DB {owner} already has an IAM role associated with the feature {feature}."
        );

    public static AwsException RoleNotFound(string owner, string name, string role) =>
        AwsException.Sender(
            $"{Code(owner)}RoleNotFound",
            $"The IAM role {role} is not associated with the DB {owner} {name}.",
            HttpStatusCode.NotFound
        );

    public static AwsException RoleQuotaExceeded(string owner) =>
        AwsException.Sender(
            $"{Code(owner)}RoleQuotaExceeded",
            $"The DB {owner} already has the maximum number of IAM roles associated with it."
        );

    /// <summary>An error that servers' bridges see, and callers of the API do not.</summary>
    public static AwsException NoRoleFor(string feature, string owner) =>
        AwsException.Sender("NoRole", $"No IAM role is associated with the feature {feature} of the DB {owner}.", HttpStatusCode.NotFound);

    public static AwsException PasswordIsManaged() =>
        InvalidCombination("You can't specify MasterUserPassword for an instance with ManageMasterUserPassword enabled.");

    public static AwsException AccessDenied(string message) => AwsException.Sender("AccessDenied", message, HttpStatusCode.Forbidden);

    private static string Code(string owner) => owner == "cluster" ? "DBCluster" : "DBInstance";
}
