using System.Net;
using System.Net.Mail;
using System.Text;
using CustomerFeedback.Notifications.Domain;
using Microsoft.Extensions.Options;

namespace CustomerFeedback.Notifications.Features.Carrying;

/// <summary>E-mail over the company's own mail server. The Message-ID is the delivery's, so that a repetition can be told.</summary>
internal sealed class SmtpAdapter(IOptions<NotificationOptions> options, ILogger<SmtpAdapter> log) : IAdapter
{
    public string Name => "smtp";

    public async Task<Verdict> Send(OutgoingMessage message, CancellationToken ct)
    {
        var settings = options.Value.Smtp;
        var address =
            message.Channel == Channels.Alert ? settings.AgentAddress!.Replace("{id}", message.To) : message.To;
        if (!MailAddress.TryCreate(address, out var to))
            return new Verdict.Refused("invalid_address");

        using var mail = Write(message, new MailAddress(settings.From), to);
#pragma warning disable S5332 // a mail server on the same machine or in the same pod has no certificate to show
        using var server = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Tls };
#pragma warning restore S5332
        if (settings.User is { } user)
            server.Credentials = new NetworkCredential(user, await PasswordOf(settings, ct));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.Value.SendTimeout);
        try
        {
            await server.SendMailAsync(mail, limit.Token);
            return new Verdict.Delivered();
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Verdict.TryAgain("timeout");
        }
        catch (SmtpException e)
        {
            // The server's words may hold the address: only its code is told.
            Log.ProviderRefused(log, message.Id, Name, (int)e.StatusCode);
            return IsForGood(e) ? new Verdict.Refused("rejected") : new Verdict.TryAgain("mail_server");
        }
    }

    private static MailMessage Write(OutgoingMessage message, MailAddress from, MailAddress to)
    {
        var mail = new MailMessage(from, to)
        {
            Subject = message.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = message.Text,
            BodyEncoding = Encoding.UTF8,
            HeadersEncoding = Encoding.UTF8,
        };
        mail.Headers.Add("Message-ID", $"<{message.Id:N}@{from.Host}>");
        mail.Headers.Add("Content-Language", message.Language);
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        return mail;
    }

    private static bool IsForGood(SmtpException e) =>
        e.StatusCode
            is SmtpStatusCode.MailboxUnavailable
                or SmtpStatusCode.MailboxNameNotAllowed
                or SmtpStatusCode.UserNotLocalTryAlternatePath
                or SmtpStatusCode.TransactionFailed;

    private static async Task<string> PasswordOf(SmtpOptions settings, CancellationToken ct) =>
        settings.PasswordFile is { } file ? (await File.ReadAllTextAsync(file, ct)).Trim() : "";
}
