using System.Reflection;
using Daybreak.Bridge.Bytes;
using Daybreak.Bridge.Frames;
using Daybreak.Bridge.Invocation;

namespace Daybreak.Bridge.Tests.Frames;

/// <summary>Each field of Invoke has to say whether it decides the target; a forgotten one would be sent to a stale target.</summary>
public sealed class FieldTagsTests
{
    [Fact]
    public void Every_field_decides_the_target_or_is_of_one_call() =>
        Assert.All(
            Enum.GetValues<InvokeTag>(),
            static tag => Assert.True(Has<DecidesTargetAttribute>(tag) ^ Has<OfOneCallAttribute>(tag), $"{tag}")
        );

    [Fact]
    public void Targets_are_known_by_the_fields_that_decide_them() =>
        Assert.Equal(
            Enum.GetValues<InvokeTag>().Where(Has<DecidesTargetAttribute>).Order(),
            InvokeTargetCache.KeyTags.ToArray().Select(static tag => (InvokeTag)tag).Order()
        );

    [Fact]
    public void There_is_room_for_every_tag() => Assert.Equal(InvokeFrame.Tags, (int)Enum.GetValues<InvokeTag>().Max() + 1);

    [Fact]
    public void Every_tag_that_no_field_has_is_refused()
    {
        foreach (var tag in Enumerable.Range(0, 256).Select(static number => (byte)number))
        {
            if (Enum.IsDefined((InvokeTag)tag))
                continue;
            var body = new ByteBuffer();
            body.WriteUInt32(1);
            FrameWriter.Field(body, tag, []);

            Assert.False(new InvokeFrame().TryParse(body.Written.ToArray(), out var wrong));
            Assert.Equal($"unknown field {tag} in Invoke", wrong);
        }
    }

    private static bool Has<T>(InvokeTag tag)
        where T : Attribute => typeof(InvokeTag).GetField($"{tag}")!.GetCustomAttribute<T>() is not null;
}
