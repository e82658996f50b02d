using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.Ssm.Labels;
using Daybreak.Cloud.Ssm.Listing;
using Daybreak.Cloud.Ssm.Parameters;
using Daybreak.Cloud.Ssm.Reading;
using Daybreak.Cloud.Ssm.Tags;
using Daybreak.Cloud.Ssm.Writing;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Ssm;

/// <summary>The Parameter Store of AWS Systems Manager.</summary>
public sealed class SsmService
{
    private readonly ParameterStore _parameters;

    public SsmService(StateStore store, ISecretReferences secrets, IParameterKeys keys, TimeProvider time)
    {
        _parameters = new ParameterStore(store, keys);
        var access = new ParameterAccess(_parameters);
        Description = new AwsService
        {
            Name = "ssm",
            Version = "2014-11-06",
            Protocol = new Json11Protocol(),
            TargetPrefix = "AmazonSSM",
            ErrorForm = static error => new JsonErrorForm(WithType: false, SsmErrors.MessageMember(error)),
            Empty = _parameters.EmptyAsync,
            Counts = () => new Dictionary<string, int> { ["parameters"] = _parameters.Count },
            Operations = OperationNames.Complete(
                "Ssm",
                [
                    .. new WriteOperations(_parameters, access, time).Operations(),
                    .. new ReadOperations(_parameters, access, secrets).Operations(),
                    .. new ListOperations(_parameters).Operations(),
                    .. new LabelOperations(_parameters, access).Operations(),
                    .. new TagOperations(_parameters, access).Operations(),
                ]
            ),
        };
    }

    public AwsService Description { get; }

    /// <summary>To be called when the state has been emptied.</summary>
    public void Forget() => _parameters.Forget();
}
