using System.Globalization;
using Daybreak.Cloud.Rds.Engines;

namespace Daybreak.Cloud.Rds.Instances;

/// <summary>The storage of an instance without a cluster. Shown, and without effect: the disk is the machine's.</summary>
/// <param name="Allocated">Gibibytes.</param>
/// <param name="Throughput">Mebibytes a second.</param>
/// <param name="Maximum">Gibibytes up to which it would grow by itself.</param>
/// <remarks>https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html</remarks>
internal sealed record InstanceStorage(string Type, int Allocated, int? Iops = null, int? Throughput = null, int? Maximum = null)
{
    private const int Striped = 400; // from this size on gp3 has more, and lets it be chosen
    private const int LeastGp3Iops = 12_000;
    private const int MostGp3Iops = 64_000;
    private const int LeastGp3Throughput = 500;
    private const int MostGp3Throughput = 4_000;
    private const int LeastProvisioned = 1_000;
    private const int MostProvisioned = 256_000;

    /// <exception cref="Aws.AwsException">Of the values some are out of range, or do not go together.</exception>
    public static InstanceStorage Of(string? type, int? allocated, int? iops, int? throughput, int? maximum)
    {
        type ??= iops is null ? "gp3" : "io1";
        if (!DatabaseEngine.Postgres.StorageTypes.Contains(type))
            throw RdsErrors.StorageTypeNotSupported(type);
        if (allocated is not { } size)
            throw RdsErrors.Missing("AllocatedStorage");
        var (least, most) = Range(type);
        if (size < least || size > most)
            throw RdsErrors.InvalidCombination($"Invalid storage size for engine name postgres and storage type {type}: {size}");
        if (maximum <= size)
            throw RdsErrors.InvalidCombination("Max storage size must be greater than storage size");
        if (throughput is not null && type != "gp3")
            throw RdsErrors.InvalidCombination($"You can't specify storage throughput for storage type {type}.");
        return type switch
        {
            "gp3" => Gp3(size, iops, throughput, maximum),
            "io1" or "io2" => Provisioned(type, size, iops, maximum),
            _ when iops is > 0 => throw RdsErrors.InvalidCombination($"You can't specify IOPS for storage type {type}."),
            _ => new InstanceStorage(type, size, null, null, maximum),
        };
    }

    /// <summary>What a modification makes of it; what it does not name stays. Storage that grows, grows by a tenth at least.</summary>
    /// <exception cref="Aws.AwsException">It would shrink, or <see cref="Of"/> does not take it.</exception>
    public InstanceStorage Change(string? type, int? allocated, int? iops, int? throughput, int? maximum)
    {
        if (allocated < Allocated)
            throw RdsErrors.InvalidCombination(
                $"Requested storage size ({allocated}) cannot be less than the current storage size ({Allocated})."
            );
        var size = allocated > Allocated ? Math.Max(allocated.Value, (Allocated * 11 + 9) / 10) : Allocated;
        var sameType = type is null || type == Type;
        var chosen = sameType && (Type != "gp3" || Allocated >= Striped); // what gp3 has below that is not chosen
        return Of(type ?? Type, size, iops ?? (chosen ? Iops : null), throughput ?? (chosen ? Throughput : null), maximum ?? Maximum);
    }

    /// <summary>Least and most gibibytes.</summary>
    public static (int Least, int Most) Range(string type) =>
        type switch
        {
            "gp2" or "gp3" => (20, 65_536),
            "io1" or "io2" => (100, 65_536),
            _ => (5, 3_072),
        };

    private static InstanceStorage Gp3(int size, int? iops, int? throughput, int? maximum)
    {
        if (size < Striped)
        {
            return iops is null && throughput is null
                ? new InstanceStorage("gp3", size, 3_000, 125, maximum)
                : throw RdsErrors.InvalidCombination(
                    $"You can't specify IOPS or storage throughput for engine postgres and a storage size less than {Striped}."
                );
        }
        Check("IOPS", iops, LeastGp3Iops, MostGp3Iops);
        Check("storage throughput", throughput, LeastGp3Throughput, MostGp3Throughput);
        return new InstanceStorage("gp3", size, iops ?? LeastGp3Iops, throughput ?? LeastGp3Throughput, maximum);
    }

    private static InstanceStorage Provisioned(string type, int size, int? iops, int? maximum)
    {
        if (iops is not { } rate)
            throw RdsErrors.InvalidCombination($"You must specify IOPS for storage type {type}.");
        Check("IOPS", rate, LeastProvisioned, MostProvisioned);
        var ratio = (double)rate / size;
        return ratio >= 0.5 && ratio <= (type == "io1" ? 50 : 1_000)
            ? new InstanceStorage(type, size, rate, null, maximum)
            : throw RdsErrors.InvalidCombination(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Invalid iops to storage (GB) ratio for engine name postgres and storage type {type}: {ratio:0.0000}"
                )
            );
    }

    private static void Check(string what, int? value, int least, int most)
    {
        if (value < least || value > most)
            throw RdsErrors.InvalidCombination($"Invalid {what} for engine name postgres: {value}. Must be between {least} and {most}");
    }
}
