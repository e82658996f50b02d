using Daybreak.Cloud.Rds.Clusters;
using Daybreak.Cloud.Rds.Endpoints;
using Daybreak.Cloud.Rds.Events;
using Daybreak.Cloud.Rds.Roles;
using Daybreak.Cloud.Rds.Servers;
using Daybreak.Cloud.Rds.Snapshots;

namespace Daybreak.Cloud.Rds.Running;

/// <summary>The parts that every running cluster needs.</summary>
internal sealed record ClusterParts(
    Databases Databases,
    ServerStart Start,
    ServerFiles Files,
    ServerCredentials Credentials,
    ClusterSnapshots Snapshots,
    CustomEndpoints Endpoints,
    Renaming Renaming,
    EventLog Events,
    IMasterSecrets Secrets,
    Action<Exception> Failed
);
