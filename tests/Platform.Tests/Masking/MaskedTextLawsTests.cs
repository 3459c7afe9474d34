using System.Diagnostics;
using System.Text.RegularExpressions;
using CustomerFeedback.Masking;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerFeedback.Platform.Tests.Masking;

public partial class MaskedTextLawsTests
{
    private static readonly string[] Pieces =
    [
        .. "0123456789-./:,，。；、 \u00A0\u3000\u200B()（）*@＠+_~X年元%¥\n".Select(c => c.ToString()),
        .. "2026 11 21 10:30 12,999.00 13912348888 139 1234 R26-0000123 2026-11-21 1/2 微信号 QQ wechat: 电话 zhang a@b.cn 一三九 元 １３９ 𝟏 ①".Split(
            ' '
        ),
    ];

    private static readonly string[] Signs =
    [
        .. "-_·+#=\\|&~'\"()[]（）—–−－～./: \u00A0\u2009\u3000\u200B\u00AD\uFEFF".Select(c => c.ToString()),
        "",
        " - ",
        ") ",
        "😀",
        "—— ",
    ];

    private static Gen<string> Texts => Gen.Elements(Pieces).ListOf().Select(string.Concat);

    [Fact]
    public void Masking_twice_is_masking_once() =>
        Check(Texts, text => MaskedText.Of(MaskedText.Of(text)).ShouldBe(MaskedText.Of(text), text));

    [Fact]
    public void No_text_becomes_longer() =>
        Check(Texts, text => MaskedText.Of(text).Length.ShouldBeLessThanOrEqualTo(text.Length, text));

    [Fact]
    public void Seven_digits_and_more_never_pass_whatever_parts_them() =>
        Check(
            from digits in Gen.Choose(0, 9).ListOf().Where(digits => digits.Count is >= 7 and <= 24)
            from sign in Gen.Elements(Signs)
            from before in Gen.Elements("", "电话", "tel", "+", "(", "a-", "于2026-11-21打", "¥12,999.00 call ")
            from after in Gen.Elements("", "号", "ok", "。", "，谢谢", ")")
            let number = string.Join(sign, digits)
            select (before, number, after),
            given =>
            {
                var shown = MaskedText.Of(given.before + given.number + given.after);
                shown.ShouldStartWith(given.before);
                var rest = shown[given.before.Length..];
                LongRun().IsMatch(rest).ShouldBeFalse($"{given} shows {shown}");
                rest.Count(char.IsAsciiDigit).ShouldBeLessThanOrEqualTo(7);
            }
        );

    [Fact]
    public void Text_without_digits_addresses_and_accounts_stays() =>
        Check(
            Gen.Elements("请问什么时候到货，the quick-brown_fox. 😀（）\n\u200B％¥".ToCharArray())
                .ListOf()
                .Select(string.Concat),
            text => MaskedText.Of(text).ShouldBe(text)
        );

    // A pattern that tries again from every place takes many minutes for these; the bound is a thousand times what is needed.
    [Theory]
    [InlineData("1")]
    [InlineData("1 ")]
    [InlineData("1,")]
    [InlineData("2026-11-")]
    [InlineData("R26-0000123-")]
    [InlineData("1,234,")]
    [InlineData("a@")]
    [InlineData("a.@b")]
    [InlineData("a")]
    [InlineData("*")]
    [InlineData("微信号")]
    [InlineData("微信 a")]
    [InlineData("1\u200B")]
    [InlineData(" ")]
    [InlineData("一")]
    public void A_text_as_long_as_may_come_takes_no_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 20_000 / piece.Length));
        MaskedText.Of(text);
        var watch = Stopwatch.StartNew();
        MaskedText.Of(text);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    private static void Check<T>(Gen<T> cases, Action<T> law) =>
        Prop.ForAll(cases.ToArbitrary(), law)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5_000).WithStartSize(3).WithEndSize(40));

    [GeneratedRegex(@"[0-9](?:[^0-9*\p{L}]*[0-9]){6}", RegexOptions.CultureInvariant)]
    private static partial Regex LongRun();
}
