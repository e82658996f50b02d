using System.Net;
using Daybreak.Aws;
using Daybreak.Aws.Signing;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Admin;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.FrontDoor.Protocols;
using Daybreak.Cloud.FrontDoor.Shapes;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.Iam.Users;

namespace Daybreak.Cloud.Tests.FrontDoor.Authentication;

/// <summary>
/// A front door on a free port with two services whose operations tell who called: lambda (rest-json) and sts (query). Its
/// keys: an administrator's for every account, a root's, a session's, and a session's that has ended.
/// </summary>
public sealed class SignedServer : IAsyncLifetime
{
    public static AwsCredentials Administrator { get; } = new("test", "test");

    public static AwsCredentials Session { get; } =
        new("ASIASESSION000000000", "session secret/+", "session token/+=", DateTimeOffset.MaxValue);

    public static AwsCredentials Ended { get; } = new("ASIAENDED00000000000", "ended secret", "ended token", DateTimeOffset.UnixEpoch);

    private readonly FrontDoorListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpServer _server;
    private SideDoor? _door;

    public SignedServer()
    {
        AwsService lambda = new()
        {
            Name = "lambda",
            Protocol = new RestJsonProtocol(),
            Version = "2015-03-31",
            Operations =
            [
                new AwsOperation<NoMembers, Identity>("ListFunctions", static (_, context) => Identity.Of(context))
                {
                    Route = "GET /2015-03-31/functions",
                },
                new AwsOperation<Invocation, Identity>("Invoke", static (_, context) => Identity.Of(context))
                {
                    Route = "POST /2015-03-31/functions/{FunctionName}/invocations",
                },
            ],
        };
        AwsService sts = new()
        {
            Name = "sts",
            Protocol = new QueryProtocol(),
            Version = "2011-06-15",
            XmlNamespace = "https://sts.amazonaws.com/doc/2011-06-15/",
            Operations = [new AwsOperation<NoMembers, Identity>("GetCallerIdentity", static (_, context) => Identity.Of(context))],
        };
        var path = new RequestPath(
            new ServiceFinder([lambda, sts]),
            new AdminRoutes([]),
            new SignatureAuthenticator(
                [new RootAccessKeys("444455556666", [new("more", "pairs")]), new AdministratorKeys("444455556666"), new Sessions()],
                TimeProvider.System,
                TimeProvider.System
            ),
            new NoEnforcement(),
            new RequestGate(),
            "us-east-1",
            Endpoint,
            static error => throw new InvalidOperationException("a failure of ours", error)
        );
        _server = new HttpServer(_listener, path.HandleAsync, static _ => { });
    }

    public Uri Endpoint => _listener.Endpoint;

    public async ValueTask InitializeAsync()
    {
        await _server.StartAsync(CancellationToken.None);
        _door = _listener.AddDoor(IPAddress.Loopback);
        _door.Open();
    }

    public async ValueTask DisposeAsync()
    {
        using (var wait = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
            await _server.StopAsync(wait.Token);
        _door?.Dispose();
        _server.Dispose();
        _listener.Dispose();
    }

    /// <summary>AWS's own names lead to the side door, as in the network of a local database; others to the front.</summary>
    internal Task<RawHttp.Answer> SendAsync(RequestHead request, string body)
    {
        var isOfAws = request.TryGetSingle("Host", out var host) && host.EndsWith(".amazonaws.com", StringComparison.Ordinal);
        return RawHttp.SendAsync(isOfAws ? new Uri($"http://{_door!.Address}") : Endpoint, request, body);
    }

    public sealed record Invocation
    {
        [Location(MemberLocation.Label)]
        public required string FunctionName { get; init; }

        [Location(MemberLocation.Payload)]
        public ReadOnlyMemory<byte> Payload { get; init; }
    }

    public sealed record Identity
    {
        public required string UserId { get; init; }

        public required string Account { get; init; }

        public required string Arn { get; init; }

        /// <summary>The region meant; not in AWS's answer.</summary>
        public required string Region { get; init; }

        public static Identity Of(OperationContext context) =>
            new()
            {
                UserId = context.Caller.UserId,
                Account = context.AccountId,
                Arn = context.Caller.Arn,
                Region = context.Region,
            };
    }

    private sealed class Sessions : IAccessKeys
    {
        public AccessKey? Find(string accessKeyId)
        {
            var credentials = new[] { Session, Ended }.FirstOrDefault(session => session.AccessKeyId == accessKeyId);
            return credentials is null
                ? null
                : new AccessKey(
                    credentials,
                    new Caller(
                        new Daybreak.Cloud.Policy.Principal.RoleSession(
                            "444455556666",
                            "arn:aws:sts::444455556666:assumed-role/r/s",
                            "arn:aws:iam::444455556666:role/r",
                            "AROA",
                            "s"
                        ),
                        accessKeyId
                    )
                );
        }
    }
}
