namespace Daybreak.Cloud.Tests.Iam;

/// <summary>Names of users, roles, groups and policies with every odd character.</summary>
public sealed class NameTests(IamWire iam) : IClassFixture<IamWire>
{
    private const string Allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+=,.@-";

    // Letters, digits and signs that look like allowed ones, line ends, an unpaired surrogate, and characters that are not printable.
    private static readonly string[] Beyond =
    [
        "\u00e9",
        "\u00df",
        "\u212b",
        "\u017f",
        "\u212a",
        "\u0131",
        "\u0663",
        "\uff11",
        "\uff21",
        "\uff20",
        "\u2013",
        "\u201a",
        "\uff0e",
        "\u0301",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\U0001f600",
        "\ud800",
    ];

    public static TheoryData<string, string, string, string> Creations =>
        new()
        {
            { "CreateUser", "UserName", "", "" },
            { "CreateGroup", "GroupName", "", "" },
            { "CreateRole", "RoleName", "AssumeRolePolicyDocument", IamWire.Trust },
            { "CreatePolicy", "PolicyName", "PolicyDocument", IamWire.Document(IamWire.Allow()) },
            { "CreateInstanceProfile", "InstanceProfileName", "", "" },
        };

    [Theory]
    [MemberData(nameof(Creations))]
    public async Task A_name_is_refused_for_every_character_that_is_not_allowed(string action, string member, string also, string value)
    {
        var message =
            $"The specified value for {char.ToLowerInvariant(member[0])}{member[1..]} is invalid. It must contain only "
            + "alphanumeric characters and/or the following: +=,.@_-";
        var before = await iam.EverythingAsync();
        foreach (
            var odd in Enumerable
                .Range(0, 0x80)
                .Select(static code => ((char)code).ToString())
                .Where(static one => !Allowed.Contains(one, StringComparison.Ordinal))
                .Concat(Beyond)
        )
        {
            foreach (var name in new[] { odd, $"a{odd}b", $"{odd}ab", $"ab{odd}" })
            {
                var answer = await CreateAsync(action, member, name, also, value);
                Assert.True(
                    (400, "ValidationError", message) == (answer.Status, answer.Code, answer.Message),
                    $"{Uri.EscapeDataString(name)}: {answer.Body}"
                );
            }
        }
        Assert.Equal(before, await iam.EverythingAsync());
    }

    [Theory]
    [MemberData(nameof(Creations))]
    public async Task A_name_of_every_character_that_is_allowed_is_taken_and_shown_as_given(
        string action,
        string member,
        string also,
        string value
    )
    {
        foreach (var name in new[] { Allowed[..32], Allowed[32..] })
        {
            var shown = (await CreateAsync(action, member, name, also, value)).Ok();
            Assert.Equal(name, shown.Descendants().First(element => element.Name.LocalName == member).Value);
        }
    }

    [Theory]
    [InlineData("CreateUser", "UserName", 64)]
    [InlineData("CreateGroup", "GroupName", 128)]
    public async Task A_name_has_a_length(string action, string member, int longest)
    {
        var camel = char.ToLowerInvariant(member[0]) + member[1..];
        await iam.AssertRefusedAsync(
            () => iam.SendAsync(action, (member, new string('n', longest + 1))),
            400,
            "ValidationError",
            $"1 validation error detected: Value at '{camel}' failed to satisfy constraint: Member must have length less than or "
                + $"equal to {longest}"
        );
        await iam.AssertRefusedAsync(
            () => iam.SendAsync(action, (member, "")),
            400,
            "ValidationError",
            $"1 validation error detected: Value at '{camel}' failed to satisfy constraint: Member must have length greater than "
                + "or equal to 1"
        );
        await iam.AssertRefusedAsync(
            () => iam.SendAsync(action),
            400,
            "ValidationError",
            $"1 validation error detected: Value null at '{camel}' failed to satisfy constraint: Member must not be null"
        );
    }

    [Theory]
    [InlineData("x")]
    [InlineData("/x")]
    [InlineData("x/")]
    [InlineData("/a b/")]
    [InlineData("/é/")]
    [InlineData("/\0/")]
    [InlineData("/x/\n")]
    public Task A_path_that_is_none_is_refused(string path) =>
        iam.AssertRefusedAsync(
            () => iam.SendAsync("CreateUser", ("UserName", "of-path"), ("Path", path)),
            400,
            "ValidationError",
            "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or "
                + "/ characters."
        );

    [Theory]
    [InlineData("GetUser", "UserName")]
    [InlineData("DeleteRole", "RoleName")]
    [InlineData("DeleteGroup", "GroupName")]
    public Task A_name_that_is_none_names_nothing(string action, string member) =>
        iam.AssertRefusedAsync(
            () => iam.SendAsync(action, (member, "there\0")),
            400,
            "ValidationError",
            $"The specified value for {char.ToLowerInvariant(member[0])}{member[1..]} is invalid. It must contain only "
                + "alphanumeric characters and/or the following: +=,.@_-"
        );

    [Fact]
    public async Task Bytes_that_are_no_text_are_no_name()
    {
        foreach (var name in new[] { "%ff", "%c0%80", "%ed%a0%80", "%zz", "%" })
        {
            await iam.AssertRefusedAsync(
                () => iam.PostAsync($"Action=CreateUser&Version=2010-05-08&UserName=a{name}b"),
                400,
                "ValidationError",
                "The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-"
            );
        }
    }

    private Task<IamWire.Answer> CreateAsync(string action, string member, string name, string also, string value) =>
        also.Length == 0 ? iam.SendAsync(action, (member, name)) : iam.SendAsync(action, (member, name), (also, value));
}
