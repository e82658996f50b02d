using Daybreak.Cloud.State;
using Microsoft.Win32.SafeHandles;

namespace Daybreak.Cloud.S3.Storage;

/// <summary>
/// The files of bodies. Their names are random and never follow from keys. A file is written among the incoming ones and is on the disk
/// before the row that refers to it is committed; then it moves to its place. So a file without a row is found without a look
/// at all others.
/// </summary>
internal sealed class BodyFiles
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _incoming;
    private readonly string _objects;

    /// <exception cref="StateException">The directory cannot be created.</exception>
    public BodyFiles(string directory)
    {
        _incoming = Path.Combine(directory, "incoming");
        _objects = Path.Combine(directory, "objects");
        try
        {
            Directory.CreateDirectory(directory, Private | UnixFileMode.UserExecute);
            Directory.CreateDirectory(_incoming);
            Directory.CreateDirectory(_objects);
            for (var i = 0; i < 256; i++)
                Directory.CreateDirectory(Path.Combine(_objects, i.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateException($"The directory of S3's objects cannot be created: {error.Message}", error);
        }
    }

    public static string NewName() => Guid.NewGuid().ToString("N");

    public FileStream Create(string name) =>
        new(
            Path.Combine(_incoming, name),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                BufferSize = 0,
                UnixCreateMode = Private,
            }
        );

    /// <summary>Moves files, whose rows are committed, to their places.</summary>
    public void Settle(IEnumerable<Segment> files)
    {
        foreach (var file in files)
        {
            var incoming = Path.Combine(_incoming, file.File);
            if (File.Exists(incoming))
                File.Move(incoming, PlaceOf(file.File), overwrite: true);
        }
    }

    /// <summary>Opens a file for reading; null when its object has been deleted meanwhile.</summary>
    public SafeFileHandle? Open(string name)
    {
        // It may move between the two looks.
        foreach (var path in (string[])[PlaceOf(name), Path.Combine(_incoming, name), PlaceOf(name)])
        {
            try
            {
                return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            }
            catch (FileNotFoundException)
            {
                // The next place.
            }
        }
        return null;
    }

    /// <summary>Deletes a file wherever it is.</summary>
    public void Delete(string name)
    {
        File.Delete(Path.Combine(_incoming, name));
        File.Delete(PlaceOf(name));
    }

    /// <summary>The names of incoming files.</summary>
    public IEnumerable<string> Incoming() => Directory.EnumerateFiles(_incoming).Select(static path => Path.GetFileName(path));

    private string PlaceOf(string name) => Path.Combine(_objects, name[..2], name);
}
