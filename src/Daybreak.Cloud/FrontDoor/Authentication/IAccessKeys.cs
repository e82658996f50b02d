namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>A source of access keys: the root of an account, users and administrators (IAM), sessions (STS).</summary>
public interface IAccessKeys
{
    /// <summary>Returns the current key; null when the id does not exist, or the key is inactive. Called for every request.</summary>
    AccessKey? Find(string accessKeyId);
}
