using System.Text;

namespace CustomerFeedback.Intake.Domain;

/// <summary>How a name looks to everybody without <c>pii:read</c>, and in every event.</summary>
internal static class Mask
{
    private static readonly HashSet<string> CompoundSurnames = new(StringComparer.Ordinal)
    {
        "欧阳",
        "歐陽",
        "司马",
        "司馬",
        "上官",
        "诸葛",
        "諸葛",
        "夏侯",
        "皇甫",
        "尉迟",
        "尉遲",
        "公孙",
        "公孫",
        "慕容",
        "令狐",
        "司徒",
        "司空",
        "宇文",
        "长孙",
        "長孫",
        "东方",
        "東方",
        "独孤",
        "獨孤",
        "南宫",
        "南宮",
        "端木",
        "百里",
        "呼延",
        "轩辕",
        "軒轅",
        "西门",
        "西門",
        "第五",
        "申屠",
        "太史",
        "闻人",
        "聞人",
        "澹台",
        "澹臺",
        "赫连",
        "赫連",
        "淳于",
        "单于",
        "鲜于",
        "钟离",
        "鍾離",
        "宗政",
        "濮阳",
        "濮陽",
        "公冶",
        "拓跋",
        "万俟",
        "仲孙",
        "闾丘",
        "东郭",
        "南门",
        "羊舌",
        "微生",
    };

    /// <summary><c>张*</c>, <c>欧阳**</c>, <c>J*** S***</c>: the surname, or each word's first letter.</summary>
    public static string? Name(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
            return null;

        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', words.Select(word => IsLatin(word) ? Latin(word) : Han(word)));
    }

    /// <summary>The first two characters of a company, so that colleagues recognise it.</summary>
    public static string? Company(string? company)
    {
        if (string.IsNullOrWhiteSpace(company))
            return null;

        var runes = company.Trim().EnumerateRunes().ToArray();
        var shown = Math.Min(2, runes.Length - 1);
        return Text(runes.AsSpan(0, shown)) + "***";
    }

    private static string Han(string word)
    {
        var runes = word.EnumerateRunes().ToArray();
        if (runes.Length == 1)
            return "*";

        var surname = runes.Length > 2 && CompoundSurnames.Contains(Text(runes.AsSpan(0, 2))) ? 2 : 1;
        return Text(runes.AsSpan(0, surname)) + new string('*', Math.Min(runes.Length - surname, 8));
    }

    // The number of stars does not tell the length.
    private static string Latin(string word) => word.Length == 1 ? "*" : $"{word[0]}***";

    private static bool IsLatin(string word) => Rune.GetRuneAt(word, 0).Value < 0x2E80;

    private static string Text(ReadOnlySpan<Rune> runes)
    {
        var text = new StringBuilder();
        foreach (var rune in runes)
            text.Append(rune);
        return text.ToString();
    }
}
