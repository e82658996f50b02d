using Daybreak.Cloud.Rds.Clusters;

namespace Daybreak.Cloud.Rds.MasterPasswords;

/// <summary>What a request says about the password of a master user.</summary>
/// <param name="Manage">ManageMasterUserPassword</param>
/// <param name="Rotate">RotateMasterUserPassword</param>
internal sealed record PasswordRequest(bool? Manage, string? Password, string? KmsKeyId, bool? Rotate = null, bool? Immediately = null)
{
    /// <summary>Whether RDS manages the password of a new database.</summary>
    /// <exception cref="Aws.AwsException">The request contradicts itself.</exception>
    public bool IsManagedFromTheStart()
    {
        CheckKey();
        if (Manage == true && Password is not null)
            throw RdsErrors.PasswordIsManaged();
        return Manage == true;
    }

    /// <exception cref="Aws.AwsException">The request contradicts itself, or does not fit the cluster.</exception>
    public PasswordChange ChangeOf(Cluster cluster)
    {
        CheckKey();
        var isManaged = Manage ?? cluster.MasterSecret is not null;
        if (isManaged && Password is not null)
            throw RdsErrors.PasswordIsManaged();
        if (Manage == false && Password is null)
            throw RdsErrors.InvalidCombination("MasterUserPassword must be provided when ManageMasterUserPassword is set to false.");
        if (Rotate == true && cluster.MasterSecret is null)
            throw RdsErrors.InvalidCombination(
                "RotateMasterUserPassword can be set only for a master user password that is managed in AWS Secrets Manager."
            );
        if (Rotate == true && Immediately != true)
            throw RdsErrors.InvalidCombination("You must apply the change immediately when rotating the master user password.");
        return isManaged && cluster.MasterSecret is null ? PasswordChange.Manage
            : !isManaged && cluster.MasterSecret is not null ? PasswordChange.Leave
            : Rotate == true ? PasswordChange.Rotate
            : PasswordChange.None;
    }

    private void CheckKey()
    {
        if (!string.IsNullOrEmpty(KmsKeyId) && Manage != true)
            throw RdsErrors.InvalidCombination("A ManageMasterUserPassword value is required when MasterUserSecretKmsKeyId is specified.");
    }

    // A record would write its members.
    public override string ToString() => nameof(PasswordRequest);
}

internal enum PasswordChange
{
    None,

    /// <summary>RDS manages the password from now on.</summary>
    Manage,

    /// <summary>The user sets the password again, and the secret goes.</summary>
    Leave,

    Rotate,
}
