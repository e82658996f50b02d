using Daybreak.Cloud.Access.Explain;
using Daybreak.Cloud.Ec2.Doors;
using Daybreak.Cloud.Explain;
using Daybreak.Cloud.Forwarding;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.FrontDoor.Admin;
using Daybreak.Cloud.FrontDoor.Authentication;
using Daybreak.Cloud.Hosting.Clock;
using Daybreak.Cloud.Sts;

namespace Daybreak.Cloud.Hosting;

/// <summary>Builds the path of requests to the services and to our own routes.</summary>
internal static class CloudFrontDoor
{
    /// <param name="forwards">Where requests for services that are not here go.</param>
    /// <param name="gate">Lets requests pass, but not during a reset.</param>
    /// <param name="reset">Empties everything.</param>
    public static RequestPath Build(
        CloudOptions options,
        CloudIdentity identity,
        CloudServices services,
        StatusRoute status,
        ClockRoute clockRoute,
        Forwards forwards,
        RequestGate gate,
        Func<Task> reset,
        Uri endpoint,
        MovableClock clock
    )
    {
        var explainer = identity.ExplainerOf(services.All, options.Region, clock);
        var invocations = new InvocationExplainer(
            services.Rds.Facts,
            services.Ec2.Networks.Of,
            DatabaseInterfaces.IdOf,
            explainer,
            new ExplainOptions(options.Region, options.EnforcesIam, options.EnforcesNetwork),
            accountId => new DeployedFunctions([.. services.Lambda.VersionsOf(accountId)], [.. services.Lambda.AliasesOf(accountId)])
        );
        var instances = new InstanceExplanationRoute(invocations, services.Rds.Facts, services.Rds.InstanceWith);
        var reach = new ReachExplainer(
            services.Rds.Facts,
            (function, region) => services.Lambda.FindVersion(function, options.AccountId, region ?? options.Region),
            services.Ec2.Networks.Of,
            FunctionInterfaces.Find,
            DatabaseInterfaces.IdOf,
            [.. services.All.Select(static service => service.Name)],
            new ExplainOptions(options.Region, options.EnforcesIam, options.EnforcesNetwork)
        );
        var authenticator = new SignatureAuthenticator(identity.AccessKeys, clock, clock.Real);
        var forwarder = new Forwarder(
            forwards,
            [.. services.All.Select(static service => service.Name)],
            authenticator,
            identity.Authorizer,
            gate,
            services.Doors,
            options.ForwardIdleLimit,
            clock.Real
        );
        var finder = new ServiceFinder(services.All);
        var objects = services.S3?.DoorBehind(
            identity.AccessKeys,
            finder,
            gate,
            services.Doors,
            options.Region,
            endpoint,
            clock,
            clock.Real
        );
        return new RequestPath(
            finder,
            new AdminRoutes([
                new("GET /_daybreak/status", status.HandleAsync),
                new("POST /_daybreak/reset", new ResetRoute(reset, services.Lambda, services.All, options).HandleAsync),
                new($"GET {ClockRoute.Path}", clockRoute.ShowAsync),
                new($"POST {ClockRoute.Path}", clockRoute.MoveAsync),
                new($"GET {ExplainRoute.Path}", new ExplainRoute(explainer, options.EnforcesIam).HandleAsync),
                new($"GET {InvocationRoute.Path}", new InvocationRoute(invocations).HandleAsync),
                new($"GET {ReachRoute.Path}", new ReachRoute(reach).HandleAsync),
                new($"GET {InstanceExplanationRoute.Path}", instances.HandleAsync),
                new($"GET {ResolverRoute.Path}", new ResolverRoute(services.Resolver).HandleAsync),
                new($"GET {ContainerCredentials.Path}", identity.ContainerCredentials.HandleAsync),
                new("POST /_daybreak/debug", services.Lambda.DebuggingBehind(authenticator, identity.Authorizer)),
                .. services.Lambda.Routes,
            ]),
            authenticator,
            identity.Authorizer,
            gate,
            options.Region,
            endpoint,
            options.Failed,
            services.Doors,
            services.Lambda.UrlsBehind(authenticator, identity.Authorizer, gate),
            request => forwarder.Find(request) ?? objects?.Invoke(request),
            request => forwarder.Find(request) is null && services.S3?.Admits(request) == true
        );
    }
}
