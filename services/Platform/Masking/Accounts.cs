using System.Text;
using System.Text.RegularExpressions;

namespace CustomerFeedback.Masking;

/// <summary>Accounts of messengers, known by the word before them: 微信号 zhangsan_88, WeChat: zhangsan, QQ 12345.</summary>
internal static partial class Accounts
{
    public static string Mask(string text)
    {
        var plain = Plain.Of(text);
        var masked = new StringBuilder(text.Length);
        var done = 0;
        foreach (Match match in Named().Matches(plain))
        {
            var account = match.Groups["account"];
            masked.Append(text, done, account.Index - done);
            masked.Append(MaskedText.Short(text.AsSpan(account.Index, account.Length)));
            done = account.Index + account.Length;
        }
        return done == 0 ? text : masked.Append(text, done, text.Length - done).ToString();
    }

    // After a colon or the word "number" any name is an account; straight after "WeChat" only one with a digit or a line in
    // it, because "wechat payment" is none. All repetitions are bounded, so that the time is linear.
    [GeneratedRegex(
        """
            (?:
                (?<![a-z]) (?: we ?chat | wei ?xin | wx | vx | qq | whatsapp | telegram | skype | dingtalk )
                | 微信 | 薇信 | 威信 | v信 | 扣扣 | 企鹅 | 钉钉
            )
            \s{0,2} (?: (?<told> 号码? | [账帐]号 | id(?![a-z]) | number | account ) | 群号? )? \s{0,2}
            (?: (?<told> [是为]?[:=] | [是为] ) | is(?=\s) )? ["'“‘「(\[]? \s{0,2} ["'“‘「(\[]?
            (?<account>
                (?(told) [a-z][a-z0-9_-]{4,63} | (?= [a-z_-]{0,19}[0-9_] ) [a-z][a-z0-9_-]{5,63} )
                | [1-9][0-9]{4,63}
            )
            (?! [0-9.,]{0,12} \s? [元块万次天点] )
            """,
        RegexOptions.CultureInvariant
            | RegexOptions.IgnoreCase
            | RegexOptions.IgnorePatternWhitespace
            | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Named();
}
