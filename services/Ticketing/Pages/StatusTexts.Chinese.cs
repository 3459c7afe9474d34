using CustomerFeedback.Ticketing.Domain.Sla;

namespace CustomerFeedback.Ticketing.Pages;

internal sealed partial record StatusTexts
{
    public static readonly StatusTexts InChinese = new()
    {
        Language = Chinese,
        Other = (English, "English"),
        Title = "服务进度",
        NumberLabel = "请求编号",
        ReceivedLabel = "提交时间",
        Stages = ["已受理", "处理中", "待您确认", "已完成"],
        StagesLabel = "办理进度",
        States = new Dictionary<string, (string, string)>
        {
            ["received"] = ("我们已收到您的请求", "正在登记，请稍后刷新本页查看进度。"),
            ["new"] = ("我们已受理您的请求", "正在为您安排专人处理。"),
            ["assigned"] = ("已安排专人处理", "客服人员会在承诺的时间内与您联系。"),
            ["in_progress"] = ("正在处理", "有新的进展，我们会及时告诉您。"),
            ["waiting_customer"] = ("等待您的回复", "请在下方补充信息，收到后我们会立即继续处理。"),
            ["customer_scheduled"] = ("按您约定的时间继续处理", "如需提前处理，请在下方留言。"),
            ["waiting_collaboration"] = ("正在与相关方协同处理", "我们会跟进到底，有结果马上告诉您。"),
            ["resolved"] = ("问题已处理完毕，请您确认", "您的确认是我们结案的依据。"),
            ["confirmed"] = ("感谢您的确认", "我们正在整理本次服务的总结，随后结案。"),
            ["closed"] = ("已完成", "感谢您的反馈，祝您生活愉快。"),
            ["by_silence"] = ("已结案", "我们一段时间没有收到您的回复，因此先行结案。"),
            ["cancelled"] = ("该请求已取消", "如仍需帮助，请重新提交请求。"),
            ["merged"] = ("已与您的另一个请求合并处理", "后续进度请看请求编号 {0}。"),
        },
        PromisesLabel = "我们的承诺",
        Promises = new Dictionary<ClockName, string>
        {
            [ClockName.FirstContact] = "首次与您联系",
            [ClockName.ComplaintResponse] = "给出处理意见",
            [ClockName.SolutionPlan] = "给出解决方案",
            [ClockName.ProgressUpdate] = "下一次进度通报",
            [ClockName.Resolution] = "处理完毕",
        },
        Outcomes = new Dictionary<string, string>
        {
            ["pending"] = "进行中",
            ["paused"] = "暂停计时",
            ["kept"] = "已按时完成",
            ["late"] = "已完成，晚于承诺时间",
            ["overdue"] = "已超时，我们正在加紧处理",
        },
        ProgressLabel = "处理记录",
        Steps = new Dictionary<string, string>
        {
            ["opened"] = "已受理您的请求",
            ["contact"] = "我们与您取得了联系",
            ["handling_opinion"] = "处理意见",
            ["plan"] = "解决方案",
            ["answer"] = "答复",
            ["progress"] = "进度通报",
            ["paused"] = "暂停处理，等待回复",
            ["resumed"] = "继续处理",
            ["resolved"] = "处理结果",
            ["confirmed"] = "您确认问题已解决",
            ["by_silence"] = "未收到您的回复",
            ["rejected"] = "您反馈问题未解决，我们重新处理",
            ["closed"] = "已结案",
            ["cancelled"] = "已取消",
            ["customer_message"] = "您的留言",
            ["public_comment"] = "客服留言",
        },
        NewEstimate = "预计时间：",
        ConfirmLabel = "问题解决了吗？",
        ConfirmHint = "如果已经解决，请点击确认。",
        ConfirmNote = "想说的话（选填）",
        Solved = "已解决",
        NotSolvedLabel = "还没有解决？",
        NotSolvedHint = "告诉我们哪里还有问题，我们会重新处理。",
        NotSolvedNote = "哪里还有问题",
        NotSolved = "没有解决，请继续处理",
        ReopenUntil = "可在此时间之前要求重新处理：",
        MessageLabel = "补充信息",
        MessageText = "留言内容",
        MessageHint = "最多 4000 字。请不要填写密码、银行卡号等敏感信息。",
        Send = "发送",
        Notices = new Dictionary<string, string>
        {
            ["confirmed"] = "感谢您的确认。",
            ["rejected"] = "已收到，我们会重新处理。",
            ["written"] = "留言已收到。",
            ["incomplete"] = "请填写内容后再提交（不超过 4000 字）。",
            ["too_late"] = "已超过可重新处理的期限，请提交新的请求。",
            ["changed"] = "请求的状态已经改变，请查看下面的最新进度。",
            ["early"] = "请求正在登记，请稍后再试。",
        },
        TooLong = "内容超过 4000 字，尚未提交，请缩短后再提交。",
        Until = "至",
        Zone = "本页时间均为 {0} 时间。",
        Privacy = "请勿转发本页链接：持有链接的人可以看到处理进度。",
        NoSuchLink = ("链接无效", "请检查链接是否完整，或使用我们最近发给您的链接。"),
        DateForm = "yyyy'年'M'月'd'日' HH:mm",
    };
}
