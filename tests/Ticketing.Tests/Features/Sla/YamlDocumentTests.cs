using System.Text;
using CustomerFeedback.Ticketing.Features.Sla;
using YamlDotNet.Core;

namespace CustomerFeedback.Ticketing.Tests.Features.Sla;

/// <summary>YAML is another spelling of JSON here, and nothing more.</summary>
public sealed class YamlDocumentTests
{
    private static string Json(string yaml) => Encoding.UTF8.GetString(YamlDocument.ToJson(yaml));

    [Theory]
    [InlineData("a: 1\nb: [x, 'y', \"z\"]", """{"a":1,"b":["x","y","z"]}""")]
    [InlineData("a: ~\nb: null\nc:\nd: ''", """{"a":null,"b":null,"c":null,"d":""}""")]
    [InlineData("a: true\nb: 'true'\nc: no\non: off", """{"a":true,"b":"true","c":"no","on":"off"}""")]
    [InlineData("a: 0.50\nb: -3\nc: '7'\nd: 1e2\ne: 007", """{"a":0.50,"b":-3,"c":"7","d":100,"e":7}""")]
    [InlineData("at: 2026-11-20T16:30:00+08:00", """{"at":"2026-11-20T16:30:00\u002B08:00"}""")]
    [InlineData("- 09:00-12:00", """["09:00-12:00"]""")]
    [InlineData("text: >\n  two\n  lines\n", """{"text":"two lines\n"}""")]
    [InlineData("# only a comment\na: 1 # and another", """{"a":1}""")]
    public void It_says_the_same_in_JSON(string yaml, string json) => Json(yaml).ShouldBe(json);

    [Theory]
    [InlineData("a: &x [1]\nb: *x")]
    [InlineData("a: *x")]
    [InlineData("a: &x 1")]
    [InlineData("a: !!binary aGk=")]
    [InlineData("a: !file /etc/passwd")]
    [InlineData("? [1, 2]\n: 3")]
    [InlineData("&k a: 1")]
    [InlineData("--- 1\n--- 2")]
    [InlineData("a: [1")]
    [InlineData("")]
    public void What_is_more_than_JSON_or_no_YAML_is_refused(string yaml) =>
        Should.Throw<YamlException>(() => YamlDocument.ToJson(yaml));

    [Fact]
    public void A_bomb_of_brackets_or_aliases_is_refused_before_it_is_laid_out()
    {
        Should
            .Throw<YamlException>(() => YamlDocument.ToJson(new string('[', 100_000)))
            .Message.ShouldContain("levels");
        var bomb =
            "a: &a [x,x,x,x,x,x,x,x,x]\n"
            + string.Concat(
                Enumerable
                    .Range(1, 8)
                    .Select(i =>
                        $"{(char)('a' + i)}: &{(char)('a' + i)} [*{(char)('a' + i - 1)},*{(char)('a' + i - 1)}]\n"
                    )
            );
        Should.Throw<YamlException>(() => YamlDocument.ToJson(bomb));
    }
}
