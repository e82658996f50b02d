using System.Globalization;

namespace Daybreak.Cloud.Processes;

/// <summary>The operating-system user of a child, if it is not our own.</summary>
/// <param name="Name">Name for the supplementary groups; null: none.</param>
public sealed record ChildUser(uint UserId, uint GroupId, string? Name = null)
{
    /// <summary>Looks <paramref name="name"/> up in <c>/etc/passwd</c>; null when it is not there.</summary>
    public static ChildUser? Find(string name)
    {
        foreach (var line in File.ReadLines("/etc/passwd"))
        {
            var fields = line.Split(':');
            if (
                fields.Length >= 4
                && fields[0] == name
                && uint.TryParse(fields[2], CultureInfo.InvariantCulture, out var userId)
                && uint.TryParse(fields[3], CultureInfo.InvariantCulture, out var groupId)
            )
                return new ChildUser(userId, groupId, name);
        }

        return null;
    }
}
