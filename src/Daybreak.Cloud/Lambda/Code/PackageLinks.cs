namespace Daybreak.Cloud.Lambda.Code;

/// <summary>The symbolic links of a package, resolved as the kernel resolves them, before any of them is made.</summary>
internal sealed class PackageLinks
{
    private const int MostFollowed = 40; // the kernel answers more with ELOOP
    private const int MostRead = 20_000_000; // characters: an ordinary package needs a hundredth of it

    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);
    private int _read;

    /// <summary>Paths below the package's directory, with what each link contains.</summary>
    public IEnumerable<KeyValuePair<string, string>> Targets => _targets;

    /// <summary>False when there is a link at <paramref name="path"/> already.</summary>
    public bool TryAdd(string path, string target) => _targets.TryAdd(path, target);

    /// <summary>
    /// Whether no link leads out of the package, directly or through other links. A dangling link is accepted, since the package never
    /// changes. Also false when following the links takes too many steps.
    /// </summary>
    public bool StayInside() => _targets.Keys.All(StaysInside);

    /// <summary>The links for which that is not so.</summary>
    public IEnumerable<string> LeadingOut() => _targets.Keys.Where(link => !StaysInside(link));

    private bool StaysInside(string link)
    {
        var place = new List<string>();
        var ahead = new Stack<string>();
        Push(ahead, link);
        for (var followed = 0; ahead.TryPop(out var name); )
        {
            if (name == "..")
            {
                if (place.Count == 0)
                    return false;
                place.RemoveAt(place.Count - 1);
                continue;
            }

            place.Add(name);
            var path = string.Join('/', place);
            var target = _targets.GetValueOrDefault(path);
            if ((_read += path.Length + (target?.Length ?? 0)) > MostRead)
                return false;
            if (target is null)
                continue;
            if (target.StartsWith('/'))
                return false;
            if (++followed > MostFollowed)
                return true;
            place.RemoveAt(place.Count - 1);
            Push(ahead, target);
        }

        return true;
    }

    private static void Push(Stack<string> ahead, string path)
    {
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".").Reverse())
            ahead.Push(name);
    }
}
