using System.Text.Json;

namespace Daybreak.Cloud.Tests.Lambda.Runtime;

/// <summary>The recorded answers of the real Lambda, beside the repository.</summary>
internal static class RecordedLambda
{
    public static JsonDocument Open()
    {
        DirectoryInfo? directory = Checkout.Start;
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Daybreak.slnx")))
            directory = directory.Parent;
        for (; directory is not null; directory = directory.Parent)
        {
            string path = Path.Combine(directory.FullName, "shared", "recorded", "lambda.json");
            if (File.Exists(path))
                return JsonDocument.Parse(File.ReadAllText(path));
        }

        throw new FileNotFoundException("shared/recorded/lambda.json is not beside the repository.");
    }
}
