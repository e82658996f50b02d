using System.Net;
using System.Text.Json.Nodes;

namespace Daybreak.Cloud.Tests.Lambda.Layers;

/// <summary>Follows the content of a layer from its publication into functions that really run.</summary>
[Trait("Pace", "slow")]
public sealed class LayerContentTests(RealFunctions cloud) : IClassFixture<RealFunctions>
{
    private const int Plain = 0x81A4 << 16,
        Executable = 0x81ED << 16;

    private const string Unzippable = "Could not unzip uploaded file. Please check your file, then try to upload again.";

    [Fact]
    public async Task Python_functions_import_from_layers_of_which_the_later_ones_win()
    {
        var first = await PublishAsync(
            Zip.Of(("python/which.py", "NAME = 'first'", Plain), ("python/only.py", "NAME = 'only'", Plain), ("bin/tool", "", Plain))
        );
        var second = await PublishAsync(
            Zip.Of(
                ("python/which.py", "NAME = 'second'", Plain),
                ("python/lib/python3.12/site-packages/site.txt", "", Plain),
                ("python/lib/python3.12/site-packages/packaged.py", "NAME = 'packaged'", Plain),
                ("bin/tool/inner", "", Plain)
            )
        );
        var name = await CreateAsync(
            "python3.12",
            Zip.Of("f.py", "import which, only, packaged\ndef handler(event, context): return [which.NAME, only.NAME, packaged.NAME]"),
            first,
            second
        );

        Assert.Equal("""["second", "only", "packaged"]""", (await cloud.InvokeAsync(name, "{}")).Text);
        await ChangeAsync(name, second, first);
        Assert.Equal("""["first", "only", "packaged"]""", (await cloud.InvokeAsync(name, "{}")).Text);
    }

    [Fact]
    public async Task Node_functions_require_and_import_from_layers()
    {
        var layer = await PublishAsync(
            Zip.Of(
                ("nodejs/node_modules/which/index.js", "exports.name = 'any';", Plain),
                ("nodejs/node22/node_modules/exact/index.js", "exports.name = 'node22';", Plain)
            )
        );
        var name = await CreateAsync(
            "nodejs22.x",
            Zip.Of(
                "f.mjs",
                """
                import which from 'which';
                import { createRequire } from 'node:module';
                const exact = createRequire(import.meta.url)('exact');
                export const handler = async () => [which.name, exact.name];
                """
            ),
            layer
        );

        Assert.Equal("""["any","node22"]""", (await cloud.InvokeAsync(name, "{}")).Text);
    }

    [Fact]
    public async Task Programs_and_libraries_of_layers_are_found()
    {
        var layer = await PublishAsync(Zip.Of("bin/tool", "#!/bin/sh\necho from the layer\n", Executable));
        var name = await CreateAsync(
            "python3.12",
            Zip.Of(
                "f.py",
                "import os, subprocess\n"
                    + "def handler(e, c): return [subprocess.check_output('tool', text=True), os.environ['LD_LIBRARY_PATH'].split(':')[-1]]"
            ),
            layer
        );

        var answer = JsonNode.Parse((await cloud.InvokeAsync(name, "{}")).Text)!;

        Assert.Equal("from the layer\n", (string?)answer[0]);
        Assert.EndsWith("/lib", (string?)answer[1], StringComparison.Ordinal);
        if (cloud.Isolation.StartsWith("bubblewrap", StringComparison.Ordinal))
            Assert.Equal("/opt/lib", (string?)answer[1]);
    }

    [Fact]
    public async Task A_function_goes_on_with_a_layer_version_that_was_deleted()
    {
        var layer = await PublishAsync(Zip.Of("python/which.py", "NAME = 'deleted'"));
        var name = await CreateAsync("python3.12", Zip.Of("f.py", "import which\ndef handler(event, context): return which.NAME"), layer);
        var deleted = await cloud.SendAsync(HttpMethod.Delete, $"/2018-10-31/layers/{layer.Split(':')[6]}/versions/1");
        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);

        Assert.Equal("\"deleted\"", (await cloud.InvokeAsync(name, "{}")).Text);
        await cloud.SendAsync(HttpMethod.Put, $"{LambdaCloud.Functions}/{name}/configuration", new JsonObject { ["Timeout"] = 9 });
        Assert.Equal("\"deleted\"", (await cloud.InvokeAsync(name, "{}")).Text);
    }

    [Fact]
    public async Task Nothing_is_written_through_a_link_of_another_layer()
    {
        var links = await PublishAsync(Zip.Of(("bin", "tools", Zip.Symlink), ("tools/x", "", Plain), ("python", "tools", Zip.Symlink)));
        var files = await PublishAsync(Zip.Of(("python/which.py", "NAME = 'file'", Plain), ("bin/y", "", Plain)));
        var source =
            "import os, which\ndef handler(e, c): return [which.NAME, os.path.islink('/opt/bin'), os.listdir('/opt/bin'), os.listdir('/opt/tools')]";
        var name = await CreateAsync("python3.12", Zip.Of("f.py", source), links, files);
        if (cloud.Isolation.StartsWith("bubblewrap", StringComparison.Ordinal))
            Assert.Equal("""["file", false, ["y"], ["x"]]""", (await cloud.InvokeAsync(name, "{}")).Text);
    }

    [Fact]
    public async Task Links_of_layers_that_lead_out_together_are_left_out()
    {
        // Each layer by itself stays inside of its directory. Together, the links below lead to the directory above, and from there on.
        var links = await PublishAsync(
            Zip.Of(
                ("out", "p/..", Zip.Symlink),
                ("bootstrap", "p/../etc/passwd", Zip.Symlink),
                ("extensions", "out/extensions", Zip.Symlink),
                ("through", "out/etc", Zip.Symlink),
                ("inside", "data/file", Zip.Symlink)
            )
        );
        var dot = await PublishAsync(Zip.Of(("p", ".", Zip.Symlink), ("data/file", "kept", Plain)));
        var source =
            "import os\nlayers = os.environ['PATH'].split(':')[-1][:-len('/bin')]\n"
            + "def handler(e, c): return [sorted(os.listdir(layers)), open(layers + '/inside').read()]";

        var name = await CreateAsync("python3.12", Zip.Of("f.py", source), links, dot);

        Assert.Equal("""[["data", "inside", "p"], "kept"]""", (await cloud.InvokeAsync(name, "{}")).Text);
    }

    public static TheoryData<byte[], string> Hostile =>
        new()
        {
            { Zip.Of("../outside", "x"), Unzippable },
            { Zip.Of("/etc/outside", "x"), Unzippable },
            { Zip.Of("link", "../../outside", Zip.Symlink), Unzippable },
            { Zip.Of("link", "/etc/passwd", Zip.Symlink), Unzippable },
            { Zip.Of(("link", "dir", Zip.Symlink), ("link/file", "x", Plain)), Unzippable },
            { Zip.Of("zeros", new string('\0', 262_144_001)), "Unzipped size must be smaller than 262144000 bytes" },
            { Zip.Of(), "Uploaded file must be a non-empty zip" },
        };

    [Theory(DisableDiscoveryEnumeration = true)]
    [MemberData(nameof(Hostile))]
    public async Task A_hostile_package_is_no_layer(byte[] zip, string message)
    {
        var answer = await cloud.SendAsync(HttpMethod.Post, "/2018-10-31/layers/hostile/versions", Content(zip));
        Assert.Equal(("InvalidParameterValueException", message), (answer.Error, answer.Message));
        Assert.Equal("""{"LayerVersions":[]}""", (await cloud.SendAsync(HttpMethod.Get, "/2018-10-31/layers/hostile/versions")).Text);
    }

    [Fact]
    public async Task Code_and_layers_share_the_room_for_what_is_unpacked()
    {
        var half = new string('\0', 131_072_000);
        var one = await PublishAsync(Zip.Of("one", half));
        var two = await PublishAsync(Zip.Of("two", half));
        var name = await CreateAsync("python3.12", LambdaCloud.Code, one);

        var tooMany = await cloud.SendAsync(
            HttpMethod.Put,
            $"{LambdaCloud.Functions}/{name}/configuration",
            new JsonObject { ["Layers"] = new JsonArray(one, two) }
        );
        Assert.Equal(
            "Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is "
                + $"{262_144_000 + "def handler(event, context): return event".Length} bytes.",
            tooMany.Message
        );
        var tooLarge = await cloud.SendAsync(
            HttpMethod.Put,
            $"{LambdaCloud.Functions}/{name}/code",
            new JsonObject { ["ZipFile"] = Convert.ToBase64String(Zip.Of("f.py", half + " ")) }
        );
        Assert.Equal(
            "Function code combined with layers exceeds the maximum allowed size of 262144000 bytes. The actual size is 262144001 bytes.",
            tooLarge.Message
        );
        var three = await PublishAsync(Zip.Of("three", "x"));
        var layers = await cloud.SendAsync(
            HttpMethod.Put,
            $"{LambdaCloud.Functions}/{name}/configuration",
            new JsonObject { ["Layers"] = new JsonArray(one, two, three) }
        );
        Assert.Equal("Layers consume more than the available size of 262144000 bytes", layers.Message);
    }

    private async Task<string> PublishAsync(byte[] zip)
    {
        var answer = await cloud.SendAsync(HttpMethod.Post, $"/2018-10-31/layers/{LambdaCloud.NewName()}/versions", Content(zip));
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return (string)answer.Json["LayerVersionArn"]!;
    }

    private Task<string> CreateAsync(string runtime, byte[] zip, params string[] layers) =>
        cloud.CreateAsync(change: request =>
        {
            request["Runtime"] = runtime;
            request["Code"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) };
            request["Layers"] = new JsonArray([.. layers.Select(static layer => JsonValue.Create(layer))]);
        });

    private async Task ChangeAsync(string name, params string[] layers)
    {
        var answer = await cloud.SendAsync(
            HttpMethod.Put,
            $"{LambdaCloud.Functions}/{name}/configuration",
            new JsonObject { ["Layers"] = new JsonArray([.. layers.Select(static layer => JsonValue.Create(layer))]) }
        );
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
    }

    private static JsonObject Content(byte[] zip) => new() { ["Content"] = new JsonObject { ["ZipFile"] = Convert.ToBase64String(zip) } };
}
