namespace Daybreak.Cloud.FrontDoor.Authentication;

/// <summary>Where access keys come from: the root of an account, users and administrators (IAM), sessions (STS).</summary>
public interface IAccessKeys
{
    /// <summary>The key as it is now; null when there is none of that id, or it is inactive. Called for every request.</summary>
    AccessKey? Find(string accessKeyId);
}
