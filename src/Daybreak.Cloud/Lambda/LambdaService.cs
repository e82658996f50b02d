using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;

namespace Daybreak.Cloud.Lambda;

/// <summary>AWS Lambda: its operations, in the order of the API reference.</summary>
public sealed class LambdaService
{
    public LambdaService() => Description = new AwsService
    {
        Name = "lambda",
        Version = "2015-03-31",
        Protocol = new RestJsonProtocol(),
        ErrorForm = LambdaErrors.Form,
        Operations =
        [
            AwsOperation.Of<NoMembers, GetAccountSettingsResponse>("GetAccountSettings", AccountSettings.Get, "GET /2016-08-19/account-settings"),
        ],
    };

    public AwsService Description { get; }
}
