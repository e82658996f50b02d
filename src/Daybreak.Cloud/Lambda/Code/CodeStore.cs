using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Daybreak.Cloud.Lambda.Functions;
using Daybreak.Cloud.State;

namespace Daybreak.Cloud.Lambda.Code;

/// <summary>
/// Stores deployment packages below the state directory: <c>code/HASH</c> is the unpacked package, <c>code/HASH.zip</c> the zip.
/// Both are named by the hash of the zip and never change, so that running environments keep the code that they started with.
/// </summary>
internal sealed class CodeStore
{
    private readonly StateStore _store;
    private readonly string _directory;

    /// <exception cref="StateException">The directory cannot be created.</exception>
    public CodeStore(StateStore store)
    {
        _store = store;
        _directory = Path.Combine(store.Directory, "code");
        try
        {
            // The files in it keep their own modes, as functions that run as other users read them through their sandbox.
            Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateException(
                File.Exists(_directory)
                    ? $"{_directory} is a file, where the directory of deployment packages belongs. Remove it, or choose another "
                        + "state directory."
                    : $"The directory of deployment packages cannot be created: {error.Message}",
                error
            );
        }
    }

    /// <summary>Path of the unpacked package.</summary>
    public string DirectoryOf(FunctionCode code) => Path.Combine(_directory, NameOf(code.Sha256));

    /// <param name="sha256">Hash of the zip in Base64.</param>
    public string ZipOf(string sha256) => Path.Combine(_directory, NameOf(sha256) + ".zip");

    /// <summary>Size of the unpacked package in bytes.</summary>
    public long UnzippedSizeOf(FunctionCode code) =>
        PackageFiles
            .Below(DirectoryOf(code))
            .OfType<FileInfo>()
            .Where(static file => file.LinkTarget is null)
            .Sum(static file => file.Length);

    /// <summary>Checks and unpacks a package. Does nothing when the package is already stored.</summary>
    /// <exception cref="Aws.AwsException">It is no valid zip, or too large when it is unpacked.</exception>
    public async ValueTask<FunctionCode> AddAsync(ReadOnlyMemory<byte> zip, CancellationToken cancellation)
    {
        var code = new FunctionCode(Convert.ToBase64String(SHA256.HashData(zip.Span)), zip.Length);
        var target = DirectoryOf(code);
        if (Directory.Exists(target) && File.Exists(ZipOf(code.Sha256)))
            return code;

        // The package is unpacked elsewhere and renamed, so that a crash or a second caller never leaves half a package under its name.
        var aside = Path.Combine(_directory, $".{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(aside);
            using (var stream = AsStream(zip))
                CodeArchive.Extract(stream, aside);
            await File.WriteAllBytesAsync(aside + ".zip", zip, cancellation);
            File.Move(aside + ".zip", ZipOf(code.Sha256), overwrite: true);
            try
            {
                Directory.Move(aside, target);
            }
            catch (IOException) when (Directory.Exists(target))
            {
                // Another request has stored the same package meanwhile.
            }
            return code;
        }
        finally
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
            File.Delete(aside + ".zip");
        }
    }

    /// <summary>
    /// Removes packages that no row of any table names. To be called when every table is open and no environment runs, as one might
    /// still use such a package.
    /// </summary>
    public void RemoveUnused()
    {
        var names = _store.Rows<IHasCode>().SelectMany(static row => row.Codes).Select(static code => NameOf(code.Sha256)).ToHashSet();
        foreach (var path in Directory.EnumerateDirectories(_directory).Where(path => !names.Contains(Path.GetFileName(path))))
            Directory.Delete(path, recursive: true);
        foreach (var path in Directory.EnumerateFiles(_directory).Where(path => !names.Contains(Path.GetFileNameWithoutExtension(path))))
            File.Delete(path);
    }

    private static string NameOf(string sha256) => Convert.ToHexStringLower(Convert.FromBase64String(sha256));

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);
}
