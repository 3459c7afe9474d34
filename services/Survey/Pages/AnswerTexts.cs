using CustomerFeedback.Survey.Features.Answering;

namespace CustomerFeedback.Survey.Pages;

/// <summary>Every word of the answer page that is not the questionnaire's, in one language.</summary>
internal sealed partial record AnswerTexts
{
    public required string Language { get; init; }

    /// <summary>The same page in the other language.</summary>
    public required (string Language, string Name) Other { get; init; }
    public required string Brand { get; init; }

    /// <summary>About so many minutes, so many questions.</summary>
    public required string Effort { get; init; }
    public required string About { get; init; }
    public required string Required { get; init; }
    public required string NotApplicable { get; init; }
    public required string Yes { get; init; }
    public required string No { get; init; }
    public required string Remark { get; init; }
    public required string OtherWords { get; init; }
    public required string Optional { get; init; }
    public required string Submit { get; init; }
    public required string Save { get; init; }
    public required string SaveHint { get; init; }
    public required string Saved { get; init; }
    public required string FaultsTitle { get; init; }
    public required string FreshTitle { get; init; }
    public required string FreshMark { get; init; }

    /// <summary>By code; <c>""</c> is for the others.</summary>
    public required IReadOnlyDictionary<string, string> Faults { get; init; }
    public required string Privacy { get; init; }
    public required (string Title, string Text) Thanks { get; init; }
    public required string NextTitle { get; init; }

    /// <summary>Answered within so many working days.</summary>
    public required string Next { get; init; }
    public required string Contact { get; init; }
    public required string ContactUnnamed { get; init; }
    public required (string Title, string Text) Answered { get; init; }
    public required (string Title, string Text) Expired { get; init; }
    public required (string Title, string Text) Cancelled { get; init; }
    public required (string Title, string Text) NotReady { get; init; }
    public required (string Title, string Text) NoSuchLink { get; init; }

    /// <summary>Ours in this language; a questionnaire in a language that these pages do not speak gets English around it.</summary>
    public static AnswerTexts For(string language) =>
        language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? InChinese : InEnglish;

    public static readonly AnswerTexts InChinese = new()
    {
        Language = PageLanguage.Chinese,
        Other = (PageLanguage.English, "English"),
        Brand = "服务回访",
        Effort = "约 {0} 分钟 · {1} 个问题",
        About = "关于您的服务请求 {0}",
        Required = "必答",
        NotApplicable = "不适用",
        Yes = "是",
        No = "否",
        Remark = "补充说明",
        OtherWords = "其他，请说明",
        Optional = "选填",
        Submit = "提交",
        Save = "保存，稍后再填",
        SaveHint = "保存后，可以用同一个链接随时继续填写。",
        Saved = "已保存。您可以稍后用同一个链接继续填写。",
        FaultsTitle = "请检查以下问题：",
        FreshTitle = "根据您的回答，还想请教您：",
        FreshMark = "新问题",
        Faults = new Dictionary<string, string>
        {
            ["required"] = "请选择或填写一个答案。",
            ["too_long"] = "内容太长，请不要超过 4000 字。",
            ["wrong_type"] = "请填写数字。",
            ["invalid_date"] = "请填写日期，例如 2026-11-21。",
            ["out_of_range"] = "超出可填写的范围。",
            [""] = "请重新选择或填写。",
        },
        Privacy = "您的评价只用于改进服务。请勿转发本链接，也不要填写密码、银行卡号等信息。",
        Thanks = ("感谢您的评价！", "您的意见我们已经收到，每一条都会有人阅读。"),
        NextTitle = "接下来",
        Next = "如果您提到了需要处理的问题，我们会在 {0} 个工作日内由相关部门答复您。",
        Contact = "随时联系我们的官方客服：",
        ContactUnnamed = "如需帮助，请通过我们的官方客服渠道联系我们。",
        Answered = ("您已经提交过了", "您的评价我们已经收到，感谢您的支持。"),
        Expired = ("链接已过期", "这次调查的填写时间已经结束，感谢您的关注。"),
        Cancelled = ("这次调查已取消", "您的请求有了新的进展，因此我们收回了这次调查。处理完成后，我们会再请您评价。"),
        NotReady = ("调查正在准备中", "链接有效，请过几分钟再打开。"),
        NoSuchLink = ("链接无效", "请检查链接是否完整，或使用我们最近发给您的链接。"),
    };
}
