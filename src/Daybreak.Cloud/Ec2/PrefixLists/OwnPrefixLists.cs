using System.Collections.Immutable;
using Daybreak.Aws;
using Daybreak.Cloud.Ec2.Networks;
using Daybreak.Cloud.Ec2.Requests;
using Daybreak.Cloud.Ec2.RouteTables;
using Daybreak.Cloud.Ec2.SecurityGroups;
using Daybreak.Cloud.Ec2.Tags;
using Daybreak.Cloud.FrontDoor;

namespace Daybreak.Cloud.Ec2.PrefixLists;

/// <summary>Prefix lists of the customer. Pure functions of a request and a network.</summary>
/// <remarks>https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html</remarks>
internal static class OwnPrefixLists
{
    private const int MostEntries = 1000;
    private const int MostAtOnce = 100;
    private const int MostVersions = 1000;
    private const int MostText = 255;

    public static IEnumerable<AwsOperation> Operations(NetworkState state) =>
        [
            new Ec2Operation<CreateManagedPrefixListRequest, PrefixListResponse>(state, "CreateManagedPrefixList", Create)
            {
                Makes = "prefix-list",
            },
            new Ec2Operation<PrefixListRequest, PrefixListResponse>(state, "DeleteManagedPrefixList", Delete)
            {
                Names = [("prefix-list", static (r, _) => [r.PrefixListId])],
            },
            new Ec2Operation<ModifyManagedPrefixListRequest, PrefixListResponse>(state, "ModifyManagedPrefixList", Modify)
            {
                Names = [("prefix-list", static (r, _) => [r.PrefixListId])],
            },
            new Ec2Operation<RestoreManagedPrefixListVersionRequest, PrefixListResponse>(state, "RestoreManagedPrefixListVersion", Restore)
            {
                Names = [("prefix-list", static (r, _) => [r.PrefixListId])],
            },
        ];

    public static Change<PrefixListResponse> Create(CreateManagedPrefixListRequest request, Network network)
    {
        var name = Name(request.PrefixListName);
        var isIpv6 = request.AddressFamily switch
        {
            null or "" => throw Ec2Errors.Missing("AddressFamily"),
            "IPv4" => false,
            "IPv6" => true,
            var other => throw Ec2Errors.InvalidValue("AddressFamily", other, "Invalid address family."),
        };
        var max = Max(request.MaxEntries ?? throw Ec2Errors.Missing("MaxEntries"));
        var entries = With([], request.Entries, isIpv6);
        if (entries.Length > max)
            throw TooManyEntries();
        var tags = TagSpecification.For(request, "prefix-list");
        if (
            ClientTokens.Earlier(
                network.PrefixLists.All,
                request.ClientToken,
                list => list.ClientToken,
                list => list.Name == name && list.MaxEntries == max
            ) is
            { } earlier
        )
            return Change.To(network, Response(earlier, network, "create-in-progress"));
        var made = new PrefixList
        {
            Id = ResourceKind.PrefixList.NewId(),
            Name = name,
            IsIpv6 = isIpv6,
            MaxEntries = max,
            Versions = ImmutableSortedDictionary<long, ImmutableArray<PrefixListEntry>>.Empty.Add(1, entries),
            ClientToken = request.ClientToken,
            Tags = tags,
        };
        return Done(made, network, "create-in-progress");
    }

    /// <summary>A change of entries makes a new version; a change of the name or the size does not.</summary>
    public static Change<PrefixListResponse> Modify(ModifyManagedPrefixListRequest request, Network network)
    {
        var list = Own(request.PrefixListId, request.CurrentVersion, network);
        var changesEntries = request.AddEntries is { Count: > 0 } || request.RemoveEntries is { Count: > 0 };
        if (changesEntries && request.MaxEntries is not null)
            throw Ec2Errors.InvalidCombination(
                "You cannot modify the entries and the maximum number of entries for the prefix list in the same request."
            );
        if (changesEntries && request.CurrentVersion is null)
            throw Ec2Errors.Missing("CurrentVersion");
        var after = list with
        {
            Name = request.PrefixListName is null ? list.Name : Name(request.PrefixListName),
            MaxEntries = request.MaxEntries is { } max ? Max(max) : list.MaxEntries,
            State = PrefixListState.Modified,
        };
        if (list.Entries.Length > after.MaxEntries)
            throw TooManyEntries();
        if (changesEntries)
        {
            // Entries are removed before others are added, so that one request can change the description of an entry.
            after = WithVersion(after, With(Without(list.Entries, request.RemoveEntries), request.AddEntries, list.IsIpv6));
            if (after.Entries.Length > after.MaxEntries)
                throw TooManyEntries();
        }
        // As on AWS, the request is accepted, and the list shows that it has not changed.
        return Fits(after, network)
            ? Done(after, network, "modify-in-progress")
            : Done(list with { State = PrefixListState.ModificationFailed }, network, "modify-in-progress");
    }

    public static Change<PrefixListResponse> Restore(RestoreManagedPrefixListVersionRequest request, Network network)
    {
        var list = Own(request.PrefixListId, request.CurrentVersion ?? throw Ec2Errors.Missing("CurrentVersion"), network);
        var previous = request.PreviousVersion ?? throw Ec2Errors.Missing("PreviousVersion");
        if (previous == list.Version || !list.Versions.TryGetValue(previous, out var entries))
            throw Ec2Errors.InvalidValue("PreviousVersion", previous);
        if (entries.Length > list.MaxEntries)
            throw TooManyEntries();
        return Done(WithVersion(list, entries) with { State = PrefixListState.Restored }, network, "restore-in-progress");
    }

    public static Change<PrefixListResponse> Delete(PrefixListRequest request, Network network)
    {
        var list = Own(request.PrefixListId, null, network);
        if (PrefixListOperations.UsersOf(list, network).Any())
            throw Ec2Errors.HasDependencies("prefixList", list.Id);
        return Change.To(
            network with
            {
                PrefixLists = network.PrefixLists.Without(list.Id),
            },
            Response(list, network, "delete-in-progress")
        );
    }

    /// <summary>Whether the groups and route tables that name a list stay within their limits with its new size.</summary>
    private static bool Fits(PrefixList list, Network network)
    {
        var grown = network with { PrefixLists = network.PrefixLists.With(list) };
        return PrefixListOperations
            .UsersOf(list, network)
            .All(id =>
                grown.SecurityGroups.Find(id) is { } group
                    ? SecurityGroupRuleOperations.IsInLimit(group, isEgress: false, grown)
                        && SecurityGroupRuleOperations.IsInLimit(group, isEgress: true, grown)
                    : RouteOperations.IsInLimit(grown.RouteTables.Find(id)!, grown)
            );
    }

    private static PrefixList Own(string? id, long? version, Network network)
    {
        var list = PrefixList.Find(network, id);
        if (list.IsOfAws)
            throw AwsException.Sender("UnsupportedOperation", $"The prefix list '{list.Id}' is managed by AWS and cannot be modified.");
        return version is null || version == list.Version
            ? list
            : throw AwsException.Sender("PrefixListVersionMismatch", "The prefix list has the incorrect version number.");
    }

    private static PrefixList WithVersion(PrefixList list, ImmutableArray<PrefixListEntry> entries)
    {
        var versions = list.Versions.Add(list.Version + 1, entries);
        return list with
        {
            Version = list.Version + 1,
            Versions = versions.Count > MostVersions ? versions.Remove(versions.Keys.Min()) : versions,
        };
    }

    private static ImmutableArray<PrefixListEntry> With(
        ImmutableArray<PrefixListEntry> entries,
        IReadOnlyList<PrefixListEntryValue>? added,
        bool isIpv6
    )
    {
        IsNotTooMuch(added);
        foreach (var value in added ?? [])
        {
            var cidr = Block(value.Cidr);
            if (cidr.IsIpv6 != isIpv6)
                throw Ec2Errors.InvalidValue(
                    $"The CIDR ({cidr}) does not match the address family of the prefix list ({(isIpv6 ? "IPv6" : "IPv4")})."
                );
            if (entries.Any(entry => entry.Cidr == cidr))
                throw Ec2Errors.InvalidValue($"The CIDR ({cidr}) appears more than once in the prefix list.");
            if (value.Description is { Length: > MostText })
                throw Ec2Errors.InvalidValue("Description", value.Description, $"It is longer than {MostText} characters.");
            entries = entries.Add(new PrefixListEntry(cidr, string.IsNullOrEmpty(value.Description) ? null : value.Description));
        }
        return entries;
    }

    private static ImmutableArray<PrefixListEntry> Without(
        ImmutableArray<PrefixListEntry> entries,
        IReadOnlyList<PrefixListEntryValue>? removed
    )
    {
        IsNotTooMuch(removed);
        foreach (var value in removed ?? [])
        {
            var cidr = Block(value.Cidr);
            var entry =
                entries.FirstOrDefault(entry => entry.Cidr == cidr)
                ?? throw AwsException.Sender("InvalidPrefixListModification", $"The prefix list has no entry with the CIDR ({cidr}).");
            entries = entries.Remove(entry);
        }
        return entries;
    }

    private static void IsNotTooMuch(IReadOnlyList<PrefixListEntryValue>? values)
    {
        if (values?.Count > MostAtOnce)
            throw Ec2Errors.InvalidValue($"A request can have at most {MostAtOnce} entries.");
    }

    private static Cidr Block(string? text)
    {
        if (string.IsNullOrEmpty(text))
            throw Ec2Errors.Missing("Cidr");
        // AWS accepts an address inside the block in place of the block.
        return Cidr.TryParseLoosely(text, out var cidr, out _) ? cidr : throw Ec2Errors.NotACidr("Cidr", text);
    }

    private static string Name(string? name)
    {
        if (string.IsNullOrEmpty(name))
            throw Ec2Errors.Missing("PrefixListName");
        if (name.StartsWith("com.amazonaws", StringComparison.OrdinalIgnoreCase))
            throw Ec2Errors.InvalidValue("PrefixListName", name, "The name cannot start with com.amazonaws.");
        return name.Length <= MostText
            ? name
            : throw Ec2Errors.InvalidValue("PrefixListName", name, $"It is longer than {MostText} characters.");
    }

    private static int Max(int max) =>
        max is >= 1 and <= MostEntries ? max : throw Ec2Errors.InvalidValue($"Must specify a max size between 1 and {MostEntries}");

    private static AwsException TooManyEntries() =>
        AwsException.Sender("PrefixListMaxEntriesExceeded", "You've reached the maximum number of entries for the prefix list.");

    private static Change<PrefixListResponse> Done(PrefixList list, Network network, string state) =>
        Change.To(network with { PrefixLists = network.PrefixLists.With(list) }, Response(list, network, state));

    private static PrefixListResponse Response(PrefixList list, Network network, string state) =>
        new() { PrefixList = ManagedPrefixListDescription.Of(list, network, state) };
}
