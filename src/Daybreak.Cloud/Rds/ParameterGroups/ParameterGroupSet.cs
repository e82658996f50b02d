using Daybreak.Aws;
using Daybreak.Cloud.FrontDoor;
using Daybreak.Cloud.Rds.Engines;
using Daybreak.Cloud.Rds.Tags;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Rds.ParameterGroups;

/// <summary>
/// Parameter groups of one of the two kinds. Each offered family has a default group, which nobody creates or
/// changes.
/// </summary>
/// <param name="arnKind">The word before the name in the ARN.</param>
/// <param name="typeName">The word for the group in messages: <c>DBParameterGroup</c>.</param>
/// <param name="isUsed">Whether a cluster or instance uses the group of that name.</param>
internal sealed class ParameterGroupSet(
    string arnKind,
    string typeName,
    ResourceTable<ParameterGroup> table,
    DatabaseEngines engines,
    Func<OperationContext, string, bool> isUsed
) : ITagged
{
    private readonly KeyedLock<ResourceKey> _locks = new();

    public string Kind => arnKind;

    /// <summary>Called after every change of a group's values.</summary>
    public Func<OperationContext, string, Task> Changed { get; set; } = static (_, _) => Task.CompletedTask;

    public async Task<ParameterGroup> CreateAsync(
        OperationContext context,
        string? name,
        string? family,
        string? description,
        IReadOnlyList<Tag>? tags
    )
    {
        var group = new ParameterGroup
        {
            Name = RdsName.NewParameterGroup(name, $"{typeName}Name"),
            Family = string.IsNullOrEmpty(family)
                ? throw RdsErrors.Blank("DBParameterGroupFamily")
                : await engines.CheckFamilyAsync(family),
            Description = string.IsNullOrEmpty(description) ? throw RdsErrors.Blank("Description") : description,
            Tags = Tag.Merge(new Dictionary<string, string>(), tags),
        };
        return await table.TryAddAsync(Key(group.Name, context), group) ? group : throw RdsErrors.ParameterGroupExists(group.Name);
    }

    public async Task<ParameterGroup> CopyAsync(
        OperationContext context,
        string? source,
        string? target,
        string? description,
        IReadOnlyList<Tag>? tags
    )
    {
        var original = await FindAsync(RdsName.ExistingGroup(source, $"Source{typeName}Identifier", context, arnKind), context);
        var group = original with
        {
            Name = RdsName.NewParameterGroup(target, $"Target{typeName}Identifier"),
            Description = string.IsNullOrEmpty(description) ? throw RdsErrors.Blank($"Target{typeName}Description") : description,
            Tags = Tag.Merge(new Dictionary<string, string>(), tags),
        };
        return await table.TryAddAsync(Key(group.Name, context), group) ? group : throw RdsErrors.ParameterGroupExists(group.Name);
    }

    public async Task DeleteAsync(OperationContext context, string? name)
    {
        var key = Key(RdsName.ExistingGroup(name, $"{typeName}Name", context), context);
        using var held = await _locks.EnterAsync(key);
        if (key.Name.StartsWith("default.", StringComparison.Ordinal))
            throw RdsErrors.InvalidValue("Default DB parameter groups cannot be deleted.");
        if (table.Find(key) is null)
            throw RdsErrors.ParameterGroupNotFound(typeName, key.Name);
        if (isUsed(context, key.Name))
            throw RdsErrors.ParameterGroupInUse(key.Name);
        await table.RemoveAsync(key);
    }

    public async Task<Page<ParameterGroup>> DescribeAsync(
        OperationContext context,
        string? name,
        IReadOnlyList<Filter>? filters,
        int? maxRecords,
        string? marker
    )
    {
        Filter.None(filters);
        if (name is not null)
            return new Page<ParameterGroup>(
                [await FindAsync(RdsName.ExistingGroup(name, $"{typeName}Name", context, arnKind), context)],
                null
            );
        var defaults = (await engines.FamiliesAsync()).Select(Default);
        return Page.Of(table.List(context.AccountId, context.Region).Concat(defaults), group => group.Name, maxRecords, marker);
    }

    /// <exception cref="Aws.AwsException">DBParameterGroupNotFound</exception>
    public async Task<ParameterGroup> FindAsync(string name, OperationContext context) =>
        await FindOrNullAsync(name, context.AccountId, context.Region) ?? throw RdsErrors.ParameterGroupNotFound(typeName, name);

    /// <summary>Returns the group for a cluster or instance of a family: the named one, or the family's default group.</summary>
    /// <exception cref="Aws.AwsException">The group does not exist, or is of another family.</exception>
    public async Task<string> ChooseAsync(
        string? name,
        string family,
        OperationContext context,
        Func<string, AwsException>? notFound = null
    )
    {
        if (string.IsNullOrEmpty(name))
            return ParameterGroup.DefaultName(family);
        var group =
            await FindOrNullAsync(name.ToLowerInvariant(), context.AccountId, context.Region)
            ?? throw (notFound?.Invoke(name) ?? RdsErrors.ParameterGroupNotFound(typeName, name));
        return group.Family == family
            ? group.Name
            : throw RdsErrors.InvalidCombination(
                $"The Parameter Group {group.Name} with DBParameterGroupFamily {group.Family} cannot be used for this instance. "
                    + $"Please use a Parameter Group with DBParameterGroupFamily {family}"
            );
    }

    public async Task<ParameterGroup?> FindOrNullAsync(string name, string accountId, string region)
    {
        if (table.Find(new ResourceKey(accountId, region, name)) is { } found)
            return found;
        return
            (await engines.FamiliesAsync())
                .Concat(DatabaseEngines.KnownFamilies)
                .FirstOrDefault(family => ParameterGroup.DefaultName(family) == name)
                is { } family
            ? Default(family)
            : null;
    }

    /// <param name="change">Returns the new group, from the old one and the family's parameters.</param>
    public async Task<string> ChangeAsync(
        OperationContext context,
        string? name,
        Func<ParameterGroup, ParameterCatalog, ParameterGroup> change
    )
    {
        var key = Key(RdsName.ExistingGroup(name, $"{typeName}Name", context, arnKind), context);
        using (await _locks.EnterAsync(key))
        {
            var before = await FindAsync(key.Name, context);
            if (key.Name.StartsWith("default.", StringComparison.Ordinal))
                throw RdsErrors.DefaultParameterGroupIsFixed();
            var catalog = await engines.CatalogAsync(before.Family);
            var after = change(before, catalog);
            foreach (var (parameter, value) in after.Values)
            {
                if (
                    catalog.Find(parameter) is { IsAskedOfServer: true } definition
                    && before.Values.GetValueOrDefault(parameter)?.Value != value.Value
                    && !await engines.TakesAsync(before.Family, definition, value.Value)
                )
                    throw RdsErrors.InvalidParameter(definition, value.Value);
            }
            await table.PutAsync(key, after);
        }
        await Changed(context, key.Name);
        return key.Name;
    }

    public async Task<Page<Parameter>> ParametersAsync(
        OperationContext context,
        string? name,
        string? source,
        IReadOnlyList<Filter>? filters,
        int? maxRecords,
        string? marker
    )
    {
        var group = await FindAsync(RdsName.ExistingGroup(name, $"{typeName}Name", context, arnKind), context);
        return Parameters(group, await engines.CatalogAsync(group.Family), source, filters, maxRecords, marker);
    }

    public async Task<Page<Parameter>> DefaultsAsync(string? family, IReadOnlyList<Filter>? filters, int? maxRecords, string? marker)
    {
        var known = await engines.CheckFamilyAsync(string.IsNullOrEmpty(family) ? throw RdsErrors.Blank("DBParameterGroupFamily") : family);
        if (arnKind == RdsArn.ClusterParameterGroup)
            Filter.None(filters); // as the reference has it, unlike for instances
        return Parameters(Default(known), await engines.CatalogAsync(known), null, filters, maxRecords, marker);
    }

    public IReadOnlyDictionary<string, string> TagsOf(string name, OperationContext context) =>
        (table.Find(Key(name, context)) ?? throw RdsErrors.ParameterGroupNotFound(typeName, name)).Tags;

    public async Task ChangeTagsAsync(
        string name,
        OperationContext context,
        Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change
    )
    {
        using var held = await _locks.EnterAsync(Key(name, context));
        var before = table.Find(Key(name, context)) ?? throw RdsErrors.ParameterGroupNotFound(typeName, name);
        await table.PutAsync(Key(name, context), before with { Tags = change(before.Tags) });
    }

    private static ResourceKey Key(string name, OperationContext context) => new(context.AccountId, context.Region, name);

    private static ParameterGroup Default(string family) =>
        new()
        {
            Name = ParameterGroup.DefaultName(family),
            Family = family,
            Description = $"Default parameter group for {family}",
        };

    private static Page<Parameter> Parameters(
        ParameterGroup group,
        ParameterCatalog catalog,
        string? source,
        IReadOnlyList<Filter>? filters,
        int? maxRecords,
        string? marker
    )
    {
        if (source is not (null or "" or "user" or "system" or "engine-default"))
            throw RdsErrors.InvalidValue($"Invalid source: {source}. Valid values are: user, system, engine-default");
        var all = catalog
            .All.Select(definition => Parameter.Of(definition, group.Values.GetValueOrDefault(definition.Name)))
            .Where(parameter => string.IsNullOrEmpty(source) || parameter.Source == source);
        all = Filter.Apply(
            all,
            filters,
            new Dictionary<string, Func<Parameter, IEnumerable<string>>> { ["parameter-name"] = parameter => [parameter.ParameterName!] }
        );
        return Page.Of(all, parameter => parameter.ParameterName!, maxRecords, marker);
    }
}
