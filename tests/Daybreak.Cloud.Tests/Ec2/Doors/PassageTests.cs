using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Daybreak.Cloud.Ec2.Doors;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.SideDoors;
using Daybreak.Cloud.Policy;
using Daybreak.Cloud.Tests.Ec2.Reachability;
using Microsoft.AspNetCore.Connections;
using static Daybreak.Cloud.Tests.Ec2.Reachability.SampleNetworks;
using static Daybreak.Cloud.Tests.Policy.PolicyText;

namespace Daybreak.Cloud.Tests.Ec2.Doors;

public sealed class PassageTests : IDisposable
{
    private static readonly Network Closed = Public.WithoutRoutes(DatabaseTable);

    private readonly FrontDoorListener _listener = new(IPAddress.Loopback, 0);
    private readonly Passage _passage;

    public PassageTests() =>
        _passage = new Passage(
            new PassageKey("444455556666", "us-east-1", Database, SampleNetworks.Lambda),
            _listener.AddDoor(IPAddress.Loopback)
        );

    public void Dispose()
    {
        _passage.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void Door_is_what_the_path_is()
    {
        foreach (var network in (Network[])[Closed, Public, Closed, ThroughNat, ThroughEndpoint, Closed])
        {
            Follow(network);
            Assert.Equal(network.Path().IsOpen, _passage.Door.IsOpen);
        }
    }

    [Fact]
    public void Route_is_what_policies_ask_of_the_path()
    {
        Follow(Public);
        Assert.Equal(
            ("10.0.1.10", "203.0.113.5", null),
            ($"{_passage.Route!.PrivateAddress}", $"{_passage.Route.PublicAddress}", _passage.Route.EndpointId)
        );
        Follow(ThroughEndpoint);
        Assert.Equal(
            (null, Endpoint, Endpoint),
            (_passage.Route.PublicAddress, _passage.Route.EndpointId, _passage.Route.EndpointPolicy?.Id)
        );
    }

    [Fact]
    public void Policy_of_an_endpoint_lets_in_whom_it_named_and_not_who_comes_to_bear_the_name()
    {
        Follow(
            ThroughEndpoint.Change(
                n => n.VpcEndpoints,
                Endpoint,
                endpoint =>
                    endpoint with
                    {
                        PolicyDocument =
                            $$$"""{"Statement":{"Effect":"Allow","Principal":{"AWS":"{{{Alice.Arn}}}"},"Action":"*","Resource":"*"}}""",
                        PrincipalIds = ImmutableDictionary<string, string>.Empty.Add(Alice.Arn, Alice.Id),
                    }
            )
        );

        Assert.Equal(Outcome.Allow, OutcomeFor(Alice));
        Assert.Equal(Outcome.ImplicitDeny, OutcomeFor(Alice with { Id = "AIDAALICE000000000002" }));

        Outcome OutcomeFor(Principal caller)
        {
            var request = Request($"lambda:InvokeFunction {Function}", caller);
            var identity = Attached(PolicyKind.Identity, "{'Effect':'Allow','Action':'*','Resource':'*'}");
            return PolicyEvaluator
                .DecideAtEndpoint(
                    request,
                    _passage.Route!.EndpointPolicy!,
                    PolicyEvaluator.Decide(request, PrincipalPolicies.None with { Identity = [identity] })
                )
                .Outcome;
        }
    }

    [Fact]
    public void Same_path_leaves_the_door_and_its_route_alone()
    {
        var path = Public.Path();
        _passage.Follow(path, Public);
        var route = _passage.Route;

        _passage.Follow(path, Public);

        Assert.Same(route, _passage.Route);
    }

    [Fact]
    public async Task Connections_stay_while_the_way_is_the_same_and_end_with_it()
    {
        Follow(Public);
        using var client = new TcpClient(AddressFamily.InterNetwork);
        await client.ConnectAsync(_passage.Door.Address, TestContext.Current.CancellationToken);
        var connection = await AcceptAsync(client);

        Follow(Public.WithRules(EndpointGroup)); // another network with the same way
        Assert.False(connection.ConnectionClosed.IsCancellationRequested);

        Follow(ThroughNat); // open, too, but not that way
        await EndsAsync(client);
        Assert.True(_passage.Door.IsOpen);
    }

    private void Follow(Network network) => _passage.Follow(network.Path(), network);

    /// <summary>The other end of the client's connection. It also accepts connections that kept the door shut.</summary>
    private async Task<ConnectionContext> AcceptAsync(TcpClient client)
    {
        var listener = await _listener.BindAsync(_listener.AllDoors, TestContext.Current.CancellationToken);
        while (true)
        {
            var connection = await listener.AcceptAsync(TestContext.Current.CancellationToken);
            if (Equals(connection!.RemoteEndPoint, client.Client.LocalEndPoint))
                return connection;
        }
    }

    private static async Task EndsAsync(TcpClient client)
    {
        try
        {
            Assert.Equal(0, await client.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }
        catch (IOException)
        {
            return; // reset, which says the same
        }
    }
}
